"""Dates as newsrooms, feeds and scrapers write them, read into aware datetimes."""

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
    """When something was published: an aware datetime and how much of it is known."""

    when: datetime
    """Always aware; for precision "day" midnight of that day in the archive's zone."""
    precision: Precision
    doubt: str | None = None
    """What had to be assumed or put right, in words for a journalist, else None."""

    def agrees_with(self, other: "Moment") -> bool:
        """Whether both can be meant for one moment, one of them without its time or zone."""
        return abs(self.when - other.when) <= _ONE_DAY


class DateError(ValueError):
    """A text is no date: str(error) says what is wrong with it and what is taken instead."""


class ImpossibleDateError(DateError):
    """A text is written as a date, but there is no such day, or there are two."""


LONGEST: Final = 80  # characters; a full weekday, month, clock and zone name come to 76
LONGEST_LEFTOVER: Final = 60  # characters; longer texts have to be understood to the end
EARLIEST_YEAR: Final = 1000
_ONE_DAY: Final = timedelta(days=1)
TAKEN: Final = "write it as 2023-06-19, 2023-06-19 09:39 +0200 or 19 June 2023"

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
    # ASCII, because otherwise IGNORECASE lets a Turkish dotless i stand for an i.
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
NO_DAY = _pattern(rf"\d{{4}} (?: [-/.] \d\d? )? | {_MONTH} [\s.,-]* \d{{4}} | \d\d? / \d{{4}}")
CLOCK = _pattern(rf"{_CLOCK} (?P<zone> (?!) )?")  # a zone that is never there
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
# The first newspaper is of 1605, so eight digits that begin otherwise are a serial number. A single
# digit after a month's folder counts stories ("2023/06/7-things.md"), unless nothing follows it.
PATH_DATE = _pattern(
    r"""(?: ^ | / ) (?= \d{4} [-_./] | (?: 1[6-9] | 20 ) \d{6} (?!\d) )
    (?P<year> \d{4} ) (?P<mark> [-_./]? ) (?P<month> \d\d? ) (?P=mark)
    (?P<day> \d\d | (?<!/) \d | \d (?= [/.] ) ) (?= [-_\s/] | \.\D | t\d | $ )"""
)

