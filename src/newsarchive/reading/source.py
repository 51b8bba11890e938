"""The source that a reader reads, with the methods to report on it."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from newsarchive.model.problems import Problem


class Origin(NamedTuple):
    """The origin of a field of an article."""

    field: str
    line: int | None
    """The line of the source, from 1; None if the field comes from no line."""
    words: str
    """The words in the source, or a description of the origin."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `name` identifies it; messages show `path`, the file as its owner names it."""

    name: str
    path: str
    zone: tzinfo
    """The archive's time zone, for dates without one."""
    engine: str
    """The dialect of Markdown: `python-markdown` or `commonmark`."""
    origins: list[Origin] | None = None
    """Collects the origins of fields; None if nobody asked for them."""

    def note_origin(self, field: str, line: int | None, words: str) -> None:
        """Record the origin of a field."""
        if self.origins is not None:
            self.origins.append(Origin(field, line, words))

    def skipped(self, line: int | None, reason: str) -> Problem:
        """The problem of an article that is skipped. `line` counts from 1."""
        return Problem(self.path, line, reason, skipped=True)

    def warning(self, line: int | None, reason: str) -> Problem:
        """The problem of an article that is published with a correction or an omission. `line`
        counts from 1."""
        return Problem(self.path, line, reason)
