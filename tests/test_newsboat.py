"""Feeds in newsboat, a feed reader: what it shows, and that no read entry comes back as new."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from conftest import Archive
from newsboat import Reader, needs_newsboat, served
from stories import story

pytestmark = needs_newsboat

FERRY = """\
<item>
<title>کشتی رسید</title>
<link>https://gazette.example/ferry.html</link>
<guid isPermaLink="false">urn:x-gazette:ferry</guid>
<pubDate>Sat, 17 Jun 2023 10:00:00 GMT</pubDate>
<description>Sails again.</description>
</item>
"""
FEED = f"""\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>Gazette</title>
<link>https://gazette.example/</link>
<description>News</description>
<item>
<title>The mole &#x26; the sea</title>
<link>https://gazette.example/mole.html</link>
<guid isPermaLink="false">urn:x-gazette:mole</guid>
<pubDate>Mon, 19 Jun 2023 18:30:00 +0200</pubDate>
<dc:creator>Ida Holm</dc:creator>
<description>It was the mole.</description>
</item>
<item>
<title>Tide</title>
<link>https://gazette.example/tide.html</link>
<guid isPermaLink="false">urn:x-gazette:tide</guid>
<pubDate>Sun, 18 Jun 2023 10:00:00 GMT</pubDate>
<description>High.</description>
</item>
{FERRY}</channel>
</rss>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one feed, written by hand."""
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "feed.xml").write_text(FEED, encoding="utf-8")
    return tmp_path / "www"


@pytest.fixture
def reader(folder: Path, tmp_path: Path) -> Iterator[Reader]:
    """A reader that is subscribed to the feed in the folder."""
    with served(folder) as address:
        yield Reader(tmp_path / "reader", [f"{address}feed.xml"])


def test_newsboat_shows_the_entries_of_a_feed(reader: Reader) -> None:
    mole, tide, ferry = reader.reload()
    assert (mole.headline, mole.author) == ("The mole & the sea", "Ida Holm")
    assert mole.published == datetime(2023, 6, 19, 16, 30, tzinfo=UTC)
    assert mole.guid == "urn:x-gazette:mole"
    assert mole.link == "https://gazette.example/mole.html"
    assert "It was the mole." in mole.text
    assert (tide.headline, tide.author) == ("Tide", "")
    assert ferry.headline == "کشتی رسید"
    assert list(reader.titles().values()) == ["Gazette"]
    assert all(entry.unread for entry in (mole, tide, ferry))
    assert reader.unread() == 3


def test_a_read_entry_stays_read_under_another_headline(reader: Reader, folder: Path) -> None:
    reader.reload()
    reader.mark_all_read()
    assert reader.unread() == 0
    new = FERRY.replace("ferry", "bell").replace("کشتی رسید", "Bell found")
    edited = FEED.replace("<title>Tide", "<title>High tide").replace(
        "</channel>", f"{new}</channel>"
    )
    (folder / "feed.xml").write_text(edited, encoding="utf-8")
    entries = reader.reload()
    assert len(entries) == 4
    assert {entry.headline for entry in entries} >= {"High tide", "Bell found"}
    assert [entry.headline for entry in entries if entry.unread] == ["Bell found"]
    assert reader.unread() == 1


def test_an_entry_with_another_guid_comes_back_as_unread(reader: Reader, folder: Path) -> None:
    reader.reload()
    reader.mark_all_read()
    (folder / "feed.xml").write_text(FEED.replace("x-gazette:tide", "x-gazette:high"), "utf-8")
    assert [entry.headline for entry in reader.reload() if entry.unread] == ["Tide"]


@pytest.mark.parametrize("content", [None, "", "No feed.", "<html/>"])
def test_a_feed_that_cannot_be_read_is_an_error(
    reader: Reader, folder: Path, content: str | None
) -> None:
    (folder / "feed.xml").unlink()
    if content is not None:
        (folder / "feed.xml").write_text(content, encoding="utf-8")
    with pytest.raises(AssertionError):
        reader.reload()


def test_newsboat_shows_the_articles_of_a_built_archive(archive: Archive, tmp_path: Path) -> None:
    with served(archive.output) as address:
        archive.configure(f'[site]\ntitle = "Gazette & Herald"\nbase_url = "{address}"\n')
        archive.write(
            "mole.md", story("The mole & the <sea>", "2023-06-19T18:30:00+02:00", author="Ida Holm")
        )
        archive.write("tide.md", story("Tide", "2023-06-18T10:00:00Z", text="High."))
        archive.write("ferry.md", story("کشتی رسید", "1970-06-17T10:00:00Z", author="مریم احمدی"))
        archive.build()
        reader = Reader(tmp_path / "reader", [f"{address}feed.xml"])
        entries = reader.reload()
        assert list(reader.titles().values()) == ["Gazette & Herald"]
        assert [(entry.headline, entry.author, entry.published) for entry in entries] == [
            ("The mole & the <sea>", "Ida Holm", datetime(2023, 6, 19, 16, 30, tzinfo=UTC)),
            ("Tide", "", datetime(2023, 6, 18, 10, tzinfo=UTC)),
            ("کشتی رسید", "مریم احمدی", datetime(1970, 6, 17, 10, tzinfo=UTC)),
        ]
        assert "High." in entries[1].text
        for entry in entries:
            assert (archive.output / unquote(entry.link.removeprefix(address))).is_file()
        reader.mark_all_read()

        archive.write("tide.md", story("High tide", "2023-06-18T10:00:00Z", text="High."))
        archive.write("bell.md", story("Bell found", "2023-06-20T10:00:00Z"))
        archive.build()
        entries = reader.reload()
        assert [entry.headline for entry in entries] == [
            *("Bell found", "The mole & the <sea>", "High tide", "کشتی رسید")
        ]
        assert [entry.headline for entry in entries if entry.unread] == ["Bell found"]
        assert reader.unread() == 1
