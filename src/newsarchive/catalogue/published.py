"""Outputs: the files of the site as they were last published."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsarchive.catalogue.schema import LAST_CHARACTER


@dataclass(frozen=True, slots=True)
class Published:
    """A file of the site."""

    address: str
    producer: str
    """What is published there: no two may want one address."""
    state: str | None
    """Of a copied file: what differs when the original has changed."""
    digest: bytes
    """Of its bytes."""
    is_planned: bool = True
    """Whether this build planned it."""


class PublishedOutputs:
    """What is published at which address. Each build, known by a number, notes what it planned."""

    def __init__(self, connection: sqlite3.Connection, build: int) -> None:
        self._connection = connection
        self.build = build

    def distrust(self) -> None:
        """Trust nothing of what was published but its addresses: every output will be compared."""
        self._connection.execute("UPDATE outputs SET digest = x'', state = NULL")

    def known(self, address: str) -> Published | None:
        """What is published at an address, None for nothing."""
        row = self._connection.execute(
            "SELECT address, producer, state, digest, build = ? FROM outputs WHERE address = ?",
            (self.build, address),
        ).fetchone()
        return Published(*row) if row else None

    def keep(self, outputs: Iterable[Published]) -> None:
        """Remember what was published."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)",
            [(o.address, o.producer, o.state, o.digest, self.build) for o in outputs],
        )

    def forget(self, address: str) -> None:
        """Remember that nothing is published at the address."""
        self._connection.execute("DELETE FROM outputs WHERE address = ?", (address,))

    def unplanned(self, start: str = "") -> list[str]:
        """The addresses beginning with `start` where something was published that this build did
        not plan."""
        rows = self._connection.execute(
            "SELECT address FROM outputs WHERE address >= ? AND address < ? AND build != ? "
            "ORDER BY address",
            (start, start + LAST_CHARACTER, self.build),
        )
        return [address for (address,) in rows]

    def unplanned_of(self, kind: str) -> list[str]:
        """The addresses of outputs of a kind that this build did not plan."""
        rows = self._connection.execute(
            "SELECT address FROM outputs WHERE producer >= ? AND producer < ? AND build != ? "
            "ORDER BY address",
            (f"{kind} ", f"{kind}!", self.build),  # an exclamation mark follows the blank
        )
        return [address for (address,) in rows]

    def top(self) -> Iterator[str]:
        """The files and folders at the top of the site."""
        last = ""
        while True:
            # From one to the next by the index: the time does not grow with the site.
            (address,) = self._connection.execute(
                "SELECT min(address) FROM outputs WHERE address >= ?", (last,)
            ).fetchone()
            if address is None:
                return
            name, slash, _ = address.partition("/")
            yield name
            last = f"{name}0" if slash else f"{address}\x01"  # a zero follows the slash

    def addresses(self) -> Iterator[str]:
        """The addresses of everything that is published."""
        for (address,) in self._connection.execute("SELECT address FROM outputs ORDER BY address"):
            yield address

    def __len__(self) -> int:
        count: int = self._connection.execute("SELECT count(*) FROM outputs").fetchone()[0]
        return count