# Marks that show nothing, which travel with Arabic and Hebrew dates, go; every dash is a hyphen.
_FOLDED: Final = {
    **dict.fromkeys("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff", ""),
    **dict.fromkeys("\u2066\u2067\u2068\u2069", ""),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_DIGIT = re.compile(r"\d")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def read_date(text: str, zone: tzinfo) -> Moment:
    """Read a text that is a date, or a date and a time, and nothing else.

    `zone` is the archive's time zone; it serves where the text names none. Raises DateError, and
    nothing else whatever the text, for what is no date, an impossible date or an ambiguous one.
    """
    plain = _plain(text)
    if not plain:
        raise _error(text, "this is too long for a date" if plain is None else "no date is given")
    found = _find_day(plain)
    if found is None:
        if match := CLOCK_FIRST.fullmatch(plain):
            plain = f"{match['day']} {match['clock']}"
        elif match := YEAR_LAST.fullmatch(plain):
            plain = f"{match['day']} {match['year']} {match['clock']}"
        found = _find_day(plain)
    if found is None:
        no_day = NO_DAY.fullmatch(plain)
        raise _error(text, "no day is given" if no_day else "this cannot be read as a date")
    doubts: list[str] = []
    day = _day(found, text, doubts)
    if (written := found["weekday"]) and day.weekday() != WEEKDAYS[written[:3].lower()]:
        claimed = WEEKDAY_NAMES[WEEKDAYS[written[:3].lower()]]
        shown = f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
        doubts.append(f"{shown} is a {WEEKDAY_NAMES[day.weekday()]}, not a {claimed}")
    clock = None
    if found.end() < len(plain):
        clock = CLOCK_AND_ZONE.fullmatch(plain, found.end())
        if clock is None:
            clock = _clock_before_leftover(plain, found, text, doubts)
    return _moment(day, clock, zone, doubts, text)


def looks_like_date(text: str) -> bool:
    """Say whether read_date is worth a try: True for all that it takes, False for most prose."""
    plain = _plain(text)
    return plain is not None and OPENING.match(plain) is not None


def date_from_path(path: str, zone: tzinfo) -> Moment | None:
    """Return the day that begins a source's file name, or that its folders spell, in `zone`.

    `path` is a posix path; the last possible date in it counts, so the file name's is preferred.
    A date further on in a name tells what the story is about, not when it appeared.
    """
    for found in reversed(list(PATH_DATE.finditer(path))):
        try:
            return _moment(_day(found, path, []), None, zone, [], path)
        except DateError:
            continue
    return None


def _plain(text: str) -> str | None:
    """Return the text without what surrounds a date, and with ASCII digits, hyphens and blanks.

    It is empty where the text has no digit, and None where it is too long for a date.
    """
    plain = text.strip()
    if len(plain) > LONGEST:
        return None
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
        if len(plain) > LONGEST:  # one character can become eighteen
            return None
    if not _DIGIT.search(plain):
        return ""
    if not plain.isascii():
        plain = " ".join(_NOT_ASCII.sub(_folded, plain).split())
    plain = plain.strip(" \t\r\n\f\v()[]<>{}.,;")
    if plain[:1].isalpha() and (introduction := INTRODUCTION.match(plain)):
        return plain[introduction.end() :]
    return plain


def _folded(character: re.Match[str]) -> str:
    found = character[0]
    return str(int(found)) if found.isdecimal() else _FOLDED.get(found, found)


def _find_day(plain: str) -> re.Match[str] | None:
    for pattern in (YEAR_FIRST, DAY_FIRST, MONTH_FIRST, NUMBERS):
        if found := pattern.match(plain):
            return found
    return None


def _day(found: re.Match[str], text: str, doubts: list[str]) -> date:
    """Return the day of a match of one of the layouts; raise DateError where there is no such day.

    `text` is what error messages quote; what had to be assumed is added to `doubts`.
    """
    year = int(found["year"])
    if len(found["year"]) < 4:
        # RFC 2822, section 4.3: 00 to 49 are of this century, all others count from 1900.
        year += 2000 if len(found["year"]) == 2 and year < 50 else 1900
        doubts.append(f"the year {found['year']} is taken for {year}")
    if year < EARLIEST_YEAR:
        raise _impossible(
            text, f"the year {year} cannot be right", "years from 1000 to 9999 are taken"
        )
    if found.re is NUMBERS:
        month, number = _month_and_day(found, text)
    else:
        written, number = found["month"], int(found["day"])
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


def _month_and_day(found: re.Match[str], text: str) -> tuple[int, int]:
    """Return month and day of 19/06/2023, 06/19/2023 or 19.06.2023; dots always put the day first.

    Raises DateError for 03/04/2023, which is one day in London and another one in New York.
    """
    first, second = int(found["first"]), int(found["second"])
    if found["mark"] == "." or first > 12 or second in (first, 0):
        return second, first
    if second > 12 or first == 0:
        return first, second
    day_first = f"{first} {MONTH_NAMES[second - 1]}"
    month_first = f"{MONTH_NAMES[first - 1]} {second}"
    year = found["year"]
    written = f"{year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
    raise _impossible(text, f"this may be {day_first} or {month_first}", f"write it as {written}")


def _clock_before_leftover(
    plain: str, found: re.Match[str], text: str, doubts: list[str]
) -> re.Match[str] | None:
    """Return the clock reading, if any, after a day that is followed by more than can be read.

    Only numbers and marks may be left over, after an ISO date in a short text: words mean that
    the text is prose, and prose that mentions a date is not dated by it. Raises DateError then.
    """
    named = ZONE.fullmatch(plain, found.end())
    if named and time_zone(named["zone"])[0] is not None:
        return None  # "2023-06-19Z" (XML Schema part 2, section 3.2.9): the day alone counts
    clock = CLOCK.match(plain, found.end())
    rest = plain[clock.end() if clock else found.end() :].lstrip("Tt, ")
    dashed = found.re is YEAR_FIRST and found["mark"]
    if not dashed or len(plain) > LONGEST_LEFTOVER or any(c.isalpha() for c in rest):
        raise _error(text, "what follows the date cannot be read")
    kept = "the time before it is read in the archive's time zone" if clock else "the day is kept"
    doubts.append(f'"{rest}" cannot be read; {kept}')
    return clock


def _moment(
    day: date, clock: re.Match[str] | None, zone: tzinfo, doubts: list[str], text: str
) -> Moment:
    """Build a moment from a day and a match of CLOCK or CLOCK_AND_ZONE; no clock: the whole day.

    Raises DateError where the moment would leave datetime's years in UTC.
    """
    hour = minute = second = 0
    place = zone
    precision: Precision = "day"
    if clock is not None and (reading := _reading(clock, doubts)):
        hour, minute, second = reading
        precision = "second"
        if written := clock["zone"]:
            named, doubt = time_zone(written)
            place = named or zone
            if named is None:
                doubt = f"{doubt}; read as {zone}"
            if doubt:
                doubts.append(doubt)
    try:
        when = datetime(day.year, day.month, day.day, hour % 24, minute, second, tzinfo=place)
        if hour == 24:  # the next day's midnight, ISO 8601-1:2019/Amd 1
            when += timedelta(days=1)
        if day.year == MAXYEAR:
            when.astimezone(UTC)
    except OverflowError:
        reason = "in UTC this is after the year 9999"
        raise _error(text, reason, "years from 1000 to 9999 are taken") from None
    return Moment(when, precision, "; ".join(doubts) or None)


def _reading(clock: re.Match[str], doubts: list[str]) -> tuple[int, int, int] | None:
    """Return hour (24 only for 24:00:00), minute and second; None, and a doubt, for 25:99."""
    hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
    shown = f"{clock['hour']}:{minute:02}"
    if minute > 59 or second > 60 or (hour, minute, second) > (24, 0, 0):
        doubts.append(f"there is no time {clock[0].strip(' ,Tt')}; the day is kept")
        return None
    if second == 60:
        second = 59
        doubts.append("second 60, a leap second, is read as second 59")
    if half := clock["half"]:
        if hour > 12:
            doubts.append(f"{shown} is on the 24-hour clock; {half.upper()}M is passed over")
        else:
            hour = hour % 12 + (12 if half in "Pp" else 0)
    return hour, minute, second


def _error(text: str, wrong: str, taken: str = TAKEN) -> DateError:
    """Return the error for a text: the text in one short line, what is wrong, what is taken."""
    return DateError(_complaint(text, wrong, taken))


def _impossible(text: str, wrong: str, taken: str = TAKEN) -> ImpossibleDateError:
    """Return the error for a date that is none of the calendar's."""
    return ImpossibleDateError(_complaint(text, wrong, taken))


def _complaint(text: str, wrong: str, taken: str) -> str:
    line = " ".join(text[: 2 * LONGEST].split()) or "empty text"
    line = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    return f"{line}: {wrong}; {taken}" if taken else f"{line}: {wrong}"
