"""Workers: reading and publishing, in this process or in several.

What goes to a worker and comes back is small: a worker reads sources itself, and gathers what an
output shows from the catalogue as it was last committed.
"""

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sqlite3
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from newsarchive.build.output_folder import OutputFolder, digest_of
from newsarchive.catalogue.records import Row, row_of
from newsarchive.catalogue.store import reader
from newsarchive.model.article import Article
from newsarchive.model.problems import ArchiveError, Problem
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Kind, Output, Settings
from newsarchive.reading import ReadingOptions, read_source
from newsarchive.reading.time_limit import TimeLimitError, time_limit
from newsarchive.sources.scan import SourceFile
from newsarchive.tagging.inference import Tagging

BATCH = 100
"""How many outputs go to a worker in one message: fewer cost time on the way, with more a worker
may wait at the end while another has much left to do."""

BATCH_BYTES = 1_000_000
"""How many bytes of sources go to a worker in one message: what was read from them comes back,
and is held until it is in the catalogue."""

READING_SECONDS = 60
"""How long reading one article may take, in seconds of processor time."""

Task = TypeVar("Task")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs besides its tasks."""

    reading: ReadingOptions
    settings: Settings
    kinds: Mapping[str, Kind]
    """The kinds of output that the site has, by name."""
    output: str
    """The output folder."""
    catalogue: Path
    tagging: Tagging


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What reading one source gave."""

    file: SourceFile
    articles: tuple[Row, ...]
    problems: tuple[Problem, ...]
    sha256: str | None = None
    """Of the source's bytes, in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Job:
    """An output to publish."""

    planned: Output
    is_new: bool
    """True if there is no file at its address."""
    known: bytes | None = None
    """The digest of the file that is there; None if the file itself has to be compared."""


JobResult = tuple[str, bytes, bool]
"""The address of an output, the digest of its bytes, and whether the file was written."""


class Worker:
    """The two functions that run in a worker, with what they need set up once."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._output_folder = OutputFolder(Path(setup.output))

    @cached_property
    def _catalogue(self) -> sqlite3.Connection:
        return reader(self._setup.catalogue)

    @cached_property
    def _context(self) -> Context:
        settings = self._setup.settings
        authority = self._setup.tagging.authority
        return Context.of(self._catalogue, authority, settings.site, settings.theme)

    def close(self) -> None:
        """Let go of the catalogue."""
        if "_catalogue" in vars(self):
            self._catalogue.close()

    def read(self, file: SourceFile) -> ReadResult:
        """The articles of a source file."""
        try:
            with open(file.path, "rb") as opened:
                content = opened.read()
        except OSError as error:
            reason = f"this file cannot be read: {error.strerror}"
            # No file has this size: the next build tries again, for its rights may have changed.
            unread = file._replace(size=-1)
            return ReadResult(unread, (), (Problem(file.path, None, reason, set_aside=True),))
        articles: list[Row] = []
        problems: list[Problem] = []
        try:
            for found in _each_in_time(
                read_source(content, file.name, file.path, self._setup.reading)
            ):
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    articles.append(row_of(found, self._setup.reading.zone, self._setup.tagging))
        except TimeLimitError:
            reason = f"reading it took more than {READING_SECONDS} seconds and was broken off"
            problems.append(Problem(file.path, None, reason, set_aside=True))
        except Exception as error:  # one source must never cost the others
            reason = f"this is a mistake in newsarchive, please report it: {error!r}"
            problems.append(Problem(file.path, None, reason, set_aside=True))
        return ReadResult(file, tuple(articles), tuple(problems), sha256(content).hexdigest())

    def publish(self, job: Job) -> JobResult:
        """Make an output and put it in its place."""
        planned = job.planned
        content = self._setup.kinds[planned.kind].render(planned, self._context)
        digest = digest_of(content)
        is_same = not job.is_new and (
            job.known == digest
            if job.known
            else self._output_folder.holds(planned.address, content)
        )
        if not is_same:
            self._output_folder.put(planned.address, content)
        return planned.address, digest, not is_same


