"""Check: finds the faults of a built site, and changes nothing.

It compares every file with the catalogue's record, parses every page and feed, and follows every
link within the site.
"""

import json
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from newsarchive.build.output_folder import OutputFolder, digest_of
from newsarchive.catalogue.published import PublishedFiles
from newsarchive.catalogue.store import catalogue_path, open_snapshot
from newsarchive.config import Config
from newsarchive.model import addresses
from newsarchive.model.events import FAULTS, Checked, Fault
from newsarchive.model.problems import ArchiveError, ConfigError
from newsarchive.outputs.data.archive_json import ArchiveJson
from newsarchive.outputs.sitemaps.robots import Robots

_OWN_FILES = (addresses.media(""), addresses.static(""))
"""The folders of copied files. Their contents are up to the owner: only the links in style sheets
are checked."""

_FOREIGN = (
    "no build made this file: to publish it, put it in static/ or beside the articles; otherwise "
    "move it out of the output folder"
)

_URLS = ("href", "src", "poster", "action")
_CSS_URL = re.compile(rb"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_REFRESH = re.compile(r"\s*[0-9]+\s*;\s*url=(.+)", re.I | re.S)
_SITEMAP_OF_ROBOTS = re.compile(rb"(?im)^sitemap:\s*(\S+)")
_JSON_URLS = ("url", "feed_url", "home_page_url", "image", "contentUrl")
"""Fields of JSON Feed and of archive.json with an address."""

_LINKING = {"link", "comments", "id", "loc", "url"}
"""Elements of feeds and sitemaps whose text is an address."""


def _is_of_entry(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and etree.QName(parent).localname == "entry"


def check(config: Config) -> Checked:
    """Check the site in the output folder. Raises ConfigError if there is no site; ArchiveError if
    a build is running or changes the site during the check, or if its record is damaged."""
    output_folder = OutputFolder(config.output)
    if not output_folder.is_marked():
        raise ConfigError(
            f"{config.output}: no site found: run newsarchive build first, or name the folder of "
            f"the site with -o/--output"
        )
    try:
        return _checked(config, output_folder)
    except sqlite3.DatabaseError as error:
        raise ArchiveError(
            f"the record of the last build is damaged ({error}): run newsarchive build again"
        ) from error


def _checked(config: Config, output_folder: OutputFolder) -> Checked:
    checked = Checked()
    site = _Site(config, checked)
    with closing(open_snapshot(catalogue_path(config.directory, config.output))) as record:
        outputs = PublishedFiles(record.connection, -1) if record.connection else None
        if outputs is None:
            checked.notices.append(
                "no record of the build found, so files were not compared with it: run newsarchive "
                "build to create one"
            )
        if record.was_interrupted:
            reason = "the last build was stopped: run newsarchive build again"
            checked.faults.append(Fault("interrupted", "", reason))
        for address in output_folder.files():
            site.look_at(address, outputs)
        if outputs:
            checked.faults += _missing(outputs, config.output)
        with closing(open_snapshot(catalogue_path(config.directory, config.output))) as now:
            if now.build != record.build:
                raise ArchiveError(
                    "a build changed the site during the check: run newsarchive check again"
                )
    checked.faults += site.broken()
    checked.faults.sort(key=lambda fault: (FAULTS.index(fault.kind), fault.address, fault.reason))
    return checked


def _missing(outputs: PublishedFiles, output: Path) -> Iterator[Fault]:
    for address in outputs.addresses():
        if not os.path.isfile(output / address):
            yield Fault("missing", address, "this file is gone: build --full restores it")


class _Site:
    """The files of the site, and the faults found in them."""

    def __init__(self, config: Config, checked: Checked) -> None:
        self._root = config.output
        self._base_url = config.base_url
        self._base_path = unquote(urlsplit(config.base_url).path)
        self._checked = checked
        self._broken: dict[tuple[str, str], tuple[int, str]] = {}
        """(number of files that link to it, first of these files) of each missing target, by
        (kind of fault, target)."""
        self._exists = lru_cache(50_000)(self._is_file)
        self._places = lru_cache(500)(self._places_of)

    def look_at(self, address: str, outputs: PublishedFiles | None) -> None:
        """Check one file. `outputs` is the record of the build; None if there is none."""
        self._checked.files += 1
        if address != (name := addresses.shown(address)):
            self._fault("foreign", name, _FOREIGN)
            return
        if os.path.islink(self._root / address) or not os.path.isfile(self._root / address):
            self._fault(
                "foreign", address, "this is a link or a device, and no build made it: remove it"
            )
            return
        try:
            content = (self._root / address).read_bytes()
        except OSError as error:
            self._fault("unreadable", address, f"cannot be read: {error.strerror}")
            return
        if outputs:
            self._compare(address, content, outputs)
        if address.startswith(_OWN_FILES):
            if address.endswith(".css"):
                links = (url.decode("utf-8", "replace") for url in _CSS_URL.findall(content))
                self._follow(address, ((link, "link") for link in links), frozenset())
        elif address.endswith(".html"):
            self._checked.pages += 1
            self._look_at_page(address, content)
        elif address == ArchiveJson.address or address.endswith("feed.json"):
            self._checked.feeds += 1
            self._look_at_json(address, content)
        elif address.endswith((".xml", ".atom", ".opml")):
            self._checked.feeds += 1
            self._look_at_feed(address, content)
        elif address == Robots.address:
            sitemaps = (
                url.decode("utf-8", "replace") for url in _SITEMAP_OF_ROBOTS.findall(content)
            )
            self._follow(address, ((link, "link") for link in sitemaps), frozenset())

    def _compare(self, address: str, content: bytes, outputs: PublishedFiles) -> None:
        known = outputs.at(address)
        if known is None:
            self._fault("foreign", address, _FOREIGN)
        elif known.digest and known.digest != digest_of(content):
            reason = "this file was changed after it was published: build --full restores it"
            self._fault("changed", address, reason)

    def _look_at_page(self, address: str, content: bytes) -> None:
        page = _parsed(content)
        if page is None:
            self._fault("not well-formed", address, "this page is empty")
            return
        places = Counter(_ids(page))
        for place, count in places.items():
            if count > 1:
                self._fault("duplicate id", address, f'the id "{place}" occurs {count} times')
        self._follow(address, _links_of(page), frozenset(places))

    def _look_at_feed(self, address: str, content: bytes) -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            self._fault("not well-formed", address, f"not valid XML: {error.msg}")
            return
        guids: Counter[str] = Counter()
        links: list[tuple[str, str]] = []
        for element in root.iter(etree.Element):
            name, text = etree.QName(element).localname, (element.text or "").strip()
            if name in ("guid", "loc") or (name == "id" and _is_of_entry(element)):
                guids[text] += 1
            links += [(str(element.get(key)), "link") for key in _URLS if element.get(key)]
            if name in _LINKING and text:
                links.append((text, "link"))
            if name in ("encoded", "description", "content", "summary") and "<" in text:
                page = _parsed(text.encode())
                links += _links_of(page) if page is not None else ()
        for guid, count in guids.items():
            if count > 1:
                self._fault("duplicate id", address, f'the entry "{guid}" occurs {count} times')
        self._follow(address, links, frozenset())

    def _look_at_json(self, address: str, content: bytes) -> None:
        try:
            document = json.loads(content)
        except ValueError as error:
            self._fault("not well-formed", address, f"not valid JSON: {error}")
            return
        links: list[tuple[str, str]] = []
        ids: Counter[str] = Counter()
        waiting: list[Any] = [document]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict):
                links += [(str(one[key]), "link") for key in _JSON_URLS if one.get(key)]
                ids.update([str(one["id"])] if "id" in one and "url" in one else [])
                waiting += one.values()
            elif isinstance(one, list):
                waiting += one
        for id, count in ids.items():
            if count > 1:
                self._fault("duplicate id", address, f'the entry "{id}" occurs {count} times')
        self._follow(address, links, frozenset())

    def _follow(
        self, address: str, links: Iterable[tuple[str, str]], places: frozenset[str]
    ) -> None:
        for link, what in dict.fromkeys(links):
            target = self._target(address, link)
            if target is None:
                continue
            self._checked.links += 1
            path, fragment = target
            if not self._exists(path):
                kind = "missing image" if what == "image" else "broken link"
                self._note_broken(kind, path, address)
            elif fragment and fragment not in (places if path == address else self._places(path)):
                self._note_broken("broken link", f"{path}#{fragment}", address)

    def _note_broken(self, kind: str, target: str, address: str) -> None:
        # One fault for each missing target, because every page of the site may link to it.
        count, first = self._broken.get((kind, target), (0, address))
        self._broken[kind, target] = count + 1, min(first, address)

    def broken(self) -> Iterator[Fault]:
        """The faults of missing targets, one for each target, at the first file that links to
        it."""
        for (kind, target), (count, address) in self._broken.items():
            more = f"; {count - 1:,} more link to it" if count > 1 else ""
            yield Fault(kind, address, f"{target} does not exist{more}")

    def _target(self, address: str, link: str) -> tuple[str, str] | None:
        """(address, id in the page) of a link; None if the link leaves the site."""
        try:
            parts = urlsplit(link.strip())
        except ValueError:
            return link, ""
        path = unquote(parts.path)
        if link.startswith(self._base_url):
            path = path.removeprefix(self._base_path)
        elif parts.scheme or parts.netloc:
            return None
        elif path.startswith("/"):
            # The links of 404.html begin with "/", because servers show it at any address.
            path = path.removeprefix(self._base_path)
        elif path:
            path = normpath(join(dirname(address), path)) + ("/" if path.endswith("/") else "")
        else:
            path = address
        if path.endswith("/") or not path:
            path += "index.html"
        return path, unquote(parts.fragment)

    def _is_file(self, address: str) -> bool:
        return not address.startswith(("/", "..")) and os.path.isfile(self._root / address)

    def _places_of(self, address: str) -> frozenset[str]:
        page = _parsed((self._root / address).read_bytes())
        return frozenset(_ids(page) if page is not None else ())

    def _fault(self, kind: str, address: str, reason: str) -> None:
        self._checked.faults.append(Fault(kind, address, reason))


def _parsed(content: bytes) -> Any:
    try:
        root = etree.fromstring(content, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    except etree.XMLSyntaxError:
        return None
    return root


def _ids(page: Any) -> list[str]:
    return [str(place) for place in page.xpath("//@id")]


def _links_of(page: Any) -> Iterator[tuple[str, str]]:
    """(target, `image` or `link`) of every link in a page: images are shown, links followed."""
    for element in page.iter(etree.Element):
        if element.tag == "meta" and str(element.get("http-equiv")).lower() == "refresh":
            refresh = _REFRESH.match(str(element.get("content")))
            if refresh:
                yield refresh[1].strip(), "link"
        what = "image" if element.tag in ("img", "source") else "link"
        for key in _URLS:
            if (link := element.get(key)) is not None:
                yield str(link), what
