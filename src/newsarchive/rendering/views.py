"""Views: all that one output shows. Templates get nothing else; docs/templates.md lists it all.

Addresses in views are addresses of the site; templates turn them into relative links with
the filter `link`. Moments are in the archive's time zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsarchive.dates import Precision
from newsarchive.periods import Period


@dataclass(frozen=True, slots=True)
class SiteView:
    """The archive as a whole, known to every template as `site`."""

    title: str
    description: str
    language: str
    base_url: str
    """Where the site is published, with a slash at its end; a stand-in where not configured."""
    has_base_url: bool
    """Whether that is configured: without it pages carry no canonical link."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site with the text that a link to it has."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """The page of a period, with its number of articles."""

    period: Period
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article's page."""

    address: str
    identity: str
    """What the page is of, kept in it so that its address can be kept: `article` and the id."""
    id: str
    """A `urn:uuid:` that never changes."""
    headline: str
    published: datetime | None
    precision: Precision | None
    """`day` where only the day of publication is known, else `second`."""
    modified: datetime | None
    body: str
    """Sanitised HTML."""
    summary: str
    dateline: str | None
    authors: tuple[Link, ...]
    section: Link | None
    tags: tuple[Link, ...]
    mentioned: tuple[Link, ...]
    """Tags that the article does not state, and has from what it says."""
    source_url: str | None
    """Where the article was first published, on the web."""
    language: str | None
    """As the article states it; None where it is the archive's."""
    direction: str
    """`ltr` or `rtl`."""
    image: str | None
    """The lead image: an `https:` URL or an address of the site; None where it is not there."""
    periods: tuple[PeriodLink, ...]
    """Year, month and day of the article, or the undated shelf."""
    previous: Link | None
    next: Link | None
    extra: Mapping[str, object]
    """Front matter that newsarchive gives no meaning to."""
    missing: tuple[str, ...] = ()
    """Names of files that the article refers to and that are not there."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """An article in a listing."""

    address: str
    headline: str
    summary: str
    published: datetime | None
    precision: Precision | None
    authors: tuple[str, ...]
    section: str | None
    language: str | None
    direction: str
    is_mention: bool
    """Whether it only mentions the tag that is listed."""


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing: a collection in a period."""

    address: str
    identity: str | None
    """What the page is of, kept in it so that its address can be kept: the kind of collection and
    the name that makes two spellings one; None for all articles."""
    kind: str
    """`all`, `tag`, `author` or `section`."""
    name: str
    """The tag, author or section; empty for all articles."""
    period: Period
    count: int | None
    """How many articles the listing has in all; None on the parts of a long day, which would
    otherwise change with every article that the day gets."""
    entries: tuple[EntryView, ...]
    is_complete: bool
    """Whether `entries` are all articles of the listing, or only its latest ones."""
    sub_periods: tuple[PeriodLink, ...]
    parents: tuple[PeriodLink, ...]
    """The longer periods that have a page, the longest first."""
    index: str | None
    """The page of all tags, authors or sections; None for all articles."""
    previous: PeriodLink | None
    next: PeriodLink | None
    part: int
    previous_part: str | None
    next_part: str | None
    feed: str | None
    description: str
    """What the archive's owner says of a tag; mostly empty."""
    see_also: tuple[Link, ...]
    """The tags that its owner leads on to."""


@dataclass(frozen=True, slots=True)
class IndexView:
    """The page of all tags, authors or sections."""

    address: str
    kind: str
    terms: tuple["TermView", ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A tag, author or section in an index."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page that a server shows for an address that leads nowhere."""

    address: str


@dataclass(frozen=True, slots=True)
class FormerView:
    """What stays at an address when its page moved or its article was withdrawn."""

    address: str
    target: str | None
    """Where the page is now; None where the article is not published."""
    is_set_aside: bool
    """Whether that is only because its source could not be read."""


@dataclass(frozen=True, slots=True)
class FeedEntryView:
    """An article in a feed."""

    id: str
    address: str
    headline: str
    summary: str
    body: str | None
    """Sanitised HTML; None where the feed holds summaries only."""
    published: datetime | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedView:
    """The RSS feed of a listing."""

    address: str
    listing: str
    """The address of the listing that the feed follows."""
    kind: str
    name: str
    period: Period
    entries: tuple[FeedEntryView, ...]
    changed: datetime | None
    """The date of the newest article; None where none has one."""


View = ArticleView | ListingView | IndexView | NotFoundView | FormerView | FeedView
