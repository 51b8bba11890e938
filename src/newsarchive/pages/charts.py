"""Histograms of articles over time, and calendars."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence

from newsarchive.model import addresses
from newsarchive.model.collection import ARCHIVE
from newsarchive.model.periods import Period
from newsarchive.pages.chart_views import BarView, CalendarView, DayView, HistogramView

Counts = Sequence[tuple[Period, int]]

_YEARS_SHOWN = 7
"""At most how many years are written along the axis of time."""

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""The years between two of them."""

_SHADES = 4


def histogram(
    months: Counts, place_of: Callable[[Period], tuple[str, str]], most_months: int
) -> HistogramView | None:
    """The histogram of months that have articles, the earliest first; by years where the time
    between the first and the last is longer than `most_months`. None for fewer than two.

    `place_of` gives the page that has the articles of a period, and the id where they begin."""
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
            # A month with one article is seen beside one with a thousand.
            max(2, round(100 * count / highest)),
        )
        for period, count in months
    )
    span = last.year - first.year + 1
    step = next(step for step in _STEPS if span <= step * _YEARS_SHOWN)
    years = tuple(
        (100 * max(0, _slot(Period(year, 1), first, length)) // slots, Period(year))
        for year in range(first.year, last.year + 1)
        if year % step == 0
    )
    return HistogramView(length, bars, highest, slots, years)


def by_year(months: Counts) -> list[tuple[Period, int]]:
    """The counts of months, added up by year."""
    years: dict[Period, int] = {}
    for month, count in months:
        year = Period(month.year)
        years[year] = years.get(year, 0) + count
    return list(years.items())


def _slot(period: Period, first: Period, length: str) -> int:
    years = period.year - first.year
    return years if length == "year" else 12 * years + period.month - first.month


def calendars(counts: Mapping[int, int], period: Period) -> tuple[CalendarView, ...]:
    """The calendars of a year or of a month of all articles. `counts` has the number of articles
    of each day, by `Period.number`."""
    highest = max(counts.values(), default=0)
    months = [period.month] if period.month else range(1, 13)
    return tuple(_calendar(Period(period.year, month), counts, highest) for month in months)


def _calendar(month: Period, counts: Mapping[int, int], highest: int) -> CalendarView:
    days = []
    for number in range(1, monthrange(month.year, month.month)[1] + 1):
        day = Period(month.year, month.month, number)
        count = counts.get(day.number, 0)
        address = addresses.listing(ARCHIVE, day) if count else None
        # One article is never shown as many, in however quiet a month.
        shade = min(count, -(-_SHADES * count // highest)) if count else 0
        days.append(DayView(day, address, count, shade))
    total = sum(day.count for day in days)
    return CalendarView(
        month, addresses.listing(ARCHIVE, month) if total else None, total, tuple(days)
    )
