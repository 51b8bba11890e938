"""The history of the feeds: documents for each month, back to the first article (RFC 5005)."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import unquote

import feedparser
import pytest
from lxml import etree

from conftest import Archive, same_as_from_nothing
from stories import story, with_base_url

CALENDAR_DAYS = [f"{month:02}-{day:02}" for month in (1, 2, 3, 4, 5, 6, 12) for day in range(1, 29)]

BASE = "https://gazette.example/"
_NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
    "at": "http://purl.org/atompub/tombstones/1.0",
}
BOTH = ("feed.xml", "feed.atom")


def links(archive: Archive, address: str) -> dict[str, str]:
    """The addresses that a feed links to, by relation."""
    root = etree.fromstring((archive.output / address).read_bytes())
    around = root.find("channel") if root.tag == "rss" else root
    assert around is not None
    found = {
        str(link.get("rel")): str(link.get("href")) for link in around.findall("a:link", _NAMES)
    }
    return {rel: unquote(url.removeprefix(BASE)) for rel, url in found.items()}


def is_closed(archive: Archive, address: str) -> bool:
    """True if a document says that nothing will be added to it."""
    root = etree.fromstring((archive.output / address).read_bytes())
    return root.find(".//fh:archive", _NAMES) is not None


def walked(archive: Archive, address: str) -> list[tuple[str, list[str]]]:
    """The documents that a client finds when it follows prev-archive from a feed, each with its
    headlines."""
    found: list[tuple[str, list[str]]] = []
    following: str | None = address
    while following:
        feed = feedparser.parse((archive.output / following).read_bytes())
        assert not feed.bozo, following
        found.append((following, [entry.title for entry in feed.entries]))
        following = links(archive, following).get("prev-archive")
    return found


@pytest.fixture
def gazette(archive: Archive) -> Archive:
    """Twelve articles in four months and two undated ones, three to a document."""
    archive.limits = replace(archive.limits, feed_document=3)
    archive.configure(with_base_url() + "[feeds]\nentries = 3\n")
    for month, days in (("2021-12", 2), ("2023-01", 7), ("2023-03", 1), ("2023-04", 2)):
        for day in range(1, days + 1):
            archive.write(f"{month}-{day}.md", story(f"{month} {day}", f"{month}-{day:02}T10:00Z"))
    archive.write("bell.md", story("Bell", None))
    archive.write("chart.md", story("Chart", None))
    archive.build()
    return archive


@pytest.mark.parametrize("feed", BOTH)
def test_a_client_that_follows_a_feed_back_finds_each_article_once(
    gazette: Archive, feed: str
) -> None:
    suffix = feed.removeprefix("feed.")
    documents = walked(gazette, feed)
    assert documents == [
        # The newest documents until there are three entries.
        (feed, ["2023-04 2", "2023-04 1", "2023-03 1"]),
        (f"2023/01/feed-3.{suffix}", ["2023-01 7"]),
        (f"2023/01/feed-2.{suffix}", ["2023-01 6", "2023-01 5", "2023-01 4"]),
        (f"2023/01/feed.{suffix}", ["2023-01 3", "2023-01 2", "2023-01 1"]),
        (f"2021/12/feed.{suffix}", ["2021-12 2", "2021-12 1"]),
        (f"undated/feed.{suffix}", ["Chart", "Bell"]),
    ]


@pytest.mark.parametrize("feed", BOTH)
def test_documents_link_to_the_previous_the_next_and_the_feed(gazette: Archive, feed: str) -> None:
    suffix = feed.removeprefix("feed.")
    chain = [
        *(f"undated/feed.{suffix}", f"2021/12/feed.{suffix}", f"2023/01/feed.{suffix}"),
        *(f"2023/01/feed-2.{suffix}", f"2023/01/feed-3.{suffix}", f"2023/03/feed.{suffix}"),
        f"2023/04/feed.{suffix}",
    ]
    for before, address, after in zip([None, *chain], chain, [*chain[1:], None], strict=False):
        found = links(gazette, address)
        assert found["self"] == address
        assert found["current"] == feed
        assert (found.get("prev-archive"), found.get("next-archive")) == (before, after)
        assert is_closed(gazette, address) == (after is not None), "the newest is added to"
    assert not is_closed(gazette, feed)
    assert "current" not in links(gazette, feed)


def test_all_documents_of_a_feed_have_its_id(gazette: Archive) -> None:
    ids = {
        etree.fromstring((gazette.output / address).read_bytes()).findtext("a:id", None, _NAMES)
        for address in ("feed.atom", "2023/01/feed-2.atom", "undated/feed.atom")
    }
    assert len(ids) == 1


def documents(archive: Archive) -> set[str]:
    """The feeds that the last build wrote or removed."""
    return {name for name in archive.rebuilt if "feed" in name and name != "feeds.opml"}


def test_a_late_article_rebuilds_its_month_and_nothing_else(gazette: Archive) -> None:
    gazette.write("late.md", story("Late", "2023-01-05T12:00Z"))
    gazette.build()
    # It is the sixth article of January: the document of the first three stays as it was, and so do
    # those of later months.
    assert documents(gazette) == {
        *("2023/01/feed-2.xml", "2023/01/feed-3.xml"),
        *("2023/01/feed-2.atom", "2023/01/feed-3.atom"),
    }
    assert [titles for _, titles in walked(gazette, "feed.xml")][1:3] == [
        ["2023-01 7", "2023-01 6"],
        ["Late", "2023-01 5", "2023-01 4"],
    ]
    assert same_as_from_nothing(gazette)


def test_a_month_is_closed_when_another_begins(gazette: Archive) -> None:
    before = gazette.site()
    gazette.write("new.md", story("New", "2023-05-01T10:00Z"))
    gazette.build()
    assert documents(gazette) == {
        *("feed.xml", "feed.atom", "feed.json"),
        *("2023/04/feed.xml", "2023/04/feed.atom", "2023/05/feed.xml", "2023/05/feed.atom"),
    }
    assert is_closed(gazette, "2023/04/feed.atom")
    closed = gazette.site()
    for day in (2, 3, 4):
        gazette.write(f"new-{day}.md", story(f"New {day}", f"2023-05-{day:02}T10:00Z"))
        gazette.build()
    for address in ("2023/03/feed.xml", "2023/04/feed.atom", "2023/01/feed-3.xml"):
        assert gazette.site()[address] == closed[address]
    assert gazette.site()["2023/03/feed.xml"] == before["2023/03/feed.xml"]
    assert len(walked(gazette, "feed.xml")[0][1]) == 4, "a part of one and a full one"
    assert same_as_from_nothing(gazette)


def test_links_pass_by_a_part_and_a_month_that_were_removed(gazette: Archive) -> None:
    (gazette.seeds / "2023-01-7.md").unlink()
    (gazette.seeds / "2021-12-1.md").unlink()
    (gazette.seeds / "2021-12-2.md").unlink()
    gazette.build()
    assert not (gazette.output / "2023/01/feed-3.atom").exists()
    assert [address for address, _ in walked(gazette, "feed.atom")] == [
        *("feed.atom", "2023/01/feed-2.atom", "2023/01/feed.atom", "undated/feed.atom")
    ]
    assert links(gazette, "2023/03/feed.xml")["prev-archive"] == "2023/01/feed-2.xml"
    assert links(gazette, "undated/feed.xml")["next-archive"] == "2023/01/feed.xml"
    assert same_as_from_nothing(gazette)


def test_no_entry_looks_new_after_its_headline_date_slug_tag_or_domain_changes(
    archive: Archive,
) -> None:
    archive.configure(with_base_url() + '[feeds]\nid = "gazette"\n')
    archive.write("a.md", story("One", "2023-06-01T10:00Z", ["Harbour"], id="one"))
    archive.write("b.md", story("Two", "2023-06-02T10:00Z", ["Harbour"]))
    archive.build()
    before = {address: ids(archive, address) for address in BOTH}
    archive.configure(
        with_base_url().replace("gazette.example", "news.example").replace("Gazette", "Herald")
        + '[feeds]\nid = "gazette"\n'
    )
    archive.write(
        "elsewhere.md", story("Another", "2024-02-03T10:00Z", ["Port"], id="one", slug="else")
    )
    (archive.seeds / "a.md").unlink()
    archive.write("b.md", story("A second", "2021-06-02T10:00Z", ["Quay"], slug="two"))
    archive.build()
    assert "news.example/2024/02/03/else.html" in archive.page("feed.atom")
    for address in BOTH:
        assert sorted(ids(archive, address)) == sorted(before[address])
    feed_ids = {etree.fromstring(archive.page("feed.atom").encode()).findtext("a:id", None, _NAMES)}
    assert feed_ids == {before_id(before)}


def ids(archive: Archive, address: str) -> list[str]:
    """The ids of a feed's entries, and of the feed itself if it has one."""
    feed = feedparser.parse((archive.output / address).read_bytes())
    return [str(entry.id) for entry in feed.entries] + [str(feed.feed.get("id", ""))]


