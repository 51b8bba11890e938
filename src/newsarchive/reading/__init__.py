"""Read: the bytes of one source into articles, or into what is wrong with it.

A reader knows no file but its own, no catalogue and no clock: the same bytes always give the same
articles, in any process.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from zoneinfo import ZoneInfo

from newsarchive.model.article import Article
from newsarchive.model.problems import Problem
from newsarchive.reading.decoding import decoded
from newsarchive.reading.source import Origin, Source

Reader = Callable[[str, Source], Iterator[Article | Problem]]

READERS = {
    ".md": "markdown.read_markdown",
    ".markdown": "markdown.read_markdown",
    ".txt": "scraped.read_scraped",
    ".text": "scraped.read_scraped",
}
"""The reader for each suffix of a file that is read as articles; loaded when first needed, for a
build that reads nothing need not wait for Markdown."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """The settings that bear on reading; a change in them means to read everything again."""

    timezone: str
    engine: str = "python-markdown"

    @property
    def zone(self) -> ZoneInfo:
        """The archive's time zone."""
        return ZoneInfo(self.timezone)


def suffix_of(name: str) -> str:
    """The suffix that decides how a file is read, in lower case."""
    return f".{name.rpartition('.')[2].lower()}"


def read_source(
    content: bytes,
    name: str,
    path: str,
    options: ReadingOptions,
    origins: list[Origin] | None = None,
) -> Iterator[Article | Problem]:
    """The articles of a source, in their order, and every problem met on the way. `origins` is
    given where their fields came from."""
    source = Source(name, path, options.zone, options.engine, origins)
    text, doubt = decoded(content)
    if not text.strip():
        yield source.set_aside(None, "the file is empty" if not content else "the file is blank")
        return
    if doubt:
        yield source.warning(None, doubt)
    position = 0
    for found in _reader(suffix_of(name))(text, source):
        if isinstance(found, Article):
            yield replace(found, position=position) if position else found
            position += 1
        else:
            yield found


def _reader(suffix: str) -> Reader:
    module, _, function = READERS[suffix].partition(".")
    reader: Reader = getattr(import_module(f"{__name__}.{module}"), function)
    return reader
