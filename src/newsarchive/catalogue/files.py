"""Files: those of the source folders, as what is published asks for them."""

import sqlite3
from collections.abc import Iterator


class Files:
    """Questions about sources, and about the files that articles refer to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def referred_to(self) -> Iterator[tuple[str, str, str]]:
        """(name, path, state) of every file that a published article refers to and that is
        there; the state differs when the file has changed."""
        return iter(
            self._connection.execute(
                "SELECT DISTINCT s.name, s.path, s.size || ' ' || s.mtime_ns FROM files f "
                "JOIN articles a ON a.key = f.article JOIN sources s ON s.name = f.name "
                "WHERE a.status = 'published' AND NOT s.is_article ORDER BY s.name"
            )
        )

    def missing(self, article: int) -> tuple[str, ...]:
        """The names of the files that an article refers to and that are not there."""
        rows = self._connection.execute(
            "SELECT f.name FROM files f "
            "LEFT JOIN sources s ON s.name = f.name AND NOT s.is_article "
            "WHERE f.article = ? AND s.name IS NULL ORDER BY f.name",
            (article,),
        )
        return tuple(name for (name,) in rows)

    def size(self, name: str) -> int | None:
        """The bytes of a file that travels with an article; None where it is not there."""
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
