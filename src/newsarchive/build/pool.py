"""The pool: tasks run in this process if they are few, or in several worker processes."""

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from newsarchive.build.reading import BATCH_BYTES, ReadResult, ReadTask
from newsarchive.build.worker import Job, JobResult, Setup, Worker
from newsarchive.model.problems import ArchiveError

BATCH = 100
"""The number of article pages, or of outputs that take as long, in one message to a worker. Fewer
mean more messages; with more, a worker may be idle at the end while another still has a batch."""

_FEW_BYTES = 4 * BATCH_BYTES
"""One process has read fewer bytes of sources than this before others have started."""

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Workers:
    """Runs tasks: in this process if they are few or `jobs` is 1, otherwise in a pool of `jobs`
    processes. Use it as a context manager."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._worker: Worker | None = None
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._worker:
            self._worker.close()
        if self._pool:
            if kind is not None:
                # Do not wait for tasks: the user who pressed Ctrl-C waits, and a half-written file
                # is still aside.
                for process in multiprocessing.active_children():
                    process.terminate()
            self._pool.shutdown(cancel_futures=True)

    def read(self, tasks: Iterable[ReadTask]) -> Iterator[ReadResult]:
        """Read sources; the results come in the order of the tasks."""
        return self._run("read", tasks, lambda task: task.size, BATCH_BYTES, _FEW_BYTES)

    def publish(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Render and publish outputs; the results come in the order of the jobs."""
        kinds = self._setup.kinds
        return self._run("publish", jobs, lambda job: kinds[job.planned.kind].weight, BATCH)

    def _run(
        self,
        method: str,
        tasks: Iterable[Task],
        weight: Callable[[Task], int],
        batch_weight: int,
        few_weight: int | None = None,
    ) -> Iterator[Any]:
        tasks = iter(tasks)
        first: list[Task] = []
        are_few = self._jobs == 1
        if not are_few and not self._pool:
            few = self._setup.settings.limits.single_process_tasks
            are_few = _take_few(tasks, first, few, weight, few_weight)
        tasks = chain(first, tasks)
        if are_few:
            yield from self._run_here(method, tasks)
        else:
            yield from self._run_in_pool(method, _batches(tasks, weight, batch_weight))

    def _run_here(self, method: str, tasks: Iterable[Task]) -> Iterator[Any]:
        self._worker = self._worker or Worker(self._setup)
        return map(getattr(self._worker, method), tasks)

    def _run_in_pool(self, method: str, batches: Iterable[list[Task]]) -> Iterator[Any]:
        waiting: deque[Future[list[Any]]] = deque()
        if method == "read" and self._pool is None and self._setup.tagging.infer != "none":
            # Processes that are forked share it: otherwise each of them would build its own.
            self._setup.tagging.vocabulary(None)
        pool = self._started()
        for batch in batches:
            waiting.append(_of_pool(partial(pool.submit, _in_worker, method, batch)))
            # Two batches for each worker keep all of them busy, and bound the memory.
            if len(waiting) > 2 * self._jobs:
                yield from _of_pool(waiting.popleft().result)
        while waiting:
            yield from _of_pool(waiting.popleft().result)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=_context(), initializer=_begin, initargs=(self._setup,)
            )
        return self._pool


def _of_pool(ask: Callable[[], Answer]) -> Answer:
    """The answer of the pool. Raises ArchiveError if one of its processes ended from outside."""
    try:
        return ask()
    except BrokenProcessPool as error:
        raise ArchiveError(
            "a worker process was killed, perhaps because memory ran out; every page is intact: "
            "build again, and with -j 1 if it happens again"
        ) from error


def default_jobs() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> Any:
    # A forked process starts at once, with all modules imported. Forking is safe only without
    # threads.
    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


def _take_few(
    tasks: Iterator[Task],
    taken: list[Task],
    few: int,
    weight: Callable[[Task], int],
    few_weight: int | None,
) -> bool:
    """Move tasks to `taken` until it is clear whether they are few. Returns True if they are: all
    of them are then in `taken`."""
    heavy = 0
    for task in tasks:
        taken.append(task)
        heavy += weight(task)
        if len(taken) >= few or (few_weight is not None and heavy >= few_weight):
            return False
    return True


def _batches(
    tasks: Iterable[Task], weight: Callable[[Task], int], batch_weight: int
) -> Iterator[list[Task]]:
    """The tasks in batches, each as heavy as `batch_weight` or of 10 * BATCH tasks."""
    batch: list[Task] = []
    heavy = 0
    for task in tasks:
        batch.append(task)
        heavy += weight(task)
        if heavy >= batch_weight or len(batch) >= 10 * BATCH:
            yield batch
            batch, heavy = [], 0
    if batch:
        yield batch


_worker: Worker | None = None  # one for each process of the pool, set when it starts


def _begin(setup: Setup) -> None:
    global _worker  # noqa: PLW0603
    # Ctrl-C reaches every process, and the main process then ends the pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # A killed main process cannot end the pool, so each worker watches it.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Worker(setup)
    # The objects made so far stay to the end: the garbage collector need not visit them.
    gc.freeze()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _in_worker(method: str, batch: list[Any]) -> list[Any]:
    function: Callable[[Any], Any] = getattr(_worker, method)
    return [function(task) for task in batch]