def before_id(before: dict[str, list[str]]) -> str:
    """The id that the Atom feed had."""
    return before["feed.atom"][-1]


def tombstones(archive: Archive, address: str) -> dict[str, datetime]:
    """The articles that a feed says were withdrawn."""
    root = etree.fromstring((archive.output / address).read_bytes())
    return {
        str(one.get("ref")): datetime.fromisoformat(str(one.get("when")))
        for one in root.findall("at:deleted-entry", _NAMES)
    }


def test_a_withdrawn_article_has_a_tombstone(gazette: Archive) -> None:
    withdrawn = ids(gazette, "2023/03/feed.atom")[0]
    january = ids(gazette, "2023/01/feed-3.atom")[0]
    gazette.write("march.md", story("March", "2023-03-20T10:00Z"))
    (gazette.seeds / "2023-03-1.md").unlink()
    (gazette.seeds / "2023-01-7.md").unlink()
    gazette.build()
    assert set(tombstones(gazette, "feed.atom")) == {withdrawn}
    assert set(tombstones(gazette, "2023/03/feed.atom")) == {withdrawn}
    assert set(tombstones(gazette, "2023/01/feed-2.atom")) == {january}
    assert tombstones(gazette, "2023/01/feed.atom") == {}
    feed = feedparser.parse((gazette.output / "feed.atom").read_bytes())
    newest = datetime.fromisoformat(feed.feed.updated)
    assert tombstones(gazette, "feed.atom")[withdrawn] >= newest
    assert withdrawn not in ids(gazette, "feed.atom")
    assert same_as_from_nothing(gazette)

    gazette.write("2023-03-1.md", story("2023-03 1", "2023-03-01T10:00Z"))
    gazette.build()
    assert tombstones(gazette, "feed.atom") == {}
    assert tombstones(gazette, "2023/03/feed.atom") == {}
    assert withdrawn in ids(gazette, "feed.atom")
    assert same_as_from_nothing(gazette)


