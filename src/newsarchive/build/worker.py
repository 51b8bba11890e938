"""A worker: reads sources and publishes outputs, in this process or in one of a pool.

Messages to and from a worker are small: it opens sources itself, and reads the contents of an
output from the catalogue as last committed.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsarchive.build.output_folder import OutputFolder, digest_of
from newsarchive.build.reading import ReadResult, ReadTask, read
from newsarchive.catalogue.store import open_read_only
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Kind, Output, Settings
from newsarchive.reading import ReadingOptions
from newsarchive.tagging.inference import Tagging


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that a worker needs besides its tasks."""

    reading: ReadingOptions
    settings: Settings
    kinds: Mapping[str, Kind]
    """The kinds of output that the site has, by name."""
    output: str
    """The output folder."""
    catalogue: Path
    tagging: Tagging


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
    """Runs the tasks of a worker. The catalogue and the context are opened once, when first
    needed."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._output_folder = OutputFolder(Path(setup.output))

    @cached_property
    def _catalogue(self) -> sqlite3.Connection:
        return open_read_only(self._setup.catalogue)

    @cached_property
    def _context(self) -> Context:
        settings = self._setup.settings
        authority = self._setup.tagging.authority
        return Context.of(self._catalogue, authority, settings.site, settings.theme)

    def close(self) -> None:
        """Close the catalogue."""
        if "_catalogue" in vars(self):
            self._catalogue.close()

    def read(self, task: ReadTask) -> ReadResult:
        """Read a source, or some records of one."""
        seconds = self._setup.settings.limits.reading_seconds
        return read(task, self._setup.reading, self._setup.tagging, seconds)

    def publish(self, job: Job) -> JobResult:
        """Render an output, and write it unless the published file has the same bytes."""
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
