"""Which sources have changed since they were last read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsarchive.scan import SourceFile


@dataclass(frozen=True, slots=True)
class Vanished:
    """A source that is no longer there, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Same:
    """A source that is as it was when last read."""

    file: SourceFile


def compared(
    found: Iterable[SourceFile], known: Iterable[tuple[str, int, int]]
) -> Iterator[SourceFile | Vanished | Same]:
    """The files that are new or changed, those that vanished, and those that are the same.

    Both sides come in the order of names, `known` as (name, size in bytes, mtime in ns); they are
    merged, so that no more than one of each is held.
    """
    knowns = iter(known)
    old = next(knowns, None)
    for file in found:
        while old is not None and old[0] < file.name:
            yield Vanished(old[0])
            old = next(knowns, None)
        if old is not None and old[0] == file.name:
            yield Same(file) if old[1:] == (file.size, file.mtime_ns) else file
            old = next(knowns, None)
        else:
            yield file
    while old is not None:
        yield Vanished(old[0])
        old = next(knowns, None)
