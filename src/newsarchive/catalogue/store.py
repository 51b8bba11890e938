"""The catalogue's file: opening it, its transactions, and the facts that it keeps for later builds.

One build at a time locks the file and writes its changes into SQLite's write-ahead log. The file
itself changes only at a commit, so worker processes and the scan can read the last commit from it
meanwhile, without locks. A new file is written directly: nobody reads it before its first commit,
and the next build replaces a file that was never committed.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from newsarchive.catalogue.schema import BEFORE, INDEXES, LAST_CHARACTER, SCHEMA, VERSION
from newsarchive.config import CACHE_FOLDER
from newsarchive.model.problems import ArchiveError

_CACHE_KIB = 64 * 1024
_SORTING_CACHE_KIB = 16 * 1024
_READ_ONLY_CACHE_KIB = 8 * 1024
_PAGE_BYTES = 16 * 1024  # most articles fit in one: a quarter of the reads and writes of 4 KiB


class Catalogue:
    """An open catalogue, in a transaction that `commit` ends."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, is_new: bool) -> None:
        self.path = path
        self.connection = connection
        self.is_new = is_new
        """True if it is empty, because there was no file or the file was not usable."""

    @property
    def publishing_flag(self) -> Path:
        """The file that exists while the output folder may differ from the catalogue."""
        return _publishing_flag(self.path)

    def fact(self, key: str) -> str | None:
        """The fact that an earlier build saved under a key; None if there is none."""
        row = self.connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def save_fact(self, key: str, value: str) -> None:
        """Save a fact for the next build."""
        self.connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def facts(self, prefix: str) -> dict[str, str]:
        """The facts saved under a prefix, by the rest of their keys."""
        rows = self.connection.execute(
            "SELECT substr(key, ?), value FROM state WHERE key >= ? AND key < ?",
            (len(prefix) + 1, prefix, prefix + LAST_CHARACTER),
        )
        return dict(rows.fetchall())

    def save_facts(self, prefix: str, facts: Mapping[str, str]) -> None:
        """Save facts under a prefix for the next build; they replace all earlier ones there."""
        self.connection.execute(
            "DELETE FROM state WHERE key >= ? AND key < ?", (prefix, prefix + LAST_CHARACTER)
        )
        for key, value in facts.items():
            self.save_fact(prefix + key, value)

    def known_sources(self) -> Iterator[tuple[str, int, int, bool]]:
        """(name, size, mtime_ns, is_article) of every source as of the last commit, by name."""
        with closing(open_read_only(self.path)) as committed:
            yield from committed.execute(
                "SELECT name, size, mtime_ns, is_article FROM sources ORDER BY name"
            )

    def commit(self) -> None:
        """Commit all changes, so that other processes see them. Begins the next transaction."""
        self.connection.execute("COMMIT")
        # A new file gets its version at its first commit: an interrupted build leaves none.
        self.connection.execute(f"PRAGMA user_version = {VERSION}")
        self.connection.execute("PRAGMA main.journal_mode = WAL")
        self.connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")
        _stamp_file(self.path).write_text(_stamp(self.path), encoding="ascii")
        self.connection.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Close the file and drop uncommitted changes."""
        _pid_file(self.path).unlink(missing_ok=True)
        self.connection.close()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue as the last build left it, read only."""

    connection: sqlite3.Connection | None
    """The catalogue as last committed; None if there is no usable one."""
    was_interrupted: bool
    """True if the last build stopped while it was writing to the output folder."""

    @property
    def build(self) -> str | None:
        """The number of the last build; None if there is no usable catalogue."""
        if self.connection is None:
            return None
        row = self.connection.execute("SELECT value FROM state WHERE key = 'build'").fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Close the file."""
        if self.connection:
            self.connection.close()


def catalogue_path(directory: Path, output: Path) -> Path:
    """The path of an output folder's catalogue, in the folder with `newsarchive.toml`. Every
    output folder has its own."""
    digest = sha256(str(output.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return (directory / CACHE_FOLDER / f"{output.name}-{digest}.sqlite").resolve()


def open_read_only(path: Path) -> sqlite3.Connection:
    """Connect, from any process, to the catalogue as last committed."""
    # The file does not change until the next commit: see the top of this module.
    connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    connection.execute(f"PRAGMA cache_size = -{_READ_ONLY_CACHE_KIB}")
    return connection


def open_snapshot(path: Path) -> Snapshot:
    """Open the catalogue as the last build left it. Raises ArchiveError if a build is running."""
    was_interrupted = _publishing_flag(path).exists()
    if not path.exists():
        return Snapshot(None, was_interrupted)
    if _is_locked(path):
        raise _already_running(path)
    try:
        with closing(open_read_only(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        version = None
    is_usable = version == VERSION and _is_as_committed(path)
    return Snapshot(open_read_only(path) if is_usable else None, was_interrupted)


def _is_locked(path: Path) -> bool:
    """True if a build has locked the catalogue; never on a read-only disk."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        return "locked" in str(error)
    return False


