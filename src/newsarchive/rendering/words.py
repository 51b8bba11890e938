"""Dates, periods and numbers in words, in the archive's language, from CLDR through Babel."""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from newsarchive.dates import Precision
from newsarchive.periods import Period

_DAYS_KEPT = 20_000
"""How many days are remembered in words: half a century of them, in some 3 MB."""


class Words:
    """What depends on the language of the archive."""

    def __init__(self, language: str) -> None:
        self._locale = Locale.parse(language, sep="-")
        # Pages say the same days and times again and again, and CLDR patterns are slow to fill in.
        self.date = lru_cache(_DAYS_KEPT)(self._date)
        self._time = lru_cache(24 * 60)(self._time_of_day)
        self.period = lru_cache(1000)(self._period)
        self.month = lru_cache(1000)(self._month)
        self.day = lru_cache(1000)(self._day)

    def _date(self, day: date) -> str:
        return str(format_date(day, "long", locale=self._locale))

    def _time_of_day(self, hour: int, minute: int) -> str:
        return str(format_time(time(hour, minute), "short", locale=self._locale))

    def moment(self, moment: datetime, precision: Precision | None = "second") -> str:
        """The date, and the time with its zone where it is known."""
        day = self.date(moment.date())
        if precision == "day":
            return day
        return f"{day}, {self._time(moment.hour, moment.minute)} {moment.tzname()}"

    def number(self, number: int) -> str:
        """A number with its thousands parted."""
        return str(format_decimal(number, locale=self._locale))

    def _period(self, period: Period) -> str:
        """The name of a period: 2023, June 2023, 19 June 2023; empty for all time."""
        match period.kind:
            case "year":
                return str(period.year)
            case "month":
                return str(format_skeleton("yMMMM", period.first_date, locale=self._locale))
            case "day":
                return self.date(period.first_date)
            case "undated":
                return "Undated"
        return ""

    def _month(self, period: Period) -> str:
        """The name of a month without its year."""
        return str(format_date(period.first_date, "LLLL", locale=self._locale))

    def _day(self, period: Period) -> str:
        """A day with its weekday, without its year."""
        weekday = format_date(period.first_date, "EEEE", locale=self._locale)
        day = format_skeleton("MMMMd", period.first_date, locale=self._locale)
        return f"{weekday}, {day}"
