"""Reading: turns the bytes of a source into articles and problems.

A reader uses no other file, no catalogue and no clock, so the same bytes give the same articles in
any process. `readers.py` lists the readers, one module for each input format.
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
    """The settings of reading. If one changes, the next build reads every source again."""

    timezone: str
    engine: str = "python-markdown"
    readers: tuple[Reader, ...] = READERS

    @property
    def zone(self) -> ZoneInfo:
        """The archive's time zone."""
        return ZoneInfo(self.timezone)

    def source(self, name: str, path: str, origins: list[Origin] | None = None) -> Source:
        """The source with this name and path, as readers get it."""
        return Source(name, path, self.zone, self.engine, origins)


def read_source(
    content: bytes,
    name: str,
    path: str,
    options: ReadingOptions,
    origins: list[Origin] | None = None,
) -> Iterator[Article | Problem]:
    """The articles of a source in their order, and the problems in it. `content` is all its bytes.
    The origins of the fields are added to `origins`, if given."""
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
    """The articles in one record of a source, and the problems in it."""
    from newsarchive.reading.assemble import assembled

    for found in reader.drafts(record, source):
        if isinstance(found, Problem):
            yield found
        else:
            yield assembled(found, source, record if reader.split else None)
