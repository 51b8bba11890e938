"""Outputs: the files of the site as they were last published."""

import sqlite3


class Outputs:
    """What is published at which address, from what, and with what in it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(
            "CREATE TEMP TABLE seen (address TEXT PRIMARY KEY, producer TEXT) WITHOUT ROWID"
        )

    def forget_all(self) -> None:
        """Trust nothing that was published: every output will be compared."""
        self._connection.execute("DELETE FROM outputs")

    def known(self, address: str) -> tuple[bytes, bytes] | None:
        """Fingerprint and digest of an output; None where nothing was published there."""
        row: tuple[bytes, bytes] | None = self._connection.execute(
            "SELECT fingerprint, digest FROM outputs WHERE address = ?", (address,)
        ).fetchone()
        return row

    def see(self, address: str, producer: str) -> str | None:
        """Note that an output is planned at an address; the producer of one that was planned
        there before in this build, None where there was none."""
        cursor = self._connection.execute(
            "INSERT OR IGNORE INTO seen VALUES (?, ?)", (address, producer)
        )
        if cursor.rowcount:
            return None
        earlier: str = self._connection.execute(
            "SELECT producer FROM seen WHERE address = ?", (address,)
        ).fetchone()[0]
        return earlier

    def keep(self, address: str, fingerprint: bytes, digest: bytes) -> None:
        """Remember what was published."""
        self._connection.execute(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)", (address, fingerprint, digest)
        )

    def forget(self, address: str) -> None:
        """Remember that nothing is published at the address."""
        self._connection.execute("DELETE FROM outputs WHERE address = ?", (address,))

    def is_unseen(self, address: str) -> bool:
        """Whether something was published at the address and is not planned in this build."""
        return address in self.unseen(address)

    def unseen(self, start: str = "") -> list[str]:
        """The addresses beginning with `start` that were published and are not planned in this
        build."""
        rows = self._connection.execute(
            "SELECT address FROM outputs WHERE address >= ? AND address < ? "
            "AND address NOT IN (SELECT address FROM seen) ORDER BY address",
            (start, start + "\U0010ffff"),
        )
        return [address for (address,) in rows]

    def __len__(self) -> int:
        count: int = self._connection.execute("SELECT count(*) FROM outputs").fetchone()[0]
        return count
