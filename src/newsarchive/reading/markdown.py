"""Markdown with front matter, one article in each file: the format of Jekyll, Hugo and Pelican."""

import re
from collections.abc import Iterator

from newsarchive.model.dates import DateError, Moment, date_from_path, read_date
from newsarchive.model.problems import Problem
from newsarchive.model.text import is_visible, one_line
from newsarchive.reading import fields
from newsarchive.reading.decoding import text_of
from newsarchive.reading.draft import Draft
from newsarchive.reading.fields import FrontMatter, is_web_address, split_authors
from newsarchive.reading.frontmatter import FrontMatterError, line_of_key, split_front_matter
from newsarchive.reading.markup.conversion import UnconvertibleError, to_html
from newsarchive.reading.markup.prose import blocks_of, html_of
from newsarchive.reading.readers import Record
from newsarchive.reading.source import Source
from newsarchive.reading.summary import plain_text

_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*)(?:\n|\Z)|(.+)\n(?:=+|-+)[ \t]*(?:\n|\Z)")
# The lengths are limited, because a line of megabytes may consist of opening brackets only.
_LINK = re.compile(r"!?\[([^\]]{0,500})\]\([^)]{0,1000}\)")
_EMPHASIS = re.compile(r"(?<!\w)([*_`]{1,3})(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)")


def read_markdown(record: Record, source: Source) -> Iterator[Draft | Problem]:
    """The article in a Markdown file, and the problems in it."""
    text = yield from text_of(record.content, source)
    if text is None:
        return
    try:
        values, body, body_line = split_front_matter(text)
    except FrontMatterError as error:
        yield source.skipped(error.line, str(error))
        return
    matter = FrontMatter(values)
    headline = plain_text(matter.text(fields.HEADLINE) or "")
    if not is_visible(headline):
        headline, body = _headline_in(body)
    if not is_visible(headline):
        reason = "no headline found: add a title to the front matter, or a first line to the text"
        yield source.skipped(body_line if values else 1, reason)
        return
    published, warnings = _published(matter, source)
    modified, more_warnings = _first_date(matter.dates(fields.MODIFIED), source)
    for key, warning in [*matter.misfits(), *warnings, *more_warnings]:
        yield source.warning(line_of_key(text, key), f"{key}: {warning}")
    try:
        html = to_html(body, source.engine)
    except UnconvertibleError as error:
        yield source.warning(body_line, f"{error}; the article is published as plain text")
        html = html_of(blocks_of(body.split("\n")))
    categories = matter.texts(fields.CATEGORIES)
    section = matter.text(fields.SECTION)
    if section is None and categories:
        section, *categories = categories
    if source.origins is not None:
        _note_origins(matter, text, headline, published, source)
    yield Draft(
        headline=headline,
        html=html,
        id=matter.text(fields.ID),
        published=published,
        modified=modified,
        summary=matter.text(fields.SUMMARY),
        authors=_authors(matter),
        section=section,
        tags=matter.texts(fields.TAGS) + categories,
        source_url=_web_address(matter),
        language=matter.text(fields.LANGUAGE),
        image=matter.text(fields.IMAGE),
        image_caption=matter.text(fields.IMAGE_CAPTION),
        image_alt=matter.text(fields.IMAGE_ALT),
        dateline=matter.text(fields.DATELINE),
        slug=matter.text(fields.SLUG),
        is_draft=matter.is_draft() or "_drafts" in source.name.split("/"),
        extra=matter.extra(),
    )


_ORIGINS = {
    "id": fields.ID,
    "source_url": fields.ADDRESS,
    "headline": fields.HEADLINE,
    "published": fields.PUBLISHED,
    "modified": fields.MODIFIED,
    "summary": fields.SUMMARY,
    "authors": fields.AUTHORS,
    "section": fields.SECTION + fields.CATEGORIES,
    "tags": fields.TAGS + fields.CATEGORIES,
    "language": fields.LANGUAGE,
    "image": fields.IMAGE,
    "image_caption": fields.IMAGE_CAPTION,
    "image_alt": fields.IMAGE_ALT,
    "slug": fields.SLUG,
    "dateline": fields.DATELINE,
    "draft": fields.DRAFT + fields.STATUS,
}
"""The keys that each field may come from."""


def _note_origins(
    matter: FrontMatter, text: str, headline: str, published: Moment | None, source: Source
) -> None:
    """Record the keys of the front matter that the fields came from, and the origin of a headline
    or a date that came from elsewhere."""
    for field, keys in _ORIGINS.items():
        for key in keys:
            words = ", ".join(one_line(word) for word in matter.texts((key,)) if word.strip())
            if words:
                source.note_origin(field, line_of_key(text, key), f"{key}: {words}")
    if not matter.text(fields.HEADLINE):
        place = text.find(headline)
        line = text.count("\n", 0, place) + 1 if place >= 0 else None
        source.note_origin("headline", line, "the first heading or line of the text")
    if published and not matter.dates(fields.PUBLISHED):
        source.note_origin("published", None, f"the path, {source.name}")


def _headline_in(body: str) -> tuple[str, str]:
    """(headline, rest of the text): the headline is the heading that the text begins with, or its
    first line."""
    body = body.lstrip()
    heading = _HEADING.match(body)
    if heading:
        closed = heading[1].rstrip().rstrip("#") if heading[1] else heading[2]
        return _plain(closed), body[heading.end() :]
    first, _, rest = body.partition("\n")
    return _plain(first), rest


def _plain(line: str) -> str:
    return plain_text(_EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line)))


def _published(matter: FrontMatter, source: Source) -> tuple[Moment | None, list[tuple[str, str]]]:
    moment, warnings = _first_date(matter.dates(fields.PUBLISHED), source)
    if moment is None:
        moment = date_from_path(source.name, source.zone)
        if moment and warnings:
            key, warning = warnings[-1]
            warnings[-1] = (key, f"{warning}; the date in the path is used")
    return moment, warnings


def _first_date(
    dates: list[tuple[str, str]], source: Source
) -> tuple[Moment | None, list[tuple[str, str]]]:
    """(first date that can be read, [(key, warning), ...]). There are warnings about an assumption
    in that date, about earlier dates that cannot be read, and about later dates that disagree."""
    warnings: list[tuple[str, str]] = []
    taken: Moment | None = None
    for key, text in dates:
        try:
            moment = read_date(text, source.zone)
        except DateError as error:
            if taken is None:
                warnings.append((key, str(error)))
            continue
        if taken is None:
            taken, taken_key = moment, key
            warnings += [(key, moment.warning)] if moment.warning else []
        elif not moment.agrees_with(taken):
            reason = f"{text} is a different day from {taken_key}, which is used"
            warnings.append((key, reason))
    return taken, warnings


def _authors(matter: FrontMatter) -> list[str]:
    for key in fields.AUTHORS:
        value = matter.values.get(key)
        names = split_authors(value) if isinstance(value, str) else matter.texts((key,))
        if names:
            return names
    return []


def _web_address(matter: FrontMatter) -> str | None:
    texts = (matter.text((key,)) for key in fields.ADDRESS)
    return next((text for text in texts if text and is_web_address(text)), None)
