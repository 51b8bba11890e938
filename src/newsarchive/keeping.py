"""Keeping addresses: `redirects.csv` brought up to date, and what its owner should know of it.

This comes before the catalogue forgets where pages were: a build that ends here does the same
again.
"""

import re
import sqlite3
from collections.abc import Iterator
from html import unescape

from newsarchive import addresses, redirects
from newsarchive.catalogue import Catalogue
from newsarchive.catalogue.changes import Changes
from newsarchive.catalogue.former import FormerAddresses, Kept
from newsarchive.config import Config
from newsarchive.events import Listener, Notice
from newsarchive.publish import Publisher
from newsarchive.redirects import Former

_IDENTITY = re.compile(rb'<meta name="newsarchive" content="([a-z]+) ([^"]*)">')
_HEAD_BYTES = 8192

_NAMED = 10
"""Of more lines than this only one is named."""

FOLDERS = "folders"
"""The catalogue's state: the source folders of the last build."""


def recall(connection: sqlite3.Connection, publisher: Publisher) -> None:
    """Recall from the pages of a site which articles and collections they are of, where there is no
    catalogue that knows."""
    connection.executemany("INSERT OR IGNORE INTO before VALUES (?, ?, ?)", _recalled(publisher))


def _recalled(publisher: Publisher) -> Iterator[Former]:
    for address in publisher.files():
        is_page = address.endswith(".html") and not addresses.is_listing(address)
        if is_page and not address.startswith((addresses.media(""), addresses.static(""))):
            known = _IDENTITY.search(publisher.head(address, _HEAD_BYTES))
            if known:
                name = unescape(known[2].decode("utf-8", "replace"))
                yield Former(address, known[1].decode("ascii"), name)


def keep_addresses(
    config: Config, catalogue: Catalogue, changes: Changes, tell: Listener, *, is_partial: bool
) -> tuple[Changes, Kept]:
    """The changes with the former addresses to publish and to remove, and what became of the lines
    of `redirects.csv`. Raises ConfigError where the file is wrong, ArchiveError where it cannot be
    written."""
    path = config.directory / redirects.FILE_NAME
    former = FormerAddresses(
        catalogue.connection,
        forget=config.addresses.withdrawn == "none",
        is_partial=is_partial,
    )
    listed = redirects.load(path)
    former.take(listed)
    changes = former.update(changes)
    for row in former.kept.in_use:
        tell(
            Notice(
                f"{path}:{listed[row]}: {row.address} is not used, and the line is taken out: the "
                f"site has a page there"
            )
        )
    unknown = former.kept.unknown
    if len(unknown) > _NAMED or (catalogue.is_new and unknown):
        # In a new catalogue most name what was withdrawn: only together are they worth a word.
        row = unknown[0]
        tell(
            Notice(
                f"{path}: {len(unknown):,} of {len(listed)} lines name nothing that is "
                f"published, such as {row.kind} {row.name} in line {listed[row]}: "
                f"{_answer(config, row)}"
            )
        )
    else:
        for row in unknown:
            tell(
                Notice(
                    f"{path}:{listed[row]}: there is no {row.kind} {row.name} in the archive"
                    f"{_hint(catalogue.connection, row)}: {_answer(config, row)}"
                )
            )
    rows = list(former.rows())
    if rows != sorted(listed):
        redirects.save(path, rows)
    return changes, former.kept


def _answer(config: Config, row: Former) -> str:
    if config.addresses.withdrawn == "none":
        return "the line has no page; take it out if nothing is to be left"
    if row.kind == "article":
        return "its page says that the article was withdrawn"
    return f"its page leads to the list of all {addresses.FOLDERS[row.kind]}"


def _hint(connection: sqlite3.Connection, row: Former) -> str:
    """What may have been meant by the name of an article that there is not."""
    found = connection.execute(
        "SELECT id FROM articles WHERE +status = 'published' AND (address = ?1 OR "
        "lower(id) = lower(?1) OR lower(id) LIKE lower(?1) || '.%' OR lower(id) LIKE '%/' || "
        "lower(?1)) LIMIT 1",
        (row.name,),
    ).fetchone()
    return f" (a name is an article's id; is {found[0]} meant?)" if found else ""
