"""Earlier coverage: the older articles that share most tags with an article.

Articles of earlier days rank by the number of tags that they share with it; of two with as many,
the later one comes first. The rank depends on these two articles alone. So a new article changes no
older page, and an article that is added late changes only the pages that show it.

The table `shared` has a row for each article and each set of its tags, so that the articles with a
set of tags are looked up in an index. Five tags have 31 sets and each further tag doubles them:
only the first five tags of an article are compared.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from newsarchive.model.changes import Place
from newsarchive.model.periods import NO_DAY
from newsarchive.tagging.authority import Authority

COMPARED = 5
"""The number of an article's tags that are compared with those of other articles."""

SHOWN = 5
"""The largest number of earlier articles that a page shows."""

Membership = tuple[int, int, int, int]
"""(collection, day, moment, article): a row of the table `memberships`."""

SharedRow = tuple[str, int, int, int, int]
"""(tags, day, moment, tie, article): a row of the table `shared`."""

_LAST_DAY = 99999999


class Related:
    """Finds articles that share tags."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        self._connection = connection
        self._authority = authority
        self._identity = lru_cache(20_000)(self._tag_identity)

    def shared_rows(
        self,
        memberships: Sequence[Membership],
        source: str,
        tie_break: int,
        *,
        with_hidden: bool = False,
    ) -> Iterator[SharedRow]:
        """The rows of the table `shared` for an article with these memberships. `source` and
        `tie_break` order articles of one moment. An undated article has no rows."""
        _, day, moment, article = memberships[0]
        if day == NO_DAY or len(memberships) == 1:
            return
        tags = self._compared((row[0] for row in memberships), with_hidden=with_hidden)
        order = order_in_moment(source, tie_break)
        for tag_set in _tag_sets(tags):
            yield tag_set, day, moment, order, article

    def earlier_coverage(self, day: int, collections: Iterable[int]) -> list[int]:
        """The articles to show as earlier coverage of an article with this day and these
        collections, newest first; at most SHOWN."""
        tag_sets = list(_tag_sets(self._compared(collections))) if day != NO_DAY else []
        ranks: dict[int, tuple[int, int, int, int]] = {}
        values = [value for tag_set in tag_sets for value in (tag_set, day)]
        rows = self._connection.execute(_statement(len(tag_sets)), values) if tag_sets else ()
        for tag_set, earlier_day, moment, order, article in rows:
            rank = tag_set.count(" "), earlier_day, moment, order
            ranks[article] = max(ranks.get(article, rank), rank)
        best = sorted(ranks, key=ranks.__getitem__, reverse=True)[:SHOWN]
        return sorted(best, key=lambda article: ranks[article][1:], reverse=True)

    def articles_that_may_show(self, place: Place) -> Iterator[int]:
        """The articles that may show the article at a place as earlier coverage, or did so before.

        For each set of its tags, the next SHOWN articles with these tags are enough: any later
        article has that many newer ones to show. If several articles changed at once and one
        replaced another on a page, the page is found through the article that is new on it.
        """
        if place.day == NO_DAY:
            return
        for tag_set in _tag_sets(self._compared(place.collections)):
            last = self._connection.execute(
                "SELECT day FROM shared WHERE tags = ? AND (day, moment) > (?, ?) "
                "ORDER BY day, moment LIMIT 1 OFFSET ?",
                (tag_set, place.day, place.moment, SHOWN - 1),
            ).fetchone()
            for (article,) in self._connection.execute(
                "SELECT article FROM shared WHERE tags = ? AND day > ? AND day <= ?",
                (tag_set, place.day, last[0] if last else _LAST_DAY),
            ):
                yield article

    def _compared(
        self, collections: Iterable[int], *, with_hidden: bool = False
    ) -> tuple[int, ...]:
        """The keys of the first COMPARED tags among these collections, sorted. A hidden tag counts
        as one of them, so that hiding it brings in no other tag."""
        tags: list[int] = []
        for key in collections:
            if self._identity(key) is not None and len(tags) < COMPARED:
                tags.append(key)
        return tuple(sorted(key for key in tags if with_hidden or self._is_compared(key)))

    def _is_compared(self, key: int) -> bool:
        identity = self._identity(key)
        if identity is None:
            return False
        tag = self._authority.tag_of(identity)
        return tag is None or not tag.hidden

    def _tag_identity(self, key: int) -> str | None:
        """The identity of a tag; None for a collection of another kind."""
        row = self._connection.execute(
            "SELECT identity FROM collections WHERE key = ? AND kind = 'tag'", (key,)
        ).fetchone()
        return row[0] if row else None


def order_in_moment(source: str, tie_break: int) -> int:
    """A number that orders articles of one moment: different for each of them, and independent of
    the order in which builds read them."""
    name = f"{source} {tie_break}".encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(name, digest_size=6).digest())


def _tag_sets(tags: tuple[int, ...]) -> Iterator[str]:
    """All sets of tags, the largest first, as the column `tags` of `shared` writes them."""
    for size in range(len(tags), 0, -1):
        for tag_set in combinations(tags, size):
            yield " ".join(map(str, tag_set))


@lru_cache
def _statement(number: int) -> str:
    """The SQL statement that selects the latest articles of each of `number` sets of tags."""
    selection = (
        f"SELECT * FROM (SELECT tags, day, moment, tie, article FROM shared WHERE tags = ? "  # noqa: S608
        f"AND day < ? ORDER BY day DESC, moment DESC, tie DESC LIMIT {SHOWN})"
    )
    return " UNION ALL ".join([selection] * number)
