"""Dates: the forms that newsrooms, feeds and scrapers write, and the moment that each means."""

from datetime import MAXYEAR, UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from newsarchive.model.dates import MAX_LENGTH, DateError, Moment, looks_like_date, read_date
from newsarchive.model.time_zones import AMBIGUOUS_ZONES, ZONE_MINUTES

BERLIN = ZoneInfo("Europe/Berlin")  # the archive's zone in these tests: two hours ahead in June
JUNE_19 = datetime(2023, 6, 19, tzinfo=BERLIN)


def read(text: str) -> Moment:
    """Read a date in the time zone of Berlin, and check that it looks like a date."""
    moment = read_date(text, BERLIN)
    assert looks_like_date(text)
    assert moment.when.tzinfo is not None
    assert moment.when.microsecond == 0
    return moment


def in_utc(moment: Moment) -> str:
    return moment.when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    "text",
    [
        "2023-06-19",
        "2023-6-19",
        "2023/06/19",
        "2023.06.19",
        "20230619",
        "19 June 2023",
        "19 JUNE 2023",
        "19 jun. 2023",
        "19th June 2023",
        "19th of June, 2023",
        "19. June 2023",
        "19-Jun-2023",
        "June 19, 2023",
        "June 19th, 2023",
        "Jun 19 2023",
        "Monday, June 19, 2023",
        "Monday 19 June 2023",
        "Mon, 19 Jun 2023",
        "19/06/2023",
        "06/19/2023",
        "19.06.2023",
        "19-06-2023",
        "  June 19, 2023\n",
        "(June 19, 2023 )",
        "[June 19, 2023].",
        "Published: June 19, 2023",
        "Published June 19, 2023",
        "Posted on 19 June 2023",
        "Date: 2023-06-19",
        "last_modified: 2023-06-19",
        "Last updated on Monday, 19 June 2023",
        "(last modified 2023-06-19 )",
        "2023-06-19Z",
        "2023-06-19+02:00",
        "٢٠٢٣-٠٦-١٩",
        "۱۹/۰۶/۲۰۲۳",
        "２０２３－０６－１９",
        "\u200f2023\u201306\u201319\u200f",
        "19\u00a0June\u00a02023",
    ],
)
def test_a_date_without_a_time_is_midnight_in_the_archives_time_zone(text: str) -> None:
    assert read(text) == Moment(JUNE_19, "day")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        # ISO 8601
        ("2023-06-19T09:39", "2023-06-19 07:39:00"),
        ("2023-06-19 09:39:40.987654", "2023-06-19 07:39:40"),
        ("2023-06-19T09:39:40,5Z", "2023-06-19 09:39:40"),
        ("2023-06-19t09:39:40z", "2023-06-19 09:39:40"),
        ("20230619T093940Z", "2023-06-19 09:39:40"),
        ("20230619T0939+0200", "2023-06-19 07:39:00"),
        ("2023-06-19 09:39:40+02", "2023-06-19 07:39:40"),
        ("2023-06-19 09:39:40+0200", "2023-06-19 07:39:40"),
        ("2023-06-19 09:39:40+02:00", "2023-06-19 07:39:40"),
        ("2023-06-19 09:39:40\u221202:00", "2023-06-19 11:39:40"),
        ("2023-06-19 09:39:40 +0200", "2023-06-19 07:39:40"),
        ("2023-06-19 09:39-0330", "2023-06-19 13:09:00"),
        ("2023-06-19 09:39:40 UTC", "2023-06-19 09:39:40"),
        ("2023-06-19 09:39:40 EST", "2023-06-19 14:39:40"),
        ("2023-06-19 09:39 Europe/Lisbon", "2023-06-19 08:39:00"),
        ("2023-01-19 09:39 europe/lisbon", "2023-01-19 09:39:00"),
        ("2023-06-19T09:39:40+01:00[Europe/Lisbon]", "2023-06-19 08:39:40"),
        ("2023-06-19 09:39 America/Argentina/Buenos_Aires", "2023-06-19 12:39:00"),
        ("2023-06-19T24:00", "2023-06-19 22:00:00"),
        ("2023-12-31T24:00:00Z", "2024-01-01 00:00:00"),
        ("2023-06-19 12:00+14:00", "2023-06-18 22:00:00"),
        ("2023-06-19 12:00-12:00", "2023-06-20 00:00:00"),
        # RFC 2822, and what mail programs and browsers make of it
        ("Mon, 19 Jun 2023 09:39:40 GMT", "2023-06-19 09:39:40"),
        ("19 Jun 2023 09:39 +0100", "2023-06-19 08:39:00"),
        ("Mon, 19 Jun 2023 09:39:40 -0000 (UTC)", "2023-06-19 09:39:40"),
        ("Mon Jun 19 2023 09:39:40 GMT+0200 (Central European Summer Time)", "2023-06-19 07:39:40"),
        ("Mon Jun 19 09:39:40 2023", "2023-06-19 07:39:40"),
        ("Mon Jun 19 09:39:40 UTC 2023", "2023-06-19 09:39:40"),
        # newspapers
        ("(last modified Mon, 19 Jun 2023 09:39:40 GMT )", "2023-06-19 09:39:40"),
        ("Jun 19, 2023 09:39 UTC", "2023-06-19 09:39:00"),
        ("June 19, 2023 9:39 AM EST", "2023-06-19 14:39:00"),
        ("June 19, 2023 9:39 AM (EST)", "2023-06-19 14:39:00"),
        ("June 19, 2023 9:39 AM ET", "2023-06-19 13:39:00"),
        ("Jan. 19, 2023 9:39 AM ET", "2023-01-19 14:39:00"),
        ("June 19, 2023, 9:39 p.m.", "2023-06-19 19:39:00"),
        ("June 19, 2023 at 9 a.m. EDT", "2023-06-19 13:00:00"),
        ("June 19, 2023 | 1430 GMT", "2023-06-19 14:30:00"),
        ("Monday 19 June 2023 at 09:39", "2023-06-19 07:39:00"),
        ("9:39 AM EST, June 19, 2023", "2023-06-19 14:39:00"),
        ("09:39 UTC, 19 June 2023", "2023-06-19 09:39:00"),
        ("09:39 on Monday 19 June 2023", "2023-06-19 07:39:00"),
        ("First published on Mon 19 Jun 2023 09.39 CEST", "2023-06-19 07:39:00"),
        ("Updated: 19/06/2023 09:39:40", "2023-06-19 07:39:40"),
        ("19.06.2023, 09:39", "2023-06-19 07:39:00"),
        ("Sept. 3, 2019 12:05 p.m. NZST", "2019-09-03 00:05:00"),
        ("2023-06-19 09:39 nst", "2023-06-19 13:09:00"),
    ],
)
def test_a_date_with_a_time_is_an_exact_moment(text: str, utc: str) -> None:
    moment = read(text)
    assert (in_utc(moment), moment.precision, moment.warning) == (utc, "second", None)


