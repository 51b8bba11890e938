"""Accounts: the numbers of the ledger, and all that is to be said about the sources."""

import sqlite3
from collections.abc import Iterator

from newsarchive.model.problems import Problem


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many articles there are of each status: published, draft, merged."""
    return dict(connection.execute("SELECT status, count(*) FROM articles GROUP BY status"))


def with_mentions(connection: sqlite3.Connection) -> int:
    """How many published articles have tags from what they say."""
    found = connection.execute(
        "SELECT count(*) FROM articles WHERE status = 'published' AND mentioned != '[]'"
    )
    count: int = found.fetchone()[0]
    return count


def problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    """What was found wrong with the sources, in the order of their paths."""
    for path, line, reason, set_aside in connection.execute(
        "SELECT path, line, reason, set_aside FROM problems ORDER BY path, line, reason"
    ):
        yield Problem(path, line, reason, bool(set_aside))
    yield from _contested_ids(connection)


def unused_files(connection: sqlite3.Connection) -> Iterator[str]:
    """The names of the files that are neither articles nor referred to by a published one."""
    rows = connection.execute(
        "SELECT name FROM sources WHERE NOT is_article AND name NOT IN "
        "(SELECT f.name FROM files f JOIN articles a ON a.key = f.article "
        "WHERE a.status = 'published') ORDER BY name"
    )
    return (name for (name,) in rows)


def _contested_ids(connection: sqlite3.Connection) -> Iterator[Problem]:
    for path, claimed, other in connection.execute(
        # The plus signs keep SQLite from the index by status, which leads through all articles.
        "SELECT a.record ->> 'path', a.claimed_id, b.record ->> 'path' FROM articles a "
        "JOIN articles b ON b.claimed_id = a.claimed_id AND b.id = b.claimed_id "
        "AND +b.status = 'published' "
        "WHERE a.id != a.claimed_id AND +a.status = 'published' ORDER BY 1"
    ):
        yield Problem(path, None, f"{other} has the same id, {claimed}: both are published")


def missing_files(connection: sqlite3.Connection) -> Iterator[Problem]:
    """The files that published articles refer to and that are not in the source folders."""
    for path, name in connection.execute(
        "SELECT a.record ->> 'path', f.name FROM files f "
        "JOIN articles a ON a.key = f.article AND a.status = 'published' "
        "LEFT JOIN sources s ON s.name = f.name AND NOT s.is_article "
        "WHERE s.name IS NULL ORDER BY 1, 2"
    ):
        yield Problem(path, None, f"the file {name}, which it refers to, is not there")
