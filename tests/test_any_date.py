"""Dates: properties of any text, any moment and any day."""

from datetime import MAXYEAR, UTC, date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.model.dates import (
    MONTH_NAMES,
    WEEKDAY_NAMES,
    DateError,
    Moment,
    date_from_path,
    looks_like_date,
    read_date,
)
from test_dates import BERLIN, read

ZONES = st.one_of(
    st.timezones(),
    st.integers(-12 * 60, 14 * 60).map(lambda east: timezone(timedelta(minutes=east))),
)
FRAGMENTS = [
    *("2023", "23", "06", "6", "19", "30", "0000", "9999", "12", "31", "٢٠٢٣", "②", "½", "\u2028"),
    *("-", "/", ".", ":", "+", ",", " ", "T", "Z", "(", ")", "st", "th", "am", "p.m.", "\u200f"),
    *("09:39", "24:00", "25:99", "23:59:60", "+02:00", "-05", "+15:30", "EST", "CST", "XYZ", "ET"),
    *("June", "sept.", "MAR", "Mon,", "Sunday", "Europe/Berlin", "../etc", "last modified", "frı"),
]
DATE_LIKE = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | st.lists(
    st.sampled_from(FRAGMENTS), max_size=9
).map(" ".join)


@given(st.text() | DATE_LIKE, ZONES)
def test_any_text_is_refused_or_looks_like_a_date_and_is_read(text: str, zone: tzinfo) -> None:
    try:
        moment = read_date(text, zone)
    except DateError as error:
        assert str(error)
    else:
        assert looks_like_date(text)
        assert moment.when.astimezone(UTC).year >= 999
        assert moment.warning != ""
        if moment.precision == "day":
            assert moment.when.tzinfo is zone
            assert (moment.when.hour, moment.when.minute, moment.when.second) == (0, 0, 0)


def iso_offset(when: datetime, mark: str = ":") -> str:
    east = int((when.utcoffset() or timedelta()).total_seconds()) // 60
    return f"{'-' if east < 0 else '+'}{abs(east) // 60:02}{mark}{abs(east) % 60:02}"


def written(when: datetime) -> dict[str, str]:
    """Write a moment in every layout that names an offset, by a name for each."""
    month, weekday = MONTH_NAMES[when.month - 1], WEEKDAY_NAMES[when.weekday()]
    year, day = f"{when.year:04}", when.day
    clock = f"{when:%H:%M:%S}"
    twelve = f"{when.hour % 12 or 12}:{when:%M:%S} {'AM' if when.hour < 12 else 'p.m.'}"
    offset, plain_offset = iso_offset(when), iso_offset(when, "")
    return {
        "isoformat": when.isoformat(),
        "ISO with a blank": f"{year}-{when.month}-{day} {clock} {offset}",
        "ISO with slashes": f"{year}/{when:%m/%d} {clock}{plain_offset}",
        "ISO basic": f"{year}{when:%m%dT%H%M%S}{plain_offset}",
        "RFC 2822": f"{weekday[:3]}, {day} {month[:3]} {year} {clock} {plain_offset}",
        "British": f"{weekday} {day} {month} {year} at {clock} {offset}",
        "ordinal": f"{day}th {month} {year} {clock} {offset}",
        "American": f"{weekday}, {month} {day}, {year}, {twelve} {offset}",
        "abbreviated": f"{month[:3]}. {day}, {year} {twelve} UTC{offset}",
        "clock first": f"{twelve} GMT{offset}, {month} {day}, {year}",
        "hyphens": f"{day}-{month[:3]}-{year} {clock} {offset}",
        "dots": f"{when:%d.%m.}{year} {clock} {offset}",
        "asctime": f"{weekday[:3]} {month[:3]} {day:2} {clock} {plain_offset} {year}",
        "introduced": f"(Last modified: {day} {month[:3]} {year} {clock} {offset} )",
    }


@given(
    st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30)).map(
        lambda t: t.replace(microsecond=0)
    ),
    st.integers(-12 * 60, 14 * 60),
    ZONES,
)
def test_any_moment_is_read_back_from_every_layout(
    local: datetime, east: int, archive_zone: tzinfo
) -> None:
    when = local.replace(tzinfo=timezone(timedelta(minutes=east)))
    for layout, text in written(when).items():
        assert read_date(text, archive_zone) == Moment(when, "second"), layout
        assert looks_like_date(text), layout


@given(st.dates(date(1000, 1, 1), date(MAXYEAR, 12, 30)))
def test_any_day_is_read_back_from_text_and_from_a_path(day: date) -> None:
    expected = Moment(datetime(day.year, day.month, day.day, tzinfo=BERLIN), "day")
    assert read(day.isoformat()) == expected
    assert read(f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}") == expected
    assert date_from_path(f"news/{day.isoformat()}-slug.md", BERLIN) == expected
    assert date_from_path(f"{day.isoformat().replace('-', '/')}/slug.md", BERLIN) == expected


@given(st.sampled_from("0 ,.-:/(aT"), st.integers(1, 100_000))
def test_long_texts_are_refused_at_once(character: str, length: int) -> None:
    text = "2023-06-19" + character * length + "x"
    with pytest.raises(DateError):
        read_date(text, BERLIN)
