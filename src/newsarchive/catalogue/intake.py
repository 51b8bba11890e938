"""Intake: articles into the catalogue and out of it, and what that changed."""

import json
import sqlite3
from collections import Counter
from datetime import tzinfo
from functools import lru_cache

from newsarchive import addresses
from newsarchive.article import Article
from newsarchive.catalogue.changes import Changes, Place
from newsarchive.catalogue.records import record_of
from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.catalogue.settling import Settling
from newsarchive.periods import NO_DAY, day_number, periods_of
from newsarchive.problems import Problem
from newsarchive.scan import SourceFile
from newsarchive.text import identity, slug

LISTED_CHANGES = 5_000
"""Beyond so many changed articles the planner looks at every output rather than at each change."""

_COUNTS_HELD = 50_000


class Intake:
    """Takes in what was read. `settle` must follow the last article."""

    def __init__(self, connection: sqlite3.Connection, zone: tzinfo) -> None:
        self._connection = connection
        self._zone = zone
        self._left: dict[int, Place] = {}
        self._touched: set[int] = set()
        self._new: set[int] = set()
        self._everything = False
        self._periods: Counter[tuple[int, int]] = Counter()
        self._spellings: Counter[tuple[int, str]] = Counter()
        self._settling = Settling(connection, self.note, self.enter, self.leave)
        self._collection = lru_cache(20_000)(self._collection_key)

    def keep_source(self, file: SourceFile) -> None:
        """Remember the state in which a source was read."""
        self._connection.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
            (file.name, file.path, file.is_article, file.size, file.mtime_ns),
        )
        self._touch_referring(file.name)

    def forget_source(self, name: str) -> None:
        """Take out a source that vanished or is about to be read again, with its articles."""
        rows = self._connection.execute(
            "SELECT key, status, content, claimed_id, claim FROM articles WHERE source = ?", (name,)
        )
        for key, status, content, claimed_id, claim in rows.fetchall():
            if status == "published":
                self.note(key)
                self.leave(key)
            self._touched.discard(key)
            if status != "draft":
                self._settling.mark(content, claimed_id, claim)
            self._connection.execute("DELETE FROM articles WHERE key = ?", (key,))
            self._connection.execute("DELETE FROM bodies WHERE article = ?", (key,))
            self._connection.execute("DELETE FROM files WHERE article = ?", (key,))
        self._connection.execute("DELETE FROM problems WHERE source = ?", (name,))
        self._connection.execute("DELETE FROM sources WHERE name = ?", (name,))
        self._touch_referring(name)

    def forget_everything(self) -> None:
        """Take out all sources: they are to be read again, by other rules."""
        self._everything = True
        for table in ("sources", "problems", "articles", "bodies", "files", "spellings",
                      "memberships", "periods"):  # fmt: skip
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
        self._connection.execute("DELETE FROM collections WHERE key != ?", (ALL_ARTICLES,))

    def forget_problems_of_scan(self) -> None:
        """Forget what was wrong with files that never came to be read: every scan says it anew."""
        self._connection.execute("DELETE FROM problems WHERE source = ''")

    def report(self, source: str, problem: Problem) -> None:
        """Keep what is to be said about a source."""
        self._connection.execute(
            "INSERT INTO problems VALUES (?, ?, ?, ?, ?)",
            (source, problem.path, problem.line, problem.reason, problem.set_aside),
        )

    def add(self, article: Article) -> None:
        """Take in an article; its id and address are its own unless `settle` finds another's."""
        day, moment = self._day_and_moment(article)
        claim = addresses.article(day, article.slug, article.headline)
        content = article.content_digest()
        if not article.draft:
            self._settling.mark_if_contested(content, article.id, claim)
        cursor = self._connection.execute(
            "INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.source,
                article.position,
                "draft" if article.draft else "published",
                content,
                article.id,
                article.id,
                claim,
                claim,
                day,
                moment,
                json.dumps(self._terms(article), ensure_ascii=False),
                record_of(article),
            ),
        )
        key = cursor.lastrowid
        assert key is not None
        self._connection.execute("INSERT INTO bodies VALUES (?, ?)", (key, article.body))
        if article.files:
            self._connection.executemany(
                "INSERT INTO files VALUES (?, ?)", [(name, key) for name in article.files]
            )
        if not self._everything:
            self._new.add(key)
        if not article.draft:
            self.note(key)
            self.enter(key)

    def settle(self) -> Changes:
        """Give every article its id and address and every collection its name and slug, and say
        what has changed since the build began."""
        self._settling.settle_articles()
        self._flush_counts()
        moved = self._settling.settle_collections()
        if self._everything:
            return Changes(everything=True)
        taken = [place for key in sorted(self._touched) if (place := self._place(key))]
        return Changes(tuple(self._left.values()), tuple(taken), tuple(moved))

    def note(self, key: int) -> None:
        """Note that an article is about to change, and where it stood before the build."""
        if self._everything or key in self._touched:
            return
        self._touched.add(key)
        if key not in self._new and (place := self._place(key)):
            self._left[key] = place
        if len(self._touched) + len(self._left) > LISTED_CHANGES:
            self._everything = True
            self._touched.clear()
            self._left.clear()
            self._new.clear()

    def enter(self, key: int) -> None:
        """Put an article into its collections."""
        self._count(key, 1)

    def leave(self, key: int) -> None:
        """Take an article out of its collections."""
        self._count(key, -1)

    def _count(self, key: int, step: int) -> None:
        day, moment, terms = self._connection.execute(
            "SELECT day, moment, terms FROM articles WHERE key = ?", (key,)
        ).fetchone()
        periods = [period.number for period in periods_of(day) if period.kind != "day"]
        memberships = []
        for collection, spelling in json.loads(terms):
            memberships.append((collection, day, moment, key))
            for period in periods:
                self._periods[collection, period] += step
            if collection != ALL_ARTICLES:
                self._spellings[collection, spelling] += step
                self._settling.mark_collection(collection)
        self._connection.executemany(
            "INSERT INTO memberships VALUES (?, ?, ?, ?)"
            if step > 0
            else "DELETE FROM memberships WHERE (collection, day, moment, article) = (?, ?, ?, ?)",
            memberships,
        )
        if len(self._periods) + len(self._spellings) > _COUNTS_HELD:
            self._flush_counts()

    def _flush_counts(self) -> None:
        for table, column, counts in (
            ("periods", "period", self._periods),
            ("spellings", "spelling", self._spellings),
        ):
            self._connection.executemany(
                f"INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT (collection, {column}) "  # noqa: S608
                "DO UPDATE SET articles = articles + excluded.articles",
                [(*key, count) for key, count in counts.items() if count],
            )
            self._connection.executemany(
                f"DELETE FROM {table} WHERE (collection, {column}) = (?, ?) AND articles = 0",  # noqa: S608
                [key for key, count in counts.items() if count < 0],
            )
            counts.clear()

    def _terms(self, article: Article) -> list[tuple[int, str]]:
        names = [("tag", tag) for tag in article.tags]
        names += [("author", author) for author in article.authors]
        names += [("section", article.section)] if article.section else []
        return [(ALL_ARTICLES, "")] + [
            (self._collection(kind, identity(name)), name) for kind, name in names
        ]

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
            "SELECT key FROM files JOIN articles ON key = article WHERE name = ? "
            "AND status = 'published'",
            (name,),
        )
        for (key,) in referring.fetchall():
            self.note(key)

    def _day_and_moment(self, article: Article) -> tuple[int, int]:
        if article.published is None:
            return NO_DAY, 0
        local = article.published.astimezone(self._zone)
        return day_number(local), int(article.published.timestamp())

    def _place(self, key: int) -> Place | None:
        row = self._connection.execute(
            "SELECT address, day, moment, id, terms FROM articles WHERE key = ? "
            "AND status = 'published'",
            (key,),
        ).fetchone()
        if row is None:
            return None
        address, day, moment, id, terms = row
        collections = tuple(collection for collection, _ in json.loads(terms))
        return Place(key, address, day, moment, id, collections)
