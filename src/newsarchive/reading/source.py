"""What a reader is told about the source it reads, and how it reports on it."""

from dataclasses import dataclass
from datetime import tzinfo

from newsarchive.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """One source: `name` identifies it, `path` is what its owner calls it in messages."""

    name: str
    path: str
    zone: tzinfo
    """The archive's time zone, for dates that name none."""
    engine: str
    """The dialect of Markdown: `python-markdown` or `commonmark`."""

    def set_aside(self, line: int | None, reason: str) -> Problem:
        """The report on an article that cannot be published."""
        return Problem(self.path, line, reason, set_aside=True)

    def warning(self, line: int | None, reason: str) -> Problem:
        """The report on an article that is published, with something put right or left out."""
        return Problem(self.path, line, reason)
