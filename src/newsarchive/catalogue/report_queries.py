"""Inquiries: what commands that build nothing ask of the catalogue."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsarchive.catalogue.redirect_targets import article_at
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.periods import Period, numbered
from newsarchive.tagging.duplicates import UsedTag


class Outcome(NamedTuple):
    """What the last build made of an article."""

    key: int
    status: str
    """`published`, `draft` or `merged`."""
    id: str
    address: str


def used_tags(connection: sqlite3.Connection) -> Iterator[UsedTag]:
    """All tags that published articles have, hidden ones by their most usual spelling."""
    for name, articles, mentioned, first, last, spelling in connection.execute(
        "SELECT c.name, p.articles, "
        "(SELECT coalesce(sum(articles), 0) FROM spellings WHERE collection = c.key "
        "AND NOT is_stated), "
        "(SELECT min(day) FROM memberships WHERE collection = c.key AND day > 0), "
        "(SELECT max(day) FROM memberships WHERE collection = c.key), "
        "(SELECT spelling FROM spellings WHERE collection = c.key "
        "ORDER BY is_stated DESC, articles DESC, spelling LIMIT 1) "
        "FROM collections c JOIN periods p ON p.collection = c.key AND p.period = 0 "
        "WHERE c.kind = 'tag'"
    ):
        yield UsedTag(name or spelling, articles, mentioned, first or 0, last, hidden=not name)


def untagged(connection: sqlite3.Connection) -> int:
    """How many published articles have no tag that has a page."""
    (number,) = connection.execute(
        "SELECT count(*) FROM articles a WHERE status = 'published' AND NOT EXISTS ("
        "SELECT 1 FROM (SELECT value FROM json_each(a.terms) "
        "UNION ALL SELECT value FROM json_each(a.mentioned)) t "
        "JOIN collections c ON c.key = t.value ->> 0 WHERE c.kind = 'tag' AND c.slug != '')"
    ).fetchone()
    return int(number)


def busiest_days(connection: sqlite3.Connection, limit: int) -> Iterator[tuple[Period, int]]:
    """The days with most articles, with their counts; the earlier of two with as many first."""
    for day, count in connection.execute(
        "SELECT day, count(*) AS articles FROM memberships WHERE collection = ? AND day > 0 "
        "GROUP BY day ORDER BY articles DESC, day LIMIT ?",
        (ALL_ARTICLES, limit),
    ):
        yield numbered(day), count


def outcome(connection: sqlite3.Connection, source: str, id: str) -> Outcome | None:
    """What became of the article of a source that states, or is given, an id; None if it was never
    read."""
    found = connection.execute(
        "SELECT key, status, id, address FROM articles WHERE source = ? AND claimed_id = ?",
        (source, id),
    ).fetchone()
    return Outcome(*found) if found else None


def addresses_leading_to(connection: sqlite3.Connection, id: str) -> tuple[str, ...]:
    """The former addresses that lead to an article."""
    found = connection.execute(
        "SELECT address FROM redirects WHERE kind = 'article' AND name = ? ORDER BY address",
        (id,),
    )
    return tuple(address for (address,) in found)


def source_of_page(connection: sqlite3.Connection, address: str) -> tuple[str, Path] | None:
    """The name and the file of the source whose article is at an address."""
    found = article_at(connection, address)
    if found is None:
        return None
    (path,) = connection.execute(
        "SELECT path FROM sources WHERE name = ?", (found.source,)
    ).fetchone()
    return found.source, Path(path)


def has_changed(connection: sqlite3.Connection, name: str, file: Path) -> bool:
    """Whether a source is not as the last build found it."""
    known = connection.execute(
        "SELECT size, mtime_ns FROM sources WHERE name = ?", (name,)
    ).fetchone()
    facts = file.stat()
    return known is not None and known != (facts.st_size, facts.st_mtime_ns)