def test_a_feed_has_tombstones_as_far_back_as_it_reaches(gazette: Archive) -> None:
    first, march, bell = (
        ids(gazette, f"{month}/feed.atom")[0] for month in ("2021/12", "2023/03", "undated")
    )
    for name in ("2023-03-1.md", "2021-12-2.md", "chart.md"):
        (gazette.seeds / name).unlink()
    gazette.build()
    # The feed has April and what is left of January; March has no document left for its tombstone.
    assert set(tombstones(gazette, "feed.atom")) == {march}
    assert set(tombstones(gazette, "2021/12/feed.atom")) == {first}
    assert set(tombstones(gazette, "undated/feed.atom")) == {bell}
    assert same_as_from_nothing(gazette)
    for path in gazette.seeds.glob("2023-0[14]*.md"):
        path.unlink()
    gazette.build()
    # Now the feed reaches back to the first article.
    assert {first, march, bell} <= set(tombstones(gazette, "feed.atom"))
    assert len(tombstones(gazette, "feed.atom")) == 3 + 9
    assert same_as_from_nothing(gazette)


@pytest.mark.parametrize(
    "address", ["0000/05/15/x.html", "2023/00/15/x.html", "0000/00/00/x.html", "2023/13/40/x.html"]
)
def test_a_redirect_with_an_impossible_date_changes_no_feed(gazette: Archive, address: str) -> None:
    before = {name for name in gazette.site() if "feed" in name}
    (gazette.directory / "redirects.csv").write_text(
        f"address,kind,name\n{address},article,gone.md\n", encoding="utf-8"
    )
    gazette.build()
    assert {name for name in gazette.site() if "feed" in name} == before
    assert same_as_from_nothing(gazette)


def test_an_article_that_moved_or_is_skipped_has_no_tombstone(gazette: Archive) -> None:
    gazette.write("2023-04-1.md", story("2023-04 1", "2023-04-09T10:00Z"))
    gazette.write("2023-04-2.md", "")
    gazette.build()
    assert tombstones(gazette, "feed.atom") == {}
    assert tombstones(gazette, "2023/04/feed.atom") == {}
