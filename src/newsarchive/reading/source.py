"""What a reader is told about the source it reads, and how it reports on it."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from newsarchive.model.problems import Problem


class Origin(NamedTuple):
    """Where a field of an article came from."""

    field: str
    line: int | None
    """The line of the source, from 1; None where it is in none."""
    words: str
    """What stands there, or what it was made from."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source: `name` identifies it, `path` is what its owner calls it in messages."""

    name: str
    path: str
    zone: tzinfo
    """The archive's time zone, for dates that name none."""
    engine: str
    """The dialect of Markdown: `python-markdown` or `commonmark`."""
    origins: list[Origin] | None = None
    """Gathers where fields come from, where somebody asked."""

    def came(self, field: str, line: int | None, words: str) -> None:
        """Say where a field came from."""
        if self.origins is not None:
            self.origins.append(Origin(field, line, words))

    def set_aside(self, line: int | None, reason: str) -> Problem:
        """The report on an article that cannot be published."""
        return Problem(self.path, line, reason, set_aside=True)

    def warning(self, line: int | None, reason: str) -> Problem:
        """The report on an article that is published, with something put right or left out."""
        return Problem(self.path, line, reason)
