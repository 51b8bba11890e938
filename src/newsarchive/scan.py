"""Scan: what lies in the source folders, in the order of names, without reading any of it."""

import heapq
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsarchive.problems import Problem

ARTICLE_SUFFIXES = (".txt", ".text", ".md", ".markdown")

# What editors and systems leave beside a file: backups, swap files, locks, folder settings.
_BACKUP = re.compile(
    r"~$|^#.*#$|\.(bak|old|orig|tmp|swp|swo|part)$|^(thumbs\.db|desktop\.ini|__macosx)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder with articles. `prefix` goes before the names of what lies in it."""

    path: Path
    prefix: str


class SourceFile(NamedTuple):
    """A file of a source folder. Two states of a file are one where size and time are equal."""

    name: str
    """The path below the source folder, with `/`: what identifies the file."""
    path: str
    """The path to open, as the owner names it."""
    size: int
    """In bytes."""
    mtime_ns: int
    """When the file was last modified, in nanoseconds since 1970."""

    @property
    def is_article(self) -> bool:
        """Whether newsarchive reads files of this kind as articles."""
        return self.name.lower().endswith(ARTICLE_SUFFIXES)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A hidden or backup file or folder: passed over, and counted."""

    path: str


Found = SourceFile | Ignored | Problem


def source_folders(directory: Path, sources: Sequence[str]) -> tuple[SourceFolder, ...]:
    """The source folders as configured. Names in the first stand as they are, so that an archive
    can be given further folders without any id changing; those of the others go under `~name/`."""
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


def scan(folders: Iterable[SourceFolder], passed_over: Iterable[Path]) -> Iterator[Found]:
    """Everything in the source folders, files in the order of their names.

    Folders in `passed_over` (the output) are left out. Nothing is followed out of a source folder.
    """
    leave = {os.path.realpath(path) for path in passed_over}
    walks = [_walk(str(folder.path), folder.prefix, leave, folder) for folder in folders]
    return walks[0] if len(walks) == 1 else heapq.merge(*walks, key=_sort_key)


def _sort_key(found: Found) -> str:
    return found.name if isinstance(found, SourceFile) else ""


def _walk(path: str, prefix: str, leave: set[str], folder: SourceFolder) -> Iterator[Found]:
    try:
        with os.scandir(path) as entries:
            # A folder's name sorts with its slash: then all files come in the order of their names.
            ordered = sorted((_with_slash(entry), entry) for entry in entries)
    except OSError as error:
        yield Problem(path, None, f"this folder cannot be read: {error.strerror}", True)
        return
    for name, entry in ordered:
        if entry.name.startswith(".") or (
            not name.endswith(ARTICLE_SUFFIXES) and _BACKUP.search(entry.name)
        ):
            yield Ignored(entry.path)
        elif not _is_unicode(entry.name):
            shown = os.fsencode(entry.path).decode("utf-8", "backslashreplace")
            yield Problem(shown, None, "the name of this file is not UTF-8: rename it", True)
        elif name.endswith("/"):
            if os.path.realpath(entry.path) not in leave:
                yield from _walk(entry.path, prefix + name, leave, folder)
        else:
            yield _file(entry, prefix + name, folder)


def _with_slash(entry: os.DirEntry[str]) -> str:
    return f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name


def _is_unicode(name: str) -> bool:
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _file(entry: os.DirEntry[str], name: str, folder: SourceFolder) -> Found:
    try:
        facts = entry.stat()
        if entry.is_symlink():
            inside = os.path.realpath(folder.path)
            if os.path.commonpath([inside, os.path.realpath(entry.path)]) != inside:
                return Problem(entry.path, None, "a link that leads out of the source folder", True)
            if stat.S_ISDIR(facts.st_mode):
                return Problem(entry.path, None, "a link to a folder, which is not followed", True)
    except OSError as error:
        return Problem(entry.path, None, f"cannot be read: {error.strerror}", True)
    if not stat.S_ISREG(facts.st_mode):
        return Problem(entry.path, None, "neither a file nor a folder", True)
    return SourceFile(name, entry.path, facts.st_size, facts.st_mtime_ns)
