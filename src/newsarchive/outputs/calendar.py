"""The page "On this day"."""

from dataclasses import dataclass
from itertools import groupby
from typing import Self

from newsarchive.model.periods import Period
from newsarchive.outputs.calendar_days import CALENDAR, calendar_link
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import FixedKind, Output, PageKind, Settings
from newsarchive.pages.views import PageView, PeriodLink


@dataclass(frozen=True, slots=True)
class CalendarPageView(PageView):
    """The page "On this day", with links to all days of the year."""

    address: str
    months: tuple[tuple[PeriodLink, ...], ...]
    """The days of each of the twelve months, as days of LEAP_YEAR."""


@dataclass(frozen=True)
class Calendar(FixedKind, PageKind):
    """The page "On this day", with links to all days of the year."""

    name = "calendar"
    address = CALENDAR
    template = "calendar.html"
    view_type = CalendarPageView

    days: tuple[Period, ...]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.limits.calendar)

    def view(self, output: Output, context: Context) -> CalendarPageView:
        months = groupby(map(calendar_link, self.days), lambda link: link.period.month)
        return CalendarPageView(output.address, tuple(tuple(days) for _, days in months))
