"""Former addresses: what was once published keeps answering, and `redirects.csv` says with what."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Archive, same_as_from_nothing
from newsarchive import redirects
from newsarchive.catalogue import intake
from newsarchive.catalogue.former import Fate, fate
from newsarchive.problems import ArchiveError, ConfigError
from newsarchive.reporter import lines_of
from newsarchive.text import identity
from stories import story, with_base_url

REGATTA = "2023/06/19/regatta.html"


@pytest.fixture
def gazette(small_gazette: Archive) -> Archive:
    """A small archive over three months, built."""
    return small_gazette


def lines(archive: Archive) -> list[str]:
    """The lines of redirects.csv but the first; none without the file."""
    path = archive.directory / "redirects.csv"
    return path.read_text("utf-8").splitlines()[1:] if path.exists() else []


def add_line(archive: Archive, line: str) -> None:
    """Write a line into redirects.csv by hand."""
    path = archive.directory / "redirects.csv"
    before = path.read_text("utf-8") if path.exists() else "address,kind,name\n"
    path.write_text(f"{before}{line}\n", "utf-8")


def leads_to(archive: Archive, address: str) -> str | None:
    """The address that a page sends its readers to, from the top of the site; None for none."""
    page = archive.page(address)
    assert '<meta name="robots" content="noindex">' in page
    if 'http-equiv="refresh"' not in page:
        return None
    return page.split('content="0; url=')[1].split('"')[0].replace("../", "")


def rename_regatta(archive: Archive, headline: str = "Race", day: str = "2023-06-19") -> None:
    archive.write("regatta.md", story(headline, f"{day}T10:00Z", ["Sport"], section="Town"))
    archive.build()


def test_nothing_moved_no_file(gazette: Archive) -> None:
    assert not (gazette.directory / "redirects.csv").exists()


def test_an_article_with_another_headline_leaves_a_page_that_leads_to_it(gazette: Archive) -> None:
    rename_regatta(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    canonical = '<link rel="canonical" href="https://gazette.example/2023/06/19/race.html">'
    assert canonical in gazette.page(REGATTA)
    assert lines(gazette) == [f"{REGATTA},article,regatta.md"]
    assert gazette.build().written == 0


def test_an_address_holds_through_further_moves(gazette: Archive) -> None:
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


def test_a_removed_article_says_so_and_comes_back(gazette: Archive) -> None:
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


def test_what_is_to_be_forgotten_leaves_nothing(gazette: Archive) -> None:
    gazette.configure(with_base_url() + '[addresses]\nwithdrawn = "none"\n')
    rename_regatta(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    (gazette.seeds / "regatta.md").unlink()
    gazette.build()
    assert not [name for name in gazette.site() if "race" in name or "regatta" in name]
    assert lines(gazette) == [], "nor of its tag and its section"
    assert not [name for name in gazette.site() if "sport" in name or "town" in name]


def test_a_withdrawal_that_is_to_be_forgotten_later(gazette: Archive) -> None:
    (gazette.seeds / "regatta.md").unlink()
    gazette.build()
    gazette.configure(with_base_url() + '[addresses]\nwithdrawn = "none"\n')
    gazette.build()
    assert not (gazette.output / REGATTA).exists()


def test_one_of_two_equal_articles_goes_and_leads_to_the_other(gazette: Archive) -> None:
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


def test_a_tag_without_articles_leads_to_all_tags(gazette: Archive) -> None:
    gazette.write("ferry.md", story("Ferry", "2022-12-31T10:00Z"))
    gazette.build()
    assert leads_to(gazette, "tags/ferries/index.html") == "tags/index.html"
    assert lines(gazette) == ["tags/ferries/index.html,tag,ferries"]
    gazette.write("ferry.md", story("Ferry", "2022-12-31T10:00Z", ["Ferries"]))
    gazette.build()
    assert "<h1>Ferries" in gazette.page("tags/ferries/index.html")
    assert lines(gazette) == []


def test_a_tag_that_must_make_room_leads_to_its_new_page(gazette: Archive) -> None:
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
def test_moves_are_kept_where_too_much_changes_to_list(
    gazette: Archive, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    text = with_base_url()
    if how == "zone":
        gazette.configure(text.replace("[build]", 'timezone = "Asia/Tokyo"\n[build]'))
    elif how == "many":
        monkeypatch.setattr(intake, "LISTED_CHANGES", 1)
    gazette.write("regatta.md", story("Race", "2023-06-19T10:00Z", section="Town"))
    (gazette.seeds / "ferry.md").unlink()
    gazette.build(full=how == "full")
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert leads_to(gazette, "2022/12/31/ferry.html") is None
    assert leads_to(gazette, "tags/sport/index.html") == "tags/index.html"
    assert len(lines(gazette)) == (5 if how == "zone" else 4)
    assert same_as_from_nothing(gazette)


@pytest.mark.parametrize("how", ["older", "damaged"])
def test_moves_are_kept_where_the_catalogue_cannot_be_used(gazette: Archive, how: str) -> None:
    (catalogue,) = (gazette.directory / ".newsarchive").glob("*.sqlite")
    with closing(sqlite3.connect(catalogue)) as connection:
        if how == "older":
            connection.execute("PRAGMA user_version = 1")
        else:
            connection.execute("DROP TABLE state")
    rename_regatta(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert same_as_from_nothing(gazette)


def test_moves_are_kept_after_a_build_that_was_broken_off(gazette: Archive) -> None:
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


def test_lines_written_by_hand_are_published_and_taken_out_again(gazette: Archive) -> None:
    add_line(gazette, "stories/1999/big-race.html,article,regatta.md")
    gazette.build()
    assert leads_to(gazette, "stories/1999/big-race.html") == REGATTA
    (gazette.directory / "redirects.csv").unlink()
    gazette.build()
    assert not (gazette.output / "stories").exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a.html,article", "2: a line has three values"),
        ("a.html;article;x", "2: a line has three values: .* not semicolons"),
        ("a.html\tarticle\tx", "2: a line has three values: .* not tabs"),
        ("<<<<<<< HEAD", "2: two versions were not merged"),
        ("a.html,article,x\nA.html,article,y", "3: A.html leads elsewhere by line 2 .*case"),
        ("a.html,page,x", '2: "page" is no kind; there are article, tag, author, section'),
        ("a.html,article,", "2: the name is empty"),
        ("../a.html,article,x", "2: .* without dots"),
        ("/a.html,article,x", "2: .* without a slash at its beginning"),
        (".git/a.html,article,x", "2: .* without dots"),
        ("a\\b.html,article,x", "2: .* without dots"),
        ("a.php,article,x", "2: .* it must end in .html"),
        ("index.html,article,x", "2: .* a page of its own there"),
        ("2023/06/index.html,article,x", "2: .* a page of its own there"),
        ("media/x.html,article,x", "2: .* a page of its own there"),
        ("Index.html,article,x", "2: .* a page of its own there"),
        ("2023/06/19/tide.html/x.html,article,x", "2: .* where it needs a folder"),
        ("feed.xml/x.html,article,x", "2: .* where it needs a folder"),
        (f"{'x' * 300}.html,article,x", "2: .* too long"),
        ('b.html,article,x\n"a.html,article,x\nc.html,article,y', "3: this is not CSV"),
        ("a.html,article,x\na.html,article,y", "3: a.html leads elsewhere by line 2"),
    ],
)
def test_a_mistake_in_the_file_is_named_and_nothing_is_written(
    gazette: Archive, line: str, says: str
) -> None:
    add_line(gazette, line)
    before = gazette.site()
    gazette.write("new.md", story("New"))
    with pytest.raises(ConfigError, match=f"redirects.csv:?{says}|redirects.csv:.*{says}"):
        gazette.build()
    assert gazette.site() == before


def test_an_article_that_is_set_aside_is_not_said_to_be_withdrawn(gazette: Archive) -> None:
    text = (gazette.seeds / "regatta.md").read_text()
    gazette.write("regatta.md", text.replace("---", "---\nx: [", 1))
    ledger = gazette.build()
    assert len(ledger.set_aside) == 1
    assert "not available at present" in gazette.page(REGATTA)
    assert same_as_from_nothing(gazette)
    gazette.write("regatta.md", "")
    gazette.build()
    assert "not available at present" in gazette.page(REGATTA)
    (gazette.seeds / "regatta.md").unlink()
    gazette.build()
    assert "This article was withdrawn" in gazette.page(REGATTA)
    assert same_as_from_nothing(gazette)
    gazette.write("regatta.md", "")
    gazette.build()
    assert "not available at present" in gazette.page(REGATTA)
    gazette.write("regatta.md", text)
    gazette.build()
    assert lines(gazette) == []


def test_an_empty_source_folder_withdraws_nothing(gazette: Archive) -> None:
    gazette.seeds.rename(gazette.directory / "elsewhere")
    gazette.seeds.mkdir()
    ledger = gazette.build()
    assert "there are no files in this folder" in ledger.set_aside[0].reason
    assert REGATTA in ledger.withdrawn
    assert "not available at present" in gazette.page(REGATTA)
    assert same_as_from_nothing(gazette)
    gazette.seeds.rmdir()
    (gazette.directory / "elsewhere").rename(gazette.seeds)
    gazette.build()
    assert lines(gazette) == []


def forgetting(archive: Archive) -> None:
    archive.configure(with_base_url() + '[addresses]\nwithdrawn = "none"\n')


def test_a_passing_mistake_takes_no_line_out(gazette: Archive) -> None:
    forgetting(gazette)
    rename_regatta(gazette)
    text = (gazette.seeds / "regatta.md").read_text()
    gazette.write("regatta.md", "")
    gazette.build()
    assert f"{REGATTA},article,regatta.md" in lines(gazette)
    assert not (gazette.output / REGATTA).exists()
    gazette.write("regatta.md", text)
    gazette.build()
    assert lines(gazette)[0] == f"{REGATTA},article,regatta.md"
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    (gazette.seeds / "regatta.md").unlink()
    ledger = gazette.build()
    assert [line for line in lines(gazette) if "article" in line] == []
    assert {REGATTA, "2023/06/19/race.html"} < set(ledger.forgotten)


def test_a_build_of_other_sources_takes_no_line_out(gazette: Archive) -> None:
    forgetting(gazette)
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
def test_lines_follow_an_article_under_another_id(
    gazette: Archive, monkeypatch: pytest.MonkeyPatch, how: str, many: bool
) -> None:
    rename_regatta(gazette)
    text = (gazette.seeds / "regatta.md").read_text()
    if many:
        monkeypatch.setattr(intake, "LISTED_CHANGES", 1)
    if how == "id":
        gazette.write("regatta.md", text.replace("---\n", "---\nid: big-race\n", 1))
    else:
        (gazette.seeds / "regatta.md").rename(gazette.seeds / "moved.md")
    gazette.build()
    named = "big-race" if how == "id" else "moved.md"
    assert f"{REGATTA},article,{named}" in lines(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert same_as_from_nothing(gazette)


def test_lines_do_not_follow_to_another_article_that_was_there_before(gazette: Archive) -> None:
    rename_regatta(gazette)
    gazette.write("second.md", story("Race", "2023-06-19T12:00Z"))
    gazette.build()
    (gazette.seeds / "regatta.md").unlink()
    gazette.build()
    assert "Race" in gazette.page("2023/06/19/race.html")
    assert leads_to(gazette, REGATTA) is None


def test_a_name_that_there_is_not_is_told_with_its_line(gazette: Archive) -> None:
    add_line(gazette, "old/a.html,article,regata.md")
    add_line(gazette, "old/b.html,article,2023/06/19/regatta.html")
    add_line(gazette, "old/c.html,tag,harbor")
    add_line(gazette, "old/d.html, Tag , HARBOUR ")
    ledger = gazette.build()
    told = "\n".join(gazette.notices)
    assert "redirects.csv:2: there is no article regata.md" in told
    assert "redirects.csv:3: " in told
    assert "is regatta.md meant?" in told
    assert (
        "redirects.csv:4: there is no tag harbor in the archive: its page leads to the list" in told
    )
    assert "redirects.csv:5" not in told
    assert leads_to(gazette, "old/d.html") == "tags/harbour/index.html"
    assert ledger.withdrawn == []
    gazette.build()
    assert gazette.notices == [], "it is said when the line comes"
    gazette.build(output="from-nothing")
    assert "3 of 4 lines name nothing that is published" in "".join(gazette.notices)


def test_a_line_of_an_address_in_use_is_told_and_taken_out(gazette: Archive) -> None:
    add_line(gazette, f"{REGATTA},article,mole.md")
    add_line(gazette, "2023/06/19/TIDE.html,article,mole.md")
    add_line(gazette, "tags/harbour/old.html,article,mole.md")
    gazette.build()
    told = "\n".join(gazette.notices)
    assert f"redirects.csv:2: {REGATTA} is not used, and the line is taken out" in told
    assert "redirects.csv:3: 2023/06/19/TIDE.html is not used" in told
    assert leads_to(gazette, "tags/harbour/old.html") == "2023/06/01/north-mole.html"
    for name in ("mole.md", "tide.md", "light.md"):
        gazette.write(name, story(name, "2023-06-01T10:00Z"))
    gazette.build()
    assert leads_to(gazette, "tags/harbour/old.html") == "2023/06/01/mole-md.html"
    assert leads_to(gazette, "tags/harbour/index.html") == "tags/index.html"
    assert same_as_from_nothing(gazette)


def test_old_addresses_are_recalled_from_the_pages_where_the_catalogue_is_gone(
    gazette: Archive,
) -> None:
    for path in (gazette.directory / ".newsarchive").iterdir():
        path.unlink()
    (gazette.seeds / "ferry.md").unlink()
    rename_regatta(gazette)
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"
    assert leads_to(gazette, "2022/12/31/ferry.html") is None
    assert leads_to(gazette, "tags/ferries/index.html") == "tags/index.html"
    assert len(lines(gazette)) == 3
    assert same_as_from_nothing(gazette)


def test_the_ledger_counts_what_moved(gazette: Archive) -> None:
    gazette.write("regatta.md", story("Race", "2023-06-19T10:00Z", ["Sport"], section="Town"))
    (gazette.seeds / "ferry.md").unlink()
    ledger = gazette.build()
    assert ledger.moved == [REGATTA]
    assert ledger.withdrawn == ["2022/12/31/ferry.html", "tags/ferries/index.html"]
    assert (
        "Moved:    1 address moved, 2 addresses withdrawn: keep redirects.csv with the articles"
        in lines_of(ledger, gazette.output)
    )
    assert gazette.build().report()["moved"] == []


def test_a_file_that_cannot_be_written_stops_the_build_before_anything_moves(
    gazette: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = gazette.site()
    gazette.write("regatta.md", story("Race", "2023-06-19T10:00Z", ["Sport"], section="Town"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ArchiveError, match=r"redirects\.csv: cannot be written: No space"):
            gazette.build()
    assert gazette.site() == before
    gazette.build()
    assert leads_to(gazette, REGATTA) == "2023/06/19/race.html"


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(st.dictionaries(st.sampled_from(["a", "b/c", "é"]), names))
def test_lines_are_read_as_they_were_written(rows: dict[str, str]) -> None:
    written = [redirects.Former(f"{stem}.html", "article", name) for stem, name in rows.items()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "redirects.csv"
        redirects.save(path, written)
        assert set(redirects.load(path)) == set(written)


@given(st.text())
def test_what_makes_two_spellings_one_is_one_spelling(name: str) -> None:
    assert identity(identity(name)) == identity(name)


def test_a_line_that_differs_by_case_from_a_new_article_is_let_go(gazette: Archive) -> None:
    add_line(gazette, "2023/06/19/Storm.html,article,mole.md")
    gazette.build()
    gazette.write("storm.md", story("Storm", "2023-06-19T12:00Z"))
    gazette.build()
    assert lines(gazette) == []
    assert not (gazette.output / "2023/06/19/Storm.html").exists()
    assert same_as_from_nothing(gazette)


def test_lines_of_what_never_was_here_outlive_a_passing_mistake(gazette: Archive) -> None:
    forgetting(gazette)
    add_line(gazette, "old/a.html,article,nix")
    gazette.build()
    gazette.write("empty.md", "")
    gazette.build()
    (gazette.seeds / "empty.md").unlink()
    gazette.build()
    assert lines(gazette) == ["old/a.html,article,nix"]
    assert gazette.build().written == 0


def test_lines_that_are_gone_are_told(gazette: Archive) -> None:
    rename_regatta(gazette)
    (gazette.directory / "redirects.csv").unlink()
    gazette.build()
    assert f"1 of its lines is gone since the last build, such as that of {REGATTA}" in "".join(
        gazette.notices
    )


def test_a_headline_that_ends_in_index(gazette: Archive) -> None:
    gazette.write("regatta.md", story("Price index", "2023-06-19T10:00Z", ["Sport"]))
    gazette.build()
    assert 'rel="canonical" href="https://gazette.example/2023/06/19/price-index.html"' in (
        gazette.page(REGATTA)
    )


@pytest.mark.parametrize(
    ("facts", "decided"),
    [
        ({"is_living": True}, Fate.GONE),
        ({}, Fate.PAGE),
        ({"forget": True}, Fate.GONE),
        ({"forget": True, "leads_on": True}, Fate.PAGE),
        ({"forget": True, "is_listed": True}, Fate.LINE),
        ({"forget": True, "is_listed": True, "is_known": True}, Fate.GONE),
        ({"forget": True, "is_listed": True, "is_known": True, "is_waiting": True}, Fate.LINE),
        ({"forget": True, "is_listed": True, "is_known": True, "is_partial": True}, Fate.LINE),
        ({"forget": True, "is_known": True, "is_partial": True, "is_waiting": True}, Fate.GONE),
    ],
)
def test_the_fate_of_an_address(facts: dict[str, bool], decided: Fate) -> None:
    names = ("is_living", "leads_on", "forget", "is_partial", "is_waiting", "is_known", "is_listed")
    assert fate(**{name: facts.get(name, False) for name in names}) is decided