@pytest.mark.parametrize(
    ("clock", "hour", "minute"),
    [
        ("12:00 AM", 0, 0),
        ("12:30 am", 0, 30),
        ("0:30 AM", 0, 30),
        ("1:00 a.m.", 1, 0),
        ("11:59 A.M.", 11, 59),
        ("12:00 PM", 12, 0),
        ("12:30pm", 12, 30),
        ("1 p.m.", 13, 0),
        ("11:59 PM", 23, 59),
    ],
)
def test_times_of_the_twelve_hour_clock_are_read(clock: str, hour: int, minute: int) -> None:
    expected = Moment(JUNE_19.replace(hour=hour, minute=minute), "second")
    assert read(f"June 19, 2023 {clock}") == expected
    assert read(f"{clock}, June 19, 2023") == expected


@pytest.mark.parametrize(
    ("text", "utc", "year"),
    [
        ("19 Jun 23 09:39 +0100", "2023-06-19 08:39:00", "2023"),
        ("19 Jun 49 09:39 GMT", "2049-06-19 09:39:00", "2049"),
        ("19-Jun-50 09:39 GMT", "1950-06-19 09:39:00", "1950"),
        ("Sun, 19 Jun 103 09:39 GMT", "2003-06-19 09:39:00", "2003"),
    ],
)
def test_years_of_two_and_three_digits_are_read_by_rfc_2822(text: str, utc: str, year: str) -> None:
    moment = read(text)
    assert in_utc(moment) == utc
    assert moment.warning is not None
    assert moment.warning.endswith(f"is read as {year}") or f"is read as {year};" in moment.warning


