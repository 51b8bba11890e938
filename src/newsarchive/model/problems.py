"""Problems and errors: messages for the owner of an archive."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem with one source.

    `path` is the file as the owner names it. `line` counts from 1; None if the problem has no line.
    With `skipped`, the article was skipped; otherwise it is published with a warning.
    """

    path: str
    line: int | None
    reason: str
    skipped: bool = False

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return printable(f"{place}: {self.reason}")


def printable(text: str) -> str:
    """The text with control characters escaped, so that the name of a file cannot write lines of
    its own to the terminal."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character == "\xa0"
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


class ArchiveError(Exception):
    """Ends a command. Its text says what is wrong and what to do; the command ends with
    `exit_code`."""

    exit_code = 2


class ConfigError(ArchiveError):
    """A wrong setting. The text names the file, the setting and the allowed values."""


class StrictError(ArchiveError):
    """An article was skipped under `--strict`, so nothing was published."""

    exit_code = 1


class FaultsError(ArchiveError):
    """A check found faults, which are already printed."""

    exit_code = 1
