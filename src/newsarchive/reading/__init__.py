"""Reading: the bytes of a source into articles, and into what is wrong with it.

A reader knows no file but its own, no catalogue and no clock: the same bytes always give the same
articles, in any process. `readers.py` lists the readers, one module for each input format.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zoneinfo import ZoneInfo

from newsarchive.model.article import Article
from newsarchive.model.problems import Problem
from newsarchive.reading.readers import READERS, Reader, Record, reader_of
from newsarchive.reading.source import Origin, Source


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """The settings of reading; if one changes, everything is read again."""

    timezone: str
    engine: str = "python-markdown"
    readers: tuple[Reader, ...] = READERS

    @property
    def zone(self) -> ZoneInfo:
        """The archive's time zone."""
        return ZoneInfo(self.timezone)

    def source(self, name: str, path: str, origins: list[Origin] | None = None) -> Source:
        """The description of a source that readers get."""
        return Source(name, path, self.zone, self.engine, origins)


def read_source(
    content: bytes,
    name: str,
    path: str,
    options: ReadingOptions,
    origins: list[Origin] | None = None,
) -> Iterator[Article | Problem]:
    """The articles of a source, in their order, and every problem met on the way. `origins` gets
    where their fields came from."""
    source = options.source(name, path, origins)
    reader = reader_of(name, lambda: content, options.readers)
    assert reader is not None, f"{name}: no reader takes this file"
    if reader.split is None:
        yield from read_record(reader, Record(content), source)
        return
    for record in reader.records(BytesIO(content), source):
        if isinstance(record, Problem):
            yield record
        else:
            yield from read_record(reader, record, source)


def read_record(reader: Reader, record: Record, source: Source) -> Iterator[Article | Problem]:
    """The articles in one record of a source."""
    from newsarchive.reading.assemble import assembled

    for found in reader.drafts(record, source):
        if isinstance(found, Problem):
            yield found
        else:
            yield assembled(found, source, record if reader.split else None)
