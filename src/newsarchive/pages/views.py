"""Views: all values that templates can use. docs/templates.md lists every field.

This module has the views that several kinds of page share, and the view of an article, from which
metadata and citations are made. The view of any other kind of page is in the module of that kind,
in `newsarchive.outputs`.

Addresses in views are addresses of the site; templates turn them into relative links with the
filter `link`. Times are in the archive's time zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from newsarchive.model import addresses
from newsarchive.model.dates import Precision
from newsarchive.model.periods import Period


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed to subscribe to."""

    address: str
    format: str
    """The name of its format: `RSS`, `Atom` or `JSON Feed`."""
    media_type: str
    name: str
    """The tag, author or section of the feed; empty for all articles."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """The archive as a whole: `site` in every template."""

    title: str
    description: str
    language: str
    base_url: str
    """The URL of the site, with a slash at its end; a stand-in if `[site] base_url` is not set."""
    has_base_url: bool
    """True if `[site] base_url` is set; without it, pages have no canonical link."""
    direction: str = "ltr"
    """The direction of writing by the language: `ltr` or `rtl`."""
    zone: str = "UTC"
    """The archive's time zone."""
    feeds: tuple[FeedLink, ...] = ()
    """The feeds of all articles."""

    def url(self, address: str) -> str | None:
        """The URL of an address of the site; None if `[site] base_url` is not set. A URL is
        returned unchanged."""
        if address.startswith(("https:", "http:")):
            return address
        return addresses.url(self.base_url, address) if self.has_base_url else None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page or file of the site: its text and its target."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """A link to the page of a period."""

    period: Period
    address: str
    count: int = 0
    """The number of articles of the period; 0 if the page that links to it does not show it."""


@dataclass(frozen=True, slots=True)
class TermView:
    """A tag, author or section with its number of articles."""

    name: str
    address: str
    count: int


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
    """True if the article only mentions the listed tag."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """Entries of a listing, or of a day of the year, under one heading."""

    period: Period | None
    """The year, month or day that the entries share; None for a list without headings."""
    address: str | None
    """The page of that period; None if it has none."""
    entries: tuple[EntryView, ...]


class PageView:
    """The base of the views of all pages. Each is a dataclass with the `address` of the page."""

    __slots__ = ()

    schema_type: ClassVar[str] = "CollectionPage"
    """The type of the page in schema.org's vocabulary."""
    has_breadcrumbs: ClassVar[bool] = True

    address: str

    def crumbs(self) -> Iterable["Crumb"]:
        """The pages between the home page and this one, the home page excluded."""
        return ()


Crumb = Link | PeriodLink | tuple[str, str]
"""One breadcrumb: a link, the page of a period, or (message, address), whose message is
translated."""


@dataclass(frozen=True, slots=True)
class ArticleView(PageView):
    """An article's page."""

    address: str
    identity: str
    """`article` and the id of the article. The page contains it, so that a build without a
    catalogue can learn from the page which article has this address."""
    id: str
    """A `urn:uuid:` made from the id of the article, so it changes only with that."""
    headline: str
    published: datetime | None
    precision: Precision | None
    """`day` if only the day of publication is known, else `second`."""
    modified: datetime | None
    body: str
    """The text as sanitised HTML, with links and images ready for this page."""
    summary: str
    standfirst: str | None
    """The paragraph between headline and text."""
    dateline: str | None
    authors: tuple[Link, ...]
    section: Link | None
    tags: tuple[Link, ...]
    mentioned: tuple[Link, ...]
    """The tags inferred from the text."""
    source_url: str | None
    """The web address of the first publication."""
    language: str | None
    """The language that the article states; None for the archive's."""
    direction: str
    """The direction of writing: `ltr` or `rtl`."""
    image: str | None
    """The lead image: an `https:` URL or an address of the site. None if the file is missing or if
    the text shows the image itself."""
    image_caption: str | None
    image_alt: str | None
    """A description of the image for readers who do not see it."""
    periods: tuple[PeriodLink, ...]
    """Year, month and day of the article, or the undated shelf."""
    previous: Link | None
    next: Link | None
    earlier: tuple[EntryView, ...]
    """Earlier coverage: the older articles that share most tags, newest first."""
    source: str
    """The name of the source file: the prefix of its source folder, and its path below."""
    extra: Mapping[str, object]
    """Front matter that has no meaning for newsarchive."""
    feeds: tuple[FeedLink, ...] = ()
    """The feeds of its section, authors and stated tags."""
    missing: tuple[str, ...] = ()
    """Names of missing files that the article refers to."""

    def crumbs(self) -> Sequence[Crumb]:
        return self.periods
