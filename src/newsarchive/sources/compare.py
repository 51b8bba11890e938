"""Which sources have changed since they were last read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsarchive.sources.scan import SourceFile


@dataclass(frozen=True, slots=True)
class Vanished:
    """A source that is no longer there, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Same:
    """The sources that are as they were when last read."""

    articles: int
    """How many of them are read as articles."""


KnownSource = tuple[str, int, int, bool]
"""A source as last read: its name, its size in bytes, its time of modification in nanoseconds, and
whether it was read as articles."""


def compared(
    found: Iterable[SourceFile], known: Iterable[KnownSource]
) -> Iterator[SourceFile | Vanished | Same]:
    """The files that are new or changed, those that vanished, and at the end how many are the same.

    Both sides come in the order of names and are merged, so that memory holds one of each.
    """
    knowns = iter(known)
    old = next(knowns, None)
    same = 0
    for file in found:
        while old is not None and old[0] < file.name:
            yield Vanished(old[0])
            old = next(knowns, None)
        if old is None or old[0] != file.name:
            yield file
            continue
        if old[1] == file.size and old[2] == file.mtime_ns:
            same += old[3]
        else:
            yield file
        old = next(knowns, None)
    while old is not None:
        yield Vanished(old[0])
        old = next(knowns, None)
    yield Same(same)
