"""Reads dates as newsrooms, feeds and scrapers write them, into aware datetimes."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, timedelta, tzinfo
from typing import Final, Literal

from newsarchive.model.time_zones import time_zone

Precision = Literal["day", "second"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as an article states it: an aware datetime, and whether its time is known."""

    when: datetime
    """Always aware. For precision "day", midnight of the day in the archive's time zone."""
    precision: Precision
    warning: str | None = None
    """The assumption or correction, in words for a journalist; None if there was none."""

    def agrees_with(self, other: "Moment") -> bool:
        """True if both can be one date, of which one lacks the time or the zone."""
        return abs(self.when - other.when) <= _ONE_DAY


class DateError(ValueError):
    """A text that is no date: str(error) says what is wrong and how to write a date."""


class ImpossibleDateError(DateError):
    """A text in the form of a date, but there is no such day, or it may be one of two days."""


MAX_LENGTH: Final = 80  # characters; a full weekday, month, clock and zone name come to 76
MAX_LENGTH_WITH_REST: Final = 60  # characters; a longer text must be a date as a whole
EARLIEST_YEAR: Final = 1000
_ONE_DAY: Final = timedelta(days=1)
HOW_TO_WRITE: Final = "write it as 2023-06-19, 2023-06-19 09:39 +0200 or 19 June 2023"

# Spelled out, because calendar.month_name and day_name follow the locale of the machine.
MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAY_NAMES: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
MONTHS: Final = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
WEEKDAYS: Final = {name[:3].lower(): number for number, name in enumerate(WEEKDAY_NAMES)}

_MONTH = (
    r"(?: jan(?:uary)? | feb(?:ruary)? | mar(?:ch)? | apr(?:il)? | may | june? | july? "
    r"| aug(?:ust)? | sept?(?:ember)? | oct(?:ober)? | nov(?:ember)? | dec(?:ember)? )"
)
_WEEKDAY = (
    r"(?: (?P<weekday> mon | tues? | wed(?:nes)? | thu(?:rs?)? | fri | sat(?:ur)? | sun )"
    r" (?:day)? \.? [\s,]+ )?"
)
_ORDINAL = r"(?: st | nd | rd | th )?"
_DAY_OPENING = rf"""{_WEEKDAY} (?: \d\d\d\d [-/.] \d | \d{{8}} (?!\d)
    | {_MONTH} [\s.-]* \d | \d\d? {_ORDINAL} [\s.-]* (?:of\s+)? {_MONTH}
    | \d\d? [-/.] \d\d? [-/.] \d )"""
_CLOCK_OPENING = r"\d\d? (?: [:.] \d\d | \s* [ap] \.? \s? m (?![a-z]) )"
_CLOCK = rf"""[\s,]* (?: (?: at\s | t | -(?=\s) | [|@·•] ) \s* )?
    (?= {_CLOCK_OPENING} | (?<=t) \d{{4}} (?:\d\d)? (?!\d) | \d{{4}} \s? (?: gmt | utc | z )\b )
    (?P<hour> \d\d? ) (?: (?P<mark> [:.]? ) (?P<minute> \d\d )
        (?: (?P=mark) (?P<second> \d\d ) (?: [.,] \d+ )? )? )? (?!\d)
    (?: \s* (?P<half> [ap] ) \.? \s? m (?![a-z]) \.? )?"""
_ZONE = r"""(?P<zone> (?: utc | gmt )? \s? [+-] \d\d? (?: :? \d\d (?: :? \d\d )? )?
    | [a-z]+ (?: / [a-z0-9_+-]+ )+ | [a-z]{1,6} (?![a-z]) )"""


def _pattern(source: str) -> re.Pattern[str]:
    # With ASCII, IGNORECASE does not match a Turkish dotless i with an i.
    return re.compile(source, re.VERBOSE | re.IGNORECASE | re.ASCII)


