"""Every page is sound HTML5, every link and image leads somewhere, every feed can be read."""

import posixpath
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import feedparser
import html5lib
import pytest

from conftest import EVERY_DAY, REPOSITORY, Archive


@pytest.fixture(scope="module", params=["", "examples/harbour-gazette"], ids=["seed", "example"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """The repository's own archive and the example, built."""
    archive = Archive(tmp_path_factory.mktemp("links") / "archive", EVERY_DAY)
    source = REPOSITORY / request.param
    shutil.copytree(source / "seeds", archive.seeds, dirs_exist_ok=True)
    if (source / "newsarchive.toml").exists():
        archive.configure((source / "newsarchive.toml").read_text())
    archive.build()
    return archive.site()


def test_every_page_is_html5_and_every_link_and_image_leads_to_a_file(
    site: dict[str, bytes],
) -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    followed = 0
    for address, content in site.items():
        if not address.endswith(".html"):
            continue
        for element in parser.parse(content).iter():
            target = element.get("href") or element.get("src") or ""
            if not target or target.startswith(("https://", "http://", "mailto:", "data:", "#")):
                continue
            path = posixpath.join("/", posixpath.dirname(address), unquote(target.split("#")[0]))
            assert posixpath.normpath(path).lstrip("/") in site, f"{address}: {target}"
            followed += 1
    assert followed > 100


def test_every_feed_agrees_with_its_pages_and_is_newest_first(site: dict[str, bytes]) -> None:
    feeds = {address: content for address, content in site.items() if address.endswith("feed.xml")}
    assert "feed.xml" in feeds
    for address, content in feeds.items():
        feed = feedparser.parse(content)
        assert not feed.bozo, f"{address}: {feed.get('bozo_exception')}"
        assert feed.entries
        for entry in feed.entries:
            page = article_page(site, entry.link)
            assert entry.title == page.headline, address
            assert [author.name for author in entry.get("authors", ())] == page.authors, address
            assert entry.get("published_parsed") == page.published, address
            assert entry.summary
            assert ("content" in entry) == (not address.startswith(("tags", "authors", "sections")))
        dates = [entry.published_parsed for entry in feed.entries if "published" in entry]
        assert dates == sorted(dates, reverse=True), address
        if dates:
            assert feed.feed.updated_parsed >= dates[0], "or an article was changed after it"


@dataclass(frozen=True)
class ArticlePage:
    """The headline, the authors and the time on an article's page."""

    headline: str
    authors: list[str]
    published: time.struct_time | None


def article_page(site: dict[str, bytes], url: str) -> ArticlePage:
    """The page that a feed entry links to, parsed as a browser parses it."""
    address = unquote(url.split("/", 3)[3])
    header = html5lib.parse(site[address], namespaceHTMLElements=False).find(".//article/header")
    stated = header.find(".//time")
    moment = None
    if stated is not None and "Published" in "".join(header.itertext()):
        moment = datetime.fromisoformat(stated.get("datetime"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/London"))
    byline = header.findall("p[@class='byline']/a")
    return ArticlePage(
        headline="".join(header.find("h1").itertext()),
        authors=["".join(link.itertext()) for link in byline],
        published=moment.astimezone(UTC).utctimetuple() if moment else None,
    )
