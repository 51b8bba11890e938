"""Crawling a built site, as a reader or a link checker would."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src"}


class _Page(HTMLParser):
    """The links of a page and the anchors that others can lead to."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if attributes.get("id"):
            self.anchors.add(attributes["id"] or "")
        # The canonical link is the page's own address on the web.
        if attributes.get("rel") != "canonical" and (link := attributes.get(_LINKS.get(tag, ""))):
            self.links.append(link)


def broken_links(site: Mapping[str, bytes], base_path: str = "/") -> list[str]:
    """Every link and image of the pages that leads to nothing in the site, as "page -> link"."""
    pages = {
        address: _Page(content.decode())
        for address, content in site.items()
        if address.endswith(".html")
    }
    return [
        f"{address} -> {link}"
        for address, page in pages.items()
        for link in page.links
        if not _leads_somewhere(address, link, site, pages, base_path)
    ]


def reachable(site: Mapping[str, bytes], start: str = "index.html") -> set[str]:
    """The addresses of all pages, feeds and images that links lead to from the home page."""
    found, waiting = {start}, [start]
    while waiting:
        address = waiting.pop()
        if not address.endswith(".html"):
            continue
        for link in _Page(site[address].decode()).links:
            target = _target(address, link, "/")
            if target in site and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def links_of(page: bytes) -> Iterator[str]:
    """The links and images of a page as they are written."""
    return iter(_Page(page.decode()).links)


def _leads_somewhere(
    address: str,
    link: str,
    site: Mapping[str, bytes],
    pages: Mapping[str, _Page],
    base_path: str,
) -> bool:
    if urlsplit(link).scheme or link.startswith("//"):
        return True  # to the web
    target = _target(address, link, base_path)
    fragment = unquote(urlsplit(link).fragment)
    return target in site and (not fragment or fragment in pages[target].anchors)


def _target(address: str, link: str, base_path: str) -> str:
    """The address in the site that a relative link leads to."""
    path = unquote(urlsplit(link).path)
    if path.startswith(base_path):
        return path.removeprefix(base_path)
    return normpath(join(dirname(address), path)) if path else address
