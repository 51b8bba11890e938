"""Stops a build at any of its steps, as a power cut or a full disk would.

A step changes the disk: it opens a file for writing, renames or removes a file, makes or removes a
folder, or commits the catalogue. Python's audit events announce all but the last before they
happen.
"""

import errno
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from newsarchive.catalogue.store import Catalogue
from newsarchive.model.problems import ArchiveError

FINISHED, REFUSED, KILLED, FAILED = 0, 2, 9, 70
_EVENTS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate")
_WRITING = os.O_WRONLY | os.O_RDWR
_PREPARING = "prepare"
"""A step in the output folder that prepares another: it makes the folder, or opens the temporary
file that is then moved into place."""


class Steps:
    """Counts the steps of a build, notes the phase of each, and stops the build at one of them."""

    def __init__(self, inside: Path, stop_at: int | None, error: int | None) -> None:
        self.phases: list[str] = []
        """The phase of each step, as a word."""
        self._inside, self._stop_at, self._error = str(inside), stop_at, error

    def listen(self) -> None:
        """Stop this process, a child made for the purpose, at the step."""
        sys.addaudithook(self._hear)
        commit = Catalogue.commit

        def counted(catalogue: Catalogue) -> None:
            self._step("commit", ())
            commit(catalogue)
            self._step("commit", ())

        Catalogue.commit = counted  # type: ignore[method-assign]

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            if not isinstance(args[2], int) or not args[2] & _WRITING:
                return
        elif event not in _EVENTS:
            return
        if str(args[0]).startswith(self._inside):
            takes_room = event in ("open", "os.mkdir", "os.rename")
            errors = (errno.ENOSPC, errno.EROFS) if takes_room else (errno.EROFS,)
            self._step(_phase(event, *map(str, args[:2])), errors)

    def _step(self, phase: str, errors: tuple[int, ...]) -> None:
        """Count one step, which may meet these errors."""
        self.phases.append(phase)
        if self._stop_at is None:
            return
        if self._error is not None:
            if len(self.phases) >= self._stop_at and self._error in errors:
                raise OSError(self._error, os.strerror(self._error))
        elif len(self.phases) == self._stop_at:
            os._exit(KILLED)


def _phase(event: str, path: str, second: str) -> str:
    """The phase of a build that changes this file or folder."""
    if "/build/" not in path:
        return "memory" if "/.newsarchive" in path else "archive"
    if event in ("os.remove", "os.rmdir"):
        return "remove"
    if event != "os.rename":
        return _PREPARING
    return "replace" if os.path.exists(second) else "write"


def phases(work: Callable[[], object], inside: Path) -> list[str]:
    """The phase of each step of the work below a folder."""
    ended, said = stopped(work, inside, None)
    assert ended == FINISHED, said
    found: list[str] = []
    for phase in reversed(said.split()):
        found.append(found[-1] if phase == _PREPARING else phase)
    return found[::-1]


def stopped(
    work: Callable[[], object], inside: Path, at: int | None, error: int | None = None
) -> tuple[int, str]:
    """Do the work in a child process. It is killed at step `at` below a folder, counted from 1, or
    meets the error (of `errno`) from that step on. Returns how the child ended and what it printed:
    without `at`, the phases of its steps."""
    said = inside.parent.parent / "said.txt"
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            with said.open("w", encoding="utf-8") as out:
                steps = Steps(inside, at, error)
                steps.listen()
                code = _ended(work, out)
                if at is None:
                    print(*steps.phases, file=out)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.read_text("utf-8")


def _ended(work: Callable[[], object], out: TextIO) -> int:
    try:
        work()
    except (ArchiveError, OSError) as error:  # the command line prints it as one line
        print(error, file=out)
        return REFUSED
    except BaseException:
        traceback.print_exc(file=out)
        return FAILED
    return FINISHED
