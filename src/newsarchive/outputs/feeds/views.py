"""Views of feeds: the contents of a feed, the same for every format."""

from dataclasses import dataclass
from datetime import datetime

from newsarchive.model.dates import Precision
from newsarchive.model.periods import ALL_TIME, Period


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of the site that an entry links to."""

    address: str
    bytes: int
    """The size of the file in bytes."""
    media_type: str


@dataclass(frozen=True, slots=True)
class FeedEntryView:
    """An article in a feed."""

    id: str
    """A `urn:uuid:` made from the id of the article, so it changes only with that."""
    address: str
    headline: str
    summary: str
    body: str | None
    """Sanitised HTML; None if the feed has summaries only."""
    published: datetime | None
    precision: Precision | None
    modified: datetime | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    language: str | None
    """The language that the article states; None for the archive's."""
    image: str | None
    """The lead image: an `https:` URL or an address of the site."""
    enclosure: FileView | None
    """The lead image if it is a file of the site."""
    missing: tuple[str, ...]
    """The names of missing files that the article refers to."""

    @property
    def updated(self) -> datetime | None:
        """The time of the last change that the article states; None if it states no time."""
        return self.modified or self.published


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """An article that was withdrawn."""

    id: str
    when: datetime
    """A stand-in for the time of withdrawal, which is not recorded."""


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The links between a feed and the documents of its history (RFC 5005, section 4)."""

    current: str
    """The address of the feed to subscribe to."""
    previous: str | None
    """The address of the document with earlier articles; None if there is none."""
    next: str | None = None
    """The address of the document with later articles; None in the feed to subscribe to."""
    is_closed: bool = False
    """True for a document that gets no new articles."""


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed to subscribe to, or a document of its history."""

    address: str
    format: str
    """`rss`, `atom` or `json`."""
    listing: str
    """The address of the listing with the same articles."""
    id: str
    """A `urn:uuid:` that does not depend on the address of the site."""
    name: str
    """The tag, author or section; empty for all articles."""
    entries: tuple[FeedEntryView, ...]
    """Newest first."""
    changed: datetime | None
    """The time of the last change of any entry; None if no entry has a date."""
    hub: str
    """The URL of the WebSub hub; empty if there is none."""
    period: Period = ALL_TIME
    """The period of a document of the history; ALL_TIME for a feed to subscribe to."""
    withdrawn: tuple[WithdrawnView, ...] = ()
    history: HistoryView | None = None
