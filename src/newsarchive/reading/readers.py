"""The list of readers: one for each input format.

A reader takes a source by the suffix of its name and, if other formats share that suffix, by its
first bytes: `.xml` may be WXR, RSS or NITF.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple

from newsarchive.model.problems import Problem
from newsarchive.reading.draft import Draft
from newsarchive.reading.source import Source

HEAD_BYTES = 4096
"""The number of first bytes that a reader may recognise its format by."""


class Record(NamedTuple):
    """One article's part of a source: all of it if the source holds one article."""

    content: bytes
    line: int = 1
    """The line of the source, from 1, on which the record begins."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How sources of one format are read. Functions are named `module:function`, and loaded when
    first needed: a build that reads nothing need not wait for Markdown."""

    name: str
    suffixes: tuple[str, ...]
    """The suffixes of its sources, in lower case: `.md`."""
    read: str
    """The function from a Record and a Source to the drafts and problems in it, one at a time."""
    split: str | None = None
    """The function from an open source to its records, one at a time; None if a source is one
    record. Workers share the records of one source."""
    recognises: str | None = None
    """The function that tells by the first bytes whether a source is of the format; None if the
    suffix alone decides."""

    def drafts(self, record: Record, source: Source) -> Iterator[Draft | Problem]:
        """The articles in a record, and every problem met on the way."""
        function: Callable[..., Iterator[Draft | Problem]] = _loaded(self.read)
        return function(record, source)

    def records(self, file: BinaryIO, source: Source) -> Iterator[Record | Problem]:
        """The records of a source that holds many articles. Only for readers with `split`."""
        assert self.split is not None, f"{self.name} has no function to split a source"
        function: Callable[..., Iterator[Record | Problem]] = _loaded(self.split)
        return function(file, source)

    def takes(self, name: str, head: Callable[[], bytes]) -> bool:
        """True if the reader takes a source with this name and these first bytes."""
        if not name.lower().endswith(self.suffixes):
            return False
        return self.recognises is None or bool(_loaded(self.recognises)(head()))


@cache
def _loaded(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(module), function)
    return loaded


READERS: tuple[Reader, ...] = (
    Reader("markdown", (".md", ".markdown"), "newsarchive.reading.markdown:read_markdown"),
    Reader("scraped", (".txt", ".text"), "newsarchive.reading.scraped:read_scraped"),
)
"""All readers. The first that takes a source reads it."""


def suffixes_of(readers: Sequence[Reader]) -> tuple[str, ...]:
    """The suffixes of files that may hold articles."""
    return tuple(dict.fromkeys(suffix for reader in readers for suffix in reader.suffixes))


def reader_of(
    name: str, head: Callable[[], bytes], readers: Sequence[Reader] = READERS
) -> Reader | None:
    """The reader of a source; None if newsarchive does not read it as articles. `head` gives the
    source's first HEAD_BYTES, and is called only if the suffix does not decide."""
    return next((reader for reader in readers if reader.takes(name, head)), None)