INTRODUCTION = _pattern(
    r"""(?: (?: first | last | originally | date | published | publication | modified | updated?
    | posted | created | edited | issued | on | at ) (?![a-z]) [\s:_([-]* )+"""
)
YEAR_FIRST = _pattern(
    rf"""{_WEEKDAY} (?= \d{{4}} [-/.] | \d{{8}} (?!\d) )
    (?P<year> \d{{4}} ) (?P<mark> [-/.]? ) (?P<month> \d\d? ) (?P=mark) (?P<day> \d\d? ) (?!\d)"""
)
DAY_FIRST = _pattern(
    rf"""{_WEEKDAY} (?P<day> \d\d? ) {_ORDINAL} [\s.-]* (?:of\s+)?
    (?P<month> {_MONTH} ) [\s.,-]* (?P<year> \d{{2,4}} ) (?![\d:])"""
)
MONTH_FIRST = _pattern(
    rf"""{_WEEKDAY} (?P<month> {_MONTH} ) [\s.-]* (?P<day> \d\d? ) {_ORDINAL} [\s.,-]+
    (?P<year> \d{{4}} ) (?![\d:])"""
)
NUMBERS = _pattern(
    rf"""{_WEEKDAY} (?P<first> \d\d? ) (?P<mark> [-/.] ) (?P<second> \d\d? ) (?P=mark)
    (?P<year> \d{{4}} ) (?!\d)"""
)
NO_DAY_GIVEN = _pattern(
    rf"\d{{4}} (?: [-/.] \d\d? )? | {_MONTH} [\s.,-]* \d{{4}} | \d\d? / \d{{4}}"
)
CLOCK = _pattern(rf"{_CLOCK} (?P<zone> (?!) )?")  # a group zone that never matches
CLOCK_AND_ZONE = _pattern(
    rf"{_CLOCK} (?: [\s,]* [(\[]? {_ZONE} (?: \s* [(\[] [^()\[\]]* )? [)\]]? )?"
)
ZONE = _pattern(rf"\s* {_ZONE}")
# "9:39 AM EST, June 19, 2023", and "Mon Jun 19 09:39:40 UTC 2023" as C's asctime has it (RFC 9110,
# section 5.6.7).
CLOCK_FIRST = _pattern(
    rf"(?P<clock> {_CLOCK_OPENING} .*? ) [\s,]+ (?:on\s+)? (?P<day> {_DAY_OPENING} .* )"
)
YEAR_LAST = _pattern(
    rf"(?P<day> {_WEEKDAY} {_MONTH} \s+ \d\d? ) \s+ (?P<clock> \d .* ) \s+ (?P<year> \d{{4}} )"
)
OPENING = _pattern(rf"{_DAY_OPENING} | {_CLOCK_OPENING}")
# The first newspaper appeared in 1605, so eight digits with an earlier year are a serial number. A
# single digit after a month's folder is a count ("2023/06/7-things.md"), unless nothing follows it.
PATH_DATE = _pattern(
    r"""(?: ^ | / ) (?= \d{4} [-_./] | (?: 1[6-9] | 20 ) \d{6} (?!\d) )
    (?P<year> \d{4} ) (?P<mark> [-_./]? ) (?P<month> \d\d? ) (?P=mark)
    (?P<day> \d\d | (?<!/) \d | \d (?= [/.] ) ) (?= [-_\s/] | \.\D | t\d | $ )"""
)

