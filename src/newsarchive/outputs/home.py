"""The home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES, ARCHIVE
from newsarchive.model.periods import ALL_TIME, Period
from newsarchive.outputs.context import Context, period_link, terms
from newsarchive.outputs.kind import Output, PageKind, Settings, SingleKind
from newsarchive.outputs.paging import LATEST
from newsarchive.pages.chart_views import HistogramView
from newsarchive.pages.charts import histogram
from newsarchive.pages.views import EntryView, PageView, PeriodLink, TermView

_MONTHS = 600
"""The most months in a histogram by month. A longer one has a bar for each year."""

_TERMS = 24
"""The most tags, and the most sections, that the page shows."""


@dataclass(frozen=True, slots=True)
class HomeView(PageView):
    """The home page."""

    address: str
    count: int
    """The number of articles in the archive."""
    entries: tuple[EntryView, ...]
    """The latest articles, latest first."""
    is_complete: bool
    """True if the entries are all articles of the archive."""
    years: tuple[PeriodLink, ...]
    """The years with articles, latest first, and the undated shelf."""
    histogram: HistogramView | None
    tags: tuple[TermView, ...]
    sections: tuple[TermView, ...]
    """The tags and the sections with most articles."""
    calendar: str
    """The days of the year with articles, for the script of the page: a hexadecimal number for each
    month, with a bit for each day, the lowest for the first."""
    has_breadcrumbs = False


@dataclass(frozen=True)
class Home(SingleKind, PageKind):
    """The home page: the listing of all articles in all time."""

    name = "home"
    address = addresses.HOME
    template = "home.html"
    view_type = HomeView

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls()

    def view(self, output: Output, context: Context) -> HomeView:
        queries, statistics = context.queries, context.statistics
        count = queries.count(ALL_ARTICLES, ALL_TIME)
        months = statistics.months(ALL_ARTICLES, ALL_TIME)
        return HomeView(
            address=output.address,
            count=count,
            entries=tuple(map(context.entry, queries.latest(ALL_ARTICLES, ALL_TIME, LATEST))),
            is_complete=count <= LATEST,
            years=tuple(
                period_link(ARCHIVE, *year) for year in queries.sub_periods(ALL_ARTICLES, ALL_TIME)
            ),
            histogram=histogram(months, lambda bar: (addresses.listing(ARCHIVE, bar), ""), _MONTHS),
            tags=terms(statistics.largest("tag", _TERMS)),
            sections=terms(statistics.largest("section", _TERMS)),
            calendar=_calendar_bits(queries.calendar_days()),
        )


def _calendar_bits(days: Iterable[Period]) -> str:
    months = [0] * 12
    for day in days:
        months[day.month - 1] |= 1 << day.day - 1
    return " ".join(f"{bits:x}" for bits in months)
