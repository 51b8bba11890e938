"""Views of histograms and calendars."""

from dataclasses import dataclass

from newsarchive.model.periods import Period


@dataclass(frozen=True, slots=True)
class BarView:
    """One bar of a histogram: a month or a year that has articles."""

    period: Period
    address: str
    """The page with its articles."""
    place: str
    """The id of the element of that page where they begin; empty if the whole page is about the
    period."""
    count: int
    slot: int
    """Its position on the time axis, in months or years from the first bar, which has 0. Months and
    years without articles have no bar."""
    height: int
    """In percent of the highest bar."""


@dataclass(frozen=True, slots=True)
class HistogramView:
    """The number of articles by month or by year."""

    length: str
    """The period of one bar: `month` or `year`."""
    bars: tuple[BarView, ...]
    most: int
    """The number of articles of the highest bar."""
    slots: int
    """The number of months or years from the first bar to the last."""
    years: tuple[tuple[int, Period], ...]
    """Year labels as (position in percent, year), thinned out to fit."""


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The calendar of a month."""

    period: Period
    address: str | None
    """The page of the month; None if it has no articles."""
    count: int
    days: tuple["DayView", ...]
    """All days of the month."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day in a calendar."""

    period: Period
    address: str | None
    """The page of the day; None if it has no articles."""
    count: int
    shade: int
    """0 for no article, 4 for as many as the busiest day of the page has; between them in quarters,
    rounded up, but never more than `count`."""