# Invisible marks, which Arabic and Hebrew dates often have, are removed; dashes become hyphens.
_FOLDED: Final = {
    **dict.fromkeys("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff", ""),
    **dict.fromkeys("\u2066\u2067\u2068\u2069", ""),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_DIGIT = re.compile(r"\d")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def read_date(text: str, zone: tzinfo) -> Moment:
    """Read a text that is a date, or a date and a time, and nothing else.

    `zone` is the archive's time zone, for texts that name none. Raises DateError if the text is no
    date or an ambiguous one; no text raises anything else.
    """
    plain = _plain(text)
    if not plain:
        raise _error(text, "this is too long for a date" if plain is None else "no date is given")
    day_match = _match_day(plain)
    if day_match is None:
        if match := CLOCK_FIRST.fullmatch(plain):
            plain = f"{match['day']} {match['clock']}"
        elif match := YEAR_LAST.fullmatch(plain):
            plain = f"{match['day']} {match['year']} {match['clock']}"
        day_match = _match_day(plain)
    if day_match is None:
        no_day = NO_DAY_GIVEN.fullmatch(plain)
        raise _error(text, "no day is given" if no_day else "this cannot be read as a date")
    warnings: list[str] = []
    day = _day(day_match, text, warnings)
    if (written := day_match["weekday"]) and day.weekday() != WEEKDAYS[written[:3].lower()]:
        claimed = WEEKDAY_NAMES[WEEKDAYS[written[:3].lower()]]
        shown = f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
        warnings.append(f"{shown} is a {WEEKDAY_NAMES[day.weekday()]}, not a {claimed}")
    clock = None
    if day_match.end() < len(plain):
        clock = CLOCK_AND_ZONE.fullmatch(plain, day_match.end())
        if clock is None:
            clock = _clock_before_rest(plain, day_match, text, warnings)
    return _moment(day, clock, zone, warnings, text)


def looks_like_date(text: str) -> bool:
    """True for every text that read_date can read, False for most prose; faster than read_date."""
    plain = _plain(text)
    return plain is not None and OPENING.match(plain) is not None


def date_from_path(path: str, zone: tzinfo) -> Moment | None:
    """Return the day at the beginning of a source's file name, or in its folders; None if none.

    `path` is a POSIX path. Its last valid date counts, so the file name's comes before those of the
    folders. A date further on in a name is ignored: it is the story's subject, not its date. `zone`
    is the archive's time zone.
    """
    for day_match in reversed(list(PATH_DATE.finditer(path))):
        try:
            return _moment(_day(day_match, path, []), None, zone, [], path)
        except DateError:
            continue
    return None


def _plain(text: str) -> str | None:
    """Return the text in ASCII digits, hyphens and blanks, without brackets and introductions.

    It is empty if the text has no digit, and None if it is too long for a date.
    """
    plain = text.strip()
    if len(plain) > MAX_LENGTH:
        return None
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
        if len(plain) > MAX_LENGTH:  # one character can become eighteen
            return None
    if not _DIGIT.search(plain):
        return ""
    if not plain.isascii():
        plain = " ".join(_NOT_ASCII.sub(_folded, plain).split())
    plain = plain.strip(" \t\r\n\f\v()[]<>{}.,;")
    if plain[:1].isalpha() and (introduction := INTRODUCTION.match(plain)):
        return plain[introduction.end() :]
    return plain


def _folded(match: re.Match[str]) -> str:
    character = match[0]
    return str(int(character)) if character.isdecimal() else _FOLDED.get(character, character)


def _match_day(plain: str) -> re.Match[str] | None:
    for pattern in (YEAR_FIRST, DAY_FIRST, MONTH_FIRST, NUMBERS):
        if day_match := pattern.match(plain):
            return day_match
    return None


def _day(day_match: re.Match[str], text: str, warnings: list[str]) -> date:
    """Return the day of a match of one of the patterns; raise DateError if there is no such day.

    `text` is what error messages quote. Assumptions are added to `warnings`.
    """
    year = int(day_match["year"])
    if len(day_match["year"]) < 4:
        # RFC 2822, section 4.3: 00 to 49 mean 2000 to 2049; other short years count from 1900.
        year += 2000 if len(day_match["year"]) == 2 and year < 50 else 1900
        warnings.append(f"the year {day_match['year']} is read as {year}")
    if year < EARLIEST_YEAR:
        raise _impossible(
            text, f"the year {year} cannot be right", "years from 1000 to 9999 can be read"
        )
    if day_match.re is NUMBERS:
        month, number = _month_and_day(day_match, text)
    else:
        written, number = day_match["month"], int(day_match["day"])
        month = int(written) if written.isdecimal() else MONTHS[written[:3].lower()]
    if not 1 <= month <= 12:
        raise _impossible(text, f"there is no month {month}")
    if number == 0:
        raise _impossible(text, "there is no day 0")
    try:
        return date(year, month, number)
    except ValueError:
        last = calendar.monthrange(year, month)[1]
        raise _impossible(text, f"{MONTH_NAMES[month - 1]} {year} has {last} days", "") from None


def _month_and_day(day_match: re.Match[str], text: str) -> tuple[int, int]:
    """Return (month, day) of 19/06/2023, 06/19/2023 or 19.06.2023; with dots the day comes first.

    Raises DateError for 03/04/2023, which is one day in London and another day in New York.
    """
    first, second = int(day_match["first"]), int(day_match["second"])
    if day_match["mark"] == "." or first > 12 or second in (first, 0):
        return second, first
    if second > 12 or first == 0:
        return first, second
    day_first = f"{first} {MONTH_NAMES[second - 1]}"
    month_first = f"{MONTH_NAMES[first - 1]} {second}"
    year = day_match["year"]
    written = f"{year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
    raise _impossible(text, f"this may be {day_first} or {month_first}", f"write it as {written}")


def _clock_before_rest(
    plain: str, day_match: re.Match[str], text: str, warnings: list[str]
) -> re.Match[str] | None:
    """Return the time after a day if more follows that cannot be read; None if there is no time.

    Raises DateError unless the text is short, begins with an ISO date, and only numbers and marks
    are left over: a text with words is prose, and a date in prose is not the article's.
    """
    named = ZONE.fullmatch(plain, day_match.end())
    if named and time_zone(named["zone"])[0] is not None:
        return None  # "2023-06-19Z" (XML Schema part 2, section 3.2.9): the day alone counts
    clock = CLOCK.match(plain, day_match.end())
    rest = plain[clock.end() if clock else day_match.end() :].lstrip("Tt, ")
    dashed = day_match.re is YEAR_FIRST and day_match["mark"]
    if not dashed or len(plain) > MAX_LENGTH_WITH_REST or any(c.isalpha() for c in rest):
        raise _error(text, "the text after the date cannot be read")
    kept = "the time before it is read in the archive's time zone" if clock else "the day is kept"
    warnings.append(f'"{rest}" cannot be read; {kept}')
    return clock


def _moment(
    day: date, clock: re.Match[str] | None, zone: tzinfo, warnings: list[str], text: str
) -> Moment:
    """Return the moment of a day and a match of CLOCK or CLOCK_AND_ZONE; without it, the whole day.

    Raises DateError if the moment in UTC is after the year 9999.
    """
    hour = minute = second = 0
    place = zone
    precision: Precision = "day"
    if clock is not None and (reading := _time_of_day(clock, warnings)):
        hour, minute, second = reading
        precision = "second"
        if written := clock["zone"]:
            named, warning = time_zone(written)
            place = named or zone
            if named is None:
                warning = f"{warning}; read as {zone}"
            if warning:
                warnings.append(warning)
    try:
        when = datetime(day.year, day.month, day.day, hour % 24, minute, second, tzinfo=place)
        if hour == 24:  # the next day's midnight, ISO 8601-1:2019/Amd 1
            when += timedelta(days=1)
        if day.year == MAXYEAR:
            when.astimezone(UTC)
    except OverflowError:
        reason = "in UTC this is after the year 9999"
        raise _error(text, reason, "years from 1000 to 9999 can be read") from None
    return Moment(when, precision, "; ".join(warnings) or None)


def _time_of_day(clock: re.Match[str], warnings: list[str]) -> tuple[int, int, int] | None:
    """Return (hour, minute, second), with hour 24 only for 24:00:00; None for a time like 25:99."""
    hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
    shown = f"{clock['hour']}:{minute:02}"
    if minute > 59 or second > 60 or (hour, minute, second) > (24, 0, 0):
        warnings.append(f"impossible time {clock[0].strip(' ,Tt')}; the day is kept")
        return None
    if second == 60:
        second = 59
        warnings.append("second 60, a leap second, is read as second 59")
    if half := clock["half"]:
        if hour > 12:
            warnings.append(f"{shown} is on the 24-hour clock; {half.upper()}M is ignored")
        else:
            hour = hour % 12 + (12 if half in "Pp" else 0)
    return hour, minute, second


def _error(text: str, wrong: str, advice: str = HOW_TO_WRITE) -> DateError:
    """Return the error for a text: the text in one short line, what is wrong, how to write it."""
    return DateError(_message(text, wrong, advice))


def _impossible(text: str, wrong: str, advice: str = HOW_TO_WRITE) -> ImpossibleDateError:
    """Return the error for a date that the calendar does not have, or that is ambiguous."""
    return ImpossibleDateError(_message(text, wrong, advice))


def _message(text: str, wrong: str, advice: str) -> str:
    line = " ".join(text[: 2 * MAX_LENGTH].split()) or "empty text"
    line = line if len(line) <= MAX_LENGTH else f"{line[: MAX_LENGTH - 1]}…"
    return f"{line}: {wrong}; {advice}" if advice else f"{line}: {wrong}"
