"""Views of feeds: all that a feed, and the list of feeds, tell."""

from dataclasses import dataclass
from datetime import datetime

from newsarchive.model.dates import Precision
from newsarchive.model.periods import ALL_TIME, Period

MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
"""The media type of each format (JSON Feed 1.1; RFC 4287, section 7; RSS has none registered)."""

_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed to subscribe to."""

    address: str
    format: str
    """The name of its format: `RSS`, `Atom` or `JSON Feed`."""
    media_type: str
    name: str
    """The tag, author or section that it is of; empty for all articles."""


def feed_link(address: str, format: str, name: str = "") -> FeedLink:
    """A link to a feed in a format, `rss`, `atom` or `json`."""
    return FeedLink(address, _NAMES[format], MEDIA_TYPES[format], name)


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of the site that a feed leads to."""

    address: str
    bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class FeedEntryView:
    """An article in a feed."""

    id: str
    """A `urn:uuid:` that never changes."""
    address: str
    headline: str
    summary: str
    body: str | None
    """Sanitised HTML; None where the feed holds summaries only."""
    published: datetime | None
    precision: Precision | None
    modified: datetime | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    language: str | None
    """Where it is not the archive's."""
    image: str | None
    """The lead image: an `https:` URL or an address of the site."""
    enclosure: FileView | None
    """The lead image where it is a file of the site."""
    missing: tuple[str, ...]

    @property
    def updated(self) -> datetime | None:
        """When it last changed, as far as it says."""
        return self.modified or self.published


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """An article that was withdrawn."""

    id: str
    when: datetime
    """A moment by which it is known to have been withdrawn; the real one is not kept."""


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The place of a feed in the history of the archive (RFC 5005, section 4)."""

    current: str
    """The feed that is subscribed to."""
    previous: str | None
    """The document of what came before."""
    next: str | None = None
    """The document of what came after; None in the feed that is subscribed to."""
    is_closed: bool = False
    """Whether it is a document to which nothing is added any more."""


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed."""

    address: str
    format: str
    """`rss`, `atom` or `json`."""
    listing: str
    """The page that the feed follows."""
    id: str
    """A `urn:uuid:` that is the same whatever the address of the site."""
    name: str
    """The tag, author or section; empty for all articles."""
    entries: tuple[FeedEntryView, ...]
    """The newest first."""
    changed: datetime | None
    """The last change that one of them tells of; None where none has a date."""
    hub: str
    """The WebSub hub to ask for news; empty where there is none."""
    period: Period = ALL_TIME
    """What a document of the history holds."""
    withdrawn: tuple[WithdrawnView, ...] = ()
    history: HistoryView | None = None


@dataclass(frozen=True, slots=True)
class ListedFeedView:
    """A feed in the list of feeds."""

    name: str
    """The tag, author or section; empty for all articles."""
    address: str
    format: str
    listing: str


@dataclass(frozen=True, slots=True)
class FeedListView:
    """All feeds of the site, for feed readers to take in at once."""

    address: str
    groups: tuple[tuple[str, tuple[ListedFeedView, ...]], ...]
    """The kinds `all`, `section`, `tag` and `author`, each with its feeds."""
