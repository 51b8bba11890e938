"""Redirects: the addresses that pages once had, in `redirects.csv` beside `newsarchive.toml`.

The file is kept with the sources: a build reads it and adds what it moves or takes down, so that
an address which was once published keeps answering even where the site is built from nothing. A
line names the article or the tag, not where it is now, and so holds through further moves:

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
"""What can have been at an address."""

# What only a page that newsarchive makes by itself may lie at.
_OWN = re.compile(
    r"(?:404|(?:tags|authors|sections)/index)\.html\Z|(?:static|media)/", re.IGNORECASE
)


_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


class Redirect(NamedTuple):
    """An address that a page had, and whose page that was."""

    address: str
    kind: str
    """`article`, `tag`, `author` or `section`."""
    name: str
    """The id of the article, or what makes two spellings of the tag, author or section one."""


def folded(address: str) -> str:
    """The address as systems see it that tell neither capitals nor the writing of accents apart."""
    return unicodedata.normalize("NFC", address).casefold()


def load(path: Path, suffixes: tuple[str, ...] = ()) -> dict[Redirect, int]:
    """The lines of the file with their numbers; empty if there is no file. `suffixes` are those of
    the site's files. Raises ConfigError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")  # with the line ends that names may hold
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}: this is not UTF-8: save it as that, which spreadsheets call CSV UTF-8"
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
            # Blanks are part of a file's name; what is not quoted has lost those before it.
            row = _checked([*line[:2], *values[2:]], f"{path}:{number}", suffixes)
            other = taken.setdefault(folded(row.address), row)
            if other != row:
                how = "" if other.address == row.address else " (by a name that differs in case)"
                raise ConfigError(
                    f"{path}:{number}: {row.address} leads elsewhere by line {found[other]}{how}; "
                    f"take one of the two out"
                )
            found.setdefault(row, number)
    except csv.Error as error:
        raise ConfigError(
            f"{path}:{begun + 1}: this is not CSV: a quotation mark opens a value here and does "
            f"not close it ({error})"
        ) from error
    return found


def save(path: Path, rows: Iterable[Redirect]) -> None:
    """Write the file, at once and whole, in the order of addresses; none where it would be empty
    and is not there. Raises ArchiveError."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    quoting = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADER)
    for row in sorted(rows):
        needs_quotes = row.name != row.name.strip() or "\r" in row.name
        (quoting if needs_quotes else writer).writerow(row)
    text = written.getvalue().encode()
    path = path.resolve()  # it may be a link to where it is kept
    aside = path.with_name(f".{path.name}.new")
    try:
        if path.exists() or text.count(b"\n") > 1:
            # Nothing else knows what is in it: it is on the disk before it replaces the old one.
            with aside.open("wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, path)
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot be written: {error.strerror}; it keeps old addresses, so nothing "
            f"was published: mend this and build again"
        ) from error


def _checked(line: list[str], place: str, suffixes: tuple[str, ...]) -> Redirect:
    if line[0].startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise ConfigError(
            f"{place}: two versions were not merged to the end: choose the lines from here to "
            f">>>>>>> that are to stay, and take the marks out"
        )
    if len(line) != len(_HEADER):
        seen = next((name for name, mark in _OTHER_MARKS.items() if mark in line[0]), None)
        hint = f", with commas and not {seen} between them" if seen and len(line) == 1 else ""
        raise ConfigError(f"{place}: a line has three values: address,kind,name{hint}")
    address, kind, name = line
    row = Redirect(address, kind.lower(), name)
    if row.kind in FOLDERS:
        row = row._replace(name=identity(name))
    if row.kind not in KINDS:
        raise ConfigError(f'{place}: "{row.kind}" is no kind; there are {", ".join(KINDS)}')
    if not row.name.strip():
        raise ConfigError(f"{place}: the name is empty; it is an article's id, or a tag")
    reason = unusable(row.address, suffixes)
    if reason:
        raise ConfigError(f'{place}: "{row.address}" cannot be an address: {reason}')
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
        return "it holds a control character or is too long"
    if _ENCODED.search(address):
        return f"write it as people read it: {unquote(address)}"
    if any(len(part.encode()) > 255 for part in parts):
        return "a part of it is too long for a file's name"
    if any(part.lower().endswith(suffixes) for part in parts[:-1]):
        return "a file of the site may lie where it needs a folder"
    is_own = _OWN.match(address) or addresses.is_listing(address)
    return "the site has a page of its own there" if is_own else None
