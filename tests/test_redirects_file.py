"""`redirects.csv` itself: lines by hand, mistakes in it, and which lines are kept or dropped."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Archive, same_as_from_nothing
from moving import REGATTA, add_line, delete_lines, leads_to, lines, rename_regatta
from newsarchive.model.problems import ArchiveError, ConfigError
from newsarchive.model.text import identity
from newsarchive.sources import redirects
from stories import story


@pytest.fixture
def gazette(small_gazette: Archive) -> Archive:
    """A small archive over three months, built."""
    return small_gazette


def test_a_line_written_by_hand_is_a_redirect_until_it_is_deleted(gazette: Archive) -> None:
    add_line(gazette, "stories/1999/big-race.html,article,regatta.md")
    gazette.build()
    assert leads_to(gazette, "stories/1999/big-race.html") == REGATTA
    (gazette.directory / "redirects.csv").unlink()
    gazette.build()
    assert not (gazette.output / "stories").exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a.html,article", "2: expected three values, address,kind,name"),
        ("a.html;article;x", "2: expected three values, .* not by semicolons"),
        ("a.html\tarticle\tx", "2: expected three values, .* not by tabs"),
        ("<<<<<<< HEAD", "2: unresolved merge conflict"),
        ("a.html,article,x\nA.html,article,y", "3: A.html redirects elsewhere in line 2, .*case"),
        ("a.html,page,x", '2: "page" is no kind: choose from article, tag, author, section'),
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
        (
            "2023/06/19/tide.html/x.html,article,x",
            "2: .* a folder in it has the name of a file of the site",
        ),
        ("feed.xml/x.html,article,x", "2: .* a folder in it has the name of a file of the site"),
        (f"{'x' * 300}.html,article,x", "2: .* too long"),
        ('b.html,article,x\n"a.html,article,x\nc.html,article,y', "3: not valid CSV"),
        ("a.html,article,x\na.html,article,y", "3: a.html redirects elsewhere in line 2"),
    ],
)
def test_a_mistake_in_the_file_is_reported_and_nothing_is_written(
    gazette: Archive, line: str, says: str
) -> None:
    add_line(gazette, line)
    before = gazette.site()
    gazette.write("new.md", story("New"))
    with pytest.raises(ConfigError, match=f"redirects.csv:?{says}|redirects.csv:.*{says}"):
        gazette.build()
    assert gazette.site() == before


@pytest.mark.parametrize(
    ("name", "is_found"), [("Regatta", True), ("r_gatta", False), ("%", False)]
)
def test_only_the_name_of_a_file_is_suggested_for_an_unknown_name(
    gazette: Archive, name: str, is_found: bool
) -> None:
    add_line(gazette, f"old/a.html,article,{name}")
    gazette.build()
    assert ("did you mean regatta.md?" in "\n".join(gazette.notices)) == is_found
    assert ("did you mean" in "\n".join(gazette.notices)) == is_found


def test_an_unknown_name_is_reported_with_its_line(gazette: Archive) -> None:
    add_line(gazette, "old/a.html,article,regata.md")
    add_line(gazette, "old/b.html,article,2023/06/19/regatta.html")
    add_line(gazette, "old/c.html,tag,harbor")
    add_line(gazette, "old/d.html, Tag , HARBOUR ")
    ledger = gazette.build()
    told = "\n".join(gazette.notices)
    assert (
        "redirects.csv:2: the archive has no article regata.md: its page says that the article was "
        "withdrawn" in told
    )
    assert "redirects.csv:3: " in told
    assert "did you mean regatta.md?" in told
    assert "redirects.csv:4: the archive has no tag harbor: its page redirects to the list" in told
    assert "redirects.csv:5" not in told
    assert leads_to(gazette, "old/d.html") == "tags/harbour/index.html"
    assert ledger.withdrawn == []
    gazette.build()
    assert gazette.notices == [], "it is said when the line comes"
    gazette.build(output="from-nothing")
    assert "3 of 4 lines name nothing that is published" in "".join(gazette.notices)


def test_a_line_for_an_address_in_use_is_reported_and_dropped(gazette: Archive) -> None:
    add_line(gazette, f"{REGATTA},article,mole.md")
    add_line(gazette, "2023/06/19/TIDE.html,article,mole.md")
    add_line(gazette, "tags/harbour/old.html,article,mole.md")
    gazette.build()
    told = "\n".join(gazette.notices)
    assert (
        f"redirects.csv:2: the site has a page of its own at {REGATTA}: the line was dropped"
        in told
    )
    assert "redirects.csv:3: the site has a page of its own at 2023/06/19/TIDE.html" in told
    assert leads_to(gazette, "tags/harbour/old.html") == "2023/06/01/north-mole.html"
    for name in ("mole.md", "tide.md", "light.md"):
        gazette.write(name, story(name, "2023-06-01T10:00Z"))
    gazette.build()
    assert leads_to(gazette, "tags/harbour/old.html") == "2023/06/01/mole-md.html"
    assert leads_to(gazette, "tags/harbour/index.html") == "tags/index.html"
    assert same_as_from_nothing(gazette)


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
    written = [redirects.Redirect(f"{stem}.html", "article", name) for stem, name in rows.items()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "redirects.csv"
        redirects.save(path, written)
        assert set(redirects.load(path)) == set(written)


@given(st.text())
def test_the_identity_of_a_name_is_its_own_identity(name: str) -> None:
    assert identity(identity(name)) == identity(name)


def test_a_line_that_differs_only_by_case_from_a_new_article_is_dropped(gazette: Archive) -> None:
    add_line(gazette, "2023/06/19/Storm.html,article,mole.md")
    gazette.build()
    gazette.write("storm.md", story("Storm", "2023-06-19T12:00Z"))
    gazette.build()
    assert lines(gazette) == []
    assert not (gazette.output / "2023/06/19/Storm.html").exists()
    assert same_as_from_nothing(gazette)


def test_a_line_for_an_unknown_article_survives_a_temporary_mistake(gazette: Archive) -> None:
    add_line(gazette, "old/a.html,article,nix")
    gazette.build()
    gazette.write("empty.md", "")
    gazette.build()
    (gazette.seeds / "empty.md").unlink()
    gazette.build()
    assert lines(gazette) == ["old/a.html,article,nix"]
    assert gazette.build().written == 0


def test_deleted_lines_are_named_in_a_warning(gazette: Archive) -> None:
    rename_regatta(gazette)
    rename_regatta(gazette, "Boat race")
    delete_lines(gazette, REGATTA)
    gazette.build()
    assert f"redirects.csv: the line of {REGATTA} was deleted since" in "".join(gazette.notices)
    add_line(gazette, f"{REGATTA},article,regatta.md")
    gazette.build()
    (gazette.directory / "redirects.csv").unlink()
    gazette.build()
    assert "redirects.csv: 2 lines, such as that of 2023/06/19/race.html, were deleted" in "".join(
        gazette.notices
    )


def test_a_file_that_cannot_be_read_stops_the_build(gazette: Archive) -> None:
    (gazette.directory / "redirects.csv").mkdir()
    with pytest.raises(ConfigError, match=r"redirects\.csv: cannot be read"):
        gazette.build()