def _publishing_flag(path: Path) -> Path:
    return path.with_suffix(".publishing")


def _pid_file(path: Path) -> Path:
    """The file with the id of the process that has locked the catalogue, for messages only: the
    lock is SQLite's and ends with the process, but a killed build leaves this file behind."""
    return path.with_suffix(".process")


def _stamp_file(path: Path) -> Path:
    """The file with the size and the time of the last commit. If the catalogue differs from it,
    something other than a build has written to it."""
    return path.with_suffix(".stamp")


def _stamp(path: Path) -> str:
    status = path.stat()
    # In whole seconds: some tools that copy files drop the fraction.
    return f"{status.st_size} {int(status.st_mtime)}\n"


def _is_as_committed(path: Path) -> bool:
    try:
        return _stamp_file(path).read_text(encoding="ascii") == _stamp(path)
    except (OSError, ValueError):
        return False


def _already_running(path: Path) -> ArchiveError:
    try:
        process = int(_pid_file(path).read_text(encoding="ascii"))
        os.kill(process, 0)
        name = f" (process {process})"
    except (OSError, ValueError):
        name = ""
    return ArchiveError(
        f"another build of this archive is running{name}; wait for it to end and try again"
    )


def open_catalogue(path: Path) -> Catalogue:
    """Open the catalogue and begin the build's transaction; create a new catalogue if there is no
    usable one. Raises ArchiveError if another build has locked it, or if it cannot be opened."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_as_committed = _is_as_committed(path)
        opened = _connect(path)
        if opened and not opened[1] and not is_as_committed:
            opened[0].close()
            opened = None
        if opened is None:
            remove_catalogue(path)
            opened = _connect(path)
            assert opened is not None
        _pid_file(path).write_text(f"{os.getpid()}\n", encoding="ascii")
    except OSError as error:
        raise ArchiveError(
            f"{path.parent}: the cache cannot be written: {error.strerror}; nothing was built; let "
            f"newsarchive write to {path.parent.parent}"
        ) from error
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise _already_running(path) from error
        raise ArchiveError(
            f"{path}: the cache cannot be opened: {error}; nothing was built"
        ) from error
    connection, is_new = opened
    return Catalogue(path, connection, is_new=is_new)


def remove_catalogue(path: Path) -> None:
    """Remove an unusable catalogue. The next build finds old addresses in the output folder."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    _stamp_file(path).unlink(missing_ok=True)


def create_indexes(connection: sqlite3.Connection) -> None:
    """Create the indexes that are missing."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
    missing = sorted(INDEXES.keys() - {name for (name,) in names})
    if not missing:
        return
    # To sort the rows, SQLite takes as much memory again as the page cache may have.
    connection.execute(f"PRAGMA cache_size = -{_SORTING_CACHE_KIB}")
    for name in missing:
        connection.execute(f"CREATE INDEX {name} ON {INDEXES[name]}")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _connect(path: Path) -> tuple[sqlite3.Connection, bool] | None:
    """The catalogue with its transaction begun, and True if it is new; None if the file is damaged,
    of another version, or no catalogue."""
    # With this isolation level Python begins no transactions of its own.
    connection = sqlite3.connect(path.as_uri(), timeout=0, isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        is_new = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        # SQLite drops this setting if it comes before the first access to the file.
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.executescript(BEFORE)
        if is_new:
            # A new file has no earlier state to roll back to, so it needs no journal.
            connection.execute("PRAGMA main.journal_mode = OFF")
            connection.execute("BEGIN EXCLUSIVE")
            for statement in SCHEMA.split(";\n"):
                connection.execute(statement)
            return connection, True
        if version != VERSION:
            connection.close()
            return None
        connection.execute("PRAGMA main.journal_mode = WAL")
        connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError:  # not a database, or a damaged one
        connection.close()
        return None
    return connection, False
