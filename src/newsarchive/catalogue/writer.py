"""Writes articles to the catalogue, deletes them from it, and returns what changed."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from newsarchive.catalogue.conflicts import Conflicts
from newsarchive.catalogue.counts import Counts
from newsarchive.catalogue.places import Terms, dates_and_collections_of, place_of, source_of
from newsarchive.catalogue.records import Row
from newsarchive.catalogue.related import Related
from newsarchive.catalogue.schema import INDEXES, REMEMBERING
from newsarchive.catalogue.store import create_indexes
from newsarchive.model.changes import Changes, Place
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.periods import periods_counted
from newsarchive.model.problems import Problem
from newsarchive.model.text import identity, slug
from newsarchive.sources.scan import SourceFile
from newsarchive.tagging.authority import Authority

_ROWS_HELD = 200


class CatalogueWriter:
    """Brings the catalogue up to date with the sources. Call `settle` after the last article."""

    def __init__(
        self, connection: sqlite3.Connection, authority: Authority, listed_changes: int
    ) -> None:
        """More old and new places than `listed_changes` count as a change of everything."""
        self._connection = connection
        self._listed_changes = listed_changes
        self._authority = authority
        self._first_key = self._next_key = 1 + (
            connection.execute("SELECT max(key) FROM articles").fetchone()[0] or 0
        )
        self._left: dict[int, Place] = {}
        self._touched: set[int] = set()
        self._everything = False
        self._counts = Counts(connection)
        self._articles: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[Any, ...]] = []
        self._files: list[tuple[Any, ...]] = []
        self._memberships: list[tuple[Any, ...]] = []
        self._shared: list[tuple[Any, ...]] = []
        self._related = Related(connection, authority)
        self._skipped: set[str] = set()
        """The names of sources and folders whose articles are skipped, or no longer are."""
        self._conflicts = Conflicts(connection, authority, self.note, self.enter, self.leave)
        self._collection = lru_cache(20_000)(self._collection_key)
        self._is_known_source = self._may_be_unchanged = False
        """True if an earlier build read the present source; and if its articles may be the same."""

    def keep_file(self, file: SourceFile) -> None:
        """Save the size and time of a file that is no article."""
        self._keep_source(file, is_article=False)
        self._touch_referring(file.name)

    def forget_source(self, name: str) -> None:
        """Delete a source that vanished, with its articles. An unknown name changes nothing."""
        known = self._connection.execute(
            "DELETE FROM sources WHERE name = ? RETURNING is_article", (name,)
        ).fetchone()
        if known is None:
            return
        self._flush_articles()
        if not known[0]:
            self._touch_referring(name)
            return
        self._forget_articles(name, lambda _: False)
        # A problem that this build's scan reported stays: a link may have replaced the file.
        self._forget_problems("NOT is_of_scan AND source = ?", name)

    def _forget_articles(self, source: str, stays: Callable[[int], bool]) -> None:
        """Delete the articles of a source, except those that stay, a thousand at a time."""
        last = 0
        while True:
            rows = self._connection.execute(
                "SELECT key, status, content, claimed_id, claim FROM articles "
                "WHERE source = ? AND key > ? AND key < ? ORDER BY key LIMIT 1000",
                (source, last, self._first_key),
            ).fetchall()
            for key, status, content, claimed_id, claim in rows:
                last = key
                if stays(key):
                    continue
                if status == "published":
                    self.note(key)
                    self.leave(key)
                if status == "merged":
                    self._conflicts.merged.add(claimed_id)
                self._touched.discard(key)
                if status != "draft":
                    self._conflicts.mark(content, claimed_id, claim)
                self._connection.execute("DELETE FROM articles WHERE key = ?", (key,))
                self._connection.execute("DELETE FROM bodies WHERE article = ?", (key,))
                self._connection.execute("DELETE FROM files WHERE article = ?", (key,))
            if not rows:
                return

    def forget_everything(self) -> None:
        """Delete all sources, to read them again. The table `before` keeps their pages."""
        self._everything = True
        for statement in REMEMBERING:
            self._connection.execute(statement)
        for table in ("sources", "problems", "articles", "bodies", "files", "spellings",
                      "memberships", "shared", "periods"):  # fmt: skip
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
        self._connection.execute("DELETE FROM collections WHERE key != ?", (ALL_ARTICLES,))
        for name in INDEXES:
            self._connection.execute(f"DROP INDEX IF EXISTS {name}")

    def forget_problems_of_scan(self) -> None:
        """Delete the problems that the last scan found: every scan reports its problems again."""
        self._forget_problems("is_of_scan = ?", "1")

    def report(self, source: str, problem: Problem, *, is_of_scan: bool = False) -> None:
        """Save a problem of a source."""
        self._connection.execute(
            "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)",
            (source, is_of_scan, problem.path, problem.line, problem.reason, problem.skipped),
        )
        if problem.skipped and is_of_scan:
            self._skipped ^= {source}  # a problem that the last scan had is no change
        elif problem.skipped:
            self._skipped.add(source)

    def _forget_problems(self, where: str, value: str) -> None:
        gone = self._connection.execute(
            f"DELETE FROM problems WHERE {where} RETURNING source, skipped",  # noqa: S608
            (value,),
        )
        self._skipped |= {source for source, skipped in gone.fetchall() if skipped}

    def begin_source(self, file: SourceFile, sha256: str | None) -> None:
        """Begin a source that was read. Call `take` for its articles, and then `end_source`.

        `sha256` is the digest of its bytes, which data files state for its article: if it differs,
        the article has changed. It is None for a source of many articles.
        """
        known = self._connection.execute(
            "SELECT is_article, sha256 FROM sources WHERE name = ?", (file.name,)
        ).fetchone()
        if known and not known[0]:
            self.forget_source(file.name)
            known = None
        self._forget_problems("NOT is_of_scan AND source = ?", file.name)
        self._is_known_source = known is not None
        self._may_be_unchanged = known is not None and sha256 in (None, known[1])
        self._connection.execute("DELETE FROM temp.unchanged")

    def take(self, source: str, rows: Iterable[Row], problems: Iterable[Problem]) -> None:
        """Add articles and problems of a source. An article has the id and the address that it
        claims until `settle`. An article that is the same as when last read is no change."""
        for problem in problems:
            self.report(source, problem)
        for row in rows:
            if not (self._may_be_unchanged and self._is_unchanged(row)):
                self._add(row)
        if len(self._articles) >= _ROWS_HELD:
            self._flush_articles()

    def _is_unchanged(self, row: Row) -> bool:
        """True if the catalogue has this article of this source and no other row has matched it."""
        for key, record in self._connection.execute(
            "SELECT key, record FROM articles WHERE content = ? AND source = ? AND claimed_id = ? "
            "AND key < ? AND key NOT IN (SELECT key FROM temp.unchanged)",
            (row.content, row.source, row.id, self._first_key),
        ):
            if record == row.record:
                self._connection.execute("INSERT INTO temp.unchanged VALUES (?)", (key,))
                return True
        return False

    def end_source(self, file: SourceFile, sha256: str | None) -> None:
        """End a source: delete its earlier articles that were not read again."""
        if self._is_known_source:
            self._flush_articles()
            self._forget_articles(file.name, self._stays)
        self._keep_source(file, sha256, is_article=True)

    def _stays(self, key: int) -> bool:
        found = self._connection.execute("SELECT 1 FROM temp.unchanged WHERE key = ?", (key,))
        return found.fetchone() is not None

    def _add(self, row: Row) -> None:
        key = self._next_key
        self._next_key += 1
        terms = self._terms(row.terms)
        mentioned = self._mentions(row.mentioned)
        self._articles.append(
            (
                key,
                row.source,
                row.tie_break,
                "draft" if row.is_draft else "published",
                row.content,
                row.id,
                row.id,
                row.claim,
                row.claim,
                row.day,
                row.moment,
                json.dumps(terms, ensure_ascii=False),
                json.dumps(mentioned, ensure_ascii=False),
                row.is_searched,
                row.updated,
                row.record,
            )
        )
        self._bodies.append((key, row.body))
        self._files += [(name, key) for name in row.files]
        if not row.is_draft:
            self.note(key)
            memberships = self._count(key, row.day, row.moment, terms, mentioned, 1)
            self._memberships += memberships
            self._shared += self._related.shared_rows(memberships, row.source, row.tie_break)

    def _terms(self, stated: Iterable[tuple[str, str, str]]) -> Terms:
        """The collections that an article states: all articles, its tags, authors and section."""
        terms = [(ALL_ARTICLES, "")]
        for kind, named, name in stated:
            resolved = self._authority.resolved(named) if kind == "tag" else named
            terms.append((self._collection(kind, resolved), name))
        return terms

    def _mentions(self, mentioned: Iterable[str]) -> Terms:
        """The collections of the inferred tags of an article."""
        return [(self._collection("tag", identity(name)), name) for name in mentioned]

    def retag(
        self,
        key: int,
        stated: Iterable[tuple[str, str, str]],
        mentioned: Iterable[str],
        *,
        is_searched: bool,
        looks_different: bool = False,
    ) -> None:
        """Give an article its tags under another authority. With `looks_different` it counts as
        changed even with the same tags: one is hidden now, or no longer."""
        terms = json.dumps(self._terms(stated), ensure_ascii=False)
        mentions = json.dumps(self._mentions(mentioned), ensure_ascii=False)
        is_published, *before = self._connection.execute(
            "SELECT status = 'published', terms, mentioned, is_searched FROM articles "
            "WHERE key = ?",
            (key,),
        ).fetchone()
        if before == [terms, mentions, is_searched] and not looks_different:
            return
        self.note(key)
        if is_published:
            self.leave(key)
        self._connection.execute(
            "UPDATE articles SET terms = ?, mentioned = ?, is_searched = ? WHERE key = ?",
            (terms, mentions, is_searched, key),
        )
        if is_published:
            self.enter(key)

    def mark_collections(self, collections: Iterable[int]) -> None:
        """Have `settle` work out the names and slugs of these collections again."""
        for collection in collections:
            self._conflicts.mark_collection(collection)

    def mark_descriptions(self, collections: Iterable[int]) -> None:
        """Note the collections whose description or see-also links changed."""
        self._conflicts.described.update(collections)

    def _flush_articles(self) -> None:
        """Write the rows that are held: many at a time take half as long as one by one."""
        for table, rows in (
            ("articles", self._articles),
            ("bodies", self._bodies),
            ("files", self._files),
            ("memberships", self._memberships),
            ("shared", self._shared),
        ):
            if rows:
                places = ", ".join("?" * len(rows[0]))
                self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
                rows.clear()

    def settle(self) -> Changes:
        """Give every article its id and address, and every collection its name and slug. Returns
        the changes since the build began."""
        self._flush_articles()
        create_indexes(self._connection)
        self._conflicts.mark_contested(self._first_key)
        self._conflicts.settle_articles()
        self._counts.flush()
        moved = self._conflicts.settle_collections()
        described = tuple(sorted(self._conflicts.described))
        if self._everything:
            return Changes(moved=tuple(moved), everything=True)
        taken = [
            place for key in sorted(self._touched) if (place := place_of(self._connection, key))
        ]
        left, ids = self._left.values(), sorted(self._conflicts.merged | self._skipped)
        return Changes(tuple(left), tuple(taken), tuple(moved), tuple(ids), described=described)

    def note(self, key: int) -> None:
        """Note that an article is about to change, with its place before the build."""
        if key in self._touched or (self._everything and key >= self._first_key):
            return
        self._touched.add(key)
        if self._everything:
            self._note_address(key)
        elif key < self._first_key and (place := place_of(self._connection, key)):
            self._left[key] = place
        if not self._everything and len(self._touched) + len(self._left) > self._listed_changes:
            self._everything = True
            for left in self._left:
                self._note_address(left)
            self._left.clear()

    def _note_address(self, key: int) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO before SELECT address, 'article', id FROM articles "
            "WHERE key = ? AND +status = 'published'",
            (key,),
        )

    def enter(self, key: int) -> None:
        """Add an article to its collections."""
        memberships = self._count(key, *dates_and_collections_of(self._connection, key), 1)
        self._connection.executemany("INSERT INTO memberships VALUES (?, ?, ?, ?)", memberships)
        self._connection.executemany(
            "INSERT INTO shared VALUES (?, ?, ?, ?, ?)",
            self._related.shared_rows(memberships, *source_of(self._connection, key)),
        )

    def leave(self, key: int) -> None:
        """Remove an article from its collections."""
        memberships = self._count(key, *dates_and_collections_of(self._connection, key), -1)
        self._connection.executemany(
            "DELETE FROM memberships WHERE (collection, day, moment, article) = (?, ?, ?, ?)",
            memberships,
        )
        self._connection.executemany(
            "DELETE FROM shared WHERE (tags, day, moment, tie, article) = (?, ?, ?, ?, ?)",
            self._related.shared_rows(
                memberships, *source_of(self._connection, key), with_hidden=True
            ),
        )

    def _count(
        self, key: int, day: int, moment: int, terms: Terms, mentioned: Terms, step: int
    ) -> list[tuple[int, int, int, int]]:
        """Add 1 or -1 to the counts of an article's collections. Returns its memberships."""
        periods = periods_counted(day)
        # An article may state one tag under two names.
        collections = dict.fromkeys(collection for collection, _ in terms + mentioned)
        for collection in collections:
            for period in periods:
                self._counts.periods[collection, period] += step
            if collection != ALL_ARTICLES:
                self._conflicts.mark_collection(collection)
        for is_stated, named in ((True, terms), (False, mentioned)):
            for collection, spelling in named:
                if collection != ALL_ARTICLES:
                    self._counts.spellings[collection, is_stated, spelling] += step
        self._counts.flush_if_many()
        return [(collection, day, moment, key) for collection in collections]

    def _collection_key(self, kind: str, named: str) -> int:
        row = self._connection.execute(
            "SELECT key FROM collections WHERE (kind, identity) = (?, ?)", (kind, named)
        ).fetchone()
        if row is None:
            claim = slug(named, kind)
            row = self._connection.execute(
                "INSERT INTO collections VALUES (NULL, ?, ?, '', ?, '') RETURNING key",
                (kind, named, claim),
            ).fetchone()
        key: int = row[0]
        return key

    def _touch_referring(self, name: str) -> None:
        """Note the articles that refer to a file that came, changed or went: their pages change."""
        referring = self._connection.execute(
            # The plus sign keeps SQLite from using the index by status, which has all articles.
            "SELECT key FROM files JOIN articles ON key = article WHERE name = ? "
            "AND +status = 'published'",
            (name,),
        )
        for (key,) in referring.fetchall():
            self.note(key)

    def _keep_source(
        self, file: SourceFile, sha256: str | None = None, *, is_article: bool
    ) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?)",
            (file.name, file.path, is_article, file.size, file.mtime_ns, sha256),
        )
