"""A reader of sources with many articles, for tests: one article a line, as JSON."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from newsarchive.model.dates import read_date
from newsarchive.model.problems import Problem
from newsarchive.reading.draft import Draft
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
    if "date" not in fields:
        yield source.warning(record.line, "this article has no date")
    yield Draft(
        headline=fields["title"],
        html=f"<p>{fields['text']}</p>",
        line=record.line,
        id=fields.get("id"),
        published=read_date(fields["date"], source.zone) if "date" in fields else None,
        tags=fields.get("tags", []),
    )


LINES = Reader(
    "lines",
    (".lines",),
    "lines_reader:read_line",
    split="lines_reader:split_lines",
    recognises="lines_reader:is_lines",
)
