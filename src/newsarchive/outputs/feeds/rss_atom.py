"""RSS 2.0 and Atom, written by feedgen. Feeds state only what the articles state.

RSS follows the Best Practices Profile of the RSS Advisory Board, Atom follows RFC 4287. Extensions
add what feedgen cannot write: the history of RFC 5005, the tombstones of RFC 6721, the WebSub hub,
and a hint for people who open a feed in a browser.
"""

from datetime import UTC, datetime
from html import escape
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml.etree import SubElement

from newsarchive.model import addresses
from newsarchive.outputs.feeds.formats import MEDIA_TYPES
from newsarchive.outputs.feeds.texts import full, html_of, title_of
from newsarchive.outputs.feeds.views import FeedEntryView, FeedView
from newsarchive.pages.views import SiteView
from newsarchive.pages.words import Words, exact

_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_XHTML = "http://www.w3.org/1999/xhtml"

_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""Atom requires a date for every entry. This one keeps an undated article from looking new."""

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>\n"


class _Channel(BaseExtension):  # type: ignore[misc]
    """Adds elements to the head of a feed."""

    view: FeedView
    site: SiteView
    hint: str

    def extend_ns(self) -> dict[str, str]:
        found = {"h": _XHTML}
        if self.view.history and self.view.history.is_closed:
            found["fh"] = _HISTORY
        if self.view.withdrawn and self.view.format == "atom":
            found["at"] = _TOMBSTONES
        return found

    def extend_rss(self, rss_feed: Any) -> Any:
        channel = rss_feed.find("channel")
        for date in channel.findall("lastBuildDate"):
            if self.view.changed is None:
                channel.remove(date)  # feedgen writes the current time if none is given
        for rel, href in self._links():
            SubElement(channel, f"{{{_ATOM}}}link", rel=rel, href=href)
        self._extend(channel)
        return rss_feed

    def extend_atom(self, atom_feed: Any) -> Any:
        # feedgen writes Atom's namespace as an attribute, so elements must not have one here.
        for rel, href in self._links():
            SubElement(atom_feed, "link", rel=rel, href=href)
        self._extend(atom_feed)
        for one in self.view.withdrawn:
            when = exact(one.when).isoformat()
            SubElement(atom_feed, f"{{{_TOMBSTONES}}}deleted-entry", ref=one.id, when=when)
        return atom_feed

    def _extend(self, element: Any) -> None:
        if self.view.history and self.view.history.is_closed:
            SubElement(element, f"{{{_HISTORY}}}archive")
        SubElement(element, f"{{{_XHTML}}}p").text = self.hint

    def _links(self) -> list[tuple[str, str]]:
        history, view = self.view.history, self.view
        found: list[tuple[str, str | None]] = [("hub", view.hub)]
        if history:
            is_document = history.current != view.address
            found += [
                ("current", history.current if is_document else None),
                ("prev-archive", history.previous),
                ("next-archive", history.next),
            ]
        return [(rel, full(address, self.site)) for rel, address in found if address]


class _Item(BaseEntryExtension):  # type: ignore[misc]
    """Adds elements to an entry."""

    updated: datetime | None = None
    language: str | None = None
    enclosure: dict[str, str] | None = None

    def extend_rss(self, entry: Any) -> Any:
        if self.updated:
            SubElement(entry, f"{{{_ATOM}}}updated").text = exact(self.updated).isoformat()
        return entry

    def extend_atom(self, entry: Any) -> Any:
        if self.enclosure:
            # feedgen 1.0 leaves out the relation and the type of an entry's links.
            SubElement(entry, "link", {"rel": "enclosure", **self.enclosure})
        if self.language:
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", self.language)
        return entry


def render_xml_feed(view: FeedView, site: SiteView, words: Words) -> bytes:
    """An RSS or Atom feed as XML in UTF-8."""
    generator = FeedGenerator()
    generator.register_extension("newsarchive", _Channel, _Item)
    generator.newsarchive.view, generator.newsarchive.site = view, site
    generator.newsarchive.hint = words.text(
        "This is a feed. Copy its address into a feed reader to follow new articles."
    )
    generator.title(title_of(view, site, words))
    own = full(view.address, site)
    # RSS has only one <link>: feedgen takes the last link, so the listing must come last.
    generator.link(href=own, rel="self", type=MEDIA_TYPES[view.format])
    generator.link(href=full(view.listing, site), rel="alternate", type="text/html")
    generator.generator("newsarchive")
    generator.language(site.language)
    is_rss = view.format == "rss"
    if is_rss:
        generator.load_extension("dc")
        generator.description(site.description or site.title)
        if view.changed:
            generator.lastBuildDate(exact(view.changed))
    else:
        generator.id(view.id)
        generator.subtitle(site.description or None)
        generator.author(name=site.title)
        generator.updated(exact(view.changed or _NO_DATE))
    for entry in view.entries:
        (_add_item if is_rss else _add_entry)(generator, entry, site)
    xml: bytes = generator.rss_str(pretty=True) if is_rss else generator.atom_str(pretty=True)
    style = addresses.to_top(view.address) + addresses.static("feed.css")
    processing = f'<?xml-stylesheet type="text/css" href="{style}"?>\n'
    return xml.replace(_DECLARATION, _DECLARATION + processing.encode(), 1)


def _add_item(generator: FeedGenerator, entry: FeedEntryView, site: SiteView) -> None:
    """Add an article as an `item` of RSS."""
    made = generator.add_entry(order="append")
    made.guid(entry.id, permalink=False)
    made.title(entry.headline)
    made.link(href=full(entry.address, site), rel="alternate")
    if entry.published:
        made.published(exact(entry.published))
    made.newsarchive.updated = entry.modified
    if entry.authors:
        made.dc.dc_creator(list(entry.authors))
    made.category([{"term": category} for category in entry.categories])
    # Feed readers read a description as HTML (RSS Best Practices Profile, description of an item).
    made.description(escape(entry.summary or entry.headline, quote=False))
    if file := entry.enclosure:
        made.enclosure(full(file.address, site), str(file.bytes), file.media_type)
    if (html := html_of(entry, site)) is not None:
        made.content(html, type="html")


def _add_entry(generator: FeedGenerator, entry: FeedEntryView, site: SiteView) -> None:
    """Add an article as an `entry` of Atom."""
    made = generator.add_entry(order="append")
    made.id(entry.id)
    made.title(entry.headline)
    made.updated(exact(entry.updated or _NO_DATE))
    made.link(href=full(entry.address, site), rel="alternate")
    if file := entry.enclosure:
        made.newsarchive.enclosure = {
            "href": full(file.address, site),
            "length": str(file.bytes),
            "type": file.media_type,
        }
    if entry.published:
        made.published(exact(entry.published))
    made.newsarchive.language = entry.language
    made.author([{"name": author} for author in entry.authors])
    made.category([{"term": category} for category in entry.categories])
    if entry.summary:
        made.summary(entry.summary)
    if (html := html_of(entry, site)) is not None:
        made.content(html, type="html")
