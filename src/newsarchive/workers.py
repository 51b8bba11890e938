"""Workers: the pure stages, in this process or in several."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from newsarchive.article import Article
from newsarchive.problems import ArchiveError, Problem
from newsarchive.publish import Publisher, digest_of
from newsarchive.reading import ReadingOptions, read_source
from newsarchive.rendering import Renderer
from newsarchive.rendering.theme import Theme
from newsarchive.rendering.views import FeedView, FileView, ListingView, SiteView, View
from newsarchive.scan import SourceFile

BATCH = 100
"""How many sources, or outputs with what they show, go to a worker in one message: fewer cost time
on the way, more cost memory, for a feed holds whole articles."""

_FEW = 2 * BATCH
"""Below so many tasks a build is done before further processes have started."""

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know besides its tasks."""

    reading: ReadingOptions
    theme: Theme
    site: SiteView
    output: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What reading one source gave."""

    file: SourceFile
    found: tuple[Article | Problem, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """An output to render and publish; `known` is the digest of what was last published there."""

    view: View
    fingerprint: bytes
    known: bytes | None


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a job."""

    address: str
    fingerprint: bytes
    digest: bytes
    written: bool


class Worker:
    """The two functions that run in a worker, with what they need set up once."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._renderer = Renderer(setup.theme, setup.site)
        self._publisher = Publisher(Path(setup.output))

    def read(self, file: SourceFile) -> ReadResult:
        """The articles of a source file."""
        try:
            with open(file.path, "rb") as opened:
                content = opened.read()
        except OSError as error:
            reason = f"this file cannot be read: {error.strerror}"
            # No file has this size: the next build tries again, for its rights may have changed.
            unread = replace(file, size=-1)
            return ReadResult(unread, (Problem(file.path, None, reason, set_aside=True),))
        found = read_source(content, file.name, file.path, self._setup.reading)
        return ReadResult(file, tuple(found))

    def publish(self, job: Job) -> Published:
        """Render an output and put it in its place."""
        if isinstance(job.view, FileView):
            content = _file_content(job.view)
        else:
            content = self._renderer.render(job.view)
        written = self._publisher.put(job.view.address, content, job.known)
        return Published(job.view.address, job.fingerprint, digest_of(content), written)


def _file_content(view: FileView) -> bytes:
    try:
        return Path(view.path).read_bytes()
    except OSError as error:
        raise ArchiveError(f"{view.path}: cannot be read: {error.strerror}; build again") from error


class Workers:
    """Runs tasks, here where they are few or only one job is asked for, else in a pool of
    processes. Use as a context manager."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._worker: Worker | None = None
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *exception: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def read(self, files: Iterable[SourceFile]) -> Iterator[ReadResult]:
        """Read source files, in any order of results."""
        return self._run("read", files)

    def publish(self, jobs: Iterable[Job]) -> Iterator[Published]:
        """Render and publish outputs, in any order of results."""
        return self._run("publish", jobs)

    def _run(self, method: str, tasks: Iterable[Any]) -> Iterator[Any]:
        tasks = iter(tasks)
        first = list(islice(tasks, _FEW if self._jobs > 1 and not self._pool else 0))
        if self._jobs == 1 or (len(first) < _FEW and not self._pool):
            self._worker = self._worker or Worker(self._setup)
            function = getattr(self._worker, method)
            yield from map(function, first)
            yield from map(function, tasks)
            return
        waiting: deque[Future[list[Any]]] = deque()
        pool = self._started()
        for batch in _batches(chain(first, tasks)):
            waiting.append(pool.submit(_in_worker, method, batch))
            # Enough to keep every worker busy, and no more than that in memory.
            if len(waiting) > 2 * self._jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=_context(), initializer=_begin, initargs=(self._setup,)
            )
        return self._pool


def default_jobs() -> int:
    """As many as there are processors for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> Any:
    # Forking starts at once with all that is imported, but only a process without threads can.
    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    weight = 0
    for task in tasks:
        batch.append(task)
        weight += _weight(task)
        if weight >= BATCH:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _weight(task: object) -> int:
    """How many articles a task deals with."""
    if isinstance(task, Job) and isinstance(task.view, FeedView | ListingView):
        return 1 + len(task.view.entries)
    return 1


_worker: Worker | None = None  # one for each process of the pool, set when it starts


def _begin(setup: Setup) -> None:
    global _worker  # noqa: PLW0603
    # Ctrl-C reaches every process; this one answers it for all by ending the pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = Worker(setup)


def _in_worker(method: str, batch: list[Any]) -> list[Any]:
    function: Callable[[Any], Any] = getattr(_worker, method)
    return [function(task) for task in batch]
