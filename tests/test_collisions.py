"""Collisions: two articles or two tags that want the same address, id or name."""

import re
from hashlib import sha256
from itertools import permutations

import pytest

from conftest import Archive, same_as_from_nothing
from stories import story, with_base_url

DAY = "2023/06/19"


def articles_of(archive: Archive, folder: str = DAY) -> list[str]:
    """The file names of the article pages of a day."""
    names = sorted(path.name for path in (archive.output / folder).glob("*.html"))
    return [name for name in names if name != "index.html"]


def suffixed(slug: str, id: str) -> str:
    """The file name of an article when another article has its address."""
    return f"{slug}-{sha256(id.encode()).hexdigest()[:6]}.html"


@pytest.mark.parametrize("order", list(permutations(("morning.md", "noon.md", "night.md"))))
def test_the_earliest_article_gets_the_address_in_any_order_of_arrival(
    archive: Archive, order: tuple[str, ...]
) -> None:
    hours = {"morning.md": "08", "noon.md": "12", "night.md": "22"}
    for name in order:
        archive.write(name, story("Ferry", f"2023-06-19T{hours[name]}:00Z", text=f"At {name}."))
        archive.build()
    assert articles_of(archive) == sorted(
        ["ferry.html", suffixed("ferry", "noon.md"), suffixed("ferry", "night.md")]
    )
    assert "At morning.md." in archive.page(f"{DAY}/ferry.html")


def test_when_the_first_article_is_removed_the_next_gets_its_address(archive: Archive) -> None:
    archive.write("a.md", story("Ferry", "2023-06-19T08:00Z", text="First."))
    archive.write("b.md", story("Ferry", "2023-06-19T09:00Z", text="Second."))
    archive.build()
    (archive.seeds / "a.md").unlink()
    archive.build()
    former = suffixed("ferry", "b.md")
    assert articles_of(archive) == sorted(["ferry.html", former])
    assert 'content="0; url=../../../2023/06/19/ferry.html"' in archive.page(f"{DAY}/{former}")
    assert "Second." in archive.page(f"{DAY}/ferry.html")


def test_addresses_differ_on_a_file_system_that_ignores_case(archive: Archive) -> None:
    archive.write("a.md", story("STRASSE", "2023-06-19T08:00Z"))
    archive.write("b.md", story("Straße", "2023-06-19T09:00Z"))
    archive.write("c.md", story("strasse!", "2023-06-19T10:00Z"))
    archive.build()
    names = articles_of(archive)
    assert len({name.casefold() for name in names}) == 3


def test_a_headline_like_the_suffixed_address_of_another_article_keeps_its_address(
    archive: Archive,
) -> None:
    looks_like = suffixed("ferry", "b.md").removesuffix(".html")
    archive.write("a.md", story("Ferry", "2023-06-19T08:00Z", text="A."))
    archive.write("b.md", story("Ferry", "2023-06-19T09:00Z", text="B."))
    archive.write("c.md", story(looks_like.replace("-", " "), "2023-06-19T10:00Z", text="C."))
    archive.build()
    assert len(articles_of(archive)) == 3
    assert "<p>C.</p>" in archive.page(f"{DAY}/{looks_like}.html")


def test_an_article_in_two_folders_is_published_once(archive: Archive) -> None:
    archive.write("one/ferry.md", story("Ferry"))
    archive.write("two/ferry.md", story("Ferry"))
    ledger = archive.build()
    assert (ledger.articles, ledger.published, ledger.merged) == (2, 1, 1)
    assert articles_of(archive) == ["ferry.html"]
    (archive.seeds / "one/ferry.md").unlink()
    ledger = archive.build()
    assert (ledger.published, ledger.merged) == (1, 0)
    assert articles_of(archive) == ["ferry.html"]


def test_articles_that_differ_only_in_their_tags_are_both_published(archive: Archive) -> None:
    archive.write("a.md", story("Ferry", tags=["Harbour"]))
    archive.write("b.md", story("Ferry", tags=["Sport"]))
    ledger = archive.build()
    assert (ledger.published, ledger.merged) == (2, 0)


def test_two_articles_with_the_same_id_are_both_published_with_a_warning(archive: Archive) -> None:
    archive.write("a.md", story("Ferry", id="n-1"))
    archive.write("b.md", story("Mole", id="n-1"))
    ledger = archive.build()
    assert ledger.published == 2
    (warning,) = ledger.warnings
    assert warning.path.endswith("b.md")
    assert "n-1" in warning.reason
    assert "a.md" in warning.reason
    guids = {line for line in archive.page("feed.xml").split("\n") if "<guid" in line}
    assert len(guids) == 2


def test_an_id_made_from_a_contested_one_is_not_that_of_a_third_article(archive: Archive) -> None:
    archive.configure(with_base_url())

    def ids() -> list[str]:
        return sorted(re.findall("<guid[^>]*>(.*)</guid>", archive.page("feed.xml")))

    archive.write("a.md", story("Ferry", id="x"))
    archive.write("c.md", story("Mole", id="x"))
    archive.build()
    before = ids()
    for name, claimed in [("b.md", "x#c.md"), ("d.md", "x#c.md#"), ("e.md", "x#c.md")]:
        archive.write(name, story(f"Tide {name}", id=claimed))
        archive.build()
        assert len(set(ids())) == len(articles_of(archive))
        assert same_as_from_nothing(archive)
    for name in ("b.md", "e.md", "d.md"):
        (archive.seeds / name).unlink()
        archive.build()
        assert same_as_from_nothing(archive)
    assert ids() == before


def test_tags_that_differ_only_in_case_spaces_or_width_are_one_tag(archive: Archive) -> None:
    for number, tag in enumerate(["kde", "KDE", "ＫＤＥ", "KDE", "North  Korea", "north korea"]):
        archive.write(f"{number}.md", story(f"Story {number}", tags=[f'"{tag}"']))
    archive.build()
    tags = {path.name for path in (archive.output / "tags").iterdir() if path.is_dir()}
    assert tags == {"kde", "north-korea"}
    assert "<h1>KDE" in archive.page("tags/kde/index.html").replace("<bdi>", "")


def test_tags_with_the_same_slug_each_get_a_page(archive: Archive) -> None:
    for number, tag in enumerate(["C", "C++", "C#"]):
        archive.write(f"{number}.md", story(f"Story {number}", tags=[f'"{tag}"']))
    archive.build()
    folders = sorted(path.name for path in (archive.output / "tags").iterdir() if path.is_dir())
    assert len(folders) == 3
    assert folders[0] == "c"
    assert "Story 0" in archive.page("tags/c/index.html")
    assert "Story 1" not in archive.page("tags/c/index.html")


@pytest.mark.parametrize("headline", ["index", "Feed", "2", "...", "../../escape", "CON", "😀"])
def test_no_headline_overwrites_another_page(archive: Archive, headline: str) -> None:
    archive.write("odd.md", story(headline))
    archive.write("plain.md", story("Plain"))
    archive.build()
    assert len(articles_of(archive)) == 2
    assert "plain.html" in archive.page(f"{DAY}/index.html")
    assert all(address.split("/")[0] != ".." for address in archive.site())
