"""The files of the site as they were last published."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsarchive.catalogue.schema import LAST_CHARACTER


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of the site."""

    address: str
    producer: str
    """The name of the output that was written there: `Output.producer`. No two outputs may have one
    address."""
    state: str | None
    """For a copied file: changes whenever the original does. None for a rendered file."""
    digest: bytes
    """The digest of its bytes."""
    is_planned: bool = True
    """True if this build planned it."""


class PublishedFiles:
    """The published files by address.

    Every build has a number, which is saved with each file that the build planned. If a build plans
    all outputs of a kind, a file of that kind with an older number is no longer part of the site.
    """

    def __init__(self, connection: sqlite3.Connection, build: int) -> None:
        self._connection = connection
        self.build = build

    def clear_digests(self) -> None:
        """Forget all digests and states, so that the build compares or copies every file again."""
        self._connection.execute("UPDATE outputs SET digest = x'', state = NULL")

    def at(self, address: str) -> PublishedFile | None:
        """The file at an address; None if nothing is published there."""
        row = self._connection.execute(
            "SELECT address, producer, state, digest, build = ? FROM outputs WHERE address = ?",
            (self.build, address),
        ).fetchone()
        return PublishedFile(*row) if row else None

    def save(self, files: Iterable[PublishedFile]) -> None:
        """Save files as published and planned by this build."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)",
            [(o.address, o.producer, o.state, o.digest, self.build) for o in files],
        )

    def remove(self, address: str) -> None:
        """Remove the file at an address from the catalogue; the file itself is not touched."""
        self._connection.execute("DELETE FROM outputs WHERE address = ?", (address,))

    def unplanned(self, start: str = "") -> list[str]:
        """The addresses that begin with `start` and that this build did not plan, sorted."""
        rows = self._connection.execute(
            "SELECT address FROM outputs WHERE address >= ? AND address < ? AND build != ? "
            "ORDER BY address",
            (start, start + LAST_CHARACTER, self.build),
        )
        return [address for (address,) in rows]

    def unplanned_of(self, kind: str) -> list[str]:
        """The addresses of outputs of a kind that this build did not plan, sorted."""
        rows = self._connection.execute(
            "SELECT address FROM outputs WHERE producer >= ? AND producer < ? AND build != ? "
            "ORDER BY address",
            (f"{kind} ", f"{kind}!", self.build),  # an exclamation mark follows the blank
        )
        return [address for (address,) in rows]

    def top_level(self) -> Iterator[str]:
        """The names of the files and folders at the top of the site, sorted."""
        last = ""
        while True:
            # Each lookup in the index skips a whole folder: the time does not grow with the site.
            (address,) = self._connection.execute(
                "SELECT min(address) FROM outputs WHERE address >= ?", (last,)
            ).fetchone()
            if address is None:
                return
            name, slash, _ = address.partition("/")
            yield name
            last = f"{name}0" if slash else f"{address}\x01"  # a zero follows the slash

    def addresses(self) -> Iterator[str]:
        """The addresses of all published files, sorted."""
        for (address,) in self._connection.execute("SELECT address FROM outputs ORDER BY address"):
            yield address

    def __len__(self) -> int:
        count: int = self._connection.execute("SELECT count(*) FROM outputs").fetchone()[0]
        return count
