"""Dates, periods and numbers in words of the archive's language, by Babel with data of the CLDR."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from gettext import NullTranslations

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.numbers import format_decimal

from newsarchive.model.dates import Precision
from newsarchive.model.periods import Period
from newsarchive.pages.chart_views import DayView

_CACHED_DAYS = 20_000
"""The number of formatted dates kept in memory: half a century, in 3 MB."""

_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "mymr": 0x1040}
"""The digit 0 of each default numbering system (CLDR, numbering systems). Babel formats with the
separators of such a system, but with the digits 0 to 9."""


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark a message and its plural for translation. gettext's tools find this name."""
    return one, many


_NOUNS = {
    "article": ngettext("%(shown)s article", "%(shown)s articles"),
    "tag": ngettext("%(shown)s tag", "%(shown)s tags"),
    "author": ngettext("%(shown)s author", "%(shown)s authors"),
    "section": ngettext("%(shown)s section", "%(shown)s sections"),
}


class Words:
    """Formats dates, periods and numbers in the language of the archive."""

    def __init__(self, language: str, translations: NullTranslations | None = None) -> None:
        self._locale = Locale.parse(language, sep="-")
        self._first_weekday = _with_country(self._locale).first_week_day
        self._translations = translations or NullTranslations()
        self._comma = "،" if self._locale.character_order == "right-to-left" else ","
        zero = _ZEROS.get(self._locale.default_numbering_system)
        self._digits = {ord("0") + n: zero + n for n in range(10)} if zero else {}
        # Pages repeat the same dates and times, and formatting with CLDR patterns is slow.
        self.date = lru_cache(_CACHED_DAYS)(self._date)
        self._time = lru_cache(24 * 60)(self._time_of_day)
        self.period = lru_cache(1000)(self._period)
        self.month = lru_cache(1000)(self._month)
        self.day = lru_cache(1000)(self._day)
        self.calendar_day = lru_cache(1000)(self._calendar_day)
        self.number = lru_cache(1000)(self._number)
        self.counted = lru_cache(1000)(self._counted_in_words)
        self.period_and_count = lru_cache(5000)(self._period_and_count)

    def text(self, message: str) -> str:
        """The translation of a message of the site."""
        return self._translations.gettext(message)

    def _counted_in_words(self, number: int, noun: str = "article") -> str:
        """A number with its noun: "1 article", "9,182 articles"."""
        translation = self._translations.ngettext(*_NOUNS[noun], number)
        return translation % {"shown": self.number(number)}

    def _period_and_count(self, period: Period, number: int) -> str:
        """A period with its number of articles: "June 2023: 14 articles"."""
        translation = self._translations.gettext("%(period)s: %(count)s")
        return translation % {"period": self.period(period), "count": self.counted(number)}

    def _own_digits(self, text: str) -> str:
        return text.translate(self._digits) if self._digits else text

    def _date(self, day: date) -> str:
        return self._own_digits(str(format_date(day, "long", locale=self._locale)))

    def _time_of_day(self, hour: int, minute: int) -> str:
        shown = str(format_time(time(hour, minute), "short", locale=self._locale))
        return self._own_digits(shown)

    def moment(self, moment: datetime, precision: Precision | None = "second") -> str:
        """The date, with the time and its zone unless only the day is known."""
        day = self.date(moment.date())
        if precision == "day":
            return day
        return f"{day}{self._comma} {self._time(moment.hour, moment.minute)} {moment.tzname()}"

    def _number(self, number: int) -> str:
        """A number with a separator for thousands: "9,182"."""
        return self._own_digits(
            str(format_decimal(number, locale=self._locale, numbering_system="default"))
        )

    def _period(self, period: Period) -> str:
        """The name of a period: "2023", "June 2023", "19 June 2023"; empty for all time."""
        match period.kind:
            case "year":
                return self._own_digits(str(period.year))
            case "month":
                name = format_skeleton("yMMMM", period.first_date, locale=self._locale)
                return self._own_digits(str(name))
            case "day":
                return self.date(period.first_date)
            case "undated":
                return self.text("Undated")
        return ""

    def _month(self, period: Period) -> str:
        """The name of a month without its year."""
        return str(format_date(period.first_date, "LLLL", locale=self._locale))

    def _day(self, period: Period) -> str:
        """A day with its weekday, without its year: "Monday, 19 June"."""
        weekday = format_date(period.first_date, "EEEE", locale=self._locale)
        return f"{weekday}{self._comma} {self.calendar_day(period)}"

    def _calendar_day(self, period: Period) -> str:
        """A day without its year: "19 June"."""
        day = format_skeleton("MMMMd", period.first_date, locale=self._locale)
        return self._own_digits(str(day))

    def weekdays(self) -> list[tuple[str, str]]:
        """(short name, full name) of each weekday, beginning with the first in the language's
        country."""
        short, full = (
            get_day_names(width, "stand-alone", self._locale) for width in ("narrow", "wide")
        )
        first = self._first_weekday
        return [(short[day % 7], full[day % 7]) for day in range(first, first + 7)]

    def weeks(self, days: Sequence[DayView]) -> list[list[DayView | None]]:
        """The days of a month in weeks of seven, with None for days of other months."""
        lead = (days[0].period.first_date.weekday() - self._first_weekday) % 7
        cells: list[DayView | None] = [None] * lead + list(days)
        cells += [None] * (-len(cells) % 7)
        return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def _with_country(locale: Locale) -> Locale:
    """The locale with a country, which decides on which day a week begins. If it has none, it gets
    the most likely country of its language (CLDR, likely subtags)."""
    if locale.territory:
        return locale
    likely = get_global("likely_subtags").get(str(locale))
    return Locale.parse(likely) if likely else locale


def iso(moment: datetime, precision: str | None = "second") -> str:
    """The moment, in its own offset, as an attribute of `<time>` (HTML, section 4.5.14)."""
    return moment.date().isoformat() if precision == "day" else exact(moment).isoformat()


def exact(moment: datetime) -> datetime:
    """The same moment with an offset in whole minutes, as RFC 3339 (section 5.6) and HTML require.
    Before time zones, each place had its local time, whose offset may have seconds."""
    offset = moment.utcoffset()
    if offset is None or not offset.seconds % 60:
        return moment
    return moment.astimezone(timezone(timedelta(minutes=round(offset.total_seconds() / 60))))
