"""Deferred outputs: they wait until the new ones are published. The queue is a temporary table, so
memory does not grow with the archive."""

import sqlite3
from collections.abc import Iterator

from newsarchive.model.periods import numbered
from newsarchive.outputs.kind import Output, Stale

_HELD = 1_000


class Deferred:
    """A queue of planned outputs, each with the reason why it is stale."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._held: list[Stale] = []
        connection.execute("DROP TABLE IF EXISTS temp.deferred")
        connection.execute(
            "CREATE TEMP TABLE deferred (kind TEXT, address TEXT, key INTEGER, period INTEGER, "
            "part INTEGER, variant TEXT, state TEXT, reason TEXT)"
        )

    def add(self, step: Stale) -> None:
        """Put an output at the end of the queue."""
        self._held.append(step)
        if len(self._held) >= _HELD:
            self._flush()

    def _flush(self) -> None:
        self._connection.executemany(
            "INSERT INTO deferred VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (o.kind, o.address, o.key, o.period.number, o.part, o.variant, o.state, reason)
                for o, reason in self._held
            ],
        )
        self._held.clear()

    def __iter__(self) -> Iterator[Stale]:
        """The outputs, in the order in which they were added."""
        self._flush()
        for kind, address, key, period, part, variant, state, reason in self._connection.execute(
            "SELECT * FROM deferred ORDER BY rowid"
        ):
            output = Output(kind, address, key, numbered(period), part, variant, state)
            yield Stale(output, reason)
