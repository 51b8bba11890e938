"""Earlier coverage: the older articles that share most tags with an article.

The rule looks at two articles and at nothing else, so that what came later never bears on it: of
the articles of earlier days, those that share more tags come before those that share fewer, and of
those that share as many, the later ones. Hence a new article changes no older page, and one that
comes late only the pages that show it.

Which articles share a set of tags is looked up, not searched for: the table `shared` has a row for
each article and each set of two or more of its tags. There are 2 to the power of their number, so
only the first five tags of each article are compared; where they have one in common and no more, it
may be any tag of the older one.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from newsarchive.catalogue.changes import Place
from newsarchive.periods import NO_DAY
from newsarchive.tagging.authority import Authority

COMPARED = 5
"""How many of an article's tags are compared with those of others."""

SHOWN = 5
"""How many earlier articles a page shows."""

Membership = tuple[int, int, int, int]
"""Collection, day, moment and article."""


class Coverage:
    """Looks up which articles share tags."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        self._connection = connection
        self._authority = authority
        self._tag = lru_cache(20_000)(self._tag_identity)

    def rows(
        self, memberships: Sequence[Membership], *, with_hidden: bool = False
    ) -> Iterator[tuple[str, int, int, int]]:
        """The rows of `shared` for an article with these memberships."""
        _, day, moment, article = memberships[0]
        if day != NO_DAY and len(memberships) > 2:
            tags = self._compared((row[0] for row in memberships), with_hidden=with_hidden)
            for size in range(2, len(tags) + 1):
                for named in _sets(tags, size):
                    yield named, day, moment, article

    def earlier(self, day: int, collections: Iterable[int]) -> list[int]:
        """The articles that are shown as earlier coverage of one of a day with these collections,
        the newest first."""
        if day == NO_DAY:
            return []
        tags = self._compared(collections)
        found = self._before(tags, range(len(tags), 1, -1), day)
        if len(found) < SHOWN:
            found |= {
                key: at for key, at in self._before(tags, [1], day).items() if key not in found
            }
        best = sorted(found, key=found.__getitem__, reverse=True)[:SHOWN]
        return sorted(best, key=lambda key: found[key][1:], reverse=True)

    def _before(
        self, tags: tuple[int, ...], sizes: Iterable[int], day: int
    ) -> dict[int, tuple[int, int, int, str]]:
        """The latest articles before a day that share sets of so many of these tags, by the most
        tags that they share, and their place in time."""
        sets = [(size, named) for size in sizes for named in _sets(tags, size)]
        if not sets:
            return {}
        values = [value for _, named in sets for value in (named, day)]
        found: dict[int, tuple[int, int, int, str]] = {}
        rows = self._connection.execute(_statement(tuple(size for size, _ in sets)), values)
        for size, article, *place in rows:
            found[article] = max(found.get(article, (0, 0, 0, "")), (size, *place))
        return found

    def later(self, place: Place) -> Iterator[int]:
        """The articles that may show, or may have shown, the one at a place as earlier coverage.

        Of those that share the same tags with it no more than the next few: what lies between is
        newer and shares as many.
        """
        if place.day == NO_DAY:
            return
        shown = (tag for tag in place.collections if self._is_compared(tag))
        yield from self._after_each(map(str, shown), 1, place.day)
        tags = self._compared(place.collections)
        for size in range(2, len(tags) + 1):
            yield from self._after_each(_sets(tags, size), size, place.day)

    def _after_each(self, sets: Iterable[str], size: int, day: int) -> Iterator[int]:
        table, column = _table(size)
        for named in sets:
            last = self._connection.execute(
                f"SELECT day FROM {table} WHERE {column} = ? AND day > ? "  # noqa: S608
                f"ORDER BY day LIMIT 1 OFFSET {SHOWN - 1}",
                (named, day),
            ).fetchone()
            bound, values = ("AND day <= ?", (last[0],)) if last else ("", ())
            for (article,) in self._connection.execute(
                f"SELECT article FROM {table} WHERE {column} = ? AND day > ? {bound}",  # noqa: S608
                (named, day, *values),
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


@lru_cache
def _statement(sizes: tuple[int, ...]) -> str:
    """Asks for the latest articles of many sets of tags, of these sizes, at once."""
    return " UNION ALL ".join(
        f"SELECT * FROM (SELECT {size}, a.key, t.day, t.moment, a.id FROM {table} t "  # noqa: S608
        f"JOIN articles a ON a.key = t.article WHERE t.{column} = ? AND t.day > {NO_DAY} "
        f"AND t.day < ? ORDER BY t.day DESC, t.moment DESC, a.id DESC LIMIT {SHOWN})"
        for size in sizes
        for table, column in [_table(size)]
    )


def _sets(tags: tuple[int, ...], size: int) -> Iterator[str]:
    return (" ".join(map(str, chosen)) for chosen in combinations(tags, size))


def _table(size: int) -> tuple[str, str]:
    """The table that has the articles with so many tags, and its column that names those."""
    return ("memberships", "collection") if size == 1 else ("shared", "tags")
