"""The page of each day of the year, with the articles of that day from every year."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES, ARCHIVE
from newsarchive.model.periods import LEAP_YEAR, Period, day_period
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import LISTED, Gone, Output, PageKind, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.pages.views import Crumb, GroupView, PageView, PeriodLink

CALENDAR = "on-this-day/index.html"

_ARTICLES_OF_YEAR = 10
_ARTICLES = 200
"""The most articles on the page, from each year and in total."""


def calendar_address(day: Period, suffix: str = ".html") -> str:
    """The address of a day of the year: `on-this-day/06-19.html`."""
    return f"on-this-day/{day.month:02}-{day.day:02}{suffix}"


def calendar_link(day: Period) -> PeriodLink:
    """A link to the page of a day of the year."""
    return PeriodLink(day, calendar_address(day))


def changed_days(changed: Changed) -> Iterator[Period]:
    """The days of the year with changed articles, as days of LEAP_YEAR; may repeat a day."""
    for day in map(day_period, changed.days):
        if not day.undated:
            yield Period(LEAP_YEAR, day.month, day.day)


@dataclass(frozen=True, slots=True)
class CalendarDayView(PageView):
    """The page of a day of the year, with its articles of all years."""

    address: str
    day: Period
    """The day of the year, as a day of LEAP_YEAR."""
    years: tuple[GroupView, ...]
    """The articles of each year, latest year first: up to ten of a year, and up to 200 in all."""
    counts: tuple[int, ...]
    """The number of articles on that day in each of the years."""
    previous: PeriodLink
    next: PeriodLink
    """The days before and after it; 31 December comes before 1 January."""

    def crumbs(self) -> Sequence[Crumb]:
        return [("On this day", CALENDAR)]


@dataclass(frozen=True)
class CalendarDays(PageKind):
    """The page of each day of the year, also of days without articles."""

    name = "calendar-day"
    template = "calendar-day.html"
    weight = 1
    view_type = CalendarDayView

    days: tuple[Period, ...]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.limits.calendar)

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        return map(self._output, self.days)

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        for day in changed_days(changed):
            if day in self.days:
                yield Stale(self._output(day), LISTED)

    def _output(self, day: Period) -> Output:
        return Output(self.name, calendar_address(day), period=day)

    def view(self, output: Output, context: Context) -> CalendarDayView:
        day, queries = output.period, context.queries
        counted = queries.same_day_in_all_years(day.month, day.day)
        groups, left = [], _ARTICLES
        for period, _ in counted:
            found = queries.earliest(ALL_ARTICLES, period, min(left, _ARTICLES_OF_YEAR))
            left -= len(found)
            page = addresses.listing(ARCHIVE, period)
            groups.append(GroupView(period, page, tuple(map(context.entry, found))))
        place = bisect_left(self.days, day)
        return CalendarDayView(
            output.address,
            day,
            tuple(groups),
            tuple(count for _, count in counted),
            calendar_link(self.days[place - 1]),
            calendar_link(self.days[(place + 1) % len(self.days)]),
        )
