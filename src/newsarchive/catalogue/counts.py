"""The numbers of articles that each collection has in each period, and under each spelling."""

import sqlite3
from collections import Counter
from typing import Any

_MAX_HELD = 50_000


class Counts:
    """Collects changes of these numbers, and writes many at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.periods: Counter[tuple[int, int]] = Counter()
        """The change in the number of articles, by collection and `Period.number`."""
        self.spellings: Counter[tuple[int, bool, str]] = Counter()
        """The change in the number of articles, by collection, True if they state the name, and
        spelling."""

    def flush_if_many(self) -> None:
        """Write the changes if there are more than _MAX_HELD."""
        if len(self.periods) + len(self.spellings) > _MAX_HELD:
            self.flush()

    def flush(self) -> None:
        """Write all changes."""
        self._flush("periods", ("collection", "period"), self.periods)
        self._flush("spellings", ("collection", "is_stated", "spelling"), self.spellings)

    def _flush(self, table: str, columns: tuple[str, ...], counts: Counter[Any]) -> None:
        """Add changes to the rows of a table with these columns, and delete rows that reach 0."""
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
