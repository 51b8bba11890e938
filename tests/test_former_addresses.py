"""Old addresses: each keeps its page or its redirect, and `redirects.csv` lists them."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from conftest import Archive, same_as_from_nothing
from moving import REGATTA, delete_lines, leads_to, lines, rename_regatta
from newsarchive.commands.reporter import lines_of
from newsarchive.model.problems import ArchiveError
from stories import story, with_base_url


@pytest.fixture
def gazette(small_gazette: Archive) -> Archive:
    """A small archive over three months, built."""
    return small_gazette


def test_without_old_addresses_there_is_no_redirects_csv(gazette: Archive) -> None:
    assert not (gazette.directory / "redirects.csv").exists()


def test_a_changed_headline_leaves_a_redirect_at_the_old_address(gazette: Archive) -> None:
    rename_regatta(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    canonical = '<link rel="canonical" href="https://gazette.example/2023/06/19/race.html">'
    assert canonical in gazette.page(REGATTA)
    assert lines(gazette) == [f"{REGATTA},article,regatta.md"]
    assert gazette.build().written == 0


def test_an_old_address_redirects_through_further_moves(gazette: Archive) -> None:
    rename_regatta(gazette)
    rename_regatta(gazette, "Race", "2023-06-20")
    assert leads_to(gazette, REGATTA) == "2023/06/20/race.html"
    assert leads_to(gazette, "2023/06/19/race.html") == "2023/06/20/race.html"
    rename_regatta(gazette, "Regatta")
    assert "<h1>Regatta" in gazette.page(REGATTA)
    assert leads_to(gazette, "2023/06/20/race.html") == REGATTA
    assert [line.partition(",")[0] for line in lines(gazette)] == [
        *("2023/06/19/race.html", "2023/06/20/race.html")
    ]
    assert same_as_from_nothing(gazette)


def test_a_removed_article_has_a_withdrawn_page_and_can_come_back(gazette: Archive) -> None:
    text = (gazette.seeds / "regatta.md").read_text()
    whole = gazette.site()
    (gazette.seeds / "regatta.md").unlink()
    gazette.build()
    assert leads_to(gazette, REGATTA) is None
    assert "This article was withdrawn" in gazette.page(REGATTA)
    assert not [name for name, page in gazette.site().items() if b"regatta.html" in page]
    assert same_as_from_nothing(gazette)
    gazette.write("regatta.md", text)
    gazette.build()
    assert gazette.site() == whole
    assert lines(gazette) == []


FORGOTTEN = ("regatta", "race", "sport", "town")
"""Words in the addresses of an article, and of its tag and its section."""


def traces(archive: Archive) -> list[str]:
    """The files of the site, and the lines of redirects.csv, that name the article."""
    files = [
        name
        for name, page in archive.site().items()
        if any(word in name or word.encode() in page.lower() for word in FORGOTTEN)
    ]
    return files + [line for line in lines(archive) if any(word in line for word in FORGOTTEN)]


@pytest.mark.parametrize("memory", ["kept", "lost"])
def test_deleting_its_redirects_removes_every_trace_of_an_article(
    gazette: Archive, memory: str
) -> None:
    rename_regatta(gazette)
    (gazette.seeds / "regatta.md").unlink()
    gazette.build()
    pages = [REGATTA, "2023/06/19/race.html", "tags/sport/index.html", "sections/town/index.html"]
    assert [line.partition(",")[0] for line in lines(gazette)] == sorted(pages)
    assert set(pages) < set(gazette.site())
    delete_lines(gazette, *pages)
    if memory == "lost":
        # The pages of the deleted lines are still in the output folder.
        shutil.rmtree(gazette.directory / ".newsarchive")
    ledger = gazette.build()
    assert traces(gazette) == []
    assert ledger.withdrawn == []
    assert ledger.removed == len(pages)
    assert gazette.build().written == 0
    assert traces(gazette) == [], "nor does a later build bring a line back"
    assert gazette.build(full=True).written == 0
    assert traces(gazette) == []
    assert same_as_from_nothing(gazette)


def test_deleting_a_line_ends_a_redirect(gazette: Archive) -> None:
    rename_regatta(gazette)
    delete_lines(gazette, REGATTA)
    gazette.build()
    assert not (gazette.output / REGATTA).exists()
    assert "Race" in gazette.page("2023/06/19/race.html")
    gazette.write("regatta.md", story("Boat race", "2023-06-19T10:00Z", ["Sport"], section="Town"))
    gazette.build()
    assert lines(gazette) == ["2023/06/19/race.html,article,regatta.md"]
    assert same_as_from_nothing(gazette)


def test_a_merged_article_redirects_to_its_copy(gazette: Archive) -> None:
    gazette.write("later.md", story("Copy", "2023-06-20T08:00Z"))
    gazette.build()
    gazette.write("a.md", story("Copy", "2023-06-21T08:00Z"))
    gazette.build()
    gazette.write("later.md", (gazette.seeds / "a.md").read_bytes())
    assert gazette.build().merged == 1
    assert leads_to(gazette, "2023/06/20/copy.html") == "2023/06/21/copy.html"
    (gazette.seeds / "later.md").unlink()
    gazette.build()
    assert leads_to(gazette, "2023/06/20/copy.html") is None
    assert same_as_from_nothing(gazette)


def test_a_tag_without_articles_redirects_to_the_list_of_tags(gazette: Archive) -> None:
    gazette.write("ferry.md", story("Ferry", "2022-12-31T10:00Z"))
    gazette.build()
    assert leads_to(gazette, "tags/ferries/index.html") == "tags/index.html"
    assert lines(gazette) == ["tags/ferries/index.html,tag,ferries"]
    gazette.write("ferry.md", story("Ferry", "2022-12-31T10:00Z", ["Ferries"]))
    gazette.build()
    assert "<h1><bdi>Ferries" in gazette.page("tags/ferries/index.html")
    assert lines(gazette) == []


def test_a_tag_that_gives_up_its_address_redirects_to_its_new_page(gazette: Archive) -> None:
    gazette.write("c.md", story("Compilers", "2023-06-19", ["C++"]))
    gazette.build()
    assert (gazette.output / "tags/c/index.html").exists()
    gazette.write("d.md", story("Letters", "2023-06-19", ["C"]))
    gazette.build()
    assert "Letters" in gazette.page("tags/c/index.html"), "in use again, so nothing leads away"
    (gazette.seeds / "d.md").unlink()
    gazette.build()
    (line,) = [line for line in lines(gazette) if ",tag," in line]
    assert line.endswith(",tag,c++")
    assert leads_to(gazette, line.partition(",")[0]) == "tags/c/index.html"
    assert same_as_from_nothing(gazette)


@pytest.mark.parametrize("how", ["full", "zone", "many"])
def test_redirects_are_kept_when_too_much_changes_to_list(gazette: Archive, how: str) -> None:
    text = with_base_url()
    if how == "zone":
        gazette.configure(text.replace("[build]", 'timezone = "Asia/Tokyo"\n[build]'))
    elif how == "many":
        gazette.limits = replace(gazette.limits, listed_changes=1)
    gazette.write("regatta.md", story("Race", "2023-06-19T10:00Z", section="Town"))
    (gazette.seeds / "ferry.md").unlink()
    gazette.build(full=how == "full")
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert leads_to(gazette, "2022/12/31/ferry.html") is None
    assert leads_to(gazette, "tags/sport/index.html") == "tags/index.html"
    assert len(lines(gazette)) == (5 if how == "zone" else 4)
    assert same_as_from_nothing(gazette)


@pytest.mark.parametrize("how", ["older", "damaged"])
def test_redirects_are_kept_when_the_catalogue_cannot_be_used(gazette: Archive, how: str) -> None:
    (catalogue,) = (gazette.directory / ".newsarchive").glob("*.sqlite")
    with closing(sqlite3.connect(catalogue)) as connection:
        if how == "older":
            connection.execute("PRAGMA user_version = 1")
        else:
            connection.execute("DROP TABLE state")
    rename_regatta(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert same_as_from_nothing(gazette)


def test_redirects_are_kept_after_a_failed_build(gazette: Archive) -> None:
    template = gazette.directory / "templates" / "article.html"
    template.parent.mkdir()
    template.write_text("{{ page.no_such_thing.x }}")
    gazette.write("tide.md", story("High tide", "2023-06-19T18:00Z", ["Harbour"]))
    with pytest.raises(ArchiveError):
        gazette.build()
    template.unlink()
    (gazette.seeds / "ferry.md").unlink()
    rename_regatta(gazette)
    assert leads_to(gazette, "2023/06/19/tide.html") == "2023/06/19/high-tide.html"
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert leads_to(gazette, "2022/12/31/ferry.html") is None
    assert leads_to(gazette, "tags/ferries/index.html") == "tags/index.html"


def test_a_skipped_article_is_not_called_withdrawn(gazette: Archive) -> None:
    text = (gazette.seeds / "regatta.md").read_text()
    gazette.write("regatta.md", text.replace("---", "---\nx: [", 1))
    ledger = gazette.build()
    assert len(ledger.skipped) == 1
    assert "temporarily unavailable" in gazette.page(REGATTA)
    assert same_as_from_nothing(gazette)
    gazette.write("regatta.md", "")
    gazette.build()
    assert "temporarily unavailable" in gazette.page(REGATTA)
    (gazette.seeds / "regatta.md").unlink()
    gazette.build()
    assert "This article was withdrawn" in gazette.page(REGATTA)
    assert same_as_from_nothing(gazette)
    gazette.write("regatta.md", "")
    gazette.build()
    assert "temporarily unavailable" in gazette.page(REGATTA)
    gazette.write("regatta.md", text)
    gazette.build()
    assert lines(gazette) == []


def test_articles_of_an_empty_source_folder_are_temporarily_unavailable(gazette: Archive) -> None:
    gazette.seeds.rename(gazette.directory / "elsewhere")
    gazette.seeds.mkdir()
    ledger = gazette.build()
    assert "no files found in this folder" in ledger.skipped[0].reason
    assert REGATTA in ledger.withdrawn
    assert "temporarily unavailable" in gazette.page(REGATTA)
    assert same_as_from_nothing(gazette)
    gazette.seeds.rmdir()
    (gazette.directory / "elsewhere").rename(gazette.seeds)
    gazette.build()
    assert lines(gazette) == []


def test_a_temporary_mistake_removes_no_redirect(gazette: Archive) -> None:
    rename_regatta(gazette)
    text = (gazette.seeds / "regatta.md").read_text()
    gazette.write("regatta.md", "")
    gazette.build()
    assert f"{REGATTA},article,regatta.md" in lines(gazette)
    assert "temporarily unavailable" in gazette.page(REGATTA)
    gazette.write("regatta.md", text)
    gazette.build()
    assert lines(gazette)[0] == f"{REGATTA},article,regatta.md"
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"


def test_a_build_of_other_sources_removes_no_redirect(gazette: Archive) -> None:
    rename_regatta(gazette)
    (gazette.directory / "some").mkdir()
    (gazette.directory / "some" / "one.md").write_text(story("One"))
    whole = (gazette.directory / "newsarchive.toml").read_text()
    settings = whole.replace("[build]", '[build]\nsources = ["some"]')
    gazette.configure(settings)
    gazette.build(output="other")
    gazette.build()
    gazette.build()
    assert f"{REGATTA},article,regatta.md" in lines(gazette)
    gazette.configure(whole)
    gazette.build()
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("how", ["renamed", "id"])
def test_redirects_follow_an_article_to_its_new_id(gazette: Archive, how: str, many: bool) -> None:
    rename_regatta(gazette)
    text = (gazette.seeds / "regatta.md").read_text()
    if many:
        gazette.limits = replace(gazette.limits, listed_changes=1)
    if how == "id":
        gazette.write("regatta.md", text.replace("---\n", "---\nid: big-race\n", 1))
    else:
        (gazette.seeds / "regatta.md").rename(gazette.seeds / "moved.md")
    gazette.build()
    named = "big-race" if how == "id" else "moved.md"
    assert f"{REGATTA},article,{named}" in lines(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert same_as_from_nothing(gazette)


def test_redirects_do_not_follow_to_an_article_that_existed_before(gazette: Archive) -> None:
    rename_regatta(gazette)
    gazette.write("second.md", story("Race", "2023-06-19T12:00Z"))
    gazette.build()
    (gazette.seeds / "regatta.md").unlink()
    gazette.build()
    assert "Race" in gazette.page("2023/06/19/race.html")
    assert leads_to(gazette, REGATTA) is None


def test_without_a_catalogue_old_addresses_are_read_from_the_output(gazette: Archive) -> None:
    for path in (gazette.directory / ".newsarchive").iterdir():
        path.unlink()
    (gazette.seeds / "ferry.md").unlink()
    rename_regatta(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert leads_to(gazette, "2022/12/31/ferry.html") is None
    assert leads_to(gazette, "tags/ferries/index.html") == "tags/index.html"
    assert len(lines(gazette)) == 3
    assert same_as_from_nothing(gazette)


def test_the_ledger_lists_moved_and_withdrawn_addresses(gazette: Archive) -> None:
    gazette.write("regatta.md", story("Race", "2023-06-19T10:00Z", ["Sport"], section="Town"))
    (gazette.seeds / "ferry.md").unlink()
    ledger = gazette.build()
    assert ledger.moved == [REGATTA]
    assert ledger.withdrawn == ["2022/12/31/ferry.html", "tags/ferries/index.html"]
    assert (
        "Moved:    1 address moved, 2 addresses no longer published: keep redirects.csv with your "
        "articles" in lines_of(ledger, gazette.output)
    )
    assert gazette.build().report()["moved"] == []


def test_a_redirect_to_a_headline_that_ends_in_index_names_its_file(gazette: Archive) -> None:
    gazette.write("regatta.md", story("Price index", "2023-06-19T10:00Z", ["Sport"]))
    gazette.build()
    assert 'rel="canonical" href="https://gazette.example/2023/06/19/price-index.html"' in (
        gazette.page(REGATTA)
    )
