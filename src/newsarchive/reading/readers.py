"""The list of readers, one for each input format.

A reader recognises its sources by the suffix of their names and, if several formats share a suffix,
by their first bytes: `.xml` may be WXR, RSS or NITF.
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
"""The number of first bytes by which a reader may recognise its format."""


class Record(NamedTuple):
    """One article's part of a source; all of the source if it has one article."""

    content: bytes
    line: int = 1
    """The line of the source, from 1, on which the record begins."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one format. Its functions are named `module:function` and imported when first
    called, so that a build that reads nothing does not wait for the Markdown library."""

    name: str
    suffixes: tuple[str, ...]
    """The suffixes of its sources, in lower case: `.md`."""
    read: str
    """The function that yields the drafts and problems in a Record of a Source."""
    split: str | None = None
    """The function that yields the records of an open source, which workers share; None if a source
    is one record."""
    recognises: str | None = None
    """The function that returns true if first bytes are of the format; None if the suffix alone
    decides."""

    def drafts(self, record: Record, source: Source) -> Iterator[Draft | Problem]:
        """The articles in a record, and the problems in it."""
        function: Callable[..., Iterator[Draft | Problem]] = _loaded(self.read)
        return function(record, source)

    def records(self, file: BinaryIO, source: Source) -> Iterator[Record | Problem]:
        """The records of a source with many articles, and the problems in it. Only for readers with
        `split`."""
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
    """The suffixes of files that may have articles, in lower case, each once."""
    return tuple(dict.fromkeys(suffix for reader in readers for suffix in reader.suffixes))


def reader_of(
    name: str, head: Callable[[], bytes], readers: Sequence[Reader] = READERS
) -> Reader | None:
    """The first reader that takes a source; None if the source has no articles. `head` returns the
    first HEAD_BYTES of the source; it is called only if the suffix does not decide."""
    return next((reader for reader in readers if reader.takes(name, head)), None)
