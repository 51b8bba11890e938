"""Sitemaps of articles: one for each month, and for the undated shelf."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from newsarchive.catalogue.statistics import ArticleDates
from newsarchive.model import addresses
from newsarchive.model.collection import ARCHIVE
from newsarchive.model.dates import Precision
from newsarchive.model.periods import day_period
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Output, Settings
from newsarchive.outputs.series import Series, SeriesKind
from newsarchive.outputs.sitemaps.xml import (
    MARKERS,
    SitemapPlace,
    document,
    place_lines,
    with_precision,
)


@dataclass(frozen=True)
class MonthSitemaps(SeriesKind):
    """The sitemaps of a month or of the undated shelf: its listings and its articles."""

    name = "sitemap"
    markers = MARKERS

    page_size: int

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        if not settings.has_sitemaps:
            return None
        series = Series(cls.name, "sitemap", "xml", "month", settings.limits.sitemap)
        return cls(series, settings.config.build.page_size)

    def render(self, output: Output, context: Context) -> bytes:
        return document("urlset", place_lines("url", self._places(output, context), context.site))

    def _places(self, output: Output, context: Context) -> Iterator[SitemapPlace]:
        """The articles, earliest first, and each page of a day before the first article on it. A
        part depends only on its own articles and on those before them, so a full part never
        changes when later articles are added."""
        period, limit = output.period, self.series.limit
        skipped = (output.part - 1) * limit
        if output.part == 1 and not period.undated:
            yield SitemapPlace(addresses.listing(ARCHIVE, period))
        last_day, position = -1, 0
        for dates in context.statistics.article_dates(period, limit, skipped):
            if dates.day != last_day:
                position = 0
                if last_day < 0:
                    position = skipped - context.queries.count_before(dates.day, period)
                last_day = dates.day
            if position % self.page_size == 0:
                page = position // self.page_size + 1
                yield SitemapPlace(addresses.listing(ARCHIVE, day_period(dates.day), page))
            position += 1
            yield SitemapPlace(dates.address, *_last_change(context, dates))


def _last_change(context: Context, dates: ArticleDates) -> tuple[datetime | None, Precision | None]:
    """(time, precision) of the last change that an article states; None twice if it states no
    time."""
    published, modified = dates.published, dates.modified
    if modified and (published is None or modified > published):
        return with_precision(context, modified)
    return context.local(published), dates.precision
