"""Queries for collections: all articles, tags, authors and sections, and their periods."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from newsarchive.catalogue.query_group import QueryGroup
from newsarchive.model.collection import ALL_ARTICLES, Collection
from newsarchive.model.periods import LEAP_YEAR, Period, numbered
from newsarchive.model.text import identity
from newsarchive.tagging.authority import Authority
from newsarchive.tagging.duplicates import UsedTag


class CollectionQueries(QueryGroup):
    """Finds collections, and counts their articles by period."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        super().__init__(connection, authority)
        self.collection = lru_cache(20_000)(self._collection)

    def _collection(self, key: int) -> Collection:
        """The collection with this key. Its slug is empty if it is hidden or has no articles."""
        row = self._connection.execute(
            "SELECT key, kind, name, slug FROM collections WHERE key = ?", (key,)
        ).fetchone()
        return Collection(*row)

    def collections(self, kind: str | None = None) -> Iterator[tuple[Collection, int]]:
        """(collection, number of articles) for the collections with pages: all of them, or those
        of one kind. They come in the order of kind and identity."""
        rows = self._connection.execute(
            "SELECT key, kind, name, slug, articles FROM collections "  # noqa: S608
            "JOIN periods ON collection = key AND period = 0 "
            f"WHERE (slug != '' OR kind = 'all') {'AND kind = ?' if kind else ''} "
            "ORDER BY kind, identity",
            (kind,) if kind else (),
        )
        for *collection, count in rows:
            yield Collection(*collection), count

    def number_of_collections(self) -> int:
        """The number of tags, authors and sections that have pages."""
        row = self._connection.execute("SELECT count(*) FROM collections WHERE slug != ''")
        number: int = row.fetchone()[0]
        return number

    def tag_by_name(self, name: str) -> Collection | None:
        """The tag that has a name as its own or as an alias; None if it has no page."""
        row = self._connection.execute(
            "SELECT key, kind, name, slug FROM collections "
            "WHERE kind = 'tag' AND identity = ? AND slug != ''",
            (self.authority.resolved(identity(name)),),
        ).fetchone()
        return Collection(*row) if row else None

    def used_tags(self) -> Iterator[UsedTag]:
        """All tags that published articles have; a hidden tag under its most frequent spelling."""
        for name, articles, mentioned, first, last, spelling in self._connection.execute(
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

    def count(self, collection: int, period: Period) -> int:
        """The number of a collection's published articles in a period."""
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
        """The number of articles in a period that are older than a day."""
        row = self._connection.execute(
            "SELECT count(*) FROM memberships WHERE collection = ? AND day >= ? AND day < ?",
            (ALL_ARTICLES, period.days[0], day),
        ).fetchone()
        number: int = row[0]
        return number

    def sub_periods(self, collection: int, period: Period) -> list[tuple[Period, int]]:
        """(period, number of articles) for the years of all time, the months of a year or the days
        of a month that have articles, latest first. Undated articles come last, after the years."""
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
        """The nearest earlier and the nearest later period of the same length with articles."""
        return self._nearest(collection, period, "<", "max"), self._nearest(
            collection, period, ">", "min"
        )

    def _nearest(self, collection: int, period: Period, side: str, end: str) -> Period | None:
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

    def days_with_articles(self) -> Iterator[int]:
        """The numbers of all days that have articles, such as 20230619, earliest first."""
        # Each step looks up the next day, because the index has a row for each article of a day.
        rows = self._connection.execute(
            "WITH RECURSIVE days (day) AS (VALUES (0) UNION ALL SELECT "
            "(SELECT min(day) FROM memberships WHERE collection = ? AND day > days.day) "
            "FROM days WHERE day IS NOT NULL) SELECT day FROM days WHERE day > 0",
            (ALL_ARTICLES,),
        )
        return (day for (day,) in rows)

    def calendar_days(self) -> list[Period]:
        """The days of the year that have articles in some year, as days of LEAP_YEAR."""
        days = sorted({number % 10000 for number in self.days_with_articles()})
        return [Period(LEAP_YEAR, day // 100, day % 100) for day in days]

    def same_day_in_all_years(self, month: int, day: int) -> list[tuple[Period, int]]:
        """(day, number of articles) for a day of the year in every year that has articles on
        it, latest first."""
        rows = self._connection.execute(
            # The join goes from years to days: the other order would read every day.
            "SELECT day, count(*) FROM periods CROSS JOIN memberships m "
            "ON m.collection = periods.collection AND day = period + ? "
            "WHERE periods.collection = ? AND period > 0 AND period % 10000 = 0 "
            "GROUP BY day ORDER BY day DESC",
            (month * 100 + day, ALL_ARTICLES),
        )
        return [(numbered(number), count) for number, count in rows]
