"""Earlier coverage: the older articles that share most tags with an article.

The rule looks at two articles and at nothing else, so that what came later never bears on it: of
the articles of earlier days, those that share more tags come before those that share fewer, and of
those that share as many, the later ones. Hence a new article changes no older page, and one that
comes late only the pages that show it.

Which articles share a set of tags is looked up, not searched for: the table `shared` has a row for
each article and each set of its tags. There are 2 to the power of their number, so only the first
five tags of each article are compared.
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
"""How many of an article's tags are compared with those of others."""

SHOWN = 5
"""How many earlier articles a page shows."""

Membership = tuple[int, int, int, int]
"""Collection, day, moment and article."""

Shared = tuple[str, int, int, int, int]
"""Tags, day, moment, tie and article."""

_LAST_DAY = 99999999


class Related:
    """Looks up which articles share tags."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        self._connection = connection
        self._authority = authority
        self._tag = lru_cache(20_000)(self._tag_identity)

    def rows(
        self,
        memberships: Sequence[Membership],
        source: str,
        tie_break: int,
        *,
        with_hidden: bool = False,
    ) -> Iterator[Shared]:
        """The rows of `shared` for an article with these memberships, by its place in a source."""
        _, day, moment, article = memberships[0]
        if day == NO_DAY or len(memberships) == 1:
            return
        tags = self._compared((row[0] for row in memberships), with_hidden=with_hidden)
        decides = tie(source, tie_break)
        for named in _sets(tags):
            yield named, day, moment, decides, article

    def earlier(self, day: int, collections: Iterable[int]) -> list[int]:
        """The articles that are shown as earlier coverage of one of a day with these collections,
        the newest first."""
        sets = list(_sets(self._compared(collections))) if day != NO_DAY else []
        found: dict[int, tuple[int, int, int, int]] = {}
        values = [value for named in sets for value in (named, day)]
        rows = self._connection.execute(_statement(len(sets)), values) if sets else ()
        for tags, its_day, moment, decides, article in rows:
            rank = tags.count(" "), its_day, moment, decides
            found[article] = max(found.get(article, rank), rank)
        best = sorted(found, key=found.__getitem__, reverse=True)[:SHOWN]
        return sorted(best, key=lambda article: found[article][1:], reverse=True)

    def later(self, place: Place) -> Iterator[int]:
        """The articles that may show, or may have shown, the one at a place as earlier coverage.

        Of those that share the same tags with it no more than the next few: what lies between is
        newer and shares as many. Where several articles changed at once, one that is no longer
        shown somewhere gave way to one that is new there, and that leads to the page as well.
        """
        if place.day == NO_DAY:
            return
        for named in _sets(self._compared(place.collections)):
            last = self._connection.execute(
                "SELECT day FROM shared WHERE tags = ? AND (day, moment) > (?, ?) "
                "ORDER BY day, moment LIMIT 1 OFFSET ?",
                (named, place.day, place.moment, SHOWN - 1),
            ).fetchone()
            for (article,) in self._connection.execute(
                "SELECT article FROM shared WHERE tags = ? AND day > ? AND day <= ?",
                (named, place.day, last[0] if last else _LAST_DAY),
            ):
                yield article

    def _compared(
        self, collections: Iterable[int], *, with_hidden: bool = False
    ) -> tuple[int, ...]:
        """The first tags among these collections, in rising order; hidden ones take a place, so
        that to hide one lets no other in."""
        tags: list[int] = []
        for key in collections:
            if self._tag(key) is not None and len(tags) < COMPARED:
                tags.append(key)
        return tuple(sorted(key for key in tags if with_hidden or self._is_compared(key)))

    def _is_compared(self, key: int) -> bool:
        identity = self._tag(key)
        if identity is None:
            return False
        laid_down = self._authority.tag_of(identity)
        return laid_down is None or not laid_down.hidden

    def _tag_identity(self, key: int) -> str | None:
        """The identity of a tag; None for a collection of another kind."""
        row = self._connection.execute(
            "SELECT identity FROM collections WHERE key = ? AND kind = 'tag'", (key,)
        ).fetchone()
        return row[0] if row else None


def tie(source: str, tie_break: int) -> int:
    """What decides between articles of one moment: a number that differs for all of them, whatever
    the order in which they came."""
    named = f"{source} {tie_break}".encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(named, digest_size=6).digest())


def _sets(tags: tuple[int, ...]) -> Iterator[str]:
    """All sets of tags, the largest first, as `shared` names them."""
    for size in range(len(tags), 0, -1):
        for chosen in combinations(tags, size):
            yield " ".join(map(str, chosen))


@lru_cache
def _statement(number: int) -> str:
    """Asks for the latest articles of so many sets of tags at once."""
    one = (
        f"SELECT * FROM (SELECT tags, day, moment, tie, article FROM shared WHERE tags = ? "  # noqa: S608
        f"AND day < ? ORDER BY day DESC, moment DESC, tie DESC LIMIT {SHOWN})"
    )
    return " UNION ALL ".join([one] * number)
