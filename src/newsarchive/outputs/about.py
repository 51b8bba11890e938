"""The page about the archive, with its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from newsarchive.catalogue.totals import totals_of
from newsarchive.model.collection import ARCHIVE
from newsarchive.model.periods import UNDATED, Period
from newsarchive.outputs.context import Context, period_link
from newsarchive.outputs.data.archive_json import ArchiveJson
from newsarchive.outputs.feeds.feed_list import FeedList
from newsarchive.outputs.feeds.formats import feed_link
from newsarchive.outputs.kind import Output, PageKind, Settings, SingleKind
from newsarchive.pages.views import FeedLink, PageView, PeriodLink

_BUSIEST = 5


@dataclass(frozen=True, slots=True)
class AboutView(PageView):
    """The page about the archive, with its numbers."""

    address: str
    count: int
    """The number of articles in the archive."""
    first: PeriodLink | None
    last: PeriodLink | None
    """The first and the last day with articles; None if no article has a date."""
    days: int
    """The number of days with articles."""
    months: int
    """The number of months with articles."""
    gaps: tuple[tuple[Period, Period], ...]
    """The first and the last month of each gap without articles."""
    undated: PeriodLink | None
    """The undated shelf; None if it is empty."""
    busiest: tuple[PeriodLink, ...]
    """The months with most articles, most first."""
    data: str | None
    """The address of `archive.json`; None if no data is published."""
    terms: Mapping[str, int]
    """The numbers of tags, authors and sections, by kind."""
    history: tuple[FeedLink, ...]
    """The feeds of all articles that go back to the first article."""
    feed_list: str | None
    """The address of `feeds.opml`, the list of all feeds; None if there are no feeds."""
    schema_type = "AboutPage"


@dataclass(frozen=True)
class About(SingleKind, PageKind):
    """The page about the archive."""

    name = "about"
    address = "about.html"
    template = "about.html"
    view_type = AboutView

    data: str | None
    history: tuple[FeedLink, ...]
    feed_list: str | None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        data, feed_list = ArchiveJson.of(settings), FeedList.of(settings)
        return cls(
            data.address if data else None,
            tuple(feed_link(ARCHIVE, format) for format in settings.history_formats),
            feed_list.address if feed_list else None,
        )

    def view(self, output: Output, context: Context) -> AboutView:
        totals = totals_of(context.queries, context.statistics)
        first, last = (
            period_link(ARCHIVE, day) if day else None for day in (totals.first, totals.last)
        )
        # The earlier of two months with as many articles comes first.
        busiest = sorted(totals.months, key=lambda month: -month[1])[:_BUSIEST]
        return AboutView(
            address=output.address,
            count=totals.articles,
            first=first,
            last=last,
            days=totals.days,
            months=len(totals.months),
            gaps=totals.gaps,
            undated=period_link(ARCHIVE, UNDATED, totals.undated) if totals.undated else None,
            busiest=tuple(period_link(ARCHIVE, *month) for month in busiest),
            data=self.data,
            terms=totals.terms,
            history=self.history,
            feed_list=self.feed_list,
        )
