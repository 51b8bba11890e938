"""Reading sources: the tasks of workers, and their results.

A worker opens a source of one article itself. The main process splits a source of many articles
into records, which is cheap, and sends them to the workers in batches. So a source of any size
streams through, and all workers share it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from newsarchive.catalogue.records import Row, row_of
from newsarchive.model.article import Article
from newsarchive.model.problems import Problem
from newsarchive.reading import ReadingOptions, read_record
from newsarchive.reading.readers import Reader, Record
from newsarchive.reading.time_limit import TimeLimitError, time_limit
from newsarchive.sources.scan import SourceFile
from newsarchive.tagging.inference import Tagging

BATCH_BYTES = 1_000_000
"""The bytes of sources in one message to a worker. The articles that it reads from them come back
in one message, and are held in memory until they are in the catalogue."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A source to read, or some records of one."""

    file: SourceFile
    reader: Reader
    records: tuple[Record, ...] | None = None
    """None if the worker opens the source itself."""
    problems: tuple[Problem, ...] = ()
    """The problems found when the source was split."""
    is_first: bool = True
    is_last: bool = True
    """True for the first, and the last, task of a source."""

    @property
    def size(self) -> int:
        """The number of bytes to read."""
        if self.records is None:
            return self.file.size
        return sum(len(record.content) for record in self.records)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The articles and problems that one task found."""

    file: SourceFile
    articles: tuple[Row, ...]
    problems: tuple[Problem, ...]
    sha256: str | None = None
    """The SHA-256 of the source in hexadecimal digits; None for a source of many articles."""
    is_first: bool = True
    is_last: bool = True


def tasks_of(
    file: SourceFile, reader: Reader, options: ReadingOptions, seconds: float
) -> Iterator[ReadTask]:
    """The tasks that read a source. Finding one record may take `seconds` of processor time."""
    if reader.split is None:
        yield ReadTask(file, reader)
        return
    records: list[Record] = []
    problems: list[Problem] = []
    size, is_first = 0, True
    for found in _records_of(file, reader, options, seconds):
        if isinstance(found, SourceFile):
            file = found
        elif isinstance(found, Problem):
            problems.append(found)
        else:
            records.append(found)
            size += len(found.content)
        if size >= BATCH_BYTES or len(problems) >= 1_000:
            yield ReadTask(file, reader, tuple(records), tuple(problems), is_first, is_last=False)
            records, problems, size, is_first = [], [], 0, False
    yield ReadTask(file, reader, tuple(records), tuple(problems), is_first)


def _records_of(
    file: SourceFile, reader: Reader, options: ReadingOptions, seconds: float
) -> Iterator[Record | Problem | SourceFile]:
    """The records and problems of a source. If splitting it fails, the last one is a problem. If
    the file cannot be read, a SourceFile comes before that, which makes the next build read it
    again."""
    try:
        with open(file.path, "rb") as opened:
            source = options.source(file.name, file.path)
            yield from _each_in_time(reader.records(opened, source), seconds)
    except OSError as error:
        yield _unread(file)
        yield _skipped(file, f"cannot be read: {error.strerror}")
    except TimeLimitError:
        yield _skipped(file, f"stopped here: finding the next article took over {seconds} seconds")
    except Exception as error:  # one source must never cost the others
        yield _skipped(file, _mistake(error))


def read(task: ReadTask, options: ReadingOptions, tagging: Tagging, seconds: float) -> ReadResult:
    """Read a source, or some records of one. Reading an article may take `seconds` of processor
    time. An article that fails becomes a problem."""
    file, digest, records = task.file, None, task.records
    if records is None:
        try:
            with open(file.path, "rb") as opened:
                content = opened.read()
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
            return ReadResult(_unread(file), (), (_skipped(file, reason),))
        records, digest = (Record(content),), sha256(content).hexdigest()
    articles: list[Row] = []
    problems = list(task.problems)
    source = options.source(file.name, file.path)
    for record in records:
        try:
            for found in _each_in_time(read_record(task.reader, record, source), seconds):
                if isinstance(found, Article):
                    articles.append(row_of(found, options.zone, tagging))
                else:
                    problems.append(found)
        except TimeLimitError:
            reason = f"reading it took over {seconds} seconds"
            problems.append(_skipped(file, reason, _line(task, record)))
        except Exception as error:  # one article must never cost the others
            problems.append(_skipped(file, _mistake(error), _line(task, record)))
    return ReadResult(file, tuple(articles), tuple(problems), digest, task.is_first, task.is_last)


def _line(task: ReadTask, record: Record) -> int | None:
    return record.line if task.reader.split else None


def _unread(file: SourceFile) -> SourceFile:
    """The file with a size that no file has, so that the next build reads it again: its permissions
    may have changed."""
    return file._replace(size=-1)


def _skipped(file: SourceFile, reason: str, line: int | None = None) -> Problem:
    return Problem(file.path, line, reason, skipped=True)


def _mistake(error: Exception) -> str:
    return f"a fault of newsarchive, please report it: {error!r}"


def _each_in_time(found: Iterator[Found], seconds: float) -> Iterator[Found]:
    """The items of an iterator. Raises TimeLimitError if finding one takes more than `seconds` of
    processor time."""
    while True:
        with time_limit(seconds):
            one = next(found, None)
        if one is None:
            return
        yield one
