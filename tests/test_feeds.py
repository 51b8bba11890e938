"""Feeds: which feeds a site has, and what an RSS feed contains."""

from calendar import timegm
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from conftest import Archive, same_as_from_nothing
from stories import story, with_base_url

_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def channel(archive: Archive, address: str = "feed.xml") -> etree._Element:
    """The channel of a built feed."""
    root = etree.fromstring((archive.output / address).read_bytes())
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    found = root.find("channel")
    assert found is not None
    return found


def text(element: etree._Element, path: str) -> str | None:
    """The text of the element at a path, such as `item/dc:creator`."""
    return element.findtext(path, namespaces=_NAMES)


def entries(archive: Archive, address: str = "feed.xml") -> list[dict[str, object]]:
    """The entries of a feed as a feed reader parses them."""
    feed = feedparser.parse((archive.output / address).read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    found: list[dict[str, object]] = feed.entries
    return found


@pytest.fixture
def gazette(archive: Archive) -> Archive:
    """An archive with an article that has every field of a feed entry, and an older article."""
    archive.configure(with_base_url())
    archive.write("images/mole.png", b"image")
    archive.write("old.md", story("The old mole", "2021-02-03T08:00:00Z"))
    archive.write(
        "2023/mole.md",
        story(
            "The mole & the <sea>",
            "2023-06-19T18:30:00+02:00",
            ["Harbour", "C++"],
            "The *first* paragraph.\n\n![The mole](../images/mole.png)\n\n"
            "[The plan](../images/mole.png), [one](https://example.org/), a note[^1].\n\n"
            "[^1]: The note.",
            author="Ida Holm and Per Sund",
            section="Town",
            id="mole-1",
        ),
    )
    archive.build()
    return archive


def test_an_entry_has_every_field_of_the_article(gazette: Archive) -> None:
    item = channel(gazette).find("item")
    assert item is not None
    assert text(item, "title") == "The mole & the <sea>"
    assert text(item, "link") == "https://gazette.example/2023/06/19/the-mole-the-sea.html"
    assert text(item, "pubDate") == "Mon, 19 Jun 2023 18:30:00 +0200"
    creators = item.findall("dc:creator", _NAMES)
    assert [creator.text for creator in creators] == ["Ida Holm", "Per Sund"]
    categories = [category.text for category in item.findall("category")]
    assert categories == ["Town", "Harbour", "C++"]
    assert text(item, "description") == "The first paragraph."


def test_an_entry_has_the_whole_text_with_absolute_links(gazette: Archive) -> None:
    item = channel(gazette).find("item")
    assert item is not None
    content = text(item, "content:encoded") or ""
    assert content.startswith("<p>The <em>first</em> paragraph.</p>")
    assert 'src="https://gazette.example/media/images/mole.png"' in content
    assert 'href="https://gazette.example/media/images/mole.png"' in content
    assert 'href="https://example.org/"' in content
    page = "https://gazette.example/2023/06/19/the-mole-the-sea.html"
    assert f'href="{page}#fn:1"' in content


def test_a_feed_names_itself_its_page_and_its_newest_article(gazette: Archive) -> None:
    feed = channel(gazette, "tags/harbour/feed.xml")
    assert text(feed, "title") == "Harbour – Gazette"
    assert text(feed, "link") == "https://gazette.example/tags/harbour/"
    own = feed.find("atom:link[@rel='self']", _NAMES)
    assert own is not None
    assert own.get("href") == "https://gazette.example/tags/harbour/feed.xml"
    assert text(feed, "lastBuildDate") == "Mon, 19 Jun 2023 18:30:00 +0200"
    assert text(feed, "language") == "en"


@pytest.fixture
def two_months(archive: Archive) -> Archive:
    """An archive with an article on each day of two months, not built."""
    for day in range(1, 31):
        for month in (5, 6):
            headline = f"Story {month}-{day}"
            archive.write(f"{headline}.md", story(headline, f"2023-{month:02}-{day:02}T12:00Z"))
    return archive


def headlines_of_june_and_may(in_may: int) -> list[str]:
    """The headlines of `two_months`, newest first: all of June, and so many of May."""
    headlines = [f"Story 6-{day}" for day in range(30, 0, -1)]
    return headlines + [f"Story 5-{day}" for day in range(30, 30 - in_may, -1)]


def test_a_feed_has_whole_months_newest_first_until_it_has_enough_entries(
    two_months: Archive,
) -> None:
    two_months.build()
    shown = entries(two_months)
    # A client that reads on in the documents of earlier months finds no article twice.
    assert [entry["title"] for entry in shown] == headlines_of_june_and_may(30)
    dates = [timegm(entry["published_parsed"]) for entry in shown]  # type: ignore[arg-type]
    assert dates[0] == datetime(2023, 6, 30, 12, tzinfo=UTC).timestamp()
    assert dates == sorted(dates, reverse=True)
    assert len(entries(two_months, "2023/05/feed.xml")) == 30


def test_without_a_history_a_feed_has_no_more_entries_than_set(two_months: Archive) -> None:
    two_months.configure("[feeds]\nhistory = false\n")
    two_months.build()
    assert [entry["title"] for entry in entries(two_months)] == headlines_of_june_and_may(20)
    assert not list(two_months.output.glob("2023/*/feed.*"))
    assert "prev-archive" not in two_months.page("feed.xml")


def feeds_of(archive: Archive) -> set[str]:
    """The addresses of all feeds of a site."""
    suffixes = ("feed.xml", "feed.atom", "feed.json", ".opml")
    return {address for address in archive.site() if address.endswith(suffixes)}


def test_the_archive_and_each_tag_author_section_and_month_have_a_feed(gazette: Archive) -> None:
    collections = {
        *("tags/harbour/feed.xml", "tags/c/feed.xml", "sections/town/feed.xml"),
        *("authors/ida-holm/feed.xml", "authors/per-sund/feed.xml"),
    }
    of_all = {"feed.xml", "feed.atom", "feed.json", "feeds.opml"}
    months = {
        f"{month}/feed.{suffix}" for month in ("2021/02", "2023/06") for suffix in ("xml", "atom")
    }
    assert feeds_of(gazette) == collections | of_all | months

    formats = 'formats = ["json"]\ncollection_formats = ["atom", "json"]\n'
    gazette.configure(with_base_url() + f"[feeds]\n{formats}")
    gazette.build()
    of_collections = {address.replace(".xml", ".atom") for address in collections}
    of_collections |= {address.replace(".xml", ".json") for address in collections}
    assert feeds_of(gazette) == {"feed.json", "feeds.opml"} | of_collections

    gazette.configure(with_base_url() + "[feeds]\nformats = []\ncollection_formats = []\n")
    gazette.build()
    assert feeds_of(gazette) == set()
    assert not any(
        'rel="alternate"' in gazette.page(address)
        for address in gazette.site()
        if address.endswith(".html")
    )
    assert same_as_from_nothing(gazette)


def test_the_id_of_an_entry_outlives_headline_date_and_domain(gazette: Archive) -> None:
    guid = channel(gazette).find("item/guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    first = guid.text
    assert first
    assert first.startswith("urn:uuid:")
    gazette.configure(with_base_url().replace("gazette.example", "news.example"))
    gazette.write("2023/mole.md", story("Another headline", "2024-01-01T10:00Z", id="mole-1"))
    gazette.build()
    guid = channel(gazette).find("item/guid")
    assert guid is not None
    assert guid.text == first
    assert text(channel(gazette), "item/link") == (
        "https://news.example/2024/01/01/another-headline.html"
    )


def test_an_undated_article_has_no_date_in_its_feed(archive: Archive) -> None:
    archive.configure(with_base_url())
    archive.write("lost.md", story("Lost and found", None))
    archive.build()
    feed = channel(archive, "undated/feed.xml")
    assert text(feed, "item/title") == "Lost and found"
    assert text(feed, "item/pubDate") is None
    # feedgen would write the time of the build: no use to readers, and different in every build.
    assert text(feed, "lastBuildDate") is None


def test_without_a_base_url_the_build_says_which_address_feeds_use(archive: Archive) -> None:
    archive.write("mole.md", story("The mole"))
    archive.build()
    (notice,) = archive.notices
    assert "base_url is not set" in notice
    assert "http://localhost:8000/" in notice
    assert text(channel(archive), "link") == "http://localhost:8000/"


def test_hostile_text_leaves_a_feed_well_formed(archive: Archive) -> None:
    hostile = "]]> &nbsp; <b>& \x0b\x1b\ufffe </channel> <script>alert(1)</script>"
    archive.write("bad.txt", f"Headline {hostile}\nJun 19, 2023 09:39 UTC\n\n{hostile} end.\n")
    archive.build()
    (entry,) = entries(archive)
    assert "]]>" in str(entry["title"])
    content = text(channel(archive), "item/content:encoded") or ""
    assert "<script" not in content


@pytest.mark.parametrize(
    ("setting", "whole"),
    [
        (None, {"feed.xml", "2023/06/feed.xml"}),
        ("archive", {"feed.xml", "2023/06/feed.xml"}),
        ("all", {"feed.xml", "2023/06/feed.xml", "tags/harbour/feed.xml"}),
        ("none", set()),
    ],
)
def test_a_setting_decides_which_feeds_have_whole_articles(
    gazette: Archive, setting: str | None, whole: set[str]
) -> None:
    if setting:
        gazette.configure(with_base_url() + f'[feeds]\nfull_text = "{setting}"\n')
    gazette.build()
    for address in ("feed.xml", "2023/06/feed.xml", "tags/harbour/feed.xml"):
        item = channel(gazette, address).find("item")
        assert item is not None
        assert text(item, "description") == "The first paragraph."
        assert (text(item, "content:encoded") is not None) == (address in whole)
