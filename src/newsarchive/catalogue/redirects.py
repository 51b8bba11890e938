"""Former addresses: what was once published where, and what that address answers now."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from newsarchive.catalogue import redirect_targets
from newsarchive.catalogue.schema import LAST_CHARACTER
from newsarchive.model import addresses
from newsarchive.model.changes import Changes
from newsarchive.model.collection import collection_folder
from newsarchive.sources.redirects import Redirect, folded
from newsarchive.sources.scan import ARTICLE_SUFFIXES
from newsarchive.tagging.authority import Authority


class Fate(Enum):
    """What becomes of a former address in a build."""

    PAGE = "a page leads on, or says what became of it"
    LINE = "there is no page, but a line for when its article or tag is back"
    GONE = "neither: something else lies there, or nothing is to be left"


def fate(
    *,
    is_living: bool,
    leads_on: bool,
    forget: bool,
    is_partial: bool,
    is_waiting: bool,
    is_known: bool,
    is_listed: bool,
) -> Fate:
    """What becomes of an address that a page had.

    It `is_living` where a page of its own lies there again, `leads_on` where what it names is
    published elsewhere, `is_waiting` where that may only be set aside. With `forget`, nothing is
    to be left of what was withdrawn, unless other folders are built than before (`is_partial`), or
    the line `is_listed` by its owner and names what never was in this archive (not `is_known`).
    """
    if is_living:
        return Fate.GONE
    if leads_on or not forget:
        return Fate.PAGE
    stays = (is_waiting and not is_partial) or (is_listed and (is_partial or not is_known))
    return Fate.LINE if stays else Fate.GONE


@dataclass(slots=True)
class Kept:
    """What a build did with the lines of `redirects.csv`."""

    moved: list[Redirect] = field(default_factory=list)
    """New lines, whose pages lead on."""
    withdrawn: list[Redirect] = field(default_factory=list)
    """New lines of what is no longer published."""
    in_use: list[Redirect] = field(default_factory=list)
    """Lines let go, for a page is published at their address."""
    forgotten: list[Redirect] = field(default_factory=list)
    """Lines let go, and addresses that got none, for nothing is to be left of what was there."""
    unknown: list[Redirect] = field(default_factory=list)
    """Lines that came from their owner and name nothing in the archive."""


class Redirects:
    """The lines of `redirects.csv` in the catalogue, brought up to date by every build.

    With `forget`, what was withdrawn leaves neither page nor line; but while `is_partial`, when
    other folders are built than before, no line is let go for that.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        authority: Authority,
        *,
        forget: bool,
        is_partial: bool,
    ) -> None:
        self._connection = connection
        self._authority = authority
        self._forget, self._is_partial = forget, is_partial
        self.kept = Kept()
        self.has_changed = False
        """Whether the lines are others than those in the file."""
        self._added: set[str] = set()
        self._edited: set[str] = set()

    def take(self, rows: Iterable[Redirect]) -> list[str]:
        """Let the file's lines, which are not those of the build before, be the former addresses;
        those of which it has no line any more."""
        before, listed = set(self.rows()), set(rows)
        self._connection.executemany(
            "DELETE FROM former WHERE address = ?",
            [(row.address,) for row in before - listed],
        )
        self._connection.executemany(
            "INSERT INTO former VALUES (?, ?, ?, ?, FALSE, FALSE)",
            [(folded(row.address), *row) for row in listed - before],
        )
        self._edited = {row.address for row in before ^ listed}
        return sorted({row.address for row in before} - {row.address for row in listed})

    def rows(self) -> Iterator[Redirect]:
        """All former addresses, in their order."""
        for row in self._connection.execute(
            "SELECT address, kind, name FROM former ORDER BY address"
        ):
            yield Redirect(*row)

    def update(
        self, changes: Changes, renamed_tags: Mapping[str, str], *, look_at_all: bool = False
    ) -> Changes:
        """Keep the addresses that the changes gave up, and let go those that are in use again or
        are to be forgotten. Lines of tags that were renamed, by identity, name the new one. The
        changes come back with the former addresses to publish and to remove."""
        self._follow_renamed(changes)
        self._follow_renamed_tags(renamed_tags)
        look_at = set(self._edited)
        if changes.everything or look_at_all:
            look_at |= {row.address for row in self.rows()}
        else:
            look_at |= set(self._affected(changes))
            # What one of these waits for may be in any file that is mended.
            look_at |= set(self._addresses_where("NOT has_page"))
        for given_up in _given_up(self._connection, changes):
            row = given_up
            if row.kind == "tag":
                row = row._replace(name=renamed_tags.get(row.name, row.name))
            added = self._connection.execute(
                "INSERT OR IGNORE INTO former VALUES (?, ?, ?, ?, FALSE, TRUE)",
                (folded(row.address), *row),
            )
            if added.rowcount:
                self._added.add(row.address)
            look_at.add(row.address)
        pages: list[str] = []
        gone: list[str] = []
        for address in sorted(look_at):
            decided, had_page = self._settle(address)
            if decided is Fate.PAGE:
                pages.append(address)
            elif (decided is Fate.GONE or had_page or address in self._edited) and (
                # Everything that is published has an address in its folded form.
                address != folded(address)
                or not redirect_targets.is_living(self._connection, address)
            ):
                gone.append(address)
        return replace(changes, redirects=tuple(pages), redirects_gone=tuple(gone))

    def _settle(self, address: str) -> tuple[Fate, bool]:
        """Decide what becomes of a former address, and store and note it; and whether it had a
        page."""
        found = self._connection.execute(
            "SELECT address, kind, name, has_page, is_known FROM former WHERE address = ?",
            (address,),
        ).fetchone()
        if found is None:
            return Fate.GONE, False
        row, had_page = Redirect(*found[:3]), bool(found[3])
        is_known = bool(found[4]) or self._was_there(row)
        is_listed = address not in self._added
        is_living = redirect_targets.is_living(self._connection, address)
        leads_on = not is_living and self._leads_on(row)
        decided = fate(
            is_living=is_living,
            leads_on=leads_on,
            forget=self._forget,
            is_partial=self._is_partial,
            is_waiting=self._forget and not leads_on and self._is_waiting(row, is_listed),
            is_known=is_known,
            is_listed=is_listed,
        )
        # Of a part of the archive nobody can tell what the rest knows.
        is_known = (is_known or leads_on) and not (decided is Fate.LINE and self._is_partial)
        self._store(row, decided, is_known=is_known)
        self._note(row, decided, is_living=is_living, leads_on=leads_on, is_listed=is_listed)
        return decided, had_page

    def _store(self, row: Redirect, decided: Fate, *, is_known: bool) -> None:
        if decided is Fate.GONE:
            self._connection.execute("DELETE FROM former WHERE address = ?", (row.address,))
        else:
            self._connection.execute(
                "UPDATE former SET has_page = ?, is_known = ? WHERE address = ?",
                (decided is Fate.PAGE, is_known, row.address),
            )
        # An address that came and goes in one build never was a line.
        self.has_changed |= (decided is Fate.GONE) != (row.address in self._added)

    def _note(
        self, row: Redirect, decided: Fate, *, is_living: bool, leads_on: bool, is_listed: bool
    ) -> None:
        """Note what the owner of the archive should know."""
        if is_living:
            if is_listed:
                self.kept.in_use.append(row)
        elif decided is Fate.GONE:
            self.kept.forgotten.append(row)
        elif not is_listed:
            (self.kept.moved if leads_on else self.kept.withdrawn).append(row)
        elif (
            row.address in self._edited
            and not leads_on
            and not redirect_targets.is_set_aside(self._connection, row)
        ):
            self.kept.unknown.append(row)

    def _leads_on(self, row: Redirect) -> bool:
        found = self._target(row)
        return found is not None and (row.kind == "article" or found != addresses.index(row.kind))

    def _target(self, row: Redirect) -> str | None:
        return redirect_targets.target(self._connection, self._authority, row)

    def _is_waiting(self, row: Redirect, is_listed: bool) -> bool:
        """Whether what a line names may be back when its owner has mended a source. The id of an
        article may be in the file that cannot be read, and a tag too."""
        if redirect_targets.is_set_aside(self._connection, row):
            return True
        names_source = row.kind == "article" and row.name.lower().endswith(ARTICLE_SUFFIXES)
        return is_listed and not names_source and self._has_set_aside

    @cached_property
    def _has_set_aside(self) -> bool:
        """Whether anything is set aside in this build."""
        found = self._connection.execute("SELECT 1 FROM problems WHERE set_aside LIMIT 1")
        return found.fetchone() is not None

    def _was_there(self, row: Redirect) -> bool:
        """Whether what a line names had a page before a build that reads all anew."""
        found = self._connection.execute(
            "SELECT 1 FROM before WHERE (kind, name) = (?, ?) LIMIT 1", (row.kind, row.name)
        )
        return found.fetchone() is not None

    def _follow_renamed(self, changes: Changes) -> None:
        """Let the lines of an article go to the one that came to the place that it left: its file
        was renamed, or it states an id now."""
        was_there = {place.id for place in changes.left}
        left = [(place.address, place.id) for place in changes.left]
        if changes.everything:
            left = self._connection.execute(
                "SELECT b.address, b.name FROM before b WHERE b.kind = 'article' AND EXISTS "
                "(SELECT 1 FROM former WHERE kind = 'article' AND name = b.name)"
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
                    "UPDATE former SET name = ? WHERE (kind, name) = ('article', ?)",
                    (heir.id, name),
                )
                self.has_changed |= renamed.rowcount > 0

    def _follow_renamed_tags(self, renamed_tags: Mapping[str, str]) -> None:
        for old_and_new in renamed_tags.items():
            followed = self._connection.execute(
                "UPDATE former SET name = ?2 WHERE kind = 'tag' AND name = ?1", old_and_new
            )
            self.has_changed |= followed.rowcount > 0

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
        rows = self._connection.execute(f"SELECT address FROM former WHERE {condition}", values)  # noqa: S608
        return [address for (address,) in rows]


def _given_up(connection: sqlite3.Connection, changes: Changes) -> Iterator[Redirect]:
    """The addresses that articles and collections had before the build; some may have them still,
    or again."""
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
