"""The output folder. No other module writes to the site.

Each file is written aside and moved into place, so a reader gets the old file or the new one, and
never a part of either.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from newsarchive.model.addresses import MARKER
from newsarchive.model.problems import ArchiveError, ConfigError
from newsarchive.outputs.kind import Marker

_MARKER_TEXT = (
    b"This folder is made by newsarchive: its builds replace and remove files here.\n"
    b"Keep files of your own beside newsarchive.toml, in static/ or with the articles.\n"
)
_ASIDE = ".newsarchive-new"
"""The folder, inside the output folder, in which files are written before they are moved."""

_OUR_FOLDERS = ("media/", "static/")

_HEAD_BYTES = 4096
"""The number of first bytes of a file that are searched for a marker."""


def digest_of(content: bytes) -> bytes:
    """The digest by which the contents of files are compared, 16 bytes."""
    return blake2b(content, digest_size=16).digest()


class OutputFolder:
    """Writes files to one output folder; several processes may do so at once."""

    def __init__(self, output: Path) -> None:
        self._root = os.path.abspath(output)
        self._aside = os.path.join(self._root, _ASIDE)
        self._folders: set[str] = set()
        self._count = 0

    def is_marked(self) -> bool:
        """True if the folder has the hidden file that marks an output folder."""
        return os.path.isfile(self._path(MARKER))

    def check(self) -> None:
        """Raises ConfigError if the folder has files but no mark, or cannot be read."""
        try:
            entries = os.listdir(self._root)
        except FileNotFoundError:
            return
        except OSError as error:
            raise ConfigError(
                f"{self._root}: the output folder cannot be used: {error.strerror}"
            ) from error
        if set(entries) - {_ASIDE} and not self.is_marked():
            raise ConfigError(
                f"{self._root}: this folder holds files that newsarchive did not make; choose an "
                f"empty one with -o/--output or [build] output (or empty this one)"
            )

    def begin(self) -> None:
        """Create the folder, and mark it as an output folder."""
        if not self.holds(MARKER, _MARKER_TEXT):
            self.put(MARKER, _MARKER_TEXT)

    def put(self, address: str, content: bytes) -> None:
        """Write a file, or replace it in one step. Raises ArchiveError if that fails."""
        path = self._path(address)
        try:
            self._write(path, content)
        except OSError as error:
            in_the_way = self._in_the_way(address)
            reason = (
                f"{in_the_way}: not made by newsarchive, and in the way of {address}; move it away"
                if in_the_way
                else f"{path}: cannot be written: {error.strerror}"
            )
            raise ArchiveError(
                f"{reason}; every page is intact: solve this, then build again"
            ) from error

    def _in_the_way(self, address: str) -> str | None:
        """The foreign file or folder that is in the way of a file; None if there is none."""
        path = self._path(address)
        if os.path.isdir(path):
            return path
        while (path := os.path.dirname(path)) != self._root:
            if os.path.exists(path) and not os.path.isdir(path):
                return path
        return None

    def holds(self, address: str, content: bytes) -> bool:
        """True if there is a file at the address with this content."""
        return _content(self._path(address)) == content

    def head(self, address: str, size: int) -> bytes:
        """The first `size` bytes of a file; empty if it is no regular file, such as a pipe, or
        cannot be read."""
        if not os.path.isfile(self._path(address)):
            return b""
        try:
            with open(self._path(address), "rb") as file:
                return file.read(size)
        except OSError:
            return b""

    def has(self, address: str) -> bool:
        """True if there is a file at the address."""
        return os.path.exists(self._path(address))

    def remove(self, address: str) -> bool:
        """Remove a file, and the folders that are empty then. Returns False if there was no file.
        Raises ArchiveError if it cannot be removed."""
        path = self._path(address)
        self._refuse_links(os.path.dirname(path))
        try:
            os.unlink(path)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be removed: {error.strerror}") from error
        folder = os.path.dirname(path)
        while folder != self._root:
            try:
                os.rmdir(folder)
            except OSError:  # not empty
                break
            self._folders.discard(folder)
            folder = os.path.dirname(folder)
        return True

    def end(self) -> None:
        """Remove the folder for files written aside, with the files of interrupted builds."""
        if os.path.isdir(self._aside):
            shutil.rmtree(self._aside)

    def files(self) -> Iterator[str]:
        """The addresses of all files in the folder except hidden ones. A foreign name that is not
        UTF-8 has surrogates. A link to a folder counts as a file."""
        for folder, folders, names in os.walk(self._root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            below = os.path.relpath(folder, self._root).replace(os.sep, "/")
            for name in [*names, *(name for name in folders if _is_link(folder, name))]:
                if not name.startswith("."):
                    yield name if below == "." else f"{below}/{name}"

    def is_ours(self, address: str, markers: Iterable[Marker], *, by_folder: bool) -> bool:
        """True if an unrecorded file carries one of newsarchive's markers. With `by_folder`,
        everything in media/ and static/ counts as ours."""
        if address.startswith(_OUR_FOLDERS):
            return by_folder
        candidates = [marker for marker in markers if address.endswith(marker.suffix)]
        head = self.head(address, _HEAD_BYTES) if candidates else b""
        return any(
            head.startswith(text) if is_first else text in head for _, text, is_first in candidates
        )

    def _path(self, address: str) -> str:
        # newsarchive makes all addresses; a mistake in one must not write outside the folder.
        if not address or address.startswith("/") or ".." in address.split("/"):
            raise ValueError(f"not an address of the site: {address!r}")
        return os.path.join(self._root, *address.split("/"))

    def _write(self, path: str, content: bytes) -> None:
        # A folder for each process: in one folder they would wait for each other to create files.
        folder = os.path.join(self._aside, str(os.getpid()))
        self._make_folder(folder)
        self._make_folder(os.path.dirname(path))
        self._count += 1
        aside = os.path.join(folder, str(self._count))
        with open(aside, "wb", buffering=0) as file:
            file.write(content)
        os.replace(aside, path)

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            self._refuse_links(folder)
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)

    def _refuse_links(self, folder: str) -> None:
        """Raises ArchiveError if a folder, or one around it, is a link: it may go out of the
        site."""
        while folder != self._root and folder not in self._folders:
            if os.path.islink(folder):
                raise ArchiveError(
                    f"{folder}: this is a symbolic link, and newsarchive never writes through one; "
                    f"remove it and build again"
                )
            folder = os.path.dirname(folder)


def _is_link(folder: str, name: str) -> bool:
    return os.path.islink(os.path.join(folder, name))


def _content(path: str) -> bytes | None:
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
