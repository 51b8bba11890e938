"""The page with all days of the calendar."""

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
    """The page with links to all days of the calendar."""

    address: str
    months: tuple[tuple[PeriodLink, ...], ...]
    """Twelve months of days, in a leap year."""


@dataclass(frozen=True)
class Calendar(FixedKind, PageKind):
    """The page with links to all days of the calendar."""

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
