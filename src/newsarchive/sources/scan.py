"""Scan: lists the files of the source folders in the order of names, and reads none of them."""

import heapq
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsarchive.model.problems import Problem
from newsarchive.reading.readers import HEAD_BYTES, READERS, suffixes_of

# Files that editors and systems leave: backups, swap files, locks, folder settings.
_BACKUP = re.compile(
    r"~$|^#.*#$|\.(bak|old|orig|tmp|swp|swo|part)$|^(thumbs\.db|desktop\.ini|__macosx)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder with articles. `prefix` goes before the names of its files."""

    path: Path
    prefix: str


class SourceFile(NamedTuple):
    """A file of a source folder. A file with the same size and time counts as unchanged."""

    name: str
    """The path below the source folder, with `/`. It identifies the file."""
    path: str
    """The path to open, as the owner names it."""
    size: int
    """In bytes."""
    mtime_ns: int
    """The time of its last change, in nanoseconds since 1970."""

    def head(self) -> bytes:
        """The first bytes, by which a reader may recognise its format; empty if the file cannot be
        read."""
        try:
            with open(self.path, "rb") as file:
                return file.read(HEAD_BYTES)
        except OSError:
            return b""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A hidden or backup file or folder. It is counted and not read."""

    path: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or folder that cannot be read, and the reason."""

    name: str
    """Its name. A folder's ends in a slash; a source folder's is its prefix."""
    problem: Problem


Found = SourceFile | Ignored | Unreadable


def source_folders(directory: Path, sources: Sequence[str]) -> tuple[SourceFolder, ...]:
    """The configured source folders. The first has no prefix, so adding further folders changes no
    id; the others have the prefix `~name/`."""
    folders: list[SourceFolder] = []
    taken: dict[str, int] = {}
    for source in dict.fromkeys(sources):
        path = directory / source
        name = path.resolve().name
        prefix = ""
        if folders:
            taken[name] = taken.get(name, 0) + 1
            prefix = f"~{name}/" if taken[name] == 1 else f"~{name}-{taken[name]}/"
        folders.append(SourceFolder(path, prefix))
    return tuple(folders)


def scan(
    folders: Iterable[SourceFolder],
    passed_over: Iterable[Path],
    suffixes: tuple[str, ...] = suffixes_of(READERS),
) -> Iterator[Found]:
    """Every file in the source folders, in the order of names.

    Folders in `passed_over` (the output) are left out. Files with one of the `suffixes` may hold
    articles. No link is followed out of a source folder.
    """
    leave = {os.path.realpath(path) for path in passed_over}
    folders = tuple(folders)
    prefixes = frozenset(folder.prefix for folder in folders)
    walks = [_whole(folder, _Rules(leave, suffixes), prefixes) for folder in folders]
    return walks[0] if len(walks) == 1 else heapq.merge(*walks, key=_sort_key)


class _Rules(NamedTuple):
    """The folders to leave out, and the suffixes of files that may hold articles."""

    leave: set[str]
    suffixes: tuple[str, ...]


def _sort_key(found: Found) -> str:
    return found.name if isinstance(found, SourceFile) else ""


def _whole(folder: SourceFolder, rules: _Rules, prefixes: frozenset[str]) -> Iterator[Found]:
    """Every file in a source folder. A source folder without files is a problem, because it may not
    be mounted. A folder that is named like one of the `prefixes` is a problem, because two files
    would have one name."""
    is_empty = True
    taken = prefixes if not folder.prefix else frozenset[str]()
    for found in _walk(str(folder.path), folder.prefix, rules, folder, taken):
        is_empty = is_empty and isinstance(found, Ignored)
        yield found
    if is_empty:
        yield _unreadable(
            folder.prefix,
            str(folder.path),
            "no files found in this folder: is it the right one?",
        )


def _unreadable(name: str, path: str, reason: str) -> Unreadable:
    return Unreadable(name, Problem(path, None, reason, skipped=True))


def _walk(
    path: str,
    prefix: str,
    rules: _Rules,
    folder: SourceFolder,
    taken: frozenset[str] = frozenset(),
) -> Iterator[Found]:
    try:
        with os.scandir(path) as entries:
            # A folder is sorted with its slash: only then do all files come in the order of names.
            ordered = sorted((_with_slash(entry), entry) for entry in entries)
    except OSError as error:
        yield _unreadable(prefix, path, f"cannot be read: {error.strerror}")
        return
    for name, entry in ordered:
        if entry.name.startswith(".") or (
            not name.endswith(rules.suffixes) and _BACKUP.search(entry.name)
        ):
            yield Ignored(entry.path)
        elif not _is_unicode(entry.name):
            shown = os.fsencode(entry.path).decode("utf-8", "backslashreplace")
            yield _unreadable(shown, shown, "the file name is not UTF-8: rename the file")
        elif name in taken:
            yield _unreadable(
                name,
                entry.path,
                "the files of another source folder have this prefix: rename this folder",
            )
        elif name.endswith("/"):
            if os.path.realpath(entry.path) not in rules.leave:
                yield from _walk(entry.path, prefix + name, rules, folder)
        else:
            yield _file(entry, prefix + name, folder, rules)


def _with_slash(entry: os.DirEntry[str]) -> str:
    return f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name


def _is_unicode(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _file(entry: os.DirEntry[str], name: str, folder: SourceFolder, rules: _Rules) -> Found:
    try:
        facts = entry.stat()
        if entry.is_symlink():
            inside = os.path.realpath(folder.path)
            if os.path.commonpath([inside, os.path.realpath(entry.path)]) != inside:
                return _unreadable(
                    name, entry.path, "not followed: a link out of the source folder"
                )
            if stat.S_ISDIR(facts.st_mode):
                return _unreadable(name, entry.path, "not followed: a link to a folder")
    except OSError as error:
        return _unreadable(name, entry.path, f"cannot be read: {error.strerror}")
    if not stat.S_ISREG(facts.st_mode):
        return _unreadable(name, entry.path, "not a regular file")
    file = SourceFile(name, entry.path, facts.st_size, facts.st_mtime_ns)
    may_be_article = name.lower().endswith(rules.suffixes)
    if not may_be_article and not os.access(entry.path, os.R_OK):
        # An unreadable file would stop the build later, when it is copied.
        return _unreadable(name, entry.path, "cannot be read: Permission denied")
    return file
