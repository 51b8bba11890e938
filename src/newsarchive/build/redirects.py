"""Redirects: updates `redirects.csv`, and warns its owner about useless lines.

This step comes before the catalogue forgets where pages were. So if a build stops here, the next
build repeats the step.
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
"""A fact in the catalogue: the digest of the file whose lines the catalogue holds."""

_NAMED = 10
"""If more lines than this are wrong in the same way, one message names the first of them."""


def recall(connection: sqlite3.Connection, output_folder: OutputFolder) -> None:
    """Learn which article or collection each page of the output folder belongs to. A new catalogue
    learns the addresses of earlier builds from this.

    Pages at old addresses do not say what they belonged to, so a line that was deleted from
    `redirects.csv` does not come back, even if its page is still there.
    """
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
                if kind in redirects.KINDS:  # otherwise newsarchive did not make the page
                    yield Redirect(address, kind, name)


def keep_addresses(
    config: Config,
    catalogue: Catalogue,
    authority_before: Authority,
    authority: Authority,
    changes: Changes,
    tell: Listener,
) -> tuple[Changes, Kept]:
    """Update `redirects.csv` and the catalogue's lines. If the authority changed, all lines are
    looked at again, because tags may redirect elsewhere.

    Returns the changes with the redirects to publish and to remove, and the lines that were added
    or dropped. Raises ConfigError if the file has a mistake, ArchiveError if it cannot be written.
    """
    path = config.directory / REDIRECTS
    lines = Redirects(catalogue.connection, authority)
    listed: dict[Redirect, int] | None = None
    digest = _file_digest(path)
    if catalogue.fact(_LINES) != digest:
        listed = redirects.load(path, SUFFIXES)
        if deleted := lines.take(listed):
            tell(Notice(_deletion(path, deleted)))
    renamed_tags = {
        named: tag.identity for named, tag in renamed(authority_before, authority).items()
    }
    changes = lines.update(changes, renamed_tags, look_at_all=authority != authority_before)
    if listed is None and lines.kept.in_use:
        listed = redirects.load(path, SUFFIXES)  # for the numbers of the lines
    _warn(path, catalogue, lines.kept, listed or {}, tell)
    if lines.has_changed:
        redirects.save(path, lines.rows())
        digest = _file_digest(path)
    catalogue.save_fact(_LINES, digest)
    return changes, lines.kept


def _file_digest(path: Path) -> str:
    """The digest of the file, empty if there is none. If the file cannot be read, returns the error
    instead of a digest: the file then counts as changed, and reading it raises the error."""
    try:
        return digest_of(path.read_bytes()).hex()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return str(error)


def _deletion(path: Path, deleted: list[str]) -> str:
    number = len(deleted)
    lines = (
        f"the line of {deleted[0]} was"
        if number == 1
        else f"{number:,} lines, such as that of {deleted[0]}, were"
    )
    return (
        f"{path}: {lines} deleted since the last build, so no page is kept there; if this was a "
        f"mistake, restore the file and build again"
    )


def _warn(
    path: Path, catalogue: Catalogue, kept: Kept, listed: dict[Redirect, int], tell: Listener
) -> None:
    """Warn about lines that were dropped and lines that name nothing published, with their
    numbers."""
    for row in kept.in_use:
        number = listed.get(row)
        if number is not None:
            tell(
                Notice(
                    f"{path}:{number}: the site has a page of its own at {row.address}: the line "
                    f"was dropped"
                )
            )
    unknown = kept.unknown
    if len(unknown) > _NAMED or (catalogue.is_new and unknown):
        # In a new catalogue most of these lines name withdrawn articles: one message will do.
        row = unknown[0]
        tell(
            Notice(
                f"{path}: {len(unknown):,} of {len(listed):,} lines name nothing that is "
                f"published, such as {row.kind} {row.name} in line {listed[row]}: {_page_of(row)}"
            )
        )
    else:
        for row in unknown:
            tell(
                Notice(
                    f"{path}:{listed[row]}: the archive has no {row.kind} {row.name}"
                    f"{_hint(catalogue.connection, row)}: {_page_of(row)}"
                )
            )


def _page_of(row: Redirect) -> str:
    if row.kind == "article":
        return "its page says that the article was withdrawn"
    return f"its page redirects to the list of all {FOLDERS[row.kind]}"


def _hint(connection: sqlite3.Connection, row: Redirect) -> str:
    """A suggestion for the name of an article that does not exist; empty if there is none."""
    found = connection.execute(
        "SELECT id FROM articles WHERE +status = 'published' AND (address = ?1 OR "
        # The name of a file without its suffix or its folder. LIKE would read "_" as any letter.
        "lower(id) = lower(?1) OR instr(lower(id), lower(?1) || '.') = 1 OR "
        "substr(lower(id), -length(?1) - 1) = '/' || lower(?1)) ORDER BY id LIMIT 1",
        (row.name,),
    ).fetchone()
    return f" (the name must be an article's id: did you mean {found[0]}?)" if found else ""
