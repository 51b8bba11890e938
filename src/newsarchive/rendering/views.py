"""Views: all that one output shows. Templates get nothing else; docs/templates.md lists it all.

Addresses in views are addresses of the site; templates turn them into relative links with
the filter `link`. Moments are in the archive's time zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsarchive.model.dates import Precision
from newsarchive.model.periods import Period
from newsarchive.rendering.chart_views import CalendarView, HistogramView
from newsarchive.rendering.data_views import DataView
from newsarchive.rendering.feed_views import FeedLink, FeedListView, FeedView
from newsarchive.rendering.sitemap_views import SitemapFileView


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
    direction: str = "ltr"
    """`ltr` or `rtl`, by the language."""
    zone: str = "UTC"
    """The archive's time zone."""
    feeds: tuple[FeedLink, ...] = ()
    """The feeds of all articles."""


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
    standfirst: str | None
    """What stands between headline and text."""
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
    image_caption: str | None
    image_alt: str | None
    """What there is to see in it, in words."""
    periods: tuple[PeriodLink, ...]
    """Year, month and day of the article, or the undated shelf."""
    previous: Link | None
    next: Link | None
    earlier: tuple[EntryView, ...]
    """Earlier coverage: the older articles that share most tags, the newest first."""
    source: str
    """The name of the file that it was read from, below the source folder."""
    extra: Mapping[str, object]
    """Front matter that newsarchive gives no meaning to."""
    feeds: tuple[FeedLink, ...] = ()
    """Those of its section, authors and tags."""
    missing: tuple[str, ...] = ()
    """Names of files that the article refers to and that are not there."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """Entries of a listing that stand together."""

    period: Period | None
    """The year, month or day that they have in common; None where they are not divided."""
    address: str | None
    """The page of that period; None where it has none."""
    entries: tuple[EntryView, ...]


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
    groups: tuple[GroupView, ...]
    """Its articles, or its latest ones."""
    is_complete: bool
    """Whether these are all articles of the listing, or only its latest ones."""
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
    feeds: tuple[FeedLink, ...]
    """Those of the tag, author or section."""
    description: str
    """What the archive's owner says of a tag; mostly empty."""
    see_also: tuple[Link, ...]
    """The tags that its owner leads on to."""
    histogram: HistogramView | None
    """Of tags, authors and sections, where there is enough to show."""
    calendars: tuple[CalendarView, ...]
    """Of all articles: the twelve months of a year, or the one of a month."""
    first: PeriodLink | None
    last: PeriodLink | None
    """The first and the last day on which a tag, author or section has articles, as all articles
    of that day."""
    companions: tuple["TermView", ...]
    """The tags that its articles have most often besides it."""
    in_all_years: str | None
    """The page of a day of the calendar in all years, on the page of a day."""
    data: tuple[Link, ...]
    """The articles as data, on the page of a year or month of all articles, or of the undated
    shelf."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page."""

    address: str
    count: int
    """How many articles the archive has."""
    entries: tuple[EntryView, ...]
    """The latest articles."""
    is_complete: bool
    """Whether these are all."""
    years: tuple[PeriodLink, ...]
    """The years that have articles, the latest first, and the undated shelf."""
    histogram: HistogramView | None
    tags: tuple["TermView", ...]
    """The largest ones."""
    sections: tuple["TermView", ...]
    calendar: str
    """Which days of the calendar have articles, for the script of the page: for each month a
    hexadecimal number with a bit for each day, the lowest for the first."""


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page about the archive, with its numbers."""

    address: str
    count: int
    first: PeriodLink | None
    last: PeriodLink | None
    """The first and the last day that has articles; None where none has a date."""
    days: int
    """On how many days articles appeared."""
    months: int
    """In how many months."""
    gaps: tuple[tuple[Period, Period], ...]
    """The first and the last month of each stretch without any article in between."""
    undated: PeriodLink | None
    busiest: tuple[PeriodLink, ...]
    """The months with most articles."""
    data: str | None
    """The description of the archive for programs; None where there is none."""
    terms: Mapping[str, int]
    """How many tags, authors and sections there are, by kind."""
    history: tuple[FeedLink, ...]
    """The feeds of all articles that lead back to the first one."""
    feed_list: str | None
    """The list of all feeds; None where there are none."""


@dataclass(frozen=True, slots=True)
class CalendarDayView:
    """A day of the calendar in all years."""

    address: str
    day: Period
    """The day, in a leap year."""
    years: tuple[GroupView, ...]
    """The articles of each year, the latest first, not all of them where they are many."""
    counts: tuple[int, ...]
    """How many articles each of the years has on that day."""
    previous: PeriodLink
    next: PeriodLink


@dataclass(frozen=True, slots=True)
class CalendarPageView:
    """The page that leads to all days of the calendar."""

    address: str
    months: tuple[tuple[PeriodLink, ...], ...]
    """Twelve months of days, in a leap year."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page to search for headlines."""

    address: str


@dataclass(frozen=True, slots=True)
class IndexView:
    """The page of all tags, authors or sections."""

    address: str
    kind: str
    count: int
    letters: tuple["LetterView", ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """The tags, authors or sections that begin with one letter."""

    letter: str
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
class RedirectView:
    """What stays at an address when its page moved or its article was withdrawn."""

    address: str
    target: str | None
    """Where the page is now; None where the article is not published."""
    is_set_aside: bool
    """Whether that is only because its source could not be read."""


@dataclass(frozen=True, slots=True)
class ScriptView:
    """A file for the scripts of the pages: a call with one argument."""

    address: str
    function: str
    argument: object
    """Lists, mappings, texts and numbers."""


PageView = (
    ArticleView
    | ListingView
    | HomeView
    | IndexView
    | CalendarDayView
    | CalendarPageView
    | AboutView
    | SearchView
    | NotFoundView
    | RedirectView
)
View = PageView | FeedView | FeedListView | ScriptView | SitemapFileView | DataView
