"""The index of all sitemaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Output, Settings, SingleKind
from newsarchive.outputs.sitemaps.months import MonthSitemaps
from newsarchive.outputs.sitemaps.news import NewsSitemap
from newsarchive.outputs.sitemaps.pages import PageSitemaps
from newsarchive.outputs.sitemaps.xml import (
    MARKERS,
    SitemapPlace,
    document,
    place_lines,
    with_precision,
)


@dataclass(frozen=True)
class SitemapIndex(SingleKind):
    """The index: the sitemaps of pages first, then those of months, newest first."""

    name = "sitemap-index"
    address = "sitemap.xml"
    markers = MARKERS

    pages: PageSitemaps
    months: MonthSitemaps
    news: NewsSitemap | None

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        pages, months = PageSitemaps.of(settings), MonthSitemaps.of(settings)
        return cls(pages, months, NewsSitemap.of(settings)) if pages and months else None

    def render(self, output: Output, context: Context) -> bytes:
        places = place_lines("sitemap", self._sitemaps(context), context.site)
        return document("sitemapindex", places)

    def _sitemaps(self, context: Context) -> Iterator[SitemapPlace]:
        for planned in self.pages.all(context.queries):
            yield SitemapPlace(planned.address)
        if self.news:
            yield SitemapPlace(self.news.address)
        for planned in self.months.all(context.queries):
            updated = context.statistics.last_update(planned.period)
            changed = with_precision(context, updated) if updated else ()
            yield SitemapPlace(planned.address, *changed)
