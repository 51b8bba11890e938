"""Markdown with front matter: one article a file, as Jekyll, Hugo and Pelican people have them."""

import re
from collections.abc import Iterator
from functools import cache

from markdown import Markdown

from newsarchive.article import Article
from newsarchive.dates import DateError, Moment, date_from_path, read_date
from newsarchive.problems import Problem
from newsarchive.reading import fields
from newsarchive.reading.fields import FrontMatter, distinct, language_code, split_authors
from newsarchive.reading.frontmatter import FrontMatterError, split_front_matter
from newsarchive.reading.sanitise import Links, sanitised
from newsarchive.reading.source import Source
from newsarchive.reading.summary import summary_of
from newsarchive.reading.wordpress import without_shortcodes
from newsarchive.text import one_line

# "attr_list" is left out on purpose: it would take template code such as {% include x %} for
# attributes, and in an archive that is text.
_EXTENSIONS = ("tables", "footnotes", "def_list", "fenced_code", "abbr", "sane_lists")

_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)|(.+)\n(?:=+|-+)[ \t]*(?:\n|\Z)")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=list(_EXTENSIONS), output_format="html")


def read_markdown(text: str, source: Source) -> Iterator[Article | Problem]:
    """The article in a Markdown file, and what is doubtful about it."""
    try:
        values, body, body_line = split_front_matter(text)
    except FrontMatterError as error:
        yield source.set_aside(error.line, str(error))
        return
    matter = FrontMatter(values)
    headline = matter.text(fields.HEADLINE)
    if headline is None:
        headline, body = _headline_in(body)
    if not headline:
        reason = "there is no headline: neither a title in the front matter nor a first line"
        yield source.set_aside(body_line if values else 1, reason)
        return
    published, doubts = _published(matter, source)
    modified, more_doubts = _first_date(matter.dates(fields.MODIFIED), source)
    for doubt in doubts + more_doubts:
        yield source.warning(1, doubt)
    source_url = _web_address(matter.text(fields.ADDRESS))
    links = Links(source.name, source_url)
    html = sanitised(_converted(body), links)
    image = matter.text(fields.IMAGE)
    categories = matter.texts(fields.CATEGORIES)
    section = matter.text(fields.SECTION)
    if section is None and categories:
        section, *categories = categories
    given_id = matter.text(fields.ID) or source_url
    yield Article(
        id=given_id or source.name,
        id_is_given=given_id is not None,
        headline=headline,
        published=published.when if published else None,
        precision=published.precision if published else None,
        modified=modified.when if modified else None,
        body=html,
        summary=summary_of(html, matter.text(fields.SUMMARY)),
        source=source.name,
        path=source.path,
        authors=distinct(_authors(matter)),
        section=one_line(section) if section else None,
        tags=distinct(matter.texts(fields.TAGS) + categories),
        source_url=source_url,
        language=language_code(matter.text(fields.LANGUAGE)),
        image=links.resolve(image, is_image=True) if image else None,
        dateline=matter.text(fields.DATELINE),
        slug=matter.text(fields.SLUG),
        draft=matter.is_draft() or "_drafts" in source.name.split("/"),
        files=tuple(links.files),
        extra=matter.extra(),
    )


def _converted(body: str) -> str:
    return _to_html(without_shortcodes(body, _to_html))


def _to_html(text: str) -> str:
    markdown = _markdown()
    markdown.reset()
    return markdown.convert(text)


def _headline_in(body: str) -> tuple[str, str]:
    """The headline that the text begins with, a heading or its first line, and the text after."""
    body = body.lstrip()
    heading = _HEADING.match(body)
    if heading:
        return _plain(heading[1] or heading[2]), body[heading.end() :]
    first, _, rest = body.partition("\n")
    return _plain(first), rest


def _plain(line: str) -> str:
    return one_line(_MARKUP.sub(r"\1", line))


def _published(matter: FrontMatter, source: Source) -> tuple[Moment | None, list[str]]:
    moment, doubts = _first_date(matter.dates(fields.PUBLISHED), source)
    if moment is None:
        moment = date_from_path(source.name, source.zone)
        if moment and doubts:
            doubts[-1] += "; the date in its path was taken"
    return moment, doubts


def _first_date(texts: list[str], source: Source) -> tuple[Moment | None, list[str]]:
    """The first date that can be read, and what is to be said about it and those before it."""
    doubts = []
    for text in texts:
        try:
            moment = read_date(text, source.zone)
        except DateError as error:
            doubts.append(str(error))
        else:
            return moment, doubts + ([moment.doubt] if moment.doubt else [])
    return None, doubts


def _authors(matter: FrontMatter) -> list[str]:
    for key in fields.AUTHORS:
        value = matter.values.get(key)
        if isinstance(value, str):
            return split_authors(value)
        if value:
            return matter.texts((key,))
    return []


def _web_address(text: str | None) -> str | None:
    return text if text and re.match(r"https?://[^\s/]", text, re.IGNORECASE) else None
