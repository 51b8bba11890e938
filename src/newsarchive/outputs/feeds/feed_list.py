"""feeds.opml: the list of all feeds in OPML 2.0 (https://opml.org/spec2.opml), for feed readers to
import."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES, Collection
from newsarchive.outputs.context import Context
from newsarchive.outputs.feeds.formats import feed_address
from newsarchive.outputs.feeds.texts import feed_title, full
from newsarchive.outputs.kind import Marker, Output, Settings, SingleKind

_KINDS = ("all", "section", "tag", "author")
"""The kinds of collection, in their order in the list."""

_VERSIONS = {"rss": {"version": "RSS2"}}
"""OPML has versions only for RSS, and the type `rss` for feeds of any format."""


@dataclass(frozen=True)
class FeedList(SingleKind):
    """The list of all feeds. A feed reader subscribes to every entry, so a collection with feeds in
    several formats is listed once, in the first format."""

    name = "feed-list"
    address = "feeds.opml"
    markers = (Marker(".opml", b"<!-- newsarchive -->"),)

    archive_format: str | None
    collection_format: str | None

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        feeds = settings.config.feeds
        if not settings.has_feeds:
            return None
        return cls(next(iter(feeds.formats), None), next(iter(feeds.collection_formats), None))

    def render(self, output: Output, context: Context) -> bytes:
        from lxml import etree

        site, words = context.site, context.words
        root = etree.Element("opml", version="2.0")
        root.append(etree.Comment(" newsarchive "))  # the marker
        head = etree.SubElement(root, "head")
        etree.SubElement(head, "title").text = site.title
        body = etree.SubElement(root, "body")
        headings = {
            "section": words.text("Sections"),
            "tag": words.text("Tags"),
            "author": words.text("Authors"),
        }
        for kind, feeds in groupby(self._feeds(context), key=lambda one: one[0].kind):
            parent = body
            if kind in headings:
                parent = etree.SubElement(body, "outline", text=headings[kind])
            for collection, format in feeds:
                title = feed_title(collection.name, "", site)
                etree.SubElement(
                    parent,
                    "outline",
                    text=collection.name or title,
                    title=title,
                    type="rss",
                    **_VERSIONS.get(format, {}),
                    xmlUrl=full(feed_address(collection, format), site),
                    htmlUrl=full(addresses.listing(collection), site),
                    language=site.language,
                )
        xml: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
        return xml

    def _feeds(self, context: Context) -> Iterator[tuple[Collection, str]]:
        """(collection, format) of each feed, in the order of _KINDS."""
        collections = [collection for collection, _ in context.queries.collections()]
        for collection in sorted(collections, key=lambda one: _KINDS.index(one.kind)):
            is_archive = collection.key == ALL_ARTICLES
            if format := self.archive_format if is_archive else self.collection_format:
                yield collection, format
