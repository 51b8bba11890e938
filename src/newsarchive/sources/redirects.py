"""Redirects: old addresses of pages, in `redirects.csv` beside `newsarchive.toml`.

The owner keeps the file with the articles. A build reads it and adds the pages that it moves or
removes, so old addresses answer even if the site is built from nothing. A line names the article
or the tag and not its present address, so it stays valid when the page moves again:

    address,kind,name
    2023/06/19/old-headline.html,article,2023/mole.txt
    tags/dprk/index.html,tag,north korea
"""

import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from newsarchive.model import addresses
from newsarchive.model.collection import FOLDERS
from newsarchive.model.problems import ArchiveError, ConfigError
from newsarchive.model.text import cleaned, identity

_HEADER = ["address", "kind", "name"]
_OTHER_MARKS = {"semicolons": ";", "tabs": "\t"}
KINDS = ("article", *FOLDERS)
"""The kinds of page that have redirects."""

# Addresses of pages that newsarchive makes by itself: no redirect may be there.
_OWN = re.compile(
    r"(?:404|(?:tags|authors|sections)/index)\.html\Z|(?:static|media)/", re.IGNORECASE
)


_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


class Redirect(NamedTuple):
    """An old address, and the article or collection whose page it was."""

    address: str
    kind: str
    """`article`, `tag`, `author` or `section`."""
    name: str
    """The id of the article, or the identity of the tag, author or section."""


def folded(address: str) -> str:
    """The address as file systems compare it that ignore case and the encoding of accents."""
    return unicodedata.normalize("NFC", address).casefold()


def load(path: Path, suffixes: tuple[str, ...] = ()) -> dict[Redirect, int]:
    """The lines of the file with their numbers; empty if there is no file. `suffixes` are those of
    the site's files. Raises ConfigError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")  # keeps the line ends, which names may contain
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}: not UTF-8: save it as UTF-8, which spreadsheets call CSV UTF-8"
        ) from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    found: dict[Redirect, int] = {}
    taken: dict[str, Redirect] = {}
    begun = 0
    try:
        for values in lines:
            number, begun = begun + 1, lines.line_num
            while len(values) > len(_HEADER) and not values[-1].strip():
                values.pop()  # a spreadsheet's empty columns
            line = [value.strip() for value in values]
            if not any(line) or line[0].lower().startswith("sep="):
                continue
            if [value.lower() for value in line] == _HEADER:
                continue
            # A file's name may begin or end with spaces. Without quotes those before it are lost.
            row = _checked([*line[:2], *values[2:]], f"{path}:{number}", suffixes)
            other = taken.setdefault(folded(row.address), row)
            if other != row:
                how = "" if other.address == row.address else ", which differs in case only"
                raise ConfigError(
                    f"{path}:{number}: {row.address} redirects elsewhere in line {found[other]}"
                    f"{how}: delete one of the two lines"
                )
            found.setdefault(row, number)
    except csv.Error as error:
        raise ConfigError(
            f"{path}:{begun + 1}: not valid CSV: a quotation mark opens a value here and is never "
            f"closed ({error})"
        ) from error
    return found


def save(path: Path, rows: Iterable[Redirect]) -> None:
    """Replace the file in one step, sorted by address. Creates no file without lines. Raises
    ArchiveError."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    quoting = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADER)
    for row in sorted(rows):
        needs_quotes = row.name != row.name.strip() or "\r" in row.name
        (quoting if needs_quotes else writer).writerow(row)
    text = written.getvalue().encode()
    path = path.resolve()  # the file may be a symbolic link
    aside = path.with_name(f".{path.name}.new")
    try:
        if path.exists() or text.count(b"\n") > 1:
            # There is no other copy: the new file reaches the disk before it replaces the old one.
            with aside.open("wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, path)
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot be written: {error.strerror}: nothing was published, because old "
            f"addresses would be lost; fix this and build again"
        ) from error


def _checked(line: list[str], place: str, suffixes: tuple[str, ...]) -> Redirect:
    if line[0].startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise ConfigError(
            f"{place}: unresolved merge conflict: keep the right lines from here to >>>>>>> and "
            f"delete the marks"
        )
    if len(line) != len(_HEADER):
        seen = next((name for name, mark in _OTHER_MARKS.items() if mark in line[0]), None)
        hint = f", separated by commas and not by {seen}" if seen and len(line) == 1 else ""
        raise ConfigError(f"{place}: expected three values, address,kind,name{hint}")
    address, kind, name = line
    row = Redirect(address, kind.lower(), name)
    if row.kind in FOLDERS:
        row = row._replace(name=identity(name))
    if row.kind not in KINDS:
        raise ConfigError(f'{place}: "{row.kind}" is no kind: choose from {", ".join(KINDS)}')
    if not row.name.strip():
        raise ConfigError(f"{place}: the name is empty: write the id of an article, or a tag")
    reason = unusable(row.address, suffixes)
    if reason:
        raise ConfigError(f'{place}: "{row.address}" cannot be an old address: {reason}')
    return row


def unusable(address: str, suffixes: tuple[str, ...]) -> str | None:
    """The reason why there can be no page at an address; None if there can. `suffixes` are those of
    the site's files: no folder of an address may end in one."""
    parts = address.split("/")
    if not address.endswith(".html"):
        return "it must end in .html"
    if any(part.startswith(".") or not part.strip() for part in parts) or "\\" in address:
        return "it must be a path below the site, without a slash at its beginning and without dots"
    if cleaned(address) != address or "\n" in address or len(address.encode()) > 1000:
        return "it contains a control character or is too long"
    if _ENCODED.search(address):
        return f"write it without percent-encoding: {unquote(address)}"
    if any(len(part.encode()) > 255 for part in parts):
        return "one of its names is too long for a file"
    if any(part.lower().endswith(suffixes) for part in parts[:-1]):
        return "a folder in it has the name of a file of the site"
    is_own = _OWN.match(address) or addresses.is_listing(address)
    return "the site has a page of its own there" if is_own else None
