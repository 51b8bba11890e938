"""`newsarchive tags`: the tags in use, near duplicates, and a draft of `tags.toml`."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Archive
from newsarchive.cli import main
from newsarchive.tagging.duplicates import UsedTag, near_duplicates
from stories import story, with_base_url


def run(directory: Path, *arguments: str) -> Result:
    """Run a command in the archive."""
    return CliRunner().invoke(main, ["-C", str(directory), *arguments])


@pytest.fixture
def wire(archive: Archive) -> Archive:
    """A built archive with many spellings of its tags."""
    archive.configure(with_base_url())
    for number, (day, tags) in enumerate(
        [
            ("2019-05-03", ["North Korea", "Harbour", "USA"]),
            ("2021-05-03", ["North Korea", "Elections"]),
            ("2023-06-19", ["#NorthKorea", "Election", "Café"]),
            (None, ["north-korea", "Harbor", "Cafe", "United States"]),
        ]
    ):
        archive.write(f"{number}.md", story(f"Story {number}", day, [f'"{tag}"' for tag in tags]))
    archive.write("oslo.md", story("Oslo", "2022-01-01", text="Oslo. Norway."))
    archive.build()
    return archive


def test_tags_are_listed_with_counts_and_their_first_and_last_day(wire: Archive) -> None:
    lines = run(wire.directory, "tags").output.splitlines()
    assert lines[0] == "Articles   Inferred  First       Last        Tag"
    assert lines[1] == "       2          0  2019-05-03  2021-05-03  North Korea"
    assert "       1          1  2022-01-01  2022-01-01  Norway" in lines
    assert "       1          0  -           -           Cafe" in lines


def test_near_duplicates_are_listed_with_the_reason(wire: Archive) -> None:
    output = run(wire.directory, "tags").output
    clear, _, unclear = output.partition("Possible duplicates (check before you merge them):")
    assert (
        "  North Korea (2), north-korea (1), NorthKorea (1): the same except for case, accents, "
        "spaces or hyphens\n" in clear
    )
    assert "  Cafe (1), Café (1): the same except for case" in clear
    assert "  United States (1), USA (1): names of one country or organisation" in clear
    assert "  Election (1), Elections (1): singular and plural" in unclear
    assert "  Harbor (1), Harbour (1): a letter or two apart" in unclear


def test_the_list_is_available_as_json(wire: Archive) -> None:
    told = json.loads(run(wire.directory, "tags", "--json").output)
    assert told["tags"][0] == {
        "name": "North Korea",
        "articles": 2,
        "mentioned": 0,
        "first": 20190503,
        "last": 20210503,
        "hidden": False,
    }
    assert {case["reason"] for case in told["near_duplicates"]} >= {"singular and plural"}


def test_a_draft_merges_the_clear_cases_and_leaves_the_others_as_comments(wire: Archive) -> None:
    answer = run(wire.directory, "tags", "--write")
    path = wire.directory / "tags.toml"
    assert answer.output == f"wrote {path}: review it before you build again\n"
    text = path.read_text("utf-8")
    tables = {table["name"]: table["aliases"] for table in tomllib.loads(text)["tag"]}
    assert tables == {
        "Cafe": ["Café"],
        "North Korea": ["north-korea", "NorthKorea"],
        "United States": ["USA"],
    }
    assert '# name = "Election"  # 1 article\n# aliases = ["Elections"]' in text
    wire.build()
    assert "4 articles<" in wire.page("tags/north-korea/index.html")
    assert run(wire.directory, "tags").output.count("These are one tag") == 0


def test_the_comments_of_a_draft_can_be_used_unchanged(wire: Archive) -> None:
    run(wire.directory, "tags", "--write")
    path = wire.directory / "tags.toml"
    text = path.read_text("utf-8")
    decided = text.replace("# [[tag]]", "[[tag]]").replace("# name", "name")
    path.write_text(decided.replace("# aliases", "aliases"), "utf-8")
    wire.build()
    assert "2 articles<" in wire.page("tags/election/index.html")
    assert "2 articles<" in wire.page("tags/harbor/index.html")


def test_a_tag_in_two_cases_is_in_one_table(archive: Archive) -> None:
    for number, tag in enumerate(["Project", "Projects", "Porject", "Café", "Cafe", "Cafes"]):
        archive.write(f"{number}.md", story(f"Story {number}", tags=[tag]))
    archive.build()
    run(archive.directory, "tags", "--write")
    path = archive.directory / "tags.toml"
    text = path.read_text("utf-8")
    assert '# "Cafe" above.' in text
    for mark in ("[[tag]]", "name", "aliases", "  ", "]"):
        text = text.replace(f"# {mark}", mark)
    path.write_text(text, "utf-8")
    archive.build()
    assert "3 articles<" in archive.page("tags/porject/index.html")
    assert "3 articles<" in archive.page("tags/cafe/index.html"), "Cafes leads there as well"


def test_an_existing_tags_toml_is_not_overwritten(wire: Archive) -> None:
    path = wire.directory / "tags.toml"
    path.write_text('[[tag]]\nname = "United States"\n', "utf-8")
    wire.build()
    answer = run(wire.directory, "tags", "--write")
    draft = wire.directory / "tags.draft.toml"
    assert answer.output.startswith(f"wrote {draft}")
    assert path.read_text("utf-8") == '[[tag]]\nname = "United States"\n'
    text = draft.read_text("utf-8")
    assert '# For "United States", which has a table already' in text
    assert '# Add to its aliases: "USA"' in text
    again = run(wire.directory, "tags", "--write")
    assert again.exit_code == 2
    assert "there is a draft already" in again.output


def test_without_near_duplicates_no_draft_is_written(archive: Archive) -> None:
    archive.write("one.md", story("One", tags=["Ferry", "Harbour"]))
    archive.build()
    answer = run(archive.directory, "tags", "--write")
    assert answer.output == "no near duplicates left to merge: nothing was written\n"
    assert not (archive.directory / "tags.toml").exists()


def test_without_a_build_the_command_says_to_run_build(archive: Archive) -> None:
    answer = run(archive.directory, "tags")
    assert answer.exit_code == 2
    assert "no build found: run newsarchive build first" in answer.output


def test_hidden_tags_are_listed_as_hidden(wire: Archive) -> None:
    (wire.directory / "tags.toml").write_text('[[tag]]\nname = "Harbour"\nhidden = true\n', "utf-8")
    wire.build()
    assert "Harbour  (hidden)" in run(wire.directory, "tags").output


def cases(*names: str) -> list[tuple[tuple[str, ...], str, bool]]:
    """The near duplicates among tags of these names."""
    found = near_duplicates([UsedTag(name, 1, 0, 0, 0) for name in names], "en")
    return [(tuple(tag.name for tag in case.tags), case.reason, case.is_clear) for case in found]


@pytest.mark.parametrize(
    "names",
    [
        ("openSUSE 11.1", "openSUSE 11.2"),
        ("2010", "2011"),
        ("Iran", "Iraq"),
        ("KDE", "KDM"),
        ("C", "C++", "C#"),
        ("Kim", "Kimchi"),
    ],
)
def test_different_tags_are_not_called_near_duplicates(names: tuple[str, ...]) -> None:
    assert cases(*names) == []


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("Kim Jong-un", "Leader Kim Jong-un"), "one contains the other"),
        (("Pyongyang", "Pyongynag"), "a letter or two apart"),
        (("Ferries", "Ferry"), "singular and plural"),
        (("UN", "United Nations"), "names of one country or organisation"),
    ],
)
def test_near_duplicates_are_found_with_the_reason(names: tuple[str, ...], reason: str) -> None:
    assert [(tags, why) for tags, why, _ in cases(*names)] == [(names, reason)]


def test_a_tag_is_in_one_clear_case_only() -> None:
    (case,) = cases("USA", "U.S.A.", "United States", "united-states")
    assert case[0] == ("U.S.A.", "United States", "united-states", "USA")
