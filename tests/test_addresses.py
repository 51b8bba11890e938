"""Addresses and slugs: readable, unique, and safe on every file system."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.model import addresses
from newsarchive.model.collection import Collection
from newsarchive.model.periods import UNDATED, Period, day_period, numbered, periods_of
from newsarchive.model.text import SLUG_BYTES, SLUG_CHARACTERS, cut_at_word, identity, slug
from newsarchive.outputs.feeds.formats import feed_address


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        (
            "North Korea vows to launch another surveillance satellite after failed attempt",
            "north-korea-vows-to-launch-another-surveillance-satellite-after-failed-attempt",
        ),
        ("Größe & Maß", "grösse-mass"),
        ("Ξένη Δημοσίευση", "ξένη-δημοσίευση"),
        ("北京新闻", "北京新闻"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("خبرهای بندر", "خبرهای-بندر"),
        ("  -- What?! --  ", "what"),
        ("", "article"),
        ("!!!", "article"),
        ("😀", "article"),
        ("Index", "article-index"),
        ("2", "article-2"),
        ("NUL", "article-nul"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_slug_keeps_the_letters_of_its_language(headline: str, expected: str) -> None:
    assert slug(headline, "article") == expected


def test_a_long_slug_is_cut_at_a_word() -> None:
    made = slug("ferry " * 40, "article")
    assert len(made) <= SLUG_CHARACTERS
    assert set(made.split("-")) == {"ferry"}


@given(st.text())
def test_any_text_makes_a_safe_slug(text: str) -> None:
    made = slug(text, "article")
    assert 0 < len(made) <= SLUG_CHARACTERS + len("article-")
    assert len(made.encode()) <= SLUG_BYTES
    assert not set(made) & set('/\\:*?"<>|. \t\n\0%#')
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert made == unicodedata.normalize("NFC", made)
    # Slugs are compared as a file system that ignores case would compare them.
    assert made == unicodedata.normalize("NFC", made.casefold())
    assert slug(made, "article") == made


@given(st.text(), st.text())
def test_spellings_of_one_name_have_one_identity(left: str, right: str) -> None:
    assert identity(f" {left}  {right}\n") == identity(f"{left} {right}")
    assert identity(identity(left)) == identity(left)


@given(st.text(), st.integers(min_value=1, max_value=300))
def test_a_shortened_text_is_never_longer_than_the_limit(text: str, characters: int) -> None:
    cut = cut_at_word(text, characters)
    assert len(cut) <= characters
    assert cut == text or cut.endswith("…")


@pytest.mark.parametrize(
    ("made", "address"),
    [
        (addresses.article(20230619, None, "Ferry"), "2023/06/19/ferry.html"),
        (addresses.article(20230619, "wanted", "Ferry"), "2023/06/19/wanted.html"),
        (addresses.article(0, None, "Ferry"), "undated/ferry.html"),
        (addresses.article(9870102, None, "Ferry"), "0987/01/02/ferry.html"),
        (addresses.listing(Collection(1, "all", "", "")), "index.html"),
        (addresses.listing(Collection(1, "all", "", ""), Period(2023, 6)), "2023/06/index.html"),
        (addresses.listing(Collection(1, "all", "", ""), UNDATED, 2), "undated/2.html"),
        (addresses.listing(Collection(2, "tag", "Sea", "sea"), Period(2023)),
         "tags/sea/2023/index.html"),
        (feed_address(Collection(2, "author", "Ida", "ida"), "rss"), "authors/ida/feed.xml"),
        (addresses.index("section"), "sections/index.html"),
    ],
)  # fmt: skip
def test_articles_listings_and_feeds_have_their_addresses(made: str, address: str) -> None:
    assert made == address


def test_links_are_relative_and_encoded() -> None:
    page = "2023/06/19/ferry.html"
    assert addresses.to_top(page) + addresses.quoted("index.html") == "../../../index.html"
    assert addresses.to_top("index.html") == ""
    assert addresses.quoted("tags/größe/index.html") == "tags/gr%C3%B6%C3%9Fe/index.html"
    assert addresses.quoted("media/50% off?#1.png") == "media/50%25%20off%3F%231.png"
    assert addresses.url("https://g.example/", "2023/index.html") == "https://g.example/2023/"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://news.example/archive/", "https://news.example/archive/"),
        ("https://zeitung.example/zürich/", "https://zeitung.example/z%C3%BCrich/"),
        ("https://zeitung.example/z%C3%BCrich/ä/", "https://zeitung.example/z%C3%BCrich/%C3%A4/"),
        ("https://zeitung.example/100%/", "https://zeitung.example/100%25/"),
        ("http://Bücher.example:8080/", "http://xn--bcher-kva.example:8080/"),
        ("https://faß.example", "https://xn--fa-hia.example"),
        ("https://日本語。jp/", "https://xn--wgv71a119e.jp/"),
        ("http://[::1]:8000/ü/", "http://[::1]:8000/%C3%BC/"),
    ],
)
def test_a_base_url_is_sent_in_ascii(written: str, sent: str) -> None:
    assert addresses.in_ascii(written) == sent
    assert addresses.in_ascii(sent) == sent


@given(st.dates())
def test_a_day_belongs_to_its_month_its_year_and_all_time(day: object) -> None:
    number = day.year * 10000 + day.month * 100 + day.day  # type: ignore[attr-defined]
    every, year, month, same_day = periods_of(number)
    assert same_day == day_period(number)
    assert (same_day.parent, month.parent, year.parent, every.parent) == (month, year, every, None)
    for period in (every, year, month, same_day):
        first, last = period.days
        assert first <= number <= last
        assert numbered(period.number) == period
