"""A reader of sources with many articles, for tests: one article a line, as JSON."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from newsarchive.model.dates import DateError, read_date
from newsarchive.model.problems import Problem
from newsarchive.reading.draft import Draft
from newsarchive.reading.markup.prose import blocks_of, html_of
from newsarchive.reading.readers import Reader, Record
from newsarchive.reading.source import Source


def is_lines(head: bytes) -> bool:
    """True if the first bytes are those of a line with a JSON object."""
    return head.startswith(b"{")


def split_lines(file: BinaryIO, source: Source) -> Iterator[Record | Problem]:
    """The lines of the file, each a record."""
    for number, line in enumerate(file, 1):
        if line.strip():
            yield Record(line, number)


def read_line(record: Record, source: Source) -> Iterator[Draft | Problem]:
    """The article of a line."""
    try:
        fields = json.loads(record.content)
    except ValueError as error:
        yield source.skipped(record.line, f"this line is not JSON: {error}")
        return
    published = None
    try:
        published = read_date(fields.pop("date", ""), source.zone)
    except DateError as error:
        yield source.warning(record.line, f"date: {error}")
    yield Draft(
        headline=fields.pop("title", ""),
        html=html_of(blocks_of(fields.pop("text", "").split("\n"))),
        line=record.line,
        id=fields.pop("id", None),
        published=published,
        tags=fields.pop("tags", []),
        extra=fields,
    )


LINES = Reader(
    "lines",
    (".lines",),
    "lines_reader:read_line",
    split="lines_reader:split_lines",
    recognises="lines_reader:is_lines",
)
