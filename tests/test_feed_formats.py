"""Every feed of real archives keeps the rules of its format and has the fields of its articles."""

import html
import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from conftest import Archive, same_as_from_nothing
from feed_rules import atom_faults, json_feed_faults, parsed, rss_faults
from feed_schemas import invalid_atom, invalid_json_feed, invalid_opml
from newsarchive.model import addresses
from stories import story, with_base_url

_ATOM = "{http://www.w3.org/2005/Atom}"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(92)


def base_url(archive: Archive) -> str:
    """The base_url of the archive."""
    return str(json.loads(archive.page("feed.json"))["home_page_url"])


def test_every_feed_keeps_the_rules_of_its_format(built_site: Archive) -> None:
    base = base_url(built_site)
    seen = set()
    for address, content in built_site.site().items():
        name = Path(address).name
        if not name.startswith("feed"):
            continue
        seen.add(Path(address).suffix)
        url = addresses.url(base, address)
        match Path(address).suffix:
            case ".xml":
                assert rss_faults(content, url) == [], address
                parsed(content)
            case ".atom":
                assert atom_faults(content, url) == [], address
                assert not invalid_atom(content), address
                parsed(content)
            case ".json":
                assert json_feed_faults(content, url) == [], address
                assert not invalid_json_feed(content), address
            case ".opml":
                assert not invalid_opml(content), address
            case ".css":
                pass
            case suffix:
                pytest.fail(f"nothing checks {suffix}")
    assert seen == {".xml", ".atom", ".json", ".opml", ".css"}


@pytest.fixture
def gazette(archive: Archive) -> Archive:
    """An archive with an article that has every field of a feed entry."""
    archive.configure(with_base_url() + '[feeds]\nhub = "https://hub.example/"\n')
    archive.write("mole.png", _PNG)
    archive.write(
        "mole.md",
        story(
            "The mole & the sea",
            "2023-06-19T18:30:00+02:00",
            ["Town", "Harbour"],
            "Ein Boot & mehr.\n\n[More](other.md)",
            modified="2023-06-21T08:00:00Z",
            author="Ida Holm",
            section="Town",
            language="de",
            image="mole.png",
            id="mole-1",
        ),
    )
    archive.write("bell.md", story("Bell", None))
    archive.write("old.md", story("Old", "1890-03-04T10:00:00"))
    archive.configure(
        with_base_url().replace("[build]", 'timezone = "Europe/Amsterdam"\n[build]')
        + '[feeds]\nhub = "https://hub.example/"\n'
    )
    archive.build()
    return archive


def item_of(archive: Archive, address: str, title: str) -> Any:
    """The element of an article in a feed."""
    root = etree.fromstring(archive.page(address).encode())
    return next(
        element.getparent()
        for element in root.iter("title", f"{_ATOM}title")
        if element.text == title and element.getparent().tag in ("item", f"{_ATOM}entry")
    )


URL = "https://gazette.example/2023/06/19/the-mole-the-sea.html"
IMAGE = "https://gazette.example/media/mole.png"


def test_an_rss_entry_has_the_time_of_change_and_the_image(gazette: Archive) -> None:
    item = item_of(gazette, "feed.xml", "The mole & the sea")
    assert item.findtext("pubDate") == "Mon, 19 Jun 2023 18:30:00 +0200"
    assert item.findtext(f"{_ATOM}updated") == "2023-06-21T08:00:00+00:00"
    assert dict(item.find("enclosure").attrib) == {
        "url": IMAGE,
        "length": "100",
        "type": "image/png",
    }
    names = [etree.QName(child).localname for child in item]
    assert names.index("description") < names.index("encoded")
    assert item.getparent().findtext("lastBuildDate") == "Wed, 21 Jun 2023 08:00:00 +0000"


