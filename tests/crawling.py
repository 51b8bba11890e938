"""Crawling a built site, as a reader or a link checker would."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

_PARSER = etree.HTMLParser(encoding="utf-8")
_LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src"}


_REMEMBERED = 4000
"""The number of pages whose links are cached: builds of one archive repeat the same pages."""


class _Target(NamedTuple):
    """The target of a link on a page."""

    link: str
    """As it is written."""
    address: str | None
    """In the site; None for another place on the web."""
    fragment: str


class _Page:
    """The links of a page, and the anchors that links can name."""

    def __init__(self, html: bytes) -> None:
        self.links: list[str] = []
        self.anchors: set[str] = set()
        for element in etree.HTML(html, _PARSER).iter(etree.Element):
            if anchor := element.get("id"):
                self.anchors.add(anchor)
            # The canonical link is the page's own address on the web.
            attribute = _LINKS.get(element.tag)
            link = attribute and element.get(attribute)
            if link and element.get("rel") != "canonical":
                self.links.append(link)


def broken_links(site: Mapping[str, bytes], base_path: str = "/") -> list[str]:
    """Every link and image on the pages without a target in the site, as "page -> link"."""
    return [
        f"{address} -> {target.link}"
        for address, content in site.items()
        if address.endswith(".html")
        for target in _targets(address, content, base_path)
        if not _is_there(target, site)
    ]


def reachable(site: Mapping[str, bytes], start: str = "index.html") -> set[str]:
    """The addresses of all pages, feeds and images reachable by links from the home page."""
    found, waiting = {start}, [start]
    while waiting:
        address = waiting.pop()
        if not address.endswith(".html"):
            continue
        for target in _targets(address, site[address], "/"):
            if target.address in site and target.address not in found:
                found.add(target.address)
                waiting.append(target.address)
    return found


def links_of(page: bytes) -> Iterator[str]:
    """The links and images of a page, as written."""
    return iter(_parsed(page).links)


@lru_cache(_REMEMBERED)
def _parsed(content: bytes) -> _Page:
    return _Page(content)


@lru_cache(_REMEMBERED)
def _targets(address: str, content: bytes, base_path: str) -> tuple[_Target, ...]:
    """The targets of the links of a page."""
    return tuple(_target(address, link, base_path) for link in _parsed(content).links)


def _is_there(target: _Target, site: Mapping[str, bytes]) -> bool:
    if target.address is None:
        return True
    if target.address not in site or not target.fragment:
        return target.address in site
    is_page = target.address.endswith(".html")
    return is_page and target.fragment in _parsed(site[target.address]).anchors


def _target(address: str, link: str, base_path: str) -> _Target:
    parts = urlsplit(link)
    if parts.scheme or link.startswith("//"):
        return _Target(link, None, "")
    path = unquote(parts.path)
    if path.startswith(base_path):
        target = path.removeprefix(base_path)
    else:
        target = normpath(join(dirname(address), path)) if path else address
    return _Target(link, target, unquote(parts.fragment))