@pytest.mark.parametrize(
    ("text", "utc", "warning"),
    [
        # editors who typed the time again where the offset belongs; from the openSUSE news archive
        (
            "2022-01-26 15:00:00+15:00",
            "2022-01-26 14:00:00",
            "impossible UTC offset +15:00; read as Europe/Berlin",
        ),
        ("2021-02-01 15:30:00+15:30", "2021-02-01 14:30:00", "impossible UTC offset +15:30"),
        ("2021-02-08 16:30-:00+16:30", "2021-02-08 15:30:00", '"-:00+16:30" cannot be read'),
        ("2023-06-19 09:39 -12:15", "2023-06-19 07:39:00", "impossible UTC offset -12:15"),
        ("2023-06-19 09:39 +02:75", "2023-06-19 07:39:00", "impossible UTC offset +02:75"),
        ("2023-06-19 09:39 +02:00 +03", "2023-06-19 07:39:00", '"+02:00 +03" cannot be read'),
        ("19 June 2023 09:39 XYZ", "2023-06-19 07:39:00", "unknown time zone XYZ; read as Europe"),
        ("19 June 2023 09:39 Mars/Base", "2023-06-19 07:39:00", "unknown time zone Mars/Base"),
        ("June 19, 2023 9:39 AM CST", "2023-06-19 15:39:00", "it can also be China's"),
        ("19 June 2023 09:39 IST", "2023-06-19 04:09:00", "it can also be Israel's"),
        ("19 June 2023 09:39 BST", "2023-06-19 08:39:00", "it can also be Bangladesh's"),
        ("19 June 2023 09:39 AST", "2023-06-19 13:39:00", "it can also be Arabia's"),
        ("June 19, 2023 13:00 PM", "2023-06-19 11:00:00", "13:00 is on the 24-hour clock"),
        ("June 19, 2023 13:00 AM", "2023-06-19 11:00:00", "13:00 is on the 24-hour clock"),
        ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59", "leap second"),
        (
            "Sunday, 19 June 2023 09:39",
            "2023-06-19 07:39:00",
            "19 June 2023 is a Monday, not a Sunday",
        ),
    ],
)
def test_an_assumption_or_a_correction_gives_a_warning(text: str, utc: str, warning: str) -> None:
    moment = read(text)
    assert (in_utc(moment), moment.precision) == (utc, "second")
    assert warning in (moment.warning or "")