def _each_in_time(found: Iterator[Article | Problem]) -> Iterator[Article | Problem]:
    """What is found in a source, each of it within its budget. Raises OutOfTimeError."""
    while True:
        with time_limit(READING_SECONDS):
            one = next(found, None)
        if one is None:
            return
        yield one


class Workers:
    """Runs tasks, here where they are few or only one job is asked for, else in a pool of
    processes. Use as a context manager."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._few = setup.settings.limits.few_tasks
        self._worker: Worker | None = None
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._worker:
            self._worker.close()
        if self._pool:
            if kind is not None:
                # What they are at is of no more use, and whoever pressed Ctrl-C waits. A file that
                # is half written lies aside still.
                for process in multiprocessing.active_children():
                    process.terminate()
            self._pool.shutdown(cancel_futures=True)

    def read(self, files: Iterable[SourceFile]) -> Iterator[list[ReadResult]]:
        """Read source files, in any order of results."""
        return self._run("read", files, lambda file: file.size, BATCH_BYTES)

    def publish(self, jobs: Iterable[Job]) -> Iterator[list[JobResult]]:
        """Render and publish outputs, in any order of results."""
        return self._run("publish", jobs, self._weight, BATCH)

    def _weight(self, job: Job) -> int:
        return self._setup.kinds[job.planned.kind].weight

    def _run(
        self, method: str, tasks: Iterable[Task], weight: Callable[[Task], int], most: int
    ) -> Iterator[list[Any]]:
        tasks = iter(tasks)
        first = list(islice(tasks, self._few if self._jobs > 1 and not self._pool else 0))
        if self._jobs == 1 or (len(first) < self._few and not self._pool):
            self._worker = self._worker or Worker(self._setup)
            function = getattr(self._worker, method)
            for task in chain(first, tasks):
                yield [function(task)]
            return
        waiting: deque[Future[list[Any]]] = deque()
        if method == "read" and self._pool is None and self._setup.tagging.infer != "none":
            # Made before the processes start, it need not be made in each of them.
            self._setup.tagging.vocabulary(None)
        pool = self._started()
        for batch in _batches(chain(first, tasks), weight, most):
            waiting.append(_of_pool(partial(pool.submit, _in_worker, method, batch)))
            # Enough to keep every worker busy, and no more than that in memory.
            if len(waiting) > 2 * self._jobs:
                yield _of_pool(waiting.popleft().result)
        while waiting:
            yield _of_pool(waiting.popleft().result)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=_context(), initializer=_begin, initargs=(self._setup,)
            )
        return self._pool


def _of_pool(ask: Callable[[], Answer]) -> Answer:
    """What the pool answers. Raises ArchiveError where one of its processes is gone."""
    try:
        return ask()
    except BrokenProcessPool as error:
        raise ArchiveError(
            "a worker process was ended from outside, perhaps because memory ran out: build again, "
            "with fewer of them (such as -j 1) if it happens again; the site is as whole as it was"
        ) from error


def default_jobs() -> int:
    """As many as there are processors for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> Any:
    # Forking starts at once with all that is imported, but only a process without threads can.
    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


def _batches(
    tasks: Iterable[Task], weight: Callable[[Task], int], most: int
) -> Iterator[list[Task]]:
    batch: list[Task] = []
    heavy = 0
    for task in tasks:
        batch.append(task)
        heavy += weight(task)
        if heavy >= most or len(batch) >= 10 * BATCH:
            yield batch
            batch, heavy = [], 0
    if batch:
        yield batch


_worker: Worker | None = None  # one for each process of the pool, set when it starts


def _begin(setup: Setup) -> None:
    global _worker  # noqa: PLW0603
    # Ctrl-C reaches every process; this one answers it for all by ending the pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Killed, it cannot.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Worker(setup)
    # What is there now stays: the collector need not look at it again and again.
    gc.freeze()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _in_worker(method: str, batch: list[Any]) -> list[Any]:
    function: Callable[[Any], Any] = getattr(_worker, method)
    return [function(task) for task in batch]
