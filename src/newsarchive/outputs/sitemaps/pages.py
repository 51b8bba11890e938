"""Sitemaps of all pages outside of months: the archive's own pages, tags, authors and sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES, ARCHIVE, FOLDERS
from newsarchive.model.periods import ALL_TIME, Period
from newsarchive.outputs.about import About
from newsarchive.outputs.calendar import Calendar
from newsarchive.outputs.calendar_days import calendar_address
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import ARCHIVE_CHANGED, Gone, Kind, Output, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.outputs.sitemaps.xml import MARKERS, SitemapPlace, document, place_lines


@dataclass(frozen=True)
class PageSitemaps(Kind):
    """The first sitemap lists the archive's own pages; the others list tags, authors and
    sections."""

    name = "page-sitemap"
    markers = MARKERS

    limit: int
    """The most tags, authors and sections in a sitemap."""
    calendar: tuple[Period, ...]
    """The days of the year that have a page."""

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        limits = settings.limits
        return cls(limits.page_sitemap, limits.calendar) if settings.has_sitemaps else None

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        parts = 1 + -(-queries.number_of_collections() // self.limit)
        for part in range(1, parts + 1):
            yield Output(self.name, self._address(part), part=part)

    def _address(self, part: int) -> str:
        return "sitemap-pages.xml" if part == 1 else f"sitemap-pages-{part}.xml"

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        if not changed.is_archive_changed:
            return
        outputs = list(self.all(queries))
        for output in outputs:
            yield Stale(output, ARCHIVE_CHANGED)
        if moved := len(changed.changes.moved):
            last = len(outputs)
            for part in range(last + 1, last + 2 + moved // self.limit):
                yield Gone(self._address(part), ARCHIVE_CHANGED)

    def render(self, output: Output, context: Context) -> bytes:
        if output.part == 1:
            found = self._own_pages(context)
        else:
            skipped = (output.part - 2) * self.limit
            collections = context.statistics.collections_from(skipped, self.limit)
            found = map(addresses.listing, collections)
        return document("urlset", place_lines("url", map(SitemapPlace, found), context.site))

    def _own_pages(self, context: Context) -> Iterator[str]:
        yield addresses.HOME
        yield About.address
        yield from map(addresses.index, FOLDERS)
        for year, _ in context.queries.sub_periods(ALL_ARTICLES, ALL_TIME):
            if not year.undated:
                yield addresses.listing(ARCHIVE, year)
        yield Calendar.address
        yield from map(calendar_address, self.calendar)
