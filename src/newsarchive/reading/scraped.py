"""Scraped news text: a headline, dates and bylines, paragraphs, initials and tags.

This is the layout of text that a program took from news pages:

    North Korea vows to launch another surveillance satellite after failed attempt
    (last modified Mon, 19 Jun 2023 09:39:40 GMT )
    Jun 19, 2023 09:39 UTC
      • North Korea vows to launch another surveillance satellite after failed attempt

    Top North Korean officials have vowed ...

    ME

    Tags

Every part but the headline may be missing. So plain text with a headline on its first line is read
in the same way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsarchive.model.dates import (
    DateError,
    ImpossibleDateError,
    Moment,
    date_from_path,
    looks_like_date,
    read_date,
)
from newsarchive.model.problems import Problem
from newsarchive.model.text import identity, is_visible, one_line
from newsarchive.reading.decoding import text_of
from newsarchive.reading.draft import Draft
from newsarchive.reading.fields import is_web_address, split_authors
from newsarchive.reading.markup.prose import blocks_of, html_of, without_bullet
from newsarchive.reading.readers import Record
from newsarchive.reading.source import Source

_MODIFIED = re.compile(r"\(?\s*(?:last\s+)?(?:modified|updated)\b", re.IGNORECASE)
_DATE_LABEL = re.compile(r"\(?\s*(?:published|posted|date|created)\b.*\d", re.IGNORECASE)
# After one of these labels and a colon, any short text is meant as a date.
_LABELLED = re.compile(
    r"\(?\s*(?:(?:last\s+)?modified|(?:last\s+)?updated|published|posted|date)\s*(?:on\s*)?:"
    r".{1,40}\Z",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|author|reporter|byline)\s*:?\s+(?=\S)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:(?:source|url|link|original)\s*:?\s*)?(https?://\S+)\Z", re.IGNORECASE)
_TAGS = re.compile(r"\s*(?:tags?|keywords?)\s*(?::\s*(.*))?\Z", re.IGNORECASE)
_TAG_CHARACTERS = 60
_SENTENCE_END = re.compile(r"(?<!\b[JS]r)(?<!\b[A-Z])[.:!?]\Z")
# Groups of two to four capitals with a slash between them: "ME", "MNA/PR".
_INITIALS = re.compile(r"[A-Z]{2,4}(?:\s*/\s*[A-Z]{2,4})*\Z")

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
_AGENCY = r"\([A-Z][\w .&/-]{1,30}\)"
_CAPITALS = r"[^\W\d_a-z][^\d_a-z(),–—-]+(?:,\s*[A-Z][\w. ]{1,20}?)?"
_PLACE = r"[A-Z][\w.'’ -]{1,40}?(?:,\s*[A-Z][\w. ]{1,20}?)?"
# A place in capitals needs only a dash after it. A place in small letters also needs a day or an
# agency before the dash.
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}(?:,\s*(?P<day>{_DAY}))?(?:\s*{_AGENCY})?"
    rf"|{_PLACE},\s*(?P<day2>{_DAY})(?:\s*{_AGENCY})?"
    rf"|{_PLACE}\s*{_AGENCY})\s*(?:--?|[–—])(?=\s+\S)\s*"
)


@dataclass(slots=True)
class _Header:
    """The fields from the lines between the headline and the first paragraph. `warnings` has
    (line from 1, warning)."""

    published: Moment | None = None
    modified: Moment | None = None
    authors: list[str] = field(default_factory=list)
    source_url: str | None = None
    warnings: list[tuple[int, str]] = field(default_factory=list)


def read_scraped(record: Record, source: Source) -> Iterator[Draft | Problem]:
    """The article in a file of scraped or plain text, and the problems in it."""
    text = yield from text_of(record.content, source)
    if text is None:
        return
    lines = text.split("\n")
    first = next(number for number, line in enumerate(lines) if line.strip())
    headline = one_line(without_bullet(lines[first]))
    if not is_visible(headline):
        reason = "no headline found: this line has no visible characters"
        yield source.skipped(first + 1, reason)
        return
    source.note_origin("headline", first + 1, headline)
    header, start = _header(lines, first + 1, headline, source)
    end, tags = _tags(lines, start, source)
    end, initials = _signature(lines, start, end)
    if initials and not header.authors:
        source.note_origin("authors", end + 1, lines[end].strip())
    blocks = blocks_of(lines[start:end])
    dateline = None
    if blocks and blocks[0].kind == "p":
        dateline, day, rest = _dateline(blocks[0].texts[0])
        if dateline:
            source.note_origin("dateline", None, f"{dateline}, at the start of the first paragraph")
        blocks[0] = type(blocks[0])("p", (rest,))
        if day and header.published is None:
            header.published = _dated_by_dateline(day, source)
            source.note_origin("published", None, f"the dateline, {day}")
    published = header.published or date_from_path(source.name, source.zone)
    if published is None and header.modified:
        published = header.modified
        source.note_origin("published", None, "the date of modification, because there is no other")
    elif published and header.published is None:
        source.note_origin("published", None, f"the path, {source.name}")
    for line, warning in header.warnings:
        yield source.warning(line, warning)
    yield Draft(
        headline=headline,
        html=html_of(blocks, dateline),
        line=first + 1,
        published=published,
        modified=header.modified,
        authors=header.authors or initials,
        tags=tags,
        source_url=header.source_url,
        dateline=dateline,
        extra={"signature": "/".join(initials)} if initials and header.authors else {},
    )


def _header(lines: list[str], start: int, headline: str, source: Source) -> tuple[_Header, int]:
    """(header, number of the line, from 0, on which the body begins)."""
    header = _Header()
    repeated = identity(headline)
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if not line or identity(without_bullet(line)) == repeated:
            continue
        if not _take(line, number + 1, header, source):
            return header, number
    return header, len(lines)


def _take(line: str, number: int, header: _Header, source: Source) -> bool:
    """Add a line to the header. Returns true if the line belongs there; `number` counts from 1."""
    if looks_like_date(line):
        return _take_date(line, number, header, source)
    address = _ADDRESS.match(line)
    if address and is_web_address(address[1]):
        if header.source_url is None:
            source.note_origin("source_url", number, address[1])
        header.source_url = header.source_url or address[1]
        return True
    if _LABELLED.match(line):
        header.warnings.append((number, f'"{line}" cannot be read as a date; it is ignored'))
        return True
    line, bar, rest = line.partition(" | ")
    byline = _BYLINE.match(line)
    if byline and _are_names(names := split_authors(line[byline.end() :])):
        header.authors += names
        source.note_origin("authors", number, line)
        if bar and looks_like_date(rest.strip()):  # "By Ida Holm | Jun 19, 2023"
            _take(rest.strip(), number, header, source)
        return True
    return False


def _take_date(line: str, number: int, header: _Header, source: Source) -> bool:
    is_modified = _MODIFIED.match(line) is not None
    try:
        moment = read_date(line, source.zone)
    except DateError as error:
        is_meant = is_modified or _DATE_LABEL.match(line) or isinstance(error, ImpossibleDateError)
        if is_meant:
            header.warnings.append((number, str(error)))
        return bool(is_meant)
    if moment.warning:
        header.warnings.append((number, moment.warning))
    earlier = header.modified if is_modified else header.published
    if earlier is None:
        source.note_origin("modified" if is_modified else "published", number, line)
        if is_modified:
            header.modified = moment
        else:
            header.published = moment
    elif not moment.agrees_with(earlier):
        warning = f'"{line}" is a different day from a line above; it is ignored'
        header.warnings.append((number, warning))
    return True


def _are_names(names: list[str]) -> bool:
    """True if these look like the names in a byline, not like a sentence that begins with "By"."""
    return bool(names) and all(
        len(name.split()) <= 5 and not name[0].islower() and not _SENTENCE_END.search(name)
        for name in names
    )


def _tags(lines: list[str], start: int, source: Source) -> tuple[int, list[str]]:
    """(number of the line after the body, from 0; tags): the tags are on and below the last line
    with the label "Tags"."""
    for number in range(len(lines) - 1, start - 1, -1):
        heading = _TAGS.match(lines[number])
        if heading:
            below = [without_bullet(line) for line in lines[number + 1 :] if line.strip()]
            said = ", ".join(filter(None, [heading[1], *below]))
            source.note_origin("tags", number + 1, said or "nothing below this line")
            return number, [
                tag for text in [heading[1] or "", *below] for tag in re.split("[,;،]", text)
            ]
        if len(lines[number].strip()) > _TAG_CHARACTERS and "," not in lines[number]:
            break
        if lines[number].rstrip().endswith((".", "!", "?", "”")):
            break
    return len(lines), []


def _signature(lines: list[str], start: int, end: int) -> tuple[int, list[str]]:
    """(number of the line after the body, from 0; initials of the desk below the body)."""
    written = [number for number in range(start, end) if lines[number].strip()]
    if len(written) > 1 and _INITIALS.match(lines[written[-1]].strip()):
        return written[-1], re.split(r"\s*/\s*", lines[written[-1]].strip())
    return end, []


def _dateline(paragraph: str) -> tuple[str | None, str | None, str]:
    """(dateline at the start of a paragraph, the day in it, rest of the paragraph)."""
    found = _DATELINE.match(paragraph)
    if not found or len(found[0]) > 100:
        return None, None, paragraph
    rest = paragraph[found.end() :]
    return found[0].strip(), found["day"] or found["day2"], rest


def _dated_by_dateline(day: str, source: Source) -> Moment | None:
    try:
        return read_date(day, source.zone)
    except DateError:  # "June 19" alone: no year
        return None
