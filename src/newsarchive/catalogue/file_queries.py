"""Queries for files of the source folders: sources, and the files that articles refer to."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from newsarchive.catalogue.redirect_targets import article_at


class FileQueries:
    """Finds sources, and the files that articles refer to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def referred_to(self) -> Iterator[tuple[str, str, str]]:
        """(name, path, state) of every existing file that a published article refers to. The state
        changes whenever the file does."""
        return iter(
            self._connection.execute(
                "SELECT DISTINCT s.name, s.path, s.size || ' ' || s.mtime_ns FROM files f "
                "JOIN articles a ON a.key = f.article JOIN sources s ON s.name = f.name "
                "WHERE a.status = 'published' AND NOT s.is_article ORDER BY s.name"
            )
        )

    def missing(self, article: int) -> tuple[str, ...]:
        """The names of the files that an article refers to and that do not exist."""
        rows = self._connection.execute(
            "SELECT f.name FROM files f "
            "LEFT JOIN sources s ON s.name = f.name AND NOT s.is_article "
            "WHERE f.article = ? AND s.name IS NULL ORDER BY f.name",
            (article,),
        )
        return tuple(name for (name,) in rows)

    def size(self, name: str) -> int | None:
        """The size in bytes of a file that articles refer to; None if it is missing."""
        row = self._connection.execute(
            "SELECT size FROM sources WHERE name = ? AND NOT is_article", (name,)
        ).fetchone()
        return row[0] if row else None

    def sha256(self, source: str) -> str | None:
        """The SHA-256 of the bytes of an article's source, in hexadecimal digits."""
        row = self._connection.execute(
            "SELECT sha256 FROM sources WHERE name = ?", (source,)
        ).fetchone()
        return row[0] if row else None

    def source_of_page(self, address: str) -> tuple[str, Path] | None:
        """(name, path) of the source whose article has an address; None if no article has it."""
        article = article_at(self._connection, address)
        if article is None:
            return None
        (path,) = self._connection.execute(
            "SELECT path FROM sources WHERE name = ?", (article.source,)
        ).fetchone()
        return article.source, Path(path)

    def has_changed(self, name: str, path: Path) -> bool:
        """True if the last build read the source and its size or time of change differs now."""
        row = self._connection.execute(
            "SELECT size, mtime_ns FROM sources WHERE name = ?", (name,)
        ).fetchone()
        status = path.stat()
        return row is not None and row != (status.st_size, status.st_mtime_ns)
