"""Former addresses: what was once published where, and what that address answers now."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsarchive import addresses
from newsarchive.catalogue.changes import Changes
from newsarchive.catalogue.schema import LAST_CHARACTER
from newsarchive.redirects import Former


class FormerAddresses:
    """The lines of `redirects.csv` in the catalogue, brought up to date by every build."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def take(self, rows: Iterable[Former]) -> set[str]:
        """Let the file's lines be the former addresses; those that came, went or changed."""
        before, after = set(self.rows()), set(rows)
        self._connection.executemany(
            "DELETE FROM former WHERE address = ?", [(row.address,) for row in before - after]
        )
        self._connection.executemany("INSERT INTO former VALUES (?, ?, ?)", after - before)
        return {row.address for row in before ^ after}

    def rows(self) -> Iterator[Former]:
        """All former addresses, in their order."""
        for row in self._connection.execute("SELECT * FROM former ORDER BY address"):
            yield Former(*row)

    def update(
        self, changes: Changes, given_up: Iterable[Former], edited: set[str], *, forget: bool
    ) -> Changes:
        """Keep the addresses that were given up, and let go those that are in use again or, if
        what was withdrawn is to be forgotten, those of what is no longer there.

        `edited` are the addresses whose lines its owner changed. The changes come back with the
        former addresses to publish and to remove.
        """
        look_at = set(edited)
        if changes.everything or forget:
            look_at |= {row.address for row in self.rows()}
        else:
            look_at |= set(self._affected(changes))
        for row in given_up:
            self._connection.execute("INSERT OR REPLACE INTO former VALUES (?, ?, ?)", row)
            look_at.add(row.address)
        kept: list[str] = []
        gone: list[str] = []
        for address in sorted(look_at):
            known = self._row(address)
            is_living = self._is_living(address)
            is_kept = known and not is_living and not (forget and self._is_forgotten(known))
            if is_kept:
                kept.append(address)
                continue
            self._connection.execute("DELETE FROM former WHERE address = ?", (address,))
            if not is_living:
                gone.append(address)
        return replace(changes, former=tuple(kept), former_gone=tuple(gone))

    def _affected(self, changes: Changes) -> Iterator[str]:
        """The addresses that answer otherwise when these articles and collections have changed."""
        for place in changes.left + changes.taken:
            yield from self._addresses_of("article", place.id)
            merged = self._connection.execute(
                "SELECT b.claimed_id FROM articles a JOIN articles b ON b.content = a.content "
                "WHERE a.key = ? AND b.status = 'merged'",
                (place.key,),
            )
            for (claimed_id,) in merged.fetchall():
                yield from self._addresses_of("article", claimed_id)
            yield place.address
        for claimed_id in changes.merged:
            yield from self._addresses_of("article", claimed_id)
        for move in changes.moved:
            yield from self._addresses_of(move.kind, _identity(self._connection, move.key))
            if move.slug_after:
                folder = addresses.collection_folder(move.kind, move.slug_after)
                rows = self._connection.execute(
                    "SELECT address FROM former WHERE address >= ? AND address < ?",
                    (folder, folder + LAST_CHARACTER),
                )
                yield from (address for (address,) in rows.fetchall())

    def _addresses_of(self, kind: str, name: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT address FROM former WHERE (kind, name) = (?, ?)", (kind, name)
        )
        return [address for (address,) in rows]

    def _row(self, address: str) -> Former | None:
        row = self._connection.execute(
            "SELECT * FROM former WHERE address = ?", (address,)
        ).fetchone()
        return Former(*row) if row else None

    def _is_living(self, address: str) -> bool:
        """Whether an article, or a collection that has articles, is published at the address."""
        folder, _, rest = address.partition("/")
        kind = next((kind for kind, name in addresses.FOLDERS.items() if name == folder), None)
        if kind:
            slug = rest.partition("/")[0]
            found = self._connection.execute(
                "SELECT 1 FROM collections WHERE kind = ? AND claim IN (?, ?) AND slug = ?",
                (kind, slug, addresses.without_suffix(slug), slug),
            )
        else:
            found = self._connection.execute(
                "SELECT 1 FROM articles WHERE claim IN (?, ?) AND address = ? "
                "AND +status = 'published'",
                (address, addresses.without_suffix(address), address),
            )
        return found.fetchone() is not None

    def _is_forgotten(self, row: Former) -> bool:
        """Whether what was there is no longer in the archive: a name may say as much as a text."""
        found = target(self._connection, row.address)
        return found is None or (row.kind != "article" and found == addresses.index(row.kind))


def given_up(connection: sqlite3.Connection, changes: Changes) -> Iterator[Former]:
    """The addresses that articles and collections had before the build; some may have them still,
    or again."""
    for place in changes.left:
        yield Former(place.address, "article", place.id)
    for address, id in connection.execute(
        "SELECT address, id FROM articles_before b WHERE NOT EXISTS (SELECT 1 FROM articles a "
        "WHERE a.claim = b.address AND a.address = b.address AND +a.status = 'published')"
    ):
        yield Former(address, "article", id)
    for kind, identity, slug in _collections_given_up(connection, changes):
        folder = addresses.collection_folder(kind, slug)
        published = connection.execute(
            "SELECT address FROM outputs WHERE address >= ? AND address < ? "
            "AND address LIKE '%.html'",
            (folder, folder + LAST_CHARACTER),
        )
        for address in {f"{folder}index.html", *(address for (address,) in published)}:
            yield Former(address, kind, identity)


def _collections_given_up(
    connection: sqlite3.Connection, changes: Changes
) -> Iterator[tuple[str, str, str]]:
    for move in changes.moved:
        if move.slug_before:
            yield move.kind, _identity(connection, move.key), move.slug_before
    yield from connection.execute(
        "SELECT kind, identity, slug FROM collections_before b WHERE NOT EXISTS "
        "(SELECT 1 FROM collections c WHERE (c.kind, c.identity, c.slug) = "
        "(b.kind, b.identity, b.slug))"
    )


def _identity(connection: sqlite3.Connection, collection: int) -> str:
    row = connection.execute("SELECT identity FROM collections WHERE key = ?", (collection,))
    identity: str = row.fetchone()[0]
    return identity


def target(connection: sqlite3.Connection, address: str) -> str | None:
    """The address that a former address leads to; None where its article was withdrawn."""
    kind, name = connection.execute(
        "SELECT kind, name FROM former WHERE address = ?", (address,)
    ).fetchone()
    if kind != "article":
        row = connection.execute(
            "SELECT slug FROM collections WHERE (kind, identity) = (?, ?)", (kind, name)
        ).fetchone()
        if row and row[0]:
            return f"{addresses.collection_folder(kind, row[0])}index.html"
        return addresses.index(kind)
    row = connection.execute(
        # Another's id is left to the other, and stated by both: the second may have had the page.
        "SELECT address FROM articles WHERE claimed_id = ?1 AND id = ?1 AND +status = 'published' "
        "UNION ALL SELECT address FROM articles WHERE id != claimed_id AND id = ?1 "
        "AND +status = 'published' "
        "UNION ALL SELECT b.address FROM articles a JOIN articles b ON b.content = a.content "
        "WHERE a.claimed_id = ?1 AND +a.status = 'merged' AND +b.status = 'published' LIMIT 1",
        (name,),
    ).fetchone()
    return row[0] if row else None
