"""Measures the time of a command, and the memory of all its processes."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bench.peers import Command

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of processor time of all processes."""
    memory: int
    """The peak of the memory of all processes in bytes: the sum of their proportional set sizes."""


def measured(command: Command, log: Path) -> Run:
    """Run a command and measure it; its output goes to `log`. Raises RuntimeError if it fails."""
    environment = {**os.environ, **command.environment}
    with log.open("wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - commands of this benchmark
            command.words, cwd=command.folder, env=environment, stdout=output, stderr=output
        )
        peak = _Peak(process.pid)
        peak.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        peak.ended.set()
        peak.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command.words)} ended with {process.returncode}: see {log}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak.bytes)


class _Peak(threading.Thread):
    """Watches the memory of a process and of all its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.bytes = 0
        self.ended = threading.Event()

    def run(self) -> None:
        """Look every _POLL_SECONDS until the process has ended."""
        while not self.ended.wait(_POLL_SECONDS):
            self.bytes = max(self.bytes, sum(map(_proportional, _family(self._pid))))


def _family(pid: int) -> list[int]:
    """The process and all its descendants."""
    family = [pid]
    for member in family:
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                family += map(int, task.read_text().split())
            except OSError:  # the process has ended
                continue
    return family


def _proportional(pid: int) -> int:
    """The proportional set size of a process in bytes (proc(5), smaps_rollup); 0 if it ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
