"""The base of all groups of queries: a connection to the catalogue, and the authority of tags."""

import sqlite3

from newsarchive.tagging.authority import Authority


class QueryGroup:
    """Queries on one subject. `Queries` joins all groups into one object."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        self._connection = connection
        self.authority = authority
        """Resolves the names of tags."""
