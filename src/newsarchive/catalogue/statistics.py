"""Statistics of the archive and its collections, for charts, calendars and sitemaps."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsarchive.catalogue.article_queries import collection_keys
from newsarchive.catalogue.queries import Queries
from newsarchive.model.collection import ALL_ARTICLES, Collection
from newsarchive.model.dates import Precision
from newsarchive.model.periods import Period, numbered

_SAMPLE = 200
"""The number of a collection's latest articles in which tags are counted."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ArticleDates:
    """The address of an article, and when it was published and modified."""

    address: str
    day: int
    """20230619 in the archive's time zone, 0 if undated."""
    published: datetime | None
    modified: datetime | None
    precision: Precision | None


class Statistics:
    """Counts articles and collections, and finds the first, the last and the largest."""

    def __init__(self, connection: sqlite3.Connection, queries: Queries) -> None:
        self._connection = connection
        self._queries = queries

    def months(self, collection: int, period: Period) -> list[tuple[Period, int]]:
        """(month, number of articles) for the months with articles, of a year or of all time,
        earliest first."""
        rows = self._connection.execute(
            "SELECT period, articles FROM periods WHERE collection = ? "
            "AND period BETWEEN ? AND ? AND period % 10000 NOT IN (0, -1) ORDER BY period",
            (collection, *period.days),
        )
        return [(numbered(number), count) for number, count in rows]

    def days(self, period: Period) -> dict[int, int]:
        """The number of articles on each day with articles of a year or month, by the number of the
        day, such as 20230619."""
        return dict(
            self._connection.execute(
                "SELECT day, count(*) FROM memberships WHERE collection = ? "
                "AND day BETWEEN ? AND ? GROUP BY day",
                (ALL_ARTICLES, *period.days),
            )
        )

    def busiest_days(self, limit: int) -> list[tuple[Period, int]]:
        """(day, number of articles) for the days with most articles; of equal days the earlier
        comes first."""
        rows = self._connection.execute(
            "SELECT day, count(*) AS articles FROM memberships WHERE collection = ? AND day > 0 "
            "GROUP BY day ORDER BY articles DESC, day LIMIT ?",
            (ALL_ARTICLES, limit),
        )
        return [(numbered(day), count) for day, count in rows]

    def untagged_articles(self) -> int:
        """The number of published articles without a tag that has a page."""
        row = self._connection.execute(
            "SELECT count(*) FROM articles a WHERE status = 'published' AND NOT EXISTS ("
            "SELECT 1 FROM (SELECT value FROM json_each(a.terms) "
            "UNION ALL SELECT value FROM json_each(a.mentioned)) t "
            "JOIN collections c ON c.key = t.value ->> 0 WHERE c.kind = 'tag' AND c.slug != '')"
        ).fetchone()
        number: int = row[0]
        return number

    def largest(self, kind: str, limit: int) -> list[tuple[Collection, int]]:
        """(collection, number of articles) for the collections of a kind with most articles."""
        rows = self._connection.execute(
            "SELECT key, kind, name, slug, articles FROM collections "
            "JOIN periods ON collection = key AND period = 0 WHERE kind = ? AND slug != '' "
            "ORDER BY articles DESC, identity LIMIT ?",
            (kind, limit),
        )
        return [(Collection(*collection), count) for *collection, count in rows]

    def collections_of(self, kind: str) -> int:
        """The number of collections of a kind that have pages."""
        row = self._connection.execute(
            "SELECT count(*) FROM collections WHERE kind = ? AND slug != ''", (kind,)
        ).fetchone()
        number: int = row[0]
        return number

    def collections_from(self, skip: int, limit: int) -> list[Collection]:
        """The tags, authors and sections with pages after the first `skip`, at most `limit`, in the
        order of kind and identity."""
        rows = self._connection.execute(
            "SELECT key, kind, name, slug FROM collections WHERE slug != '' "
            "ORDER BY kind, identity LIMIT ? OFFSET ?",
            (limit, skip),
        )
        return [Collection(*row) for row in rows]

    def article_dates(self, period: Period, limit: int, skip: int) -> Iterator[ArticleDates]:
        """The dates of a period's articles after the first `skip`, oldest first, at most
        `limit`."""
        for address, day, published, modified, precision in self._connection.execute(
            "SELECT a.address, m.day, a.record ->> 'published', a.record ->> 'modified', "
            "a.record ->> 'precision' FROM memberships m JOIN articles a ON a.key = m.article "
            "WHERE m.collection = ? AND m.day BETWEEN ? AND ? "
            "ORDER BY m.day, m.moment, a.id LIMIT ? OFFSET ?",
            (ALL_ARTICLES, *period.days, limit, skip),
        ):
            yield ArticleDates(address, day, _datetime(published), _datetime(modified), precision)

    def last_update(self, period: Period) -> datetime | None:
        """The time, in UTC, of the last known change of an article of a month, or of an undated
        one; None if no change is known."""
        row = self._connection.execute(
            "SELECT max(updated) FROM articles WHERE status = 'published' AND day / 100 = ?",
            (period.days[0] // 100,),
        ).fetchone()
        if row[0] is None or (period.undated and row[0] == 0):
            return None
        return _EPOCH + timedelta(seconds=row[0])

    def first_and_last_day(self, collection: int) -> tuple[int, int] | None:
        """The numbers of the first and the last day with articles of a collection, such as
        20230619; None if it has no dated article."""
        # SQLite looks up min() and max() in the index one by one; together it would scan the rows.
        first, last = (
            self._connection.execute(
                f"SELECT {end}(day) FROM memberships WHERE collection = ? AND day > 0",  # noqa: S608
                (collection,),
            ).fetchone()[0]
            for end in ("min", "max")
        )
        return (first, last) if first else None

    def related_tags(self, collection: int, least: int, limit: int) -> list[tuple[Collection, int]]:
        """(tag, number of articles) for the other tags that at least `least` of a collection's
        latest articles have, the most frequent first."""
        counts: Counter[int] = Counter()
        for terms, mentioned in self._connection.execute(
            "SELECT a.terms, a.mentioned FROM memberships m JOIN articles a ON a.key = m.article "
            "WHERE m.collection = ? ORDER BY m.day DESC, m.moment DESC, a.id DESC LIMIT ?",
            (collection, _SAMPLE),
        ):
            counts.update(collection_keys(terms))
            if mentioned != "[]":
                counts.update(collection_keys(mentioned))
        frequent = [(key, count) for key, count in counts.items() if count >= least]
        tags = [
            (tag, count)
            for key, count in frequent
            if key != collection and (tag := self._queries.collection(key)).kind == "tag"
        ]
        # No two tags share a slug, and slugs come from identities: so the order is fixed.
        tags = [(tag, count) for tag, count in tags if tag.slug]
        return sorted(tags, key=lambda one: (-one[1], one[0].slug))[:limit]


def _datetime(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
