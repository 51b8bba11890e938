"""Answers: what planning and rendering ask of the catalogue."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from newsarchive.catalogue import redirect_targets
from newsarchive.catalogue.files import Files
from newsarchive.catalogue.records import fields_of
from newsarchive.catalogue.related import Related
from newsarchive.model.changes import Place
from newsarchive.model.collection import ALL_ARTICLES, Collection
from newsarchive.model.periods import LEAP_YEAR, NO_DAY, Period, numbered
from newsarchive.model.text import identity
from newsarchive.tagging.authority import Authority


@dataclass(frozen=True, slots=True)
class Entry:
    """A published article as listings show it."""

    address: str
    fields: dict[str, Any]
    """The fields of the Article that are not empty, but for its body."""
    is_mention: bool
    """Whether it only mentions the tag that is listed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A published article with all that is known of it."""

    address: str
    fields: dict[str, Any]
    """The fields of the Article that are not empty, but for its body."""
    id: str
    day: int
    body: str | None
    """None where it was not asked for."""
    collections: tuple[int, ...]
    """By what it states."""
    mentioned: tuple[int, ...]
    """The tags that it has from what it says."""
    previous: tuple[str, str] | None = None
    """The address and the headline of the article before it."""
    next: tuple[str, str] | None = None
    missing: tuple[str, ...] = ()
    """The files that it refers to and that are not in the source folders."""


class Queries:
    """Questions to the catalogue, each answered from an index."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        self._connection = connection
        self.authority = authority
        self.collection = lru_cache(20_000)(self._collection)
        self.files = Files(connection)
        self._related = Related(connection, authority)

    def _collection(self, key: int) -> Collection:
        """The collection with this key; its slug is empty where it is hidden or has no articles."""
        row = self._connection.execute(
            "SELECT key, kind, name, slug FROM collections WHERE key = ?", (key,)
        ).fetchone()
        return Collection(*row)

    def collections(self, kind: str | None = None) -> Iterator[tuple[Collection, int]]:
        """The collections that have pages, of one kind or of all, by name, with their counts."""
        rows = self._connection.execute(
            "SELECT key, kind, name, slug, articles FROM collections "  # noqa: S608
            "JOIN periods ON collection = key AND period = 0 "
            f"WHERE (slug != '' OR kind = 'all') {'AND kind = ?' if kind else ''} "
            "ORDER BY kind, identity",
            (kind,) if kind else (),
        )
        for *collection, count in rows:
            yield Collection(*collection), count

    def count(self, collection: int, period: Period) -> int:
        """How many published articles the collection has in the period."""
        if period.kind == "day":
            row = self._connection.execute(
                "SELECT count(*) FROM memberships WHERE (collection, day) = (?, ?)",
                (collection, period.number),
            ).fetchone()
        else:
            row = self._connection.execute(
                "SELECT articles FROM periods WHERE (collection, period) = (?, ?)",
                (collection, period.number),
            ).fetchone()
        return row[0] if row else 0

    def count_before(self, day: int, period: Period) -> int:
        """How many articles of a period stand before a day."""
        row = self._connection.execute(
            "SELECT count(*) FROM memberships WHERE collection = ? AND day >= ? AND day < ?",
            (ALL_ARTICLES, period.days[0], day),
        ).fetchone()
        number: int = row[0]
        return number

    def number_of_collections(self) -> int:
        """How many tags, authors and sections have pages."""
        row = self._connection.execute("SELECT count(*) FROM collections WHERE slug != ''")
        number: int = row.fetchone()[0]
        return number

    def sub_periods(self, collection: int, period: Period) -> list[tuple[Period, int]]:
        """The next shorter periods that have articles, with their counts, the latest first; for
        all time the undated shelf comes last."""
        match period.kind:
            case "all":
                rows = self._connection.execute(
                    "SELECT period, articles FROM periods WHERE collection = ? "
                    "AND period != 0 AND period % 10000 IN (0, -1) ORDER BY period DESC",
                    (collection,),
                )
            case "year":
                rows = self._connection.execute(
                    "SELECT period, articles FROM periods WHERE collection = ? "
                    "AND period > ? AND period <= ? ORDER BY period DESC",
                    (collection, *period.days),
                )
            case "month":
                rows = self._connection.execute(
                    "SELECT day, count(*) FROM memberships WHERE collection = ? "
                    "AND day BETWEEN ? AND ? GROUP BY day ORDER BY day DESC",
                    (collection, *period.days),
                )
            case _:
                return []
        return [(numbered(number), count) for number, count in rows]

    def nearest(self, collection: int, period: Period) -> tuple[Period | None, Period | None]:
        """The nearest earlier and later period of the same length that has articles."""
        return self._near(collection, period, "<", "max"), self._near(
            collection, period, ">", "min"
        )

    def _near(self, collection: int, period: Period, side: str, end: str) -> Period | None:
        if period.kind in ("all", "undated"):
            return None
        if period.kind == "day":
            table, column, length = "memberships", "day", ""
        else:
            table, column = "periods", "period"
            length = "AND period % 10000 " + ("= 0" if period.kind == "year" else "!= 0")
        number = self._connection.execute(
            f"SELECT {end}({column}) FROM {table} "  # noqa: S608
            f"WHERE collection = ? AND {column} {side} ? AND {column} > 0 {length}",
            (collection, period.number),
        ).fetchone()[0]
        return None if number is None else numbered(number)

    def places(self) -> Iterator[Place]:
        """Where all published articles stand, the earliest first."""
        for key, address, day, moment, id in self._connection.execute(
            "SELECT key, address, day, moment, id FROM articles WHERE status = 'published' "
            "ORDER BY day, moment, id"
        ):
            yield Place(key, address, day, moment, id, ())

    def latest(self, collection: int, period: Period, limit: int) -> list[Entry]:
        """The latest articles of a listing, the newest first."""
        return self._entries(collection, period, "DESC", limit, 0)

    def earliest(self, collection: int, period: Period, limit: int, skip: int = 0) -> list[Entry]:
        """The articles of a listing, the earliest first."""
        return self._entries(collection, period, "ASC", limit, skip)

    def _entries(
        self, collection: int, period: Period, order: str, limit: int, skip: int
    ) -> list[Entry]:
        columns = "a.address, a.record, a.mentioned"
        rows = self._ranked(columns, collection, period, order, limit, skip)
        return [
            Entry(address, fields_of(record), mentioned != "[]" and collection in keys(mentioned))
            for address, record, mentioned in rows
        ]

    def stored(
        self,
        collection: int,
        period: Period,
        limit: int,
        *,
        with_body: bool,
        newest_first: bool,
        skip: int = 0,
    ) -> Iterator[Stored]:
        """Articles of a listing with all that is known of them."""
        columns = "a.key, a.address, a.day, a.id, a.record, a.terms, a.mentioned"
        order = "DESC" if newest_first else "ASC"
        for key, *row in self._ranked(columns, collection, period, order, limit, skip):
            yield self._stored(key, *row, body=self._body(key) if with_body else None)

    def _ranked(
        self, columns: str, collection: int, period: Period, order: str, limit: int, skip: int
    ) -> Iterator[Any]:
        return self._connection.execute(
            f"SELECT {columns} FROM memberships m JOIN articles a ON a.key = m.article "  # noqa: S608
            "WHERE m.collection = ? AND m.day BETWEEN ? AND ? "
            f"ORDER BY m.day {order}, m.moment {order}, a.id {order} LIMIT ? OFFSET ?",
            (collection, *period.days, limit, skip),
        )

    def article(self, key: int) -> Stored:
        """A published article and those beside it."""
        address, day, moment, id, *said = self._connection.execute(
            "SELECT address, day, moment, id, record, terms, mentioned FROM articles WHERE key = ?",
            (key,),
        ).fetchone()
        beside = [self._beside(day, moment, id, *way) for way in (("<", "DESC"), (">", "ASC"))]
        return self._stored(key, address, day, id, *said, *beside, body=self._body(key))

    def _stored(
        self,
        key: int,
        address: str,
        day: int,
        id: str,
        record: str,
        terms: str,
        mentioned: str,
        *beside: Any,
        body: str | None,
    ) -> Stored:
        fields = fields_of(record)
        missing = self.files.missing(key) if "files" in fields else ()
        previous, following = beside or (None, None)
        return Stored(
            address,
            fields,
            id,
            day,
            body,
            keys(terms),
            keys(mentioned),
            previous,
            following,
            missing,
        )

    def _body(self, key: int) -> str:
        html: str = self._connection.execute(
            "SELECT html FROM bodies WHERE article = ?", (key,)
        ).fetchone()[0]
        return html

    def _beside(
        self, day: int, moment: int, id: str, side: str, order: str
    ) -> tuple[str, str] | None:
        columns = "address, record ->> 'headline'"
        row = self._nearest_article(columns, day, moment, id, side, order)
        return (row[0], row[1]) if row else None

    def neighbours(self, day: int, moment: int, id: str) -> tuple[int | None, int | None]:
        """The articles just before and just after a place in the order of all dated articles, or,
        for day 0, of the undated ones."""
        return self._neighbour(day, moment, id, "<", "DESC"), self._neighbour(
            day, moment, id, ">", "ASC"
        )

    def _neighbour(self, day: int, moment: int, id: str, side: str, order: str) -> int | None:
        row = self._nearest_article("key", day, moment, id, side, order)
        return row[0] if row else None

    def _nearest_article(
        self, columns: str, day: int, moment: int, id: str, side: str, order: str
    ) -> Any:
        row = self._connection.execute(
            f"SELECT day, {columns} FROM articles WHERE status = 'published' "  # noqa: S608
            f"AND (day, moment, id) {side} (?, ?, ?) "
            f"ORDER BY day {order}, moment {order}, id {order} LIMIT 1",
            (day, moment, id),
        ).fetchone()
        # The last of the undated articles stands beside the first of the dated ones.
        return row[1:] if row and (row[0] == NO_DAY) == (day == NO_DAY) else None

    def place(self, key: int) -> Place | None:
        """Where a published article stands."""
        row = self._connection.execute(
            "SELECT address, day, moment, id FROM articles WHERE key = ? AND status = 'published'",
            (key,),
        ).fetchone()
        if row is None:
            return None
        address, day, moment, id = row
        return Place(key, address, day, moment, id, ())

    def in_all_years(self, month: int, day: int) -> list[tuple[Period, int]]:
        """The days of all years with this month and day that have articles, with their counts,
        the latest first."""
        rows = self._connection.execute(
            # From each year to its day: the other way round all days would be looked through.
            "SELECT day, count(*) FROM periods CROSS JOIN memberships m "
            "ON m.collection = periods.collection AND day = period + ? "
            "WHERE periods.collection = ? AND period > 0 AND period % 10000 = 0 "
            "GROUP BY day ORDER BY day DESC",
            (month * 100 + day, ALL_ARTICLES),
        )
        return [(numbered(number), count) for number, count in rows]

    def headlines(self, period: Period, limit: int, skip: int) -> list[tuple[str, str]]:
        """The addresses and headlines of articles of a period, the earliest first."""
        columns = "a.address, a.record ->> 'headline'"
        return list(self._ranked(columns, ALL_ARTICLES, period, "ASC", limit, skip))

    def all_days(self) -> Iterator[int]:
        """The numbers of all days that have articles, the earliest first."""
        # From one day to the next: the index has a row for each article.
        rows = self._connection.execute(
            "WITH RECURSIVE days (day) AS (VALUES (0) UNION ALL SELECT "
            "(SELECT min(day) FROM memberships WHERE collection = ? AND day > days.day) "
            "FROM days WHERE day IS NOT NULL) SELECT day FROM days WHERE day > 0",
            (ALL_ARTICLES,),
        )
        return (day for (day,) in rows)

    def calendar_days(self) -> list[Period]:
        """The days of the calendar that have articles in some year, as days of LEAP_YEAR."""
        days = sorted({number % 10000 for number in self.all_days()})
        return [Period(LEAP_YEAR, day // 100, day % 100) for day in days]

    def later(self, place: Place) -> Iterator[int]:
        """The articles that may show the one at a place as earlier coverage."""
        return self._related.later(place)

    def earlier(self, stored: Stored) -> list[Entry]:
        """The earlier coverage of an article, the newest first."""
        collections = dict.fromkeys(stored.collections + stored.mentioned)
        found = []
        for key in self._related.earlier(stored.day, collections):
            address, record = self._connection.execute(
                "SELECT address, record FROM articles WHERE key = ?", (key,)
            ).fetchone()
            found.append(Entry(address, fields_of(record), is_mention=False))
        return found

    def redirect_addresses(self) -> Iterator[str]:
        """The addresses that answer with where their page is now, or that it was withdrawn."""
        for (address,) in self._connection.execute(
            "SELECT address FROM redirects ORDER BY address"
        ):
            yield address

    def target(self, address: str) -> tuple[str | None, bool]:
        """Where a former address leads to, None where its article is not published; and whether
        that article is only set aside."""
        row = redirect_targets.at(self._connection, address)
        found = redirect_targets.target(self._connection, self.authority, row)
        return found, redirect_targets.is_set_aside(self._connection, row)

    def tag(self, named: str) -> Collection | None:
        """The tag that a name leads to; None where it has no page."""
        row = self._connection.execute(
            "SELECT key, kind, name, slug FROM collections "
            "WHERE kind = 'tag' AND identity = ? AND slug != ''",
            (self.authority.resolved(identity(named)),),
        ).fetchone()
        return Collection(*row) if row else None

    def withdrawn(self, start: str, end: str) -> list[tuple[str, str]]:
        """The addresses, from one on and before another, and ids of articles that were withdrawn
        and of which there is a page that says so."""
        return redirect_targets.withdrawn(self._connection, self.authority, start, end)


def keys(terms: str) -> tuple[int, ...]:
    """The collections in an article's terms, each once."""
    return tuple(dict.fromkeys(collection for collection, _ in json.loads(terms)))
