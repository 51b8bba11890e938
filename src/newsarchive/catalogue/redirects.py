"""Redirects: the lines of `redirects.csv` in the catalogue, which every build brings up to date."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from newsarchive.catalogue import redirect_targets
from newsarchive.catalogue.schema import LAST_CHARACTER
from newsarchive.model import addresses
from newsarchive.model.changes import Changes
from newsarchive.model.collection import collection_folder
from newsarchive.sources.redirects import Redirect, folded
from newsarchive.tagging.authority import Authority


@dataclass(slots=True)
class Kept:
    """The lines of `redirects.csv` that a build added, dropped, or could not use."""

    moved: list[Redirect] = field(default_factory=list)
    """New lines, whose pages redirect."""
    withdrawn: list[Redirect] = field(default_factory=list)
    """New lines of articles, tags, authors and sections that are no longer published."""
    in_use: list[Redirect] = field(default_factory=list)
    """Dropped lines: the site has a page of its own at their address."""
    unknown: list[Redirect] = field(default_factory=list)
    """Lines that the archive's owner added or edited and that name nothing in the archive."""


class Redirects:
    """The lines of `redirects.csv` in the catalogue. Each line has a page. If something else is
    published at its address, the line is dropped."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        self._connection = connection
        self._authority = authority
        self.kept = Kept()
        self.has_changed = False
        """True if the lines differ from those in the file."""
        self._added: set[str] = set()
        self._edited: set[str] = set()

    def take(self, rows: Iterable[Redirect]) -> list[str]:
        """Replace the catalogue's lines by those of a file that was edited since the last build.
        Returns the addresses that have no line any more."""
        before, listed = set(self.rows()), set(rows)
        self._connection.executemany(
            "DELETE FROM redirects WHERE address = ?",
            [(row.address,) for row in before - listed],
        )
        self._connection.executemany(
            "INSERT INTO redirects VALUES (?, ?, ?, ?)",
            [(folded(row.address), *row) for row in listed - before],
        )
        self._edited = {row.address for row in before ^ listed}
        return sorted({row.address for row in before} - {row.address for row in listed})

    def rows(self) -> Iterator[Redirect]:
        """All lines, in the order of their addresses."""
        for row in self._connection.execute(
            "SELECT address, kind, name FROM redirects ORDER BY address"
        ):
            yield Redirect(*row)

    def update(
        self, changes: Changes, renamed_tags: Mapping[str, str], *, look_at_all: bool = False
    ) -> Changes:
        """Add lines for the addresses that the changes gave up, and drop lines of addresses that
        are in use again. `renamed_tags` has the new identity of each renamed tag by its old one:
        its lines then name the new one. With `look_at_all`, every line is checked. Returns the
        changes with the redirects to publish and those to remove."""
        self._follow_renamed(changes)
        self._follow_renamed_tags(renamed_tags)
        look_at = set(self._edited)
        if changes.everything or look_at_all:
            look_at |= {row.address for row in self.rows()}
        else:
            look_at |= set(self._affected(changes))
        for given_up in _given_up(self._connection, changes):
            row = given_up
            if row.kind == "tag":
                row = row._replace(name=renamed_tags.get(row.name, row.name))
            added = self._connection.execute(
                "INSERT OR IGNORE INTO redirects VALUES (?, ?, ?, ?)", (folded(row.address), *row)
            )
            if added.rowcount:
                self._added.add(row.address)
            look_at.add(row.address)
        pages: list[str] = []
        gone: list[str] = []
        for address in sorted(look_at):
            is_in_use = redirect_targets.is_in_use(self._connection, address)
            if self._settle(address, is_in_use=is_in_use):
                pages.append(address)
            # Every published file has an address in its folded form.
            elif address != folded(address) or not is_in_use:
                gone.append(address)
        return replace(changes, redirects=tuple(pages), redirects_gone=tuple(gone))

    def _settle(self, address: str, *, is_in_use: bool) -> bool:
        """Drop the line of an address that is in use, and note in `kept` what the owner should
        know. Returns True if the address still has a line, and so a page."""
        found = self._connection.execute(
            "SELECT address, kind, name FROM redirects WHERE address = ?", (address,)
        ).fetchone()
        if found is None:
            return False
        row = Redirect(*found)
        is_new = address in self._added
        if is_in_use:
            self._connection.execute("DELETE FROM redirects WHERE address = ?", (address,))
            if not is_new:
                self.kept.in_use.append(row)
        elif is_new:
            (self.kept.moved if self._has_target(row) else self.kept.withdrawn).append(row)
        elif (
            address in self._edited
            and not self._has_target(row)
            and not redirect_targets.is_skipped(self._connection, row)
        ):
            self.kept.unknown.append(row)
        # A line that was added and dropped in one build never reached the file.
        self.has_changed |= is_in_use != is_new
        return not is_in_use

    def _has_target(self, row: Redirect) -> bool:
        """True if the line redirects to its article or collection, not to the page that lists all
        tags, authors or sections."""
        found = self._target(row)
        return found is not None and (row.kind == "article" or found != addresses.index(row.kind))

    def _target(self, row: Redirect) -> str | None:
        return redirect_targets.target(self._connection, self._authority, row)

    def _follow_renamed(self, changes: Changes) -> None:
        """Rename the lines of an article whose page now belongs to an article with another id: its
        file was renamed, or it states an id now."""
        was_there = {place.id for place in changes.left}
        left = [(place.address, place.id) for place in changes.left]
        if changes.everything:
            left = self._connection.execute(
                "SELECT b.address, b.name FROM before b WHERE b.kind = 'article' AND EXISTS "
                "(SELECT 1 FROM redirects WHERE kind = 'article' AND name = b.name)"
            ).fetchall()
        for address, name in left:
            if self._target(Redirect(address, "article", name)):
                continue
            heir = redirect_targets.article_at(self._connection, address)
            if heir is None or heir.id in was_there:
                continue
            known = self._connection.execute(
                "SELECT 1 FROM before WHERE kind = 'article' AND name = ?", (heir.id,)
            )
            if not (changes.everything and known.fetchone()):
                renamed = self._connection.execute(
                    "UPDATE redirects SET name = ? WHERE (kind, name) = ('article', ?)",
                    (heir.id, name),
                )
                self.has_changed |= renamed.rowcount > 0

    def _follow_renamed_tags(self, renamed_tags: Mapping[str, str]) -> None:
        for old_and_new in renamed_tags.items():
            followed = self._connection.execute(
                "UPDATE redirects SET name = ?2 WHERE kind = 'tag' AND name = ?1", old_and_new
            )
            self.has_changed |= followed.rowcount > 0

    def _affected(self, changes: Changes) -> Iterator[str]:
        """The old addresses whose pages may change with these articles and collections."""
        for place in changes.left + changes.taken:
            yield from self._addresses_of("article", place.id)
            merged = self._connection.execute(
                "SELECT b.claimed_id FROM articles a JOIN articles b ON b.content = a.content "
                "WHERE a.key = ? AND b.status = 'merged'",
                (place.key,),
            )
            for (claimed_id,) in merged.fetchall():
                yield from self._addresses_of("article", claimed_id)
            yield from self._addresses_where("folded = ?", folded(place.address))
        for id in changes.ids:
            yield from self._addresses_of("article", id)
            if not id or id.endswith("/"):
                yield from self._addresses_where(
                    "kind = 'article' AND name >= ? AND name < ?", id, id + LAST_CHARACTER
                )
        moved_tags = set()
        for move in changes.moved:
            named = _identity(self._connection, move.key)
            yield from self._addresses_of(move.kind, named)
            if move.kind == "tag":
                moved_tags.add(named)
            for slug in filter(None, (move.slug_before, move.slug_after)):
                folder = collection_folder(move.kind, slug)
                yield from self._addresses_where(
                    "folded >= ? AND folded < ?", folder, folder + LAST_CHARACTER
                )
        if moved_tags and self._authority.tags:
            for address in self._addresses_where("kind = 'tag'"):
                row = redirect_targets.at(self._connection, address)
                if self._authority.resolved(row.name) in moved_tags:
                    yield address

    def _addresses_of(self, kind: str, name: str) -> list[str]:
        return self._addresses_where("(kind, name) = (?, ?)", kind, name)

    def _addresses_where(self, condition: str, *values: str) -> list[str]:
        rows = self._connection.execute(f"SELECT address FROM redirects WHERE {condition}", values)  # noqa: S608
        return [address for (address,) in rows]


def _given_up(connection: sqlite3.Connection, changes: Changes) -> Iterator[Redirect]:
    """The addresses that articles and collections had before the build. Some may still be in use,
    or in use again."""
    for place in changes.left:
        yield Redirect(place.address, "article", place.id)
    for row in connection.execute(
        "SELECT address, kind, name FROM before b WHERE kind = 'article' AND NOT EXISTS "
        "(SELECT 1 FROM articles a WHERE a.claim = b.address AND a.address = b.address "
        "AND +a.status = 'published') "
        "UNION ALL SELECT address, kind, name FROM before WHERE kind != 'article'"
    ).fetchall():
        yield Redirect(*row)
    for move in changes.moved:
        if move.slug_before:
            folder = collection_folder(move.kind, move.slug_before)
            published = connection.execute(
                "SELECT address FROM outputs WHERE address >= ? AND address < ? "
                "AND producer LIKE 'listing %'",
                (folder, folder + LAST_CHARACTER),
            )
            for address in {f"{folder}index.html", *(address for (address,) in published)}:
                yield Redirect(address, move.kind, _identity(connection, move.key))


def _identity(connection: sqlite3.Connection, collection: int) -> str:
    row = connection.execute("SELECT identity FROM collections WHERE key = ?", (collection,))
    identity: str = row.fetchone()[0]
    return identity
