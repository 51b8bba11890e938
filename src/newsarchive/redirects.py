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
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from newsarchive import addresses
from newsarchive.problems import ArchiveError, ConfigError
from newsarchive.text import cleaned

FILE_NAME = "redirects.csv"
_HEADER = ["address", "kind", "name"]
_KINDS = ("article", *addresses.FOLDERS)

# What only a page that newsarchive makes by itself may lie at.
_OWN = re.compile(
    r"(?:index|404|(?:tags|authors|sections)/index"
    r"|(?:[0-9]{4}/(?:[0-9]{2}/){0,2}|undated/)(?:index|[0-9]+))\.html\Z"
    r"|(?:static|media)/",
    re.IGNORECASE,
)


class Former(NamedTuple):
    """An address that a page had, and whose page that was."""

    address: str
    kind: str
    """`article`, `tag`, `author` or `section`."""
    name: str
    """The id of the article, or what makes two spellings of the tag, author or section one."""


def load(path: Path) -> list[Former]:
    """The lines of the file; none where there is no file. Raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: this is not UTF-8: save it as that") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: dict[str, Former] = {}
    try:
        for line in lines:
            if line and line != _HEADER:
                row = _checked(line, f"{path}:{lines.line_num}")
                if found.setdefault(row.address, row) != row:
                    raise ConfigError(
                        f"{path}:{lines.line_num}: {row.address} leads elsewhere by an earlier "
                        f"line; take one of the two out"
                    )
    except csv.Error as error:
        raise ConfigError(f"{path}:{lines.line_num}: this is not CSV: {error}") from error
    return sorted(found.values())


def save(path: Path, rows: Iterable[Former]) -> None:
    """Write the file, at once and whole, in the order of addresses; none where it would be empty
    and is not there. Raises ArchiveError."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows(sorted(rows))
    text = written.getvalue().encode()
    aside = path.with_name(f".{path.name}.new")
    try:
        if path.exists() or text.count(b"\n") > 1:
            aside.write_bytes(text)
            os.replace(aside, path)
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot be written: {error.strerror}; it keeps old addresses, so nothing "
            f"was published: mend this and build again"
        ) from error


def _checked(line: list[str], place: str) -> Former:
    if len(line) != len(_HEADER):
        raise ConfigError(f"{place}: a line has three values: address,kind,name")
    row = Former(*line)
    if row.kind not in _KINDS:
        raise ConfigError(f'{place}: "{row.kind}" is no kind; there are {", ".join(_KINDS)}')
    if not row.name:
        raise ConfigError(f"{place}: the name is empty; it is an article's id, or a tag")
    reason = _unusable(row.address)
    if reason:
        raise ConfigError(f'{place}: "{row.address}" cannot be an address: {reason}')
    return row


def _unusable(address: str) -> str | None:
    """Why no page can lie at an address; None where one can."""
    parts = address.split("/")
    if not address.endswith(".html"):
        return "it must end in .html"
    if any(part.startswith(".") or not part.strip() for part in parts) or "\\" in address:
        return "it must be a path below the site, without a slash at its beginning and without dots"
    if cleaned(address) != address or "\n" in address or len(address.encode()) > 1000:
        return "it holds a control character or is too long"
    if any(len(part.encode()) > 255 for part in parts):
        return "a part of it is too long for a file's name"
    if any(part.lower().endswith((".html", ".xml")) for part in parts[:-1]):
        return "a page or a feed may lie where it needs a folder"
    return "the site has a page of its own there" if _OWN.match(address) else None
