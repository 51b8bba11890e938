"""Dates in the names of files and folders, for articles whose text has none."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.model.dates import Moment, date_from_path
from test_any_date import DATE_LIKE, ZONES

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2023/06/19/slug.txt", (2023, 6, 19)),
        ("a/2023-06-19-slug.md", (2023, 6, 19)),
        ("2023/06/19-slug.md", (2023, 6, 19)),
        ("2023/6/9/slug.md", (2023, 6, 9)),
        ("2023/06/19.md", (2023, 6, 19)),
        ("2023-06-19.md", (2023, 6, 19)),
        ("2023_06_19 slug.md", (2023, 6, 19)),
        ("20230619-slug.md", (2023, 6, 19)),
        ("2023-06-19/slug.md", (2023, 6, 19)),
        ("2023-06-19T0939-slug.md", (2023, 6, 19)),
        ("old/2001/2023/06/19/slug.md", (2023, 6, 19)),
        # the file name's date first, then the innermost folders'
        ("2022/01/02/2023-06-19-slug.md", (2023, 6, 19)),
        ("2022/01/02/backup/2023/06/19/slug.md", (2023, 6, 19)),
        ("2023/06/19/2023-02-30-slug.md", (2023, 6, 19)),
        # real names, whose further numbers belong to the story
        ("2009/2009-01-01-opensuse-weekly-news-issue-52.md", (2009, 1, 1)),
        ("2009/2009-03-06-project-meeting-2009-03-11.md", (2009, 3, 6)),
        ("2009/2009-01-21-fosdem-2009-2.md", (2009, 1, 21)),
        ("slug.md", None),
        ("2023/slug.md", None),
        ("2023/06/slug.md", None),
        ("2023/06/7-things-to-know.md", None),
        ("2023/06/19th-century-news.md", None),
        ("2023/06/2023.md", None),
        ("project-meeting-2009-03-11.md", None),
        ("12345678.txt", None),
        ("1687167580.txt", None),
        ("2023/13/19/slug.md", None),
        ("2023-02-30-slug.md", None),
        ("0000/00/00/slug.md", None),
        ("", None),
    ],
)
def test_the_day_is_taken_from_the_path(path: str, day: tuple[int, int, int] | None) -> None:
    expected = None if day is None else Moment(datetime(*day, tzinfo=BERLIN), "day")
    assert date_from_path(path, BERLIN) == expected


@given(st.text() | DATE_LIKE, ZONES)
def test_any_path_has_a_day_or_none(path: str, zone: tzinfo) -> None:
    moment = date_from_path(path, zone)
    assert moment is None or moment.when.astimezone(UTC)
