"""Conflicts: settles which article or collection gets the id, address or slug that several claim.

The outcome depends on the whole group of claimants and on nothing else, so the order in which the
articles came does not matter.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from newsarchive.model.addresses import told_apart, without_suffix
from newsarchive.model.changes import MovedCollection
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.text import identity
from newsarchive.tagging.authority import Authority


class Conflicts:
    """Marks the groups that may have a conflict, and settles them.

    Calls `note` before an article changes. `enter` adds an article to its collections, `leave`
    removes it from them.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        authority: Authority,
        note: Callable[[int], None],
        enter: Callable[[int], None],
        leave: Callable[[int], None],
    ) -> None:
        self._connection = connection
        self._authority = authority
        self._note, self._enter, self._leave = note, enter, leave
        self._contents: set[bytes] = set()
        self._ids: set[str] = set()
        self._claims: set[str] = set()
        self._collections: set[int] = set()
        self.described: set[int] = set()
        """Collections whose description or see-also links changed."""
        self.merged: set[str] = set()
        """The claimed ids of articles that were merged into another, or no longer are."""

    def mark(self, content: bytes, claimed_id: str, claim: str) -> None:
        """Mark the groups that an article joined or left: by content, by id and by address."""
        self._contents.add(content)
        self._mark_id(claimed_id)
        self._mark_claim(claim)

    def mark_contested(self, first_key: int) -> None:
        """Mark the groups of new articles, from `first_key` on, in which two claim the same."""
        self._connection.create_function("stem", 1, without_suffix, deterministic=True)
        rows = self._connection.execute(
            "SELECT content, claimed_id, claim FROM articles a "
            "WHERE key >= ? AND +status != 'draft' AND ("
            "EXISTS (SELECT 1 FROM articles b WHERE b.content = a.content AND b.key != a.key) OR "
            "EXISTS (SELECT 1 FROM articles b WHERE b.claimed_id = a.claimed_id AND b.key != a.key)"
            " OR EXISTS (SELECT 1 FROM articles b "
            "WHERE b.id = a.claimed_id AND b.id != b.claimed_id) "
            "OR EXISTS (SELECT 1 FROM articles b WHERE b.claim = a.claim AND b.key != a.key) "
            # "storm-202306.html" may be the address that a second "storm.html" gets.
            "OR (claim GLOB ? "
            "AND EXISTS (SELECT 1 FROM articles b WHERE b.claim = stem(a.claim))))",
            (first_key, f"*-{'[0-9a-f]' * 6}*.html"),
        )
        for content, claimed_id, claim in rows.fetchall():
            self.mark(content, claimed_id, claim)

    def mark_collection(self, collection: int) -> None:
        """Mark a collection, whose name and slug are then settled again."""
        self._collections.add(collection)

    def settle_articles(self) -> None:
        """Settle the marked groups of articles: by content first, then by id, then by address."""
        for content in self._contents:
            self._settle_content(content)
        for claimed_id in self._ids:
            self._settle_id(claimed_id)
        for claim in self._claims:
            self._settle_address(claim)

    def _mark_id(self, claimed_id: str) -> None:
        # A claimed id with a "#" may be the id that another article got: see `_settle_id`.
        parts = claimed_id.split("#")
        self._ids.update("#".join(parts[:end]) for end in range(1, len(parts) + 1))

    def _mark_claim(self, claim: str) -> None:
        self._claims.add(claim)
        # A claim that ends in digits may be the address that another article got.
        self._claims.add(without_suffix(claim))

    def _rows(self, column: str, value: object, order: str) -> list[tuple[int, str, int, str]]:
        return self._connection.execute(
            f"SELECT key, source, tie_break, id FROM articles WHERE {column} = ? "  # noqa: S608
            f"AND status = 'published' ORDER BY {order}",
            (value,),
        ).fetchall()

    def _settle_content(self, content: bytes) -> None:
        """Publish the first, by source, of articles with one content; merge the others into it."""
        rows = self._connection.execute(
            "SELECT key, status, claimed_id, claim FROM articles WHERE content = ? "
            "AND status != 'draft' ORDER BY source, tie_break",
            (content,),
        ).fetchall()
        for place, (key, status, claimed_id, claim) in enumerate(rows):
            wanted = "merged" if place else "published"
            if status == wanted:
                continue
            self._note(key)
            self._connection.execute("UPDATE articles SET status = ? WHERE key = ?", (wanted, key))
            (self._leave if place else self._enter)(key)
            self._mark_id(claimed_id)
            self.merged.add(claimed_id)
            self._mark_claim(claim)

    def _settle_id(self, claimed_id: str) -> None:
        """Give an id to the first of its claimants by source. The others add the name of their
        source, if it holds many articles their tie-break, and as many "#" as make the id differ
        from all claimed ids."""
        for place, (key, source, tie_break, id) in enumerate(
            self._rows("claimed_id", claimed_id, "source, tie_break")
        ):
            own = f"{claimed_id}#{source}" + (f"#{tie_break}" if tie_break else "")
            while place and self._rows("claimed_id", own, "key"):
                own += "#"
            wanted = own if place else claimed_id
            if id != wanted:
                self._note(key)
                claim = self._connection.execute(
                    "UPDATE articles SET id = ? WHERE key = ? RETURNING claim", (wanted, key)
                ).fetchone()[0]
                self._mark_claim(claim)

    def _settle_address(self, claim: str) -> None:
        """Give an address to the earliest of its claimants, by time and id. The others add hex
        digits of the SHA-256 of their ids."""
        rows = self._rows("claim", claim, "moment, id")
        addresses = _distinct(claim, [id for _, _, _, id in rows], self._is_claimed)
        for (key, _, _, _), wanted in zip(rows, addresses, strict=True):
            current = self._connection.execute(
                "SELECT address FROM articles WHERE key = ?", (key,)
            ).fetchone()[0]
            if current != wanted:
                self._note(key)
                self._connection.execute(
                    "UPDATE articles SET address = ? WHERE key = ?", (wanted, key)
                )

    def _is_claimed(self, address: str) -> bool:
        return bool(self._rows("claim", address, "key"))

    def settle_collections(self) -> list[MovedCollection]:
        """Give every marked collection its name and a slug of its own. The name is that of
        `tags.toml`, or else the most frequent spelling. Notes the articles of renamed and moved
        collections; returns the collections whose slug is new, different or gone."""
        self._collections.discard(ALL_ARTICLES)
        claims: set[tuple[str, str]] = set()
        marked: list[tuple[int, str, str]] = []
        for key in self._collections:
            kind, claim, name, named = self._connection.execute(
                "SELECT kind, claim, name, identity FROM collections WHERE key = ?", (key,)
            ).fetchone()
            claims.update({(kind, claim), (kind, without_suffix(claim))})
            marked.append((key, name, named if kind == "tag" else ""))
        renamed = {key for key, name, named in marked if self._settle_name(key, name, named)}
        moved = [move for kind, claim in sorted(claims) for move in self._settle_slugs(kind, claim)]
        shown_otherwise = renamed | {
            move.key for move in moved if move.slug_before and move.slug_after
        }
        for key in shown_otherwise:
            self._note_articles_of(key)
        self._describe(renamed | {move.key for move in moved})
        return moved

    def _describe(self, changed: set[int]) -> None:
        """Note the tags with a see-also link to a collection whose name or slug changed."""
        identities = {
            named
            for key in changed
            for (named,) in self._connection.execute(
                "SELECT identity FROM collections WHERE key = ? AND kind = 'tag'", (key,)
            )
        }
        for tag in self._authority.tags:
            if any(self._authority.resolved(identity(name)) in identities for name in tag.see_also):
                self.described |= {
                    key
                    for (key,) in self._connection.execute(
                        "SELECT key FROM collections WHERE kind = 'tag' AND identity = ?",
                        (tag.identity,),
                    )
                }

    def _settle_name(self, key: int, name: str, tag_named: str) -> bool:
        """Give a collection its name; an empty collection and a hidden tag have none. Returns True
        if it had a name and now has another."""
        row = self._connection.execute(
            "SELECT spelling FROM spellings WHERE collection = ? "
            "ORDER BY is_stated DESC, articles DESC, spelling LIMIT 1",
            (key,),
        ).fetchone()
        wanted = row[0] if row else ""
        tag = self._authority.tag_of(tag_named) if tag_named and row else None
        if tag:
            wanted = "" if tag.hidden else tag.name
        if wanted == name:
            return False
        self._connection.execute("UPDATE collections SET name = ? WHERE key = ?", (wanted, key))
        return bool(name and wanted)

    def _settle_slugs(self, kind: str, claim: str) -> Iterator[MovedCollection]:
        """Give a slug to the first of its claimants by identity. The others add hex digits of the
        SHA-256 of their identities. Hidden and empty collections have no slug. Yields the
        collections whose slug changed."""
        rows = self._connection.execute(
            "SELECT key, identity, slug, name != '' FROM collections WHERE (kind, claim) = (?, ?) "
            "ORDER BY name = '', identity",
            (kind, claim),
        ).fetchall()
        identities = [identity for _, identity, _, has_pages in rows if has_pages]
        slugs = _distinct(claim, identities, partial(self._is_claimed_slug, kind))
        for key, _, slug, has_pages in rows:
            wanted = next(slugs) if has_pages else ""
            if slug != wanted:
                self._connection.execute(
                    "UPDATE collections SET slug = ? WHERE key = ?", (wanted, key)
                )
                yield MovedCollection(key, kind, slug or None, wanted or None)

    def _is_claimed_slug(self, kind: str, slug: str) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM collections WHERE (kind, claim) = (?, ?) AND name != ''", (kind, slug)
        )
        return row.fetchone() is not None

    def _note_articles_of(self, collection: int) -> None:
        members = self._connection.execute(
            "SELECT article FROM memberships WHERE collection = ?", (collection,)
        )
        for (article,) in members:
            self._note(article)


def _distinct(claim: str, ids: Iterable[str], is_claimed: Callable[[str], bool]) -> Iterator[str]:
    """Yield the address or slug of each claimant: the first gets the claim itself, the others the
    claim with digits of their ids, as many as make it differ from all other claims."""
    given: set[str] = set()
    for id in ids:
        wanted, digits = claim, 0
        while wanted in given or (digits and is_claimed(wanted)):
            digits += 6
            wanted = told_apart(claim, id, digits)
        given.add(wanted)
        yield wanted
