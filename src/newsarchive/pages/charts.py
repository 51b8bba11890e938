"""Charts of the number of articles over time: histograms and calendars."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence

from newsarchive.model import addresses
from newsarchive.model.collection import ARCHIVE
from newsarchive.model.periods import Period
from newsarchive.pages.chart_views import BarView, CalendarView, DayView, HistogramView

Counts = Sequence[tuple[Period, int]]
"""(period, number of articles), earliest first."""

_YEARS_SHOWN = 7
"""The most year labels on the axis."""

_LABEL_PERCENT = 12
"""The width of a year label with the space around it on a narrow phone, in percent of the axis."""

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""The possible distances between two year labels, in years."""

_SHADES = 4
"""The number of shades of days with articles."""


def histogram(
    months: Counts, place_of: Callable[[Period], tuple[str, str]], most_months: int
) -> HistogramView | None:
    """The histogram of months with articles, earliest first; by year if they span more than
    `most_months` months. None for fewer than two bars.

    `place_of` returns (address, id) for a period: the page with its articles, and the id in the
    page at which they begin, or an empty id for the whole page.
    """
    length = "month"
    if months and _slot(months[-1][0], months[0][0], "month") >= most_months:
        length, months = "year", by_year(months)
    if len(months) < 2:
        return None
    first, last = months[0][0], months[-1][0]
    highest = max(count for _, count in months)
    slots = _slot(last, first, length) + 1
    bars = tuple(
        BarView(
            period,
            *place_of(period),
            count,
            _slot(period, first, length),
            # A bar for one article must be visible beside a bar for a thousand.
            max(2, round(100 * count / highest)),
        )
        for period, count in months
    )
    span = last.year - first.year + 1
    step = next(step for step in _STEPS if span <= step * _YEARS_SHOWN)
    years = [
        (100 * max(0, _slot(Period(year, 1), first, length)) // slots, Period(year))
        for year in range(first.year, last.year + 1)
        if year % step == 0
    ]
    return HistogramView(length, bars, highest, slots, tuple(_apart(years)))


def _apart(labels: Sequence[tuple[int, Period]]) -> Iterator[tuple[int, Period]]:
    """The labels with room for their text before the next label or the end of the axis."""
    ends = [place for place, _ in labels[1:]] + [100]
    for (place, year), end in zip(labels, ends, strict=True):
        if end - place >= _LABEL_PERCENT:
            yield place, year


def by_year(months: Counts) -> list[tuple[Period, int]]:
    """The numbers of articles of months, added up by year."""
    years: dict[Period, int] = {}
    for month, count in months:
        year = Period(month.year)
        years[year] = years.get(year, 0) + count
    return list(years.items())


def _slot(period: Period, first: Period, length: str) -> int:
    """The number of months or years from the first period to a period."""
    years = period.year - first.year
    return years if length == "year" else 12 * years + period.month - first.month


def calendars(counts: Mapping[int, int], period: Period) -> tuple[CalendarView, ...]:
    """The twelve calendars of a year, or the calendar of a month. `counts` is the number of
    articles of each day, by `Period.number`."""
    highest = max(counts.values(), default=0)
    months = [period.month] if period.month else range(1, 13)
    return tuple(_calendar(Period(period.year, month), counts, highest) for month in months)


def _calendar(month: Period, counts: Mapping[int, int], highest: int) -> CalendarView:
    days = []
    for number in range(1, monthrange(month.year, month.month)[1] + 1):
        day = Period(month.year, month.month, number)
        count = counts.get(day.number, 0)
        address = addresses.listing(ARCHIVE, day) if count else None
        # In a quiet month, the busiest day may have one article: it must not look busy.
        shade = min(count, -(-_SHADES * count // highest)) if count else 0
        days.append(DayView(day, address, count, shade))
    total = sum(day.count for day in days)
    return CalendarView(
        month, addresses.listing(ARCHIVE, month) if total else None, total, tuple(days)
    )
