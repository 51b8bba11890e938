"""The ledger: what became of each article, and the problems of the sources."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from newsarchive.model.problems import Problem


class ArticleStatus(NamedTuple):
    """The outcome of the last build for an article."""

    key: int
    status: str
    """`published`, `draft` or `merged`."""
    id: str
    address: str


def article_status(connection: sqlite3.Connection, source: str, id: str) -> ArticleStatus | None:
    """The status of the article that a source gives an id; None if no build has read it."""
    row = connection.execute(
        "SELECT key, status, id, address FROM articles WHERE source = ? AND claimed_id = ?",
        (source, id),
    ).fetchone()
    return ArticleStatus(*row) if row else None


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of articles of each status: `published`, `draft`, `merged`."""
    return dict(connection.execute("SELECT status, count(*) FROM articles GROUP BY status"))


def with_mentions(connection: sqlite3.Connection) -> int:
    """The number of published articles that have inferred tags."""
    row = connection.execute(
        "SELECT count(*) FROM articles WHERE status = 'published' AND mentioned != '[]'"
    ).fetchone()
    count: int = row[0]
    return count


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """The problems of the sources, by path and line; then one for each article that states the id
    of another."""
    for path, line, reason, skipped in connection.execute(
        "SELECT path, line, reason, skipped FROM problems ORDER BY path, line, reason"
    ):
        yield Problem(path, line, reason, bool(skipped))
    yield from _contested_ids(connection)


def unused_files(connection: sqlite3.Connection) -> Iterator[str]:
    """The names of files that are no articles and that no published article refers to, sorted."""
    rows = connection.execute(
        "SELECT name FROM sources WHERE NOT is_article AND name NOT IN "
        "(SELECT f.name FROM files f JOIN articles a ON a.key = f.article "
        "WHERE a.status = 'published') ORDER BY name"
    )
    return (name for (name,) in rows)


def _contested_ids(connection: sqlite3.Connection) -> Iterator[Problem]:
    for path, claimed, other in connection.execute(
        # The plus signs keep SQLite from using the index by status, which has all articles.
        "SELECT a.record ->> 'path', a.claimed_id, b.record ->> 'path' FROM articles a "
        "JOIN articles b ON b.claimed_id = a.claimed_id AND b.id = b.claimed_id "
        "AND +b.status = 'published' "
        "WHERE a.id != a.claimed_id AND +a.status = 'published' ORDER BY 1"
    ):
        yield Problem(
            path,
            None,
            f"{other} has the same id, {claimed}: both are published; give one of them another id",
        )


def missing_files(connection: sqlite3.Connection) -> Iterator[Problem]:
    """A problem for each file that a published article refers to and that no source folder has."""
    for path, name in connection.execute(
        "SELECT a.record ->> 'path', f.name FROM files f "
        "JOIN articles a ON a.key = f.article AND a.status = 'published' "
        "LEFT JOIN sources s ON s.name = f.name AND NOT s.is_article "
        "WHERE s.name IS NULL ORDER BY 1, 2"
    ):
        yield Problem(path, None, f"the file {name} is missing")
