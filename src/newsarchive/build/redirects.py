"""Keeping addresses: `redirects.csv` brought up to date, and what its owner should know of it.

This comes before the catalogue forgets where pages were: a build that ends here does the same
again.
"""

import re
import sqlite3
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from newsarchive.build.output_folder import OutputFolder, digest_of
from newsarchive.catalogue import Catalogue
from newsarchive.catalogue.redirects import Kept, Redirects
from newsarchive.config import REDIRECTS, Config
from newsarchive.model import addresses
from newsarchive.model.changes import Changes
from newsarchive.model.collection import FOLDERS
from newsarchive.model.events import Listener, Notice
from newsarchive.outputs.kinds import SUFFIXES
from newsarchive.sources import redirects
from newsarchive.sources.redirects import Redirect
from newsarchive.tagging.authority import Authority, renamed

_IDENTITY = re.compile(rb'<meta name="newsarchive" content="([a-z]+) ([^"]*)">')
_HEAD_BYTES = 8192

_LINES = "redirects"
"""The catalogue's state: the digest of the file whose lines it holds."""

_NAMED = 10
"""If there are more lines, a message names one and the count."""


def recall(connection: sqlite3.Connection, output_folder: OutputFolder) -> None:
    """Recall from the pages of a site which articles and collections they are of, where there is no
    catalogue that knows."""
    connection.executemany(
        "INSERT OR IGNORE INTO before VALUES (?, ?, ?)", _recalled(output_folder)
    )


def _recalled(output_folder: OutputFolder) -> Iterator[Redirect]:
    for address in output_folder.files():
        is_page = address.endswith(".html") and not addresses.is_listing(address)
        if is_page and not address.startswith((addresses.media(""), addresses.static(""))):
            known = _IDENTITY.search(output_folder.head(address, _HEAD_BYTES))
            if known and redirects.unusable(address, SUFFIXES) is None:
                kind, name = known[1].decode("ascii"), unescape(known[2].decode("utf-8", "replace"))
                if kind in redirects.KINDS:  # else somebody else's page
                    yield Redirect(address, kind, name)


def keep_addresses(
    config: Config,
    catalogue: Catalogue,
    authority_before: Authority,
    authority: Authority,
    changes: Changes,
    tell: Listener,
) -> tuple[Changes, Kept]:
    """The changes with the former addresses to publish and to remove, and what became of the lines
    of `redirects.csv`. By another authority names of tags lead elsewhere.

    Raises ConfigError where the file is wrong, ArchiveError where it cannot be written.
    """
    path = config.directory / REDIRECTS
    redirected = Redirects(catalogue.connection, authority)
    listed: dict[Redirect, int] | None = None
    digest = _file_digest(path)
    if catalogue.fact(_LINES) != digest:
        listed = redirects.load(path, SUFFIXES)
        dropped = redirected.take(listed)
        if dropped:
            tell(
                Notice(
                    f"{path}: {len(dropped):,} of its lines {'is' if len(dropped) == 1 else 'are'} "
                    f"gone since the last build, such as that of {dropped[0]}: where nothing else "
                    f"is published nobody is led on any more; if that was not meant, bring the "
                    f"file back and build again"
                )
            )
    heirs = {named: tag.identity for named, tag in renamed(authority_before, authority).items()}
    changes = redirected.update(changes, heirs, look_at_all=authority != authority_before)
    if listed is None and redirected.kept.in_use:
        listed = redirects.load(path, SUFFIXES)  # for the numbers of the lines
    _tell_of_lines(config, catalogue, redirected.kept, listed or {}, tell)
    if redirected.has_changed:
        redirects.save(path, redirected.rows())
        digest = _file_digest(path)
    catalogue.save_fact(_LINES, digest)
    return changes, redirected.kept


def _file_digest(path: Path) -> str:
    """The digest of the file as it is, empty where there is none; of one that cannot be read what
    is no digest, so that reading it is tried and says why."""
    try:
        return digest_of(path.read_bytes()).hex()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return str(error)


def _tell_of_lines(
    config: Config, catalogue: Catalogue, kept: Kept, listed: dict[Redirect, int], tell: Listener
) -> None:
    """Say which lines of the file were of no use, with their numbers."""
    path = config.directory / REDIRECTS
    for row in kept.in_use:
        number = listed.get(row)
        if number is not None:
            tell(
                Notice(
                    f"{path}:{number}: {row.address} is not used, and the line is taken out: the "
                    f"site has a page there"
                )
            )
    unknown = kept.unknown
    if len(unknown) > _NAMED or (catalogue.is_new and unknown):
        # In a new catalogue most name what was withdrawn: only together are they worth a word.
        row = unknown[0]
        tell(
            Notice(
                f"{path}: {len(unknown):,} of {len(listed)} lines name nothing that is "
                f"published, such as {row.kind} {row.name} in line {listed[row]}: "
                f"{_answer(row)}"
            )
        )
    else:
        for row in unknown:
            tell(
                Notice(
                    f"{path}:{listed[row]}: there is no {row.kind} {row.name} in the archive"
                    f"{_hint(catalogue.connection, row)}: {_answer(row)}"
                )
            )


def _answer(row: Redirect) -> str:
    if row.kind == "article":
        return "its page says that the article was withdrawn"
    return f"its page leads to the list of all {FOLDERS[row.kind]}"


def _hint(connection: sqlite3.Connection, row: Redirect) -> str:
    """A suggestion for the name of an article that does not exist."""
    found = connection.execute(
        "SELECT id FROM articles WHERE +status = 'published' AND (address = ?1 OR "
        "lower(id) = lower(?1) OR lower(id) LIKE lower(?1) || '.%' OR lower(id) LIKE '%/' || "
        "lower(?1)) LIMIT 1",
        (row.name,),
    ).fetchone()
    return f" (a name is an article's id; is {found[0]} meant?)" if found else ""
