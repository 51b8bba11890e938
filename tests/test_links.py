"""Every page is sound HTML5, every link and image leads somewhere, every feed can be read."""

import posixpath
import shutil
from urllib.parse import unquote

import feedparser
import html5lib
import pytest

from conftest import REPOSITORY, Archive


@pytest.fixture(params=["", "examples/harbour-gazette"], ids=["seed", "example"])
def site(request: pytest.FixtureRequest, archive: Archive) -> dict[str, bytes]:
    """The repository's own archive and the example, built."""
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
            if not target or target.startswith(("https://", "http://", "mailto:", "#")):
                continue
            path = posixpath.join("/", posixpath.dirname(address), unquote(target.split("#")[0]))
            assert posixpath.normpath(path).lstrip("/") in site, f"{address}: {target}"
            followed += 1
    assert followed > 100


def test_every_feed_can_be_read_and_is_in_order(site: dict[str, bytes]) -> None:
    feeds = {address: content for address, content in site.items() if address.endswith("feed.xml")}
    assert "feed.xml" in feeds
    for address, content in feeds.items():
        feed = feedparser.parse(content)
        assert not feed.bozo, f"{address}: {feed.get('bozo_exception')}"
        dates = [entry.published_parsed for entry in feed.entries if "published" in entry]
        assert dates == sorted(dates, reverse=True), address
        for entry in feed.entries:
            assert entry.id.startswith("urn:uuid:")
            assert entry.content[0].value
        if dates:
            assert feed.feed.updated_parsed == dates[0]
