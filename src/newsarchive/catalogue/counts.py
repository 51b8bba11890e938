"""Counts: how many articles each collection has in each period, and by which spelling."""

import sqlite3
from collections import Counter
from typing import Any

_HELD = 50_000


class Counts:
    """Changes of counts, collected and written many at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.periods: Counter[tuple[int, int]] = Counter()
        """By collection and `Period.number`."""
        self.spellings: Counter[tuple[int, bool, str]] = Counter()
        """By collection, whether articles state the name, and its spelling."""

    def flush_if_many(self) -> None:
        """Write the counts if there are too many to hold."""
        if len(self.periods) + len(self.spellings) > _HELD:
            self.flush()

    def flush(self) -> None:
        """Write all counts."""
        self._flush("periods", ("collection", "period"), self.periods)
        self._flush("spellings", ("collection", "is_stated", "spelling"), self.spellings)

    def _flush(self, table: str, columns: tuple[str, ...], counts: Counter[Any]) -> None:
        """Add counts to a table with these columns, and delete its rows that reach zero."""
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
