"""Overviews: what the archive and its collections are like as a whole, for charts and calendars."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsarchive.catalogue.queries import Queries, keys
from newsarchive.model.collection import ALL_ARTICLES, Collection
from newsarchive.model.dates import Precision
from newsarchive.model.periods import Period, numbered

_SAMPLED = 200
"""Of so many of a collection's latest articles it is counted what they have in common."""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Update:
    """When an article was published and changed."""

    address: str
    day: int
    published: datetime | None
    modified: datetime | None
    precision: Precision | None


class Statistics:
    """Questions of numbers to the catalogue."""

    def __init__(self, connection: sqlite3.Connection, queries: Queries) -> None:
        self._connection = connection
        self._queries = queries

    def months(self, collection: int, period: Period) -> list[tuple[Period, int]]:
        """The months of all time or of a year that have articles, with their counts, the earliest
        first."""
        rows = self._connection.execute(
            "SELECT period, articles FROM periods WHERE collection = ? "
            "AND period BETWEEN ? AND ? AND period % 10000 NOT IN (0, -1) ORDER BY period",
            (collection, *period.days),
        )
        return [(numbered(number), count) for number, count in rows]

    def days(self, period: Period) -> dict[int, int]:
        """How many articles each day of a year or month has, by its number."""
        return dict(
            self._connection.execute(
                "SELECT day, count(*) FROM memberships WHERE collection = ? "
                "AND day BETWEEN ? AND ? GROUP BY day",
                (ALL_ARTICLES, *period.days),
            )
        )

    def largest(self, kind: str, limit: int) -> list[tuple[Collection, int]]:
        """The collections of a kind that have most articles, with their counts."""
        rows = self._connection.execute(
            "SELECT key, kind, name, slug, articles FROM collections "
            "JOIN periods ON collection = key AND period = 0 WHERE kind = ? AND slug != '' "
            "ORDER BY articles DESC, identity LIMIT ?",
            (kind, limit),
        )
        return [(Collection(*collection), count) for *collection, count in rows]

    def number_of(self, kind: str) -> int:
        """How many collections of a kind have pages."""
        row = self._connection.execute(
            "SELECT count(*) FROM collections WHERE kind = ? AND slug != ''", (kind,)
        ).fetchone()
        number: int = row[0]
        return number

    def collections_from(self, skip: int, limit: int) -> list[Collection]:
        """So many of the tags, authors and sections that have pages, by kind and identity."""
        rows = self._connection.execute(
            "SELECT key, kind, name, slug FROM collections WHERE slug != '' "
            "ORDER BY kind, identity LIMIT ? OFFSET ?",
            (limit, skip),
        )
        return [Collection(*row) for row in rows]

    def updates(self, period: Period, limit: int, skip: int) -> Iterator[Update]:
        """When the articles of a period were published and changed, the earliest first."""
        for address, day, published, modified, precision in self._connection.execute(
            "SELECT a.address, m.day, a.record ->> 'published', a.record ->> 'modified', "
            "a.record ->> 'precision' FROM memberships m JOIN articles a ON a.key = m.article "
            "WHERE m.collection = ? AND m.day BETWEEN ? AND ? "
            "ORDER BY m.day, m.moment, a.id LIMIT ? OFFSET ?",
            (ALL_ARTICLES, *period.days, limit, skip),
        ):
            yield Update(address, day, _moment(published), _moment(modified), precision)

    def updated(self, period: Period) -> datetime | None:
        """The last known change of the articles of a month, or of the undated shelf, in UTC; None
        where none is known."""
        row = self._connection.execute(
            "SELECT max(updated) FROM articles WHERE status = 'published' AND day / 100 = ?",
            (period.days[0] // 100,),
        ).fetchone()
        if row[0] is None or (period.undated and row[0] == 0):
            return None
        return _EPOCH + timedelta(seconds=row[0])

    def ends(self, collection: int) -> tuple[int, int] | None:
        """The first and the last day on which a collection has articles; None where none of them
        has a date."""
        # Two questions of one end each are looked up; one of both would read all that lies between.
        first, last = (
            self._connection.execute(
                f"SELECT {end}(day) FROM memberships WHERE collection = ? AND day > 0",  # noqa: S608
                (collection,),
            ).fetchone()[0]
            for end in ("min", "max")
        )
        return (first, last) if first else None

    def companions(self, collection: int, least: int, limit: int) -> list[tuple[Collection, int]]:
        """The tags that a collection's latest articles have most often besides it, at least so
        often, with how many have them."""
        found: Counter[int] = Counter()
        for terms, mentioned in self._connection.execute(
            "SELECT a.terms, a.mentioned FROM memberships m JOIN articles a ON a.key = m.article "
            "WHERE m.collection = ? ORDER BY m.day DESC, m.moment DESC, a.id DESC LIMIT ?",
            (collection, _SAMPLED),
        ):
            found.update(keys(terms) + (keys(mentioned) if mentioned != "[]" else ()))
        often = [(key, count) for key, count in found.items() if count >= least]
        tags = [
            (tag, count)
            for key, count in often
            if key != collection and (tag := self._queries.collection(key)).kind == "tag"
        ]
        # The slug is made of the identity, and no two have the same.
        tags = [(tag, count) for tag, count in tags if tag.slug]
        return sorted(tags, key=lambda one: (-one[1], one[0].slug))[:limit]


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
