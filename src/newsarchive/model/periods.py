"""Periods: all time, a year, a month, a day, and the undated shelf.

A day is a whole number: 20230619 for 19 June 2023, 0 for no date. These numbers sort like the days,
and a period is one range of them.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

NO_DAY = 0


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The time that a listing covers; all time if `year` is 0."""

    year: int = 0
    month: int = 0
    day: int = 0
    undated: bool = False

    @property
    def kind(self) -> str:
        """`all`, `year`, `month`, `day` or `undated`."""
        if self.undated:
            return "undated"
        return "day" if self.day else "month" if self.month else "year" if self.year else "all"

    @property
    def days(self) -> tuple[int, int]:
        """The numbers of the first and the last day of the period."""
        if self.undated:
            return NO_DAY, NO_DAY
        if not self.year:
            return NO_DAY, 99999999
        first = self.year * 10000 + self.month * 100 + self.day
        if self.day:
            return first, first
        return first, first + (99 if self.month else 9999)

    @property
    def number(self) -> int:
        """The period as a whole number: 0 for all time, 20230000 for a year, 20230600 for a month,
        20230619 for a day, -1 for the undated shelf."""
        return -1 if self.undated else self.days[0]

    @property
    def parent(self) -> "Period | None":
        """The next longer period; None for all time."""
        if self.day:
            return Period(self.year, self.month)
        if self.month:
            return Period(self.year)
        return ALL_TIME if self.year or self.undated else None

    @property
    def folder(self) -> str:
        """The folders of the period in an address, such as `2023/06/`; empty for all time."""
        if self.undated:
            return "undated/"
        parts = [f"{self.year:04}/"] if self.year else []
        parts += [f"{number:02}/" for number in (self.month, self.day) if number]
        return "".join(parts)

    @property
    def iso(self) -> str:
        """The period in ISO 8601, such as `2023-06`; `undated`; or empty for all time."""
        return self.folder.rstrip("/").replace("/", "-")

    @property
    def first_date(self) -> date:
        """The first day of a year, month or day."""
        return date(self.year, self.month or 1, self.day or 1)


ALL_TIME = Period()
LEAP_YEAR = 2000
"""A leap year. Its days represent the 366 days of the year in all years."""
UNDATED = Period(undated=True)


CALENDAR = tuple(
    Period(LEAP_YEAR, month, day)
    for month in range(1, 13)
    for day in range(1, monthrange(LEAP_YEAR, month)[1] + 1)
)
"""The 366 days of the year, as days of LEAP_YEAR."""


def numbered(number: int) -> Period:
    """The period with this `Period.number`."""
    if number == -1:
        return UNDATED
    return Period(number // 10000, number // 100 % 100, number % 100)


def day_number(day: date) -> int:
    """The number of a day, by which the catalogue sorts."""
    return day.year * 10000 + day.month * 100 + day.day


def day_period(number: int) -> Period:
    """The day with this number; the undated shelf for 0."""
    return UNDATED if number == NO_DAY else numbered(number)


def periods_counted(number: int) -> tuple[int, ...]:
    """The numbers of the periods that contain a day, without the day itself. The catalogue counts
    articles in these."""
    if number == NO_DAY:
        return ALL_TIME.number, UNDATED.number
    return ALL_TIME.number, number // 10000 * 10000, number // 100 * 100


def periods_of(number: int) -> tuple[Period, ...]:
    """The periods that contain a day, longest first."""
    day = day_period(number)
    if day.undated:
        return ALL_TIME, UNDATED
    return ALL_TIME, Period(day.year), Period(day.year, day.month), day
