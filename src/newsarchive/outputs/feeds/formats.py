"""The formats of feeds, and the addresses of feeds."""

from collections.abc import Iterable

from newsarchive.model.collection import ALL_ARTICLES, Collection
from newsarchive.pages.views import FeedLink

MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
"""The media type of each format (JSON Feed 1.1; RFC 4287, section 7; that of RSS is not
registered)."""

SUFFIXES = {"rss": "xml", "atom": "atom", "json": "json"}
"""The suffix of each format's files."""

_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


def feed_address(collection: Collection, format: str) -> str:
    """The address of a collection's feed, beside its listing: `tags/ferry/feed.xml`."""
    return f"{collection.folder}feed.{SUFFIXES[format]}"


def feed_link(collection: Collection, format: str) -> FeedLink:
    """A link to a collection's feed in a format: `rss`, `atom` or `json`."""
    address = feed_address(collection, format)
    return FeedLink(address, _NAMES[format], MEDIA_TYPES[format], collection.name)


def collection_feeds(
    collections: Iterable[Collection], formats: Iterable[str]
) -> tuple[FeedLink, ...]:
    """Links to the feeds of tags, authors and sections, in these formats. The feeds of all articles
    are left out: they belong to the site."""
    formats = tuple(formats)
    return tuple(
        feed_link(collection, format)
        for collection in collections
        for format in formats
        if collection.key != ALL_ARTICLES
    )
