"""The catalogue's file: opening it, its transactions, and its small state.

One build at a time holds the file, and what it changes goes into SQLite's write-ahead log. The
file itself changes only when a transaction is committed, so that worker processes, and the scan,
can read it meanwhile as it was at the last commit, without locks. A new file is written directly:
nobody reads it before its first commit, and if that never comes it is made anew.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from newsarchive.catalogue.schema import BEFORE, LAST_CHARACTER, SCHEMA, VERSION
from newsarchive.config import MEMORY
from newsarchive.model.problems import ArchiveError

_CACHE_KIB = 64 * 1024
_READERS_CACHE_KIB = 8 * 1024
_PAGE_BYTES = 16 * 1024  # most articles fit in one: a quarter of the reads and writes of 4 KiB


class Catalogue:
    """An open catalogue, with a transaction begun that `commit` ends."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, is_new: bool) -> None:
        self.path = path
        self.connection = connection
        self.is_new = is_new
        """Whether nothing is in it yet: there was none, or none that could be used."""

    @property
    def publishing_flag(self) -> Path:
        """The file that is there while the output may not be what the catalogue says."""
        return _publishing_flag(self.path)

    def state(self, key: str) -> str | None:
        """A fact that was remembered from the build before."""
        row = self.connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def remember(self, key: str, value: str) -> None:
        """Keep a fact for the next build."""
        self.connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def states(self, prefix: str) -> dict[str, str]:
        """The facts remembered under a prefix, by the rest of their keys."""
        rows = self.connection.execute(
            "SELECT substr(key, ?), value FROM state WHERE key >= ? AND key < ?",
            (len(prefix) + 1, prefix, prefix + LAST_CHARACTER),
        )
        return dict(rows.fetchall())

    def remember_all(self, prefix: str, facts: Mapping[str, str]) -> None:
        """Keep facts under a prefix for the next build, in place of those kept there before."""
        self.connection.execute(
            "DELETE FROM state WHERE key >= ? AND key < ?", (prefix, prefix + LAST_CHARACTER)
        )
        for key, value in facts.items():
            self.remember(prefix + key, value)

    def known_sources(self) -> Iterator[tuple[str, int, int]]:
        """(name, size, mtime_ns) of every source as last read, in the order of names, as it was
        at the last commit."""
        with closing(reader(self.path)) as committed:
            yield from committed.execute("SELECT name, size, mtime_ns FROM sources ORDER BY name")

    def commit(self) -> None:
        """Make all changes last, visible to readers, and begin the next transaction."""
        self.connection.execute("COMMIT")
        # Only from its first commit on has a new file a version: what was broken off has none.
        self.connection.execute(f"PRAGMA user_version = {VERSION}")
        self.connection.execute("PRAGMA main.journal_mode = WAL")
        self.connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")
        _stamp_file(self.path).write_text(_stamp(self.path), encoding="ascii")
        self.connection.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Close the file; what was not committed is as if it had never been."""
        _process_file(self.path).unlink(missing_ok=True)
        self.connection.close()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the last build left, to be looked at and not changed."""

    connection: sqlite3.Connection | None
    """The catalogue as last committed; None where there is none that can be used."""
    was_interrupted: bool

    @property
    def build(self) -> str | None:
        """The number of the build that left it."""
        if self.connection is None:
            return None
        row = self.connection.execute("SELECT value FROM state WHERE key = 'build'").fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Close the file."""
        if self.connection:
            self.connection.close()


def catalogue_path(directory: Path, output: Path) -> Path:
    """Where the catalogue of an output folder lies: one for each, beside `newsarchive.toml`."""
    named = sha256(str(output.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return (directory / MEMORY / f"{output.name}-{named}.sqlite").resolve()


def reader(path: Path) -> sqlite3.Connection:
    """A connection to the catalogue as it was last committed, from any process."""
    # The file is not changed until the next commit: see the top of this module.
    connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    connection.execute(f"PRAGMA cache_size = -{_READERS_CACHE_KIB}")
    return connection


def snapshot_of(path: Path) -> Snapshot:
    """What the last build of an output left. Raises ArchiveError where one is under way."""
    was_interrupted = _publishing_flag(path).exists()
    if not path.exists():
        return Snapshot(None, was_interrupted)
    if _is_locked(path):
        raise _under_way(path)
    try:
        with closing(reader(path)) as asking:
            version = asking.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        version = None
    is_usable = version == VERSION and _is_as_left(path)
    return Snapshot(reader(path) if is_usable else None, was_interrupted)


def _is_locked(path: Path) -> bool:
    """Whether a build holds a catalogue. Where the disk is read-only none can."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as asking:
            asking.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        return "locked" in str(error)
    return False


def _publishing_flag(path: Path) -> Path:
    return path.with_suffix(".publishing")


def _process_file(path: Path) -> Path:
    """The file that names the process which holds a catalogue. SQLite's lock alone decides, and
    ends with the process; a file that a killed build left is passed over."""
    return path.with_suffix(".process")


def _stamp_file(path: Path) -> Path:
    """The file that says how large a catalogue was and when it was last written, when its build
    left it: whatever wrote to it since was no build."""
    return path.with_suffix(".stamp")


def _stamp(path: Path) -> str:
    facts = path.stat()
    # In whole seconds, for tools that copy files keep no more.
    return f"{facts.st_size} {int(facts.st_mtime)}\n"


def _is_as_left(path: Path) -> bool:
    try:
        return _stamp_file(path).read_text(encoding="ascii") == _stamp(path)
    except (OSError, ValueError):
        return False


def _under_way(path: Path) -> ArchiveError:
    try:
        process = int(_process_file(path).read_text(encoding="ascii"))
        os.kill(process, 0)
        named = f" (process {process})"
    except (OSError, ValueError):
        named = ""
    return ArchiveError(
        f"another build of this archive is running{named}; wait for it to end and try again"
    )


def open_catalogue(path: Path) -> Catalogue:
    """Open the catalogue and begin the build's transaction; make a new one where there is none
    that can be used. Raises ArchiveError where another build holds it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_as_left = _is_as_left(path)
        opened = _opened(path)
        if opened and not opened[1] and not is_as_left:
            opened[0].close()
            opened = None
        if opened is None:
            remove_catalogue(path)
            opened = _opened(path)
            assert opened is not None
        _process_file(path).write_text(f"{os.getpid()}\n", encoding="ascii")
    except OSError as error:
        raise ArchiveError(
            f"{path.parent}: the folder for newsarchive's memory cannot be made: {error.strerror}"
        ) from error
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise _under_way(path) from error
        raise ArchiveError(f"{path}: the catalogue cannot be opened: {error}") from error
    connection, is_new = opened
    return Catalogue(path, connection, is_new=is_new)


def remove_catalogue(path: Path) -> None:
    """Remove a catalogue that cannot be used. What it knew of addresses is recalled from the site
    itself."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    _stamp_file(path).unlink(missing_ok=True)


def _opened(path: Path) -> tuple[sqlite3.Connection, bool] | None:
    """The catalogue with its transaction begun, and whether it is new; None where the file is not
    one of ours."""
    # Transactions are begun and ended by hand.
    connection = sqlite3.connect(path.as_uri(), timeout=0, isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        is_new = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        # Set before the file is first looked at, it is forgotten.
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.executescript(BEFORE)
        if is_new:
            # There is nothing to go back to, so nothing need be written twice.
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
    except sqlite3.DatabaseError:  # not a database, or one that is damaged
        connection.close()
        return None
    return connection, False
