"""The weight of pages: the compressed bytes of a page and of all files that it loads."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlsplit

from bench.serving import sent

_LOADED = {"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload"}
"""Relations of `<link>` that make a browser load a file."""
_ARTICLE = re.compile(r"([0-9]{4}/[0-9]{2}/[0-9]{2}|undated)/(?!index\.html|[0-9]+\.html)[^/]+")
_IN_STYLESHEET = re.compile(r"""url\(\s*["']?([^"')]+)""")


def weight(site: Path, page: str) -> int:
    """The bytes of a page with its stylesheets, scripts, icons and fonts, but without the pictures
    of the article."""
    return sum(len(sent(path)) for path in {site / page, *needed(site, page)})


def median_article(site: Path) -> tuple[int, int]:
    """(number of article pages, median of their weights in bytes) of a site."""
    pages = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    weights = [weight(site, page) for page in pages if _ARTICLE.fullmatch(page)]
    return len(weights), round(median(weights)) if weights else 0


def needed(site: Path, page: str) -> set[Path]:
    """The files of the site that a page loads."""
    links = _Links()
    links.feed((site / page).read_text(encoding="utf-8"))
    files: set[Path] = set()
    for address in links.addresses:
        path = _within(site, site / page, address)
        if path and path not in files:
            files |= {path, *_in_stylesheet(site, path)}
    return files


@cache
def _in_stylesheet(site: Path, path: Path) -> frozenset[Path]:
    """The files that a stylesheet loads: fonts, pictures, other stylesheets."""
    if path.suffix != ".css":
        return frozenset()
    addresses = _IN_STYLESHEET.findall(path.read_text(encoding="utf-8"))
    return frozenset(file for one in addresses if (file := _within(site, path, one)))


def _within(site: Path, holder: Path, address: str) -> Path | None:
    """The file of the site at an address in one of its files; None if there is none."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    name = unquote(parts.path)
    path = site / name.lstrip("/") if name.startswith("/") else holder.parent / name
    path = path.resolve()
    return path if path.is_file() else None


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += self._loaded(tag, {name: value or "" for name, value in attrs})

    def _loaded(self, tag: str, attributes: dict[str, str]) -> Iterator[str]:
        if tag == "link" and _LOADED & set(attributes.get("rel", "").lower().split()):
            yield attributes.get("href", "")
        elif tag == "script":
            yield attributes.get("src", "")
        elif tag == "use":
            yield attributes.get("href", "")
