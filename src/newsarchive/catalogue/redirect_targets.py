"""Redirect targets: the article now published at an address, and the targets of old addresses."""

import sqlite3
from typing import NamedTuple

from newsarchive.model import addresses
from newsarchive.model.collection import FOLDERS, collection_folder
from newsarchive.sources.redirects import Redirect, folded
from newsarchive.tagging.authority import Authority


class PublishedArticle(NamedTuple):
    """A published article: its key in the catalogue, its id and the name of its source."""

    key: int
    id: str
    source: str


def article_at(connection: sqlite3.Connection, address: str) -> PublishedArticle | None:
    """The article that is published at an address; None if there is none."""
    found = connection.execute(
        "SELECT key, id, source FROM articles WHERE claim IN (?, ?) AND address = ? "
        "AND +status = 'published'",
        (address, addresses.without_suffix(address), address),
    ).fetchone()
    return PublishedArticle(*found) if found else None


def is_in_use(connection: sqlite3.Connection, address: str) -> bool:
    """True if an article or a collection has its page at this address, or at one that differs by
    case alone: some file systems take the two for one."""
    address = folded(address)
    folder, _, rest = address.partition("/")
    kind = next((kind for kind, name in FOLDERS.items() if name == folder), None)
    if kind is None:
        return article_at(connection, address) is not None
    slug, _, page = rest.partition("/")
    found = connection.execute(
        "SELECT 1 FROM collections WHERE kind = ? AND claim IN (?, ?) AND slug = ?",
        (kind, slug, addresses.without_suffix(slug), slug),
    )
    return addresses.is_listing(page) and found.fetchone() is not None


def at(connection: sqlite3.Connection, address: str) -> Redirect:
    """The line of an old address."""
    return Redirect(
        *connection.execute(
            "SELECT address, kind, name FROM redirects WHERE address = ?", (address,)
        ).fetchone()
    )


def target(connection: sqlite3.Connection, authority: Authority, row: Redirect) -> str | None:
    """The address that an old address redirects to; None if its article is not published."""
    if row.kind != "article":
        named = authority.resolved(row.name) if row.kind == "tag" else row.name
        found = connection.execute(
            "SELECT slug FROM collections WHERE (kind, identity) = (?, ?)", (row.kind, named)
        ).fetchone()
        if found and found[0]:
            return f"{collection_folder(row.kind, found[0])}index.html"
        return addresses.index(row.kind)
    found = connection.execute(
        # If two articles claim the id, the line goes to the one that has it, though the other may
        # have had the page.
        "SELECT address FROM articles WHERE claimed_id = ?1 AND id = ?1 AND +status = 'published' "
        "UNION ALL SELECT address FROM articles WHERE id != claimed_id AND id = ?1 "
        "AND +status = 'published' "
        "UNION ALL SELECT b.address FROM articles a JOIN articles b ON b.content = a.content "
        "WHERE a.claimed_id = ?1 AND +a.status = 'merged' AND +b.status = 'published' LIMIT 1",
        (row.name,),
    ).fetchone()
    return found[0] if found else None


def withdrawn(
    connection: sqlite3.Connection, authority: Authority, start: str, end: str
) -> list[tuple[str, str]]:
    """(old address, id) of the withdrawn articles, for addresses from `start` up to but without
    `end`. An article that is only skipped is not withdrawn."""
    rows = connection.execute(
        "SELECT address, kind, name FROM redirects WHERE kind = 'article' "
        "AND address >= ? AND address < ? ORDER BY address",
        (start, end),
    )
    return [
        (row.address, row.name)
        for row in map(Redirect._make, rows.fetchall())
        if addresses.month_of_article(row.address)
        and target(connection, authority, row) is None
        and not is_skipped(connection, row)
    ]


def is_skipped(connection: sqlite3.Connection, row: Redirect) -> bool:
    """True if a line's article is only skipped: its source, or a folder around it, has a mistake
    or cannot be read. An article that states its own id is not recognised: its line does not name
    its source."""
    if row.kind != "article":
        return False
    parts = row.name.split("/")
    around = ["", *("/".join(parts[:count]) + "/" for count in range(1, len(parts)))]
    return any(
        connection.execute(
            "SELECT 1 FROM problems WHERE source = ? AND skipped LIMIT 1", (name,)
        ).fetchone()
        for name in (row.name, *around)
    )
