"""What sitemaps and robots.txt show. Addresses are those of the site, moments are in the archive's
time zone."""

from dataclasses import dataclass
from datetime import datetime

from newsarchive.model.dates import Precision


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A page in a sitemap, or a sitemap in the index of them."""

    address: str
    changed: datetime | None = None
    """Its last known change; None where none is known."""
    precision: Precision | None = None
    """`day` where only the day of the change is known."""


@dataclass(frozen=True, slots=True)
class SitemapView:
    """A sitemap."""

    address: str
    pages: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class SitemapIndexView:
    """The index of all sitemaps."""

    address: str
    sitemaps: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class NewsView:
    """An article in the sitemap for Google News."""

    address: str
    headline: str
    published: datetime
    precision: Precision | None
    language: str | None
    """As the article states it; None where it is the archive's."""


@dataclass(frozen=True, slots=True)
class NewsSitemapView:
    """The sitemap for Google News."""

    address: str
    articles: tuple[NewsView, ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """What crawlers may read, and the sitemaps that they are told of."""

    address: str
    sitemaps: tuple[str, ...]


SitemapFileView = SitemapView | SitemapIndexView | NewsSitemapView | RobotsView
