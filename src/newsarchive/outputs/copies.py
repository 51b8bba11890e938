"""Files that are copied unchanged: the theme's static files, and the files that articles use."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.problems import ArchiveError
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Gone, Kind, Output, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries


class CopyKind(Kind):
    """A kind of output that copies files. `Output.variant` is the path of the original."""

    weight = 1

    def render(self, output: Output, context: Context) -> bytes:
        try:
            return Path(output.variant).read_bytes()
        except OSError as error:
            raise ArchiveError(
                f"{output.variant}: cannot be read: {error.strerror}; build again"
            ) from error

    def copy(self, address: str, path: str, state: str) -> Output:
        """The copy of the file at a path. `state` is a text that changes with the file."""
        return Output(self.name, address, variant=path, state=state)


@dataclass(frozen=True)
class StaticFiles(CopyKind):
    """The static files of the theme, in `static/`."""

    name = "static"

    files: tuple[tuple[str, str, str], ...]
    """(name, path, digest) of each file."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(tuple(settings.theme.static_states()))

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        for name, path, state in self.files:
            yield self.copy(addresses.static(name), path, state)

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        return iter(())


@dataclass(frozen=True)
class MediaFiles(CopyKind):
    """The images and other files of published articles, in `media/`."""

    name = "media"

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls()

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        for name, path, state in queries.files.referred_to():
            yield self.copy(addresses.media(name), path, state)

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        for output in self.all(queries):
            yield Stale(output, "the file is new or has changed")
        yield Gone(addresses.media(""), "no article refers to it any more")
