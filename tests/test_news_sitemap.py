"""The sitemap for Google News: the newest two days."""

from dataclasses import replace

import pytest
from lxml import etree

from conftest import Archive, same_as_from_nothing
from sitemap_files import (
    BASE,
    DAYS,
    NAMES,
    address_of,
    places,
    root_of,
)
from stories import story, with_base_url

CALENDAR_DAYS = DAYS

JUNE, AUGUST = "2023/06/sitemap.xml", "2023/08/sitemap.xml"


@pytest.fixture
def gazette(small_gazette: Archive) -> Archive:
    """A small archive over three months, built."""
    return small_gazette


NEWS = with_base_url() + "[sitemaps]\nnews = true\n"


def news(archive: Archive) -> list[dict[str, str]]:
    """The fields of each article in the sitemap for Google News."""
    told = []
    for url in root_of(archive.site(), "sitemap-news.xml"):
        names = ("name", "language", "publication_date", "title")
        article = {name: str(url.findtext(f".//n:{name}", "", NAMES)) for name in names}
        told.append({"page": address_of(str(url.findtext("s:loc", "", NAMES))), **article})
    return told


def test_the_news_sitemap_lists_the_two_days_before_the_newest_article(archive: Archive) -> None:
    archive.configure(NEWS.replace('"Gazette"', '"Gazette & <Post>"'))
    archive.write("new.md", story("New & <bold>", "2023-06-19T18:00Z", language="fr-CA"))
    archive.write("day.md", story("Of a day", "2023-06-18"))
    archive.write("last.md", story("Last", "2023-06-17T18:00Z", language="zh-Hant"))
    archive.write("old.md", story("Old", "2023-06-17T17:59Z"))
    archive.write("undated.md", story("Undated", None))
    archive.build()
    told = news(archive)
    assert [article["title"] for article in told] == ["New & <bold>", "Of a day", "Last"]
    assert [article["language"] for article in told] == ["fr", "en", "zh-tw"]
    assert [article["publication_date"] for article in told] == [
        *("2023-06-19T18:00:00+00:00", "2023-06-18", "2023-06-17T18:00:00+00:00")
    ]
    assert {article["name"] for article in told} == {"Gazette & <Post>"}
    assert told[0]["page"] == "2023/06/19/new-bold.html"
    assert "sitemap-news.xml" in dict(places(archive.site(), "sitemap.xml"))
    assert f"Sitemap: {BASE}sitemap-news.xml" in archive.page("robots.txt")


def test_the_news_sitemap_lists_no_more_articles_than_google_news_takes(gazette: Archive) -> None:
    gazette.configure(NEWS)
    gazette.write("lamp.md", story("Lamp", "2023-08-02T12:00Z"))
    gazette.write("buoy.md", story("Buoy", "2023-08-01T12:00Z"))
    gazette.build()
    assert [article["title"] for article in news(gazette)] == ["Lamp", "Light", "Buoy"]
    gazette.limits = replace(gazette.limits, news_sitemap=2)
    gazette.build()
    assert [article["title"] for article in news(gazette)] == ["Lamp", "Light"]


def test_the_news_sitemap_follows_the_newest_article(gazette: Archive) -> None:
    gazette.configure(NEWS)
    gazette.build()
    assert [article["title"] for article in news(gazette)] == ["Light"]
    gazette.write("lamp.md", story("Lamp", "2023-08-09"))
    gazette.build()
    assert [article["title"] for article in news(gazette)] == ["Lamp"]
    assert same_as_from_nothing(gazette)
    (gazette.seeds / "lamp.md").unlink()
    gazette.build()
    assert [article["title"] for article in news(gazette)] == ["Light"]
    assert same_as_from_nothing(gazette)


def test_without_a_dated_article_the_news_sitemap_is_empty(archive: Archive) -> None:
    archive.configure(NEWS)
    archive.write("undated.md", story("Undated", None))
    archive.build()
    assert len(etree.fromstring(archive.site()["sitemap-news.xml"])) == 0
