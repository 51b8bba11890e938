"""What a plan is made of: outputs, which of them there are, and what is asked of the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.config import Config
from newsarchive.model import addresses
from newsarchive.model.addresses import Collection
from newsarchive.model.changes import Place
from newsarchive.model.periods import ALL_TIME, Period

SINGLE = {
    "calendar": addresses.CALENDAR,
    "days": addresses.DAYS,
    "search": addresses.SEARCH,
    "about": addresses.ABOUT,
    "not-found": addresses.NOT_FOUND,
    "feed-list": addresses.FEED_LIST,
    "archive-data": addresses.ARCHIVE_DATA,
    "sitemap-index": addresses.SITEMAP,
    "news-sitemap": addresses.NEWS_SITEMAP,
    "robots": addresses.ROBOTS,
}
"""The kinds of which there is one, and its address."""

ARCHIVE = Collection(ALL_ARTICLES, "all", "", "")
"""The collection of all articles."""

KINDS = (
    *("article", "listing", "index", "calendar-day", "headlines", "calendar-day-script"),
    *("articles-data", "articles-table", "feed-document", "feed", "page-sitemap", "sitemap"),
    *(*SINGLE, "former", "home"),
)
"""The kinds of planned output, in the order in which new ones are published: the entrance last."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its address and what it shows."""

    kind: str
    address: str
    key: int = 0
    """The article, or the collection of a listing or feed."""
    period: Period = ALL_TIME
    part: int = 1
    """The part of a long day, or of a series, from 1."""
    variant: str = ""
    """The kind of collection that an index lists; the format of a feed."""

    @property
    def producer(self) -> str:
        """What is shown, by a name that no other output has."""
        if self.kind == "article":
            return f"article {self.key}"
        return f"{self.kind} {self.variant}{self.key} {self.period.number} {self.part}"


@dataclass(frozen=True, slots=True)
class Stale:
    """An output to look at, and why."""

    output: Output
    reason: str


LISTED = "an article in it is new, has changed or is gone"
"""The reason why what lists articles is stale."""


@dataclass(frozen=True, slots=True)
class Gone:
    """An address, or with a slash at its end a folder, that nothing is published at any more."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the settings want of a site: which outputs there are, and how much goes on a page."""

    page_size: int
    archive_formats: tuple[str, ...] = ("rss", "atom", "json")
    """The formats of the feeds of all articles."""
    collection_formats: tuple[str, ...] = ("rss",)
    """Those of the feeds of tags, authors and sections."""
    history_formats: tuple[str, ...] = ("rss", "atom")
    """Those in which feeds lead on to documents of all months."""
    has_sitemaps: bool = True
    has_news_sitemap: bool = False
    has_data: bool = True
    in_data_part: int = 1_000
    """How many articles a file of a month's data holds at most."""

    @classmethod
    def of(cls, config: Config) -> "Scope":
        """What an archive's settings want."""
        feeds = config.feeds
        has_sitemaps = config.sitemaps.publish and config.site.base_url != ""
        # JSON Feed has no documents of earlier months: RFC 5005 is of RSS and Atom.
        with_history = [name for name in feeds.formats if name != "json" and feeds.history]
        return cls(
            config.build.page_size,
            feeds.formats,
            feeds.collection_formats,
            tuple(with_history),
            has_sitemaps,
            has_sitemaps and config.sitemaps.news,
            config.data.publish,
            config.data.articles_in_part,
        )

    def wants(self, kind: str) -> bool:
        """Whether the site has outputs of a kind."""
        match kind:
            case "feed-list":
                return bool(self.archive_formats or self.collection_formats)
            case "feed-document":
                return bool(self.history_formats)
            case "articles-data" | "articles-table" | "archive-data":
                return self.has_data
            case "sitemap" | "page-sitemap" | "sitemap-index" | "robots":
                return self.has_sitemaps
            case "news-sitemap":
                return self.has_news_sitemap
        return True


class Lookups(Protocol):
    """What planning asks of the catalogue."""

    def collection(self, key: int, /) -> Collection:
        """The collection with this key."""

    def collections(self, kind: str | None = None, /) -> Iterator[tuple[Collection, int]]:
        """The collections that have pages."""

    def count(self, collection: int, period: Period, /) -> int:
        """How many articles a collection has in a period."""

    def count_before(self, day: int, period: Period, /) -> int:
        """How many articles of a period stand before a day."""

    def sub_periods(self, collection: int, period: Period, /) -> list[tuple[Period, int]]:
        """The next shorter periods that have articles."""

    def nearest(self, collection: int, period: Period, /) -> tuple[Period | None, Period | None]:
        """The nearest earlier and later period that has articles."""

    def neighbours(self, day: int, moment: int, id: str, /) -> tuple[int | None, int | None]:
        """The articles before and after a place."""

    def place(self, key: int, /) -> Place | None:
        """Where an article stands."""

    def places(self) -> Iterator[Place]:
        """Where all articles stand."""

    def calendar_days(self) -> list[Period]:
        """The days of the calendar that have articles in some year, as days of LEAP_YEAR."""

    def in_all_years(self, month: int, day: int, /) -> list[tuple[Period, int]]:
        """The days of all years with this month and day that have articles."""

    def later(self, place: Place, /) -> Iterator[int]:
        """The articles that may show the one at a place as earlier coverage."""

    def number_of_collections(self) -> int:
        """How many tags, authors and sections have pages."""

    def redirect_addresses(self) -> Iterator[str]:
        """The addresses that answer with where their page is now."""
