"""Comparison: finds the sources that changed since they were last read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsarchive.sources.scan import SourceFile


@dataclass(frozen=True, slots=True)
class Vanished:
    """The name of a source that is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Same:
    """The number of unchanged sources."""

    articles: int
    """The sources that were read as articles, not the articles in them."""


KnownSource = tuple[str, int, int, bool]
"""A source as it was last read: its name, its size in bytes, the time of its last change in
nanoseconds, and whether it was read as articles."""


def compared(
    found: Iterable[SourceFile], known: Iterable[KnownSource]
) -> Iterator[SourceFile | Vanished | Same]:
    """New and changed files, names of vanished files, and at the end the number of unchanged
    sources.

    Both arguments must be in the order of names: they are merged, so memory holds one file of each.
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
