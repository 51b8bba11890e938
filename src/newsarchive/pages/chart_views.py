"""Views of histograms and calendars."""

from dataclasses import dataclass

from newsarchive.model.periods import Period


@dataclass(frozen=True, slots=True)
class BarView:
    """One bar of a histogram: a month or a year that has articles."""

    period: Period
    address: str
    """The page that has its articles."""
    place: str
    """The id of the place in that page where they begin; empty where all of it is of them."""
    count: int
    slot: int
    """Its place on the axis of time, from 0: months or years without articles have no bar."""
    height: int
    """In hundredths of the highest bar's."""


@dataclass(frozen=True, slots=True)
class HistogramView:
    """How many articles there are per month or per year."""

    length: str
    """`month` or `year`: what a bar stands for."""
    bars: tuple[BarView, ...]
    most: int
    """How many articles the highest bar stands for."""
    slots: int
    """How many months or years there are from the first bar to the last."""
    years: tuple[tuple[int, Period], ...]
    """Year labels as (position in percent, year), thinned out to fit."""


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The calendar of a month."""

    period: Period
    address: str | None
    """The page of the month; None where it has no articles."""
    count: int
    days: tuple["DayView", ...]
    """All days of the month."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day in a calendar."""

    period: Period
    address: str | None
    """The page of the day; None where it has no articles."""
    count: int
    shade: int
    """From 0, for no article, to 4, for as many as the busiest day of the page has; never
    higher than its number of articles."""
