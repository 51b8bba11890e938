"""What can go wrong with an article, a setting or a build, in words for the person who runs it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing about one source that its owner should know.

    `path` is the file as the owner names it, `line` counts from 1 (None where no line is to
    blame). `set_aside` tells whether an article was left out because of it; otherwise the article
    is published and the problem is a warning.
    """

    path: str
    line: int | None
    reason: str
    set_aside: bool = False

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return printable(f"{place}: {self.reason}")


def printable(text: str) -> str:
    """The text with what a terminal would obey, or would not show, by number: a file may be named
    so as to write a line of its own."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character == "\xa0"
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


class ArchiveError(Exception):
    """The build cannot go on. Its text says what is wrong and what to do; `exit_code` is the
    command's."""

    exit_code = 2


class ConfigError(ArchiveError):
    """A setting is wrong: the text names the file, the key and what it takes."""


class StrictError(ArchiveError):
    """Something was set aside under `--strict`; nothing has been published."""

    exit_code = 1


class FaultsError(ArchiveError):
    """A built site that was checked has faults, which have been printed."""

    exit_code = 1