def test_an_atom_entry_has_every_field_of_the_article(gazette: Archive) -> None:
    entry = item_of(gazette, "feed.atom", "The mole & the sea")
    assert entry.findtext(f"{_ATOM}updated") == "2023-06-21T08:00:00+00:00"
    assert entry.findtext(f"{_ATOM}published") == "2023-06-19T18:30:00+02:00"
    assert entry.findtext(f"{_ATOM}author/{_ATOM}name") == "Ida Holm"
    assert [one.get("term") for one in entry.findall(f"{_ATOM}category")] == ["Town", "Harbour"]
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    links = {link.get("rel"): link for link in entry.findall(f"{_ATOM}link")}
    assert links[None].get("href") == URL
    enclosure = {"rel": "enclosure", "href": IMAGE, "length": "100", "type": "image/png"}
    assert dict(links["enclosure"].attrib) == enclosure
    content = entry.find(f"{_ATOM}content")
    assert content.get("type") == "html"
    assert content.text.startswith("<p>Ein Boot &amp; mehr.</p>")
    # An undated article must not look new, and Atom requires a date in each entry.
    bell = item_of(gazette, "feed.atom", "Bell")
    assert bell.findtext(f"{_ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert bell.find(f"{_ATOM}published") is None


def test_a_date_from_before_time_zones_has_an_offset_of_whole_minutes(gazette: Archive) -> None:
    # Amsterdam was 19 minutes and 32 seconds (by other tables 18 minutes) ahead of Greenwich.
    published = item_of(gazette, "feed.atom", "Old").findtext(f"{_ATOM}published")
    assert published.startswith("1890-03-04T")
    assert published[-6] == "+", published
    assert (
        atom_faults(gazette.page("feed.atom").encode(), "https://gazette.example/feed.atom") == []
    )


def test_a_json_feed_entry_has_every_field_of_the_article(gazette: Archive) -> None:
    feed = json.loads(gazette.page("feed.json"))
    assert feed["feed_url"] == "https://gazette.example/feed.json"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    item = next(one for one in feed["items"] if one["url"] == URL)
    assert item.pop("content_html").startswith("<p>Ein Boot &amp; mehr.</p>")
    assert item.pop("id").startswith("urn:uuid:")
    assert item == {
        "url": URL,
        "title": "The mole & the sea",
        "summary": "Ein Boot & mehr.",
        "image": IMAGE,
        "date_published": "2023-06-19T18:30:00+02:00",
        "date_modified": "2023-06-21T08:00:00+00:00",
        "authors": [{"name": "Ida Holm"}],
        "tags": ["Town", "Harbour"],
        "language": "de",
        "attachments": [{"url": IMAGE, "mime_type": "image/png", "size_in_bytes": 100}],
    }


def test_an_article_has_the_same_id_in_all_formats(gazette: Archive) -> None:
    rss = item_of(gazette, "feed.xml", "Bell").findtext("guid")
    atom = item_of(gazette, "feed.atom", "Bell").findtext(f"{_ATOM}id")
    (bell,) = [
        one for one in json.loads(gazette.page("feed.json"))["items"] if one["title"] == "Bell"
    ]
    assert rss == atom == bell["id"]


def test_feeds_name_the_hub_that_is_set(gazette: Archive) -> None:
    for address in ("feed.xml", "feed.atom", "tags/harbour/feed.xml"):
        root = etree.fromstring(gazette.page(address).encode())
        hubs = [link.get("href") for link in root.iter(f"{_ATOM}link") if link.get("rel") == "hub"]
        assert hubs == ["https://hub.example/"], address
    gazette.configure(with_base_url())
    gazette.build()
    for address in ("feed.xml", "feed.atom", "feed.json"):
        assert "hub" not in gazette.page(address)
    assert same_as_from_nothing(gazette)


def test_a_larger_image_has_its_new_length_in_the_feed(gazette: Archive) -> None:
    gazette.write("mole.png", _PNG + bytes(50))
    gazette.build()
    item = item_of(gazette, "feed.xml", "The mole & the sea")
    assert item.find("enclosure").get("length") == "150"
    assert same_as_from_nothing(gazette)


def test_the_list_of_feeds_has_one_feed_of_each_collection(gazette: Archive) -> None:
    root = etree.fromstring(gazette.page("feeds.opml").encode())
    feeds = [(one.get("text"), one.get("xmlUrl")) for one in root.iter("outline")]
    base = "https://gazette.example/"
    assert [feed for feed in feeds if feed[1]] == [
        ("Gazette", f"{base}feed.xml"),
        ("Town", f"{base}sections/town/feed.xml"),
        ("Harbour", f"{base}tags/harbour/feed.xml"),
        ("Town", f"{base}tags/town/feed.xml"),
        ("Ida Holm", f"{base}authors/ida-holm/feed.xml"),
    ]
    groups = [one.get("text") for one in root.findall("body/outline") if not one.get("xmlUrl")]
    assert groups == ["Sections", "Tags", "Authors"]


def test_a_feed_opened_in_a_browser_says_what_to_do_with_it(gazette: Archive) -> None:
    for address, style in (
        ("feed.xml", "static/feed.css"),
        ("tags/harbour/feed.xml", "../../static/feed.css"),
        ("2023/06/feed.atom", "../../static/feed.css"),
    ):
        root = etree.fromstring(gazette.page(address).encode())
        instruction = root.getprevious()
        assert instruction.get("href") == style
        (hint,) = root.iter("{http://www.w3.org/1999/xhtml}p")
        assert "feed reader" in hint.text
    assert (gazette.output / "static/feed.css").exists()


def test_markup_in_a_summary_is_shown_as_text(archive: Archive) -> None:
    summary = "Use <b>bold</b> & write &amp; or <script>alert(1)</script>."
    archive.write("use.txt", f"Use\nFeb 3, 2023\n\n{summary}\n")
    archive.build()
    item = item_of(archive, "feed.xml", "Use")
    # A description is HTML: as text, it has to be escaped once more.
    assert item.findtext("description") == html.escape(summary)
    entry = item_of(archive, "feed.atom", "Use")
    assert entry.findtext(f"{_ATOM}summary") == summary
    assert json.loads(archive.page("feed.json"))["items"][0]["summary"] == summary


def test_a_hub_may_have_a_query(archive: Archive) -> None:
    archive.configure('[feeds]\nhub = "https://hub.example/?pushpress=hub"\n')
    archive.write("use.md", story("Use"))
    archive.build()
    assert 'href="https://hub.example/?pushpress=hub"' in archive.page("feed.atom")
