"""Warnings about a `tags.toml` that is valid but probably not what its author meant."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from newsarchive.model.problems import printable
from newsarchive.model.text import identity
from newsarchive.tagging.authority import Authority, renamed


def tag_warnings(
    connection: sqlite3.Connection, path: Path, before: Authority, authority: Authority
) -> Iterator[str]:
    """Warnings about the tags in the file at `path`, each with its line: a `see_also` that names no
    page, and a renamed tag without its old name among the aliases. `before` is the authority of the
    last build, `authority` the present one."""
    for tag in authority.tags:
        for name in tag.see_also:
            tag_page = connection.execute(
                "SELECT 1 FROM collections WHERE kind = 'tag' AND identity = ? AND slug != ''",
                (authority.resolved(identity(name)),),
            )
            if not tag_page.fetchone():
                yield printable(
                    f"{path}:{tag.line}: see_also of {tag.name} names {name}, which has no page; "
                    f"the link was left out; correct the name or take it out"
                )
    for old_identity, new_tag in renamed(before, authority).items():
        row = connection.execute(
            "SELECT name FROM collections c WHERE kind = 'tag' AND identity = ? AND slug != '' "
            "AND EXISTS (SELECT 1 FROM spellings WHERE collection = c.key AND is_stated)",
            (old_identity,),
        ).fetchone()
        if row:
            (old,) = row
            yield printable(
                f"{path}:{new_tag.line}: articles still use the tag {old}, which now has a page of "
                f"its own; if {new_tag.name} is its new name, add {old} to the aliases"
            )