def test_a_date_with_several_doubts_warns_of_each() -> None:
    warning = read("Sunday, 19 June 2023 13:00 PM XYZ").warning or ""
    assert "not a Sunday" in warning
    assert "24-hour clock" in warning
    assert "XYZ" in warning


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("2023-06-19 25:99", "impossible time 25:99; the day is kept"),
        ("2023-06-19T25:99:00Z", "impossible time 25:99:00Z; the day is kept"),
        ("2023-06-19 24:01", "impossible time 24:01"),
        ("2023-06-19 09:39:61", "impossible time 09:39:61"),
        ("June 19, 2023 9:75 PM", "impossible time 9:75 PM"),
        ("2023-06-19 ??:??", '"??:??" cannot be read; the day is kept'),
        ("2023-06-19 - 2023-06-21", '"- 2023-06-21" cannot be read; the day is kept'),
    ],
)
def test_the_day_is_kept_if_the_time_is_impossible(text: str, warning: str) -> None:
    moment = read(text)
    assert (moment.when, moment.precision) == (JUNE_19, "day")
    assert warning in (moment.warning or "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-02-30", "2023-02-30: February 2023 has 28 days"),
        ("30 February 2024", "30 February 2024: February 2024 has 29 days"),
        ("31/06/2023", "31/06/2023: June 2023 has 30 days"),
        ("2023-13-01", "2023-13-01: there is no month 13; write it as 2023-06-19"),
        ("06.19.2023", "06.19.2023: there is no month 19"),
        ("2023-06-00", "2023-06-00: there is no day 0"),
        ("00/06/2023", "00/06/2023: there is no month 0"),
        (
            "0000-00-00",
            "0000-00-00: the year 0 cannot be right; years from 1000 to 9999 can be read",
        ),
        ("0999-12-31", "the year 999 cannot be right"),
        (
            "03/04/2023",
            "03/04/2023: this may be 3 April or March 4; write it as 2023-04-03 or 2023-03-04",
        ),
        ("3-4-2023 10:00", "this may be 3 April or March 4"),
        ("2023", "2023: no day is given; write it as 2023-06-19"),
        ("2023-06", "2023-06: no day is given"),
        ("06/2023", "06/2023: no day is given"),
        ("June 2023", "June 2023: no day is given"),
        ("", "empty text: no date is given"),
        (" () ", "(): no date is given"),
        ("Published:", "Published:: no date is given"),
        ("yesterday", "yesterday: no date is given"),
        ("19 Juni 2023", "19 Juni 2023: this cannot be read as a date"),
        ("19/06/23", "19/06/23: this cannot be read as a date"),
        ("June 19", "June 19: this cannot be read as a date"),
        ("June 19 10:30", "June 19 10:30: this cannot be read as a date"),
        ("09:39", "09:39: this cannot be read as a date"),
        ("1687167580", "1687167580: this cannot be read as a date"),
        ("1687167580123", "1687167580123: this cannot be read as a date"),
        ("9999-12-31T23:59-05:00", "in UTC this is after the year 9999"),
        ("9999-12-31T24:00Z", "in UTC this is after the year 9999"),
        ("2023-06-19 " + "0" * MAX_LENGTH, "this is too long for a date"),
        ("\ufdfa" * 60 + "2023-06-19", "this is too long for a date"),
    ],
)
def test_a_wrong_date_is_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(DateError) as raised:
        read_date(text, BERLIN)
    assert message in str(raised.value)
    assert len(str(raised.value)) < 250
    assert "\n" not in str(raised.value)


def test_dates_end_with_the_year_9999_in_utc() -> None:
    new_york = timezone(timedelta(hours=-5))
    assert read_date("9999-12-31 18:59", new_york).when.astimezone(UTC).year == MAXYEAR
    with pytest.raises(DateError):
        read_date("9999-12-31 19:00", new_york)


@pytest.mark.parametrize(
    "text",
    [
        "On June 19, 2023, the army said that it would return.",
        "June 19, 2023 was a Monday",
        "2023-06-19 was a Monday",
        "2023-06-19 09:39 said the minister",
        "2023-06-19 release notes 1.2",
        "19 June 2023 a day to remember",
        "19 June 2023 - 21 June 2023",
        "It was 2023-06-19",
        "20230619-1234",
    ],
)
def test_a_sentence_with_a_date_in_it_is_no_date(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text, BERLIN)


@pytest.mark.parametrize(
    "line",
    [
        "The Political Bureau of the Workers' Party met from June 16 to 18, 2023.",
        "In 2023 there were 20 of them.",
        "2023 was a good year",
        "20 people were hurt",
        "May we come in?",
        "Mr. Monday — “a man” — turned 19.",
        "June 19, 2023 " * 10,
        "no digit",
        "",
    ],
)
def test_prose_does_not_look_like_a_date(line: str) -> None:
    assert not looks_like_date(line)


def test_summer_time_follows_the_date_and_its_gap_is_read_as_zoneinfo_does() -> None:
    assert in_utc(read("2023-01-19 09:39")) == "2023-01-19 08:39:00"
    assert in_utc(read("2023-03-26 02:30")) == "2023-03-26 01:30:00"  # no clock showed this
    assert in_utc(read("2023-10-29 02:30")) == "2023-10-29 00:30:00"  # the earlier of two


def test_each_ambiguous_zone_name_has_an_offset() -> None:
    assert set(AMBIGUOUS_ZONES) <= set(ZONE_MINUTES)
