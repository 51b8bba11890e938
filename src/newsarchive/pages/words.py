"""Dates, periods and numbers in words, in the archive's language, from CLDR through Babel."""

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

_DAYS_KEPT = 20_000
"""How many days are remembered in words: half a century of them, in some 3 MB."""

_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "mymr": 0x1040}
"""The digit 0 of the numbering systems that languages write by default (CLDR, numbering systems).
Babel puts the marks of such a system between digits, and leaves these as they are."""


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Marks a message with its plural for translation; gettext's tools look for this name."""
    return one, many


_NOUNS = {
    "article": ngettext("%(shown)s article", "%(shown)s articles"),
    "tag": ngettext("%(shown)s tag", "%(shown)s tags"),
    "author": ngettext("%(shown)s author", "%(shown)s authors"),
    "section": ngettext("%(shown)s section", "%(shown)s sections"),
}


class Words:
    """Words, dates and numbers in the language of the archive."""

    def __init__(self, language: str, translations: NullTranslations | None = None) -> None:
        self._locale = Locale.parse(language, sep="-")
        self._first_weekday = _at_home(self._locale).first_week_day
        self._translations = translations or NullTranslations()
        self._comma = "،" if self._locale.character_order == "right-to-left" else ","
        zero = _ZEROS.get(self._locale.default_numbering_system)
        self._digits = {ord("0") + n: zero + n for n in range(10)} if zero else {}
        # Pages say the same days and times again and again, and CLDR patterns are slow to fill in.
        self.date = lru_cache(_DAYS_KEPT)(self._date)
        self._time = lru_cache(24 * 60)(self._time_of_day)
        self.period = lru_cache(1000)(self._period)
        self.month = lru_cache(1000)(self._month)
        self.day = lru_cache(1000)(self._day)
        self.calendar_day = lru_cache(1000)(self._calendar_day)
        self.number = lru_cache(1000)(self._number)
        self.counted = lru_cache(1000)(self._counted_in_words)
        self.told = lru_cache(5000)(self._told)

    def text(self, message: str) -> str:
        """A message of the site in the archive's language."""
        return self._translations.gettext(message)

    def _counted_in_words(self, number: int, noun: str = "article") -> str:
        """A number of things: 1 article, 9,182 articles."""
        said = self._translations.ngettext(*_NOUNS[noun], number)
        return said % {"shown": self.number(number)}

    def _told(self, period: Period, number: int) -> str:
        """A period with its number of articles: June 2023: 14 articles."""
        said = self._translations.gettext("%(period)s: %(count)s")
        return said % {"period": self.period(period), "count": self.counted(number)}

    def _own_digits(self, text: str) -> str:
        return text.translate(self._digits) if self._digits else text

    def _date(self, day: date) -> str:
        return self._own_digits(str(format_date(day, "long", locale=self._locale)))

    def _time_of_day(self, hour: int, minute: int) -> str:
        shown = str(format_time(time(hour, minute), "short", locale=self._locale))
        return self._own_digits(shown)

    def moment(self, moment: datetime, precision: Precision | None = "second") -> str:
        """The date, and the time with its zone where it is known."""
        day = self.date(moment.date())
        if precision == "day":
            return day
        return f"{day}{self._comma} {self._time(moment.hour, moment.minute)} {moment.tzname()}"

    def _number(self, number: int) -> str:
        """A number with its thousands parted."""
        return self._own_digits(
            str(format_decimal(number, locale=self._locale, numbering_system="default"))
        )

    def _period(self, period: Period) -> str:
        """The name of a period: 2023, June 2023, 19 June 2023; empty for all time."""
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
        """A day with its weekday, without its year."""
        weekday = format_date(period.first_date, "EEEE", locale=self._locale)
        return f"{weekday}{self._comma} {self.calendar_day(period)}"

    def _calendar_day(self, period: Period) -> str:
        """A day without its year: 19 June."""
        day = format_skeleton("MMMMd", period.first_date, locale=self._locale)
        return self._own_digits(str(day))

    def weekdays(self) -> list[tuple[str, str]]:
        """The days of the week, as the language begins it: in short, and in full."""
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


def _at_home(locale: Locale) -> Locale:
    """The locale with the country that its language is most spoken in, where it names none: that
    decides what a week begins with (CLDR, likely subtags)."""
    if locale.territory:
        return locale
    likely = get_global("likely_subtags").get(str(locale))
    return Locale.parse(likely) if likely else locale


def iso(moment: datetime, precision: str | None = "second") -> str:
    """The moment as `<time>` takes it (HTML, section 4.5.14), in its own offset."""
    return moment.date().isoformat() if precision == "day" else exact(moment).isoformat()


def exact(moment: datetime) -> datetime:
    """The same moment with an offset of whole minutes, as RFC 3339 (section 5.6) and HTML write
    one: before time zones, places had their own time, to the second."""
    offset = moment.utcoffset()
    if offset is None or not offset.seconds % 60:
        return moment
    return moment.astimezone(timezone(timedelta(minutes=round(offset.total_seconds() / 60))))
