"""Intake: articles into the catalogue and out of it, and what that changed."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from newsarchive.catalogue.conflicts import Conflicts
from newsarchive.catalogue.records import Row
from newsarchive.catalogue.related import Related
from newsarchive.catalogue.schema import INDEXES, REMEMBERING
from newsarchive.model.changes import LISTED_CHANGES, Changes, Place
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.periods import periods_counted
from newsarchive.model.problems import Problem
from newsarchive.model.text import identity, slug
from newsarchive.sources.scan import SourceFile
from newsarchive.tagging.authority import Authority

_COUNTS_HELD = 50_000
_ROWS_HELD = 200

Terms = list[tuple[int, str]]
"""Collections with the names that they have in an article."""


class CatalogueWriter:
    """Takes in what was read. `settle` must follow the last article."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        self._connection = connection
        self._authority = authority
        self._first_key = self._next_key = 1 + (
            connection.execute("SELECT max(key) FROM articles").fetchone()[0] or 0
        )
        self._left: dict[int, Place] = {}
        self._touched: set[int] = set()
        self._everything = False
        self._periods: Counter[tuple[int, int]] = Counter()
        self._spellings: Counter[tuple[int, bool, str]] = Counter()
        self._articles: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[Any, ...]] = []
        self._files: list[tuple[Any, ...]] = []
        self._memberships: list[tuple[Any, ...]] = []
        self._shared: list[tuple[Any, ...]] = []
        self._related = Related(connection, authority)
        self._set_aside: set[str] = set()
        """The names of what was set aside, or no longer is."""
        self._conflicts = Conflicts(connection, authority, self.note, self.enter, self.leave)
        self._collection = lru_cache(20_000)(self._collection_key)

    def keep_file(self, file: SourceFile) -> None:
        """Remember the state of a file that is no article."""
        self._keep_source(file)
        self._touch_referring(file.name)

    def forget_source(self, name: str) -> None:
        """Take out a source that vanished or is about to be read again, with its articles."""
        known = self._connection.execute(
            "DELETE FROM sources WHERE name = ? RETURNING is_article", (name,)
        ).fetchone()
        if known is None:
            return
        self._flush_articles()
        if not known[0]:
            self._touch_referring(name)
            return
        rows = self._connection.execute(
            "SELECT key, status, content, claimed_id, claim FROM articles WHERE source = ?", (name,)
        )
        for key, status, content, claimed_id, claim in rows.fetchall():
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
        # What the scan says of it, as that a link has taken its place, was said in this build.
        self._forget_problems("NOT is_of_scan AND source = ?", name)

    def forget_everything(self) -> None:
        """Take out all sources: they are to be read again, by other rules."""
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
        """Forget what was wrong with files that never came to be read: every scan says it anew."""
        self._forget_problems("is_of_scan = ?", "1")

    def report(self, source: str, problem: Problem, *, is_of_scan: bool = False) -> None:
        """Keep what is to be said about a source."""
        self._connection.execute(
            "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)",
            (source, is_of_scan, problem.path, problem.line, problem.reason, problem.set_aside),
        )
        if problem.set_aside and is_of_scan:
            self._set_aside ^= {source}  # what every scan says anew is no change
        elif problem.set_aside:
            self._set_aside.add(source)

    def _forget_problems(self, where: str, value: str) -> None:
        gone = self._connection.execute(
            f"DELETE FROM problems WHERE {where} RETURNING source, set_aside",  # noqa: S608
            (value,),
        )
        self._set_aside |= {source for source, set_aside in gone.fetchall() if set_aside}

    def take(
        self,
        file: SourceFile,
        rows: Iterable[Row],
        problems: Iterable[Problem],
        sha256: str | None,
    ) -> None:
        """Take in what was read from a source, in place of what was read from it before. The
        articles' ids and addresses are their own unless `settle` finds another's."""
        self.forget_source(file.name)
        self._keep_source(file, sha256)
        for problem in problems:
            self.report(file.name, problem)
        for row in rows:
            self._add(row)
        if len(self._articles) >= _ROWS_HELD:
            self._flush_articles()

    def _add(self, row: Row) -> None:
        key = self._next_key
        self._next_key += 1
        terms = self._terms(row.terms)
        mentioned = self._mentions(row.mentioned)
        self._articles.append(
            (
                key,
                row.source,
                row.position,
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
            self._shared += self._related.rows(memberships, row.source, row.position)

    def _terms(self, stated: Iterable[tuple[str, str, str]]) -> Terms:
        """The collections that an article is in by what it states."""
        terms = [(ALL_ARTICLES, "")]
        for kind, named, name in stated:
            resolved = self._authority.resolved(named) if kind == "tag" else named
            terms.append((self._collection(kind, resolved), name))
        return terms

    def _mentions(self, mentioned: Iterable[str]) -> Terms:
        """The collections of the tags that an article has from what it says."""
        return [(self._collection("tag", identity(name)), name) for name in mentioned]

    def retag(
        self,
        key: int,
        stated: Iterable[tuple[str, str, str]],
        mentioned: Iterable[str],
        *,
        is_searched: bool,
        is_shown_otherwise: bool = False,
    ) -> None:
        """Let an article have the tags that it has by another authority; some of which may be
        hidden now, or no longer."""
        terms = json.dumps(self._terms(stated), ensure_ascii=False)
        mentions = json.dumps(self._mentions(mentioned), ensure_ascii=False)
        is_published, *before = self._connection.execute(
            "SELECT status = 'published', terms, mentioned, is_searched FROM articles "
            "WHERE key = ?",
            (key,),
        ).fetchone()
        if before == [terms, mentions, is_searched] and not is_shown_otherwise:
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

    def settle_anew(self, collections: Iterable[int]) -> None:
        """Let `settle` look at what collections are called, and at their addresses, anew."""
        for collection in collections:
            self._conflicts.mark_collection(collection)

    def describe_anew(self, collections: Iterable[int]) -> None:
        """Note the collections of whose pages something else is to be said than before."""
        self._conflicts.described.update(collections)

    def _flush_articles(self) -> None:
        """Write the articles that came in: many at a time take half as long as one by one."""
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
        """Give every article its id and address and every collection its name and slug, and say
        what has changed since the build began."""
        self._flush_articles()
        for name, of in INDEXES.items():
            self._connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {of}")
        self._conflicts.mark_contested(self._first_key)
        self._conflicts.settle_articles()
        self._flush_counts()
        moved = self._conflicts.settle_collections()
        described = tuple(sorted(self._conflicts.described))
        if self._everything:
            return Changes(moved=tuple(moved), everything=True)
        taken = [place for key in sorted(self._touched) if (place := self._place(key))]
        left, ids = self._left.values(), sorted(self._conflicts.merged | self._set_aside)
        return Changes(tuple(left), tuple(taken), tuple(moved), tuple(ids), described=described)

    def note(self, key: int) -> None:
        """Note that an article is about to change, and where it stood before the build."""
        if key in self._touched or (self._everything and key >= self._first_key):
            return
        self._touched.add(key)
        if self._everything:
            self._note_address(key)
        elif key < self._first_key and (place := self._place(key)):
            self._left[key] = place
        if not self._everything and len(self._touched) + len(self._left) > LISTED_CHANGES:
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
        """Put an article into its collections."""
        memberships = self._count(key, *self._standing(key), 1)
        self._connection.executemany("INSERT INTO memberships VALUES (?, ?, ?, ?)", memberships)
        self._connection.executemany(
            "INSERT INTO shared VALUES (?, ?, ?, ?, ?)",
            self._related.rows(memberships, *self._source(key)),
        )

    def leave(self, key: int) -> None:
        """Take an article out of its collections."""
        memberships = self._count(key, *self._standing(key), -1)
        self._connection.executemany(
            "DELETE FROM memberships WHERE (collection, day, moment, article) = (?, ?, ?, ?)",
            memberships,
        )
        self._connection.executemany(
            "DELETE FROM shared WHERE (tags, day, moment, tie, article) = (?, ?, ?, ?, ?)",
            self._related.rows(memberships, *self._source(key), with_hidden=True),
        )

    def _source(self, key: int) -> tuple[str, int]:
        source, position = self._connection.execute(
            "SELECT source, position FROM articles WHERE key = ?", (key,)
        ).fetchone()
        return source, position

    def _standing(self, key: int) -> tuple[int, int, Terms, Terms]:
        day, moment, terms, mentioned = self._connection.execute(
            "SELECT day, moment, terms, mentioned FROM articles WHERE key = ?", (key,)
        ).fetchone()
        return day, moment, json.loads(terms), json.loads(mentioned)

    def _count(
        self, key: int, day: int, moment: int, terms: Terms, mentioned: Terms, step: int
    ) -> list[tuple[int, int, int, int]]:
        """Count an article in its collections, or no longer; the memberships that it has."""
        periods = periods_counted(day)
        # An article may state one tag by two of its names.
        collections = dict.fromkeys(collection for collection, _ in terms + mentioned)
        for collection in collections:
            for period in periods:
                self._periods[collection, period] += step
            if collection != ALL_ARTICLES:
                self._conflicts.mark_collection(collection)
        for is_stated, named in ((True, terms), (False, mentioned)):
            for collection, spelling in named:
                if collection != ALL_ARTICLES:
                    self._spellings[collection, is_stated, spelling] += step
        if len(self._periods) + len(self._spellings) > _COUNTS_HELD:
            self._flush_counts()
        return [(collection, day, moment, key) for collection in collections]

    def _flush_counts(self) -> None:
        self._flush("periods", ("collection", "period"), self._periods)
        self._flush("spellings", ("collection", "is_stated", "spelling"), self._spellings)

    def _flush(self, table: str, columns: tuple[str, ...], counts: Counter[Any]) -> None:
        """Add what was counted to a table with these columns, and take out what is none now."""
        names, places = ", ".join(columns), ", ".join("?" * len(columns))
        self._connection.executemany(
            f"INSERT INTO {table} VALUES ({places}, ?) ON CONFLICT ({names}) "  # noqa: S608
            "DO UPDATE SET articles = articles + excluded.articles",
            [(*key, count) for key, count in counts.items() if count],
        )
        self._connection.executemany(
            f"DELETE FROM {table} WHERE ({names}) = ({places}) AND articles = 0",  # noqa: S608
            [key for key, count in counts.items() if count < 0],
        )
        counts.clear()

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
        """Articles that show or link to a file look different when it comes or goes."""
        referring = self._connection.execute(
            # The plus sign keeps SQLite from the index by status, which leads through all articles.
            "SELECT key FROM files JOIN articles ON key = article WHERE name = ? "
            "AND +status = 'published'",
            (name,),
        )
        for (key,) in referring.fetchall():
            self.note(key)

    def _keep_source(self, file: SourceFile, sha256: str | None = None) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?)",
            (file.name, file.path, file.is_article, file.size, file.mtime_ns, sha256),
        )

    def _place(self, key: int) -> Place | None:
        row = self._connection.execute(
            "SELECT address, day, moment, id, terms, mentioned FROM articles WHERE key = ? "
            "AND status = 'published'",
            (key,),
        ).fetchone()
        if row is None:
            return None
        address, day, moment, id, terms, mentioned = row
        both = json.loads(terms) + json.loads(mentioned)
        collections = tuple(dict.fromkeys(collection for collection, _ in both))
        return Place(key, address, day, moment, id, collections)
