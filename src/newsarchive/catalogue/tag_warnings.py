"""Doubts: what the owner of a `tags.toml` should know of it, beside mistakes."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from newsarchive.model.problems import printable
from newsarchive.model.text import identity
from newsarchive.tagging.authority import Authority, renamed


def doubts(
    connection: sqlite3.Connection, path: Path, before: Authority, authority: Authority
) -> Iterator[str]:
    """The names that lead nowhere, and the old ones that were left behind, in words."""
    for tag in authority.tags:
        for name in tag.see_also:
            found = connection.execute(
                "SELECT 1 FROM collections WHERE kind = 'tag' AND identity = ? AND slug != ''",
                (authority.resolved(identity(name)),),
            )
            if not found.fetchone():
                yield printable(
                    f"{path}:{tag.line}: {tag.name} leads to {name}, which has no page: its own "
                    f"does not show it"
                )
    for named, heir in renamed(before, authority).items():
        used = connection.execute(
            "SELECT name FROM collections c WHERE kind = 'tag' AND identity = ? AND slug != '' "
            "AND EXISTS (SELECT 1 FROM spellings WHERE collection = c.key AND is_stated)",
            (named,),
        ).fetchone()
        if used:
            yield printable(
                f"{path}:{heir.line}: articles still say {used[0]}, and it has a page of its own "
                f"now; if {heir.name} is its new name, add it to the aliases"
            )
