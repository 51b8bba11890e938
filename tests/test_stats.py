"""`newsarchive stats`: the numbers of an archive as of its last build."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from conftest import Archive
from newsarchive.cli import main
from stories import story, with_base_url


def run(directory: Path, *arguments: str, columns: int = 80) -> Result:
    """Run the command in a terminal with this many columns."""
    environment = {"COLUMNS": str(columns)}
    return CliRunner().invoke(main, ["-C", str(directory), "stats", *arguments], env=environment)


@pytest.fixture
def wire(archive: Archive) -> Archive:
    """A built archive with a busy day, a gap, and articles without a date or a tag."""
    archive.configure(f'{with_base_url()}[tags]\ninfer = "none"\n')
    for number in range(8):
        archive.write(f"{number}.md", story(f"Storm {number}", "2021-10-21", ["Storm", "Harbour"]))
    archive.write(
        "ferry.md", story("Ferry", "2021-10-22", ["Harbour"], author="Ida", section="Sea")
    )
    archive.write("tide.md", story("Tide", "2022-02-01", ["Harbour"]))
    archive.write("plain.md", story("Plain", "2022-02-28"))
    archive.write("shelf.md", story("Shelf", None))
    archive.write("draft.md", story("Draft", "2022-03-01", draft="true"))
    archive.build()
    return archive


def test_stats_prints_the_numbers_of_the_archive(wire: Archive) -> None:
    answer = run(wire.directory, columns=40)
    assert answer.exit_code == 0
    assert answer.output == (
        "12 articles\n"
        "from 2021-10-21 to 2022-02-28, on 4 days in 2 months\n"
        "2 tags, 1 author, 1 section\n"
        "1 without a date, 2 without a tag\n"
        "\n"
        "Articles by month\n"
        f"  2021-10  9  {'#' * 26}\n"
        "  2021-11  0\n"
        "  2021-12  0\n"
        "  2022-01  0\n"
        f"  2022-02  2  {'#' * 5}\n"
        "\n"
        "Busiest days\n"
        "  8  2021-10-21\n"
        "  1  2021-10-22\n"
        "  1  2022-02-01\n"
        "  1  2022-02-28\n"
        "\n"
        "Most covered tags\n"
        "  10  Harbour\n"
        "   8  Storm\n"
        "\n"
        "Months without articles\n"
        "  2021-11 to 2022-01\n"
    )


@pytest.mark.parametrize("columns", [20, 40, 80, 100, 400])
def test_bars_are_as_wide_as_the_terminal_and_at_most_100_columns(
    wire: Archive, columns: int
) -> None:
    bars = [
        line for line in run(wire.directory, columns=columns).output.splitlines() if "#" in line
    ]
    assert max(map(len, bars)) == min(columns, 100)


def test_many_months_are_counted_by_year_and_empty_years_in_one_line(archive: Archive) -> None:
    archive.write("a.md", story("A", "1990-05-05"))
    archive.write("b.md", story("B", "1992-05-05"))
    archive.write("c.md", story("C", "2020-05-05"))
    archive.build()
    output = run(archive.directory).output
    (histogram,) = [part for part in output.split("\n\n") if part.startswith("Articles by year")]
    assert [line.rstrip(" #") for line in histogram.splitlines()] == [
        "Articles by year",
        "  1990  1",
        "  1991  0",
        "  1992  1",
        "  1993 to 2019: none",
        "  2020  1",
    ]


@pytest.mark.parametrize(("last", "length"), [("2023-12-31", "month"), ("2024-01-01", "year")])
def test_up_to_four_years_are_counted_by_month(archive: Archive, last: str, length: str) -> None:
    archive.write("a.md", story("A", "2020-01-01"))
    archive.write("b.md", story("B", last))
    archive.build()
    assert f"\nArticles by {length}\n" in run(archive.directory).output


def test_the_numbers_are_available_as_json(wire: Archive) -> None:
    assert json.loads(run(wire.directory, "--json").output) == {
        "counts": {
            "articles": 12,
            "undated": 1,
            "days": 4,
            "months": 2,
            "tags": 2,
            "authors": 1,
            "sections": 1,
        },
        "untagged": 2,
        "first": "2021-10-21",
        "last": "2022-02-28",
        "by_month": [
            {"period": "2021-10", "articles": 9},
            {"period": "2022-02", "articles": 2},
        ],
        "busiest_days": [
            {"period": "2021-10-21", "articles": 8},
            {"period": "2021-10-22", "articles": 1},
            {"period": "2022-02-01", "articles": 1},
            {"period": "2022-02-28", "articles": 1},
        ],
        "largest_tags": [
            {"name": "Harbour", "articles": 10},
            {"name": "Storm", "articles": 8},
        ],
        "gaps": [{"first": "2021-11", "last": "2022-01"}],
    }


def test_the_numbers_agree_with_the_site(built_site: Archive) -> None:
    told = json.loads(run(built_site.directory, "--json").output)
    described = json.loads(built_site.page("archive.json"))
    assert told["counts"] == described["counts"]
    assert f"{told['first']}/{told['last']}" == described["temporalCoverage"]
    by_month = {
        month["temporalCoverage"]: month["articles"]
        for year in described["hasPart"]
        for month in year.get("hasPart", [])
    }
    assert {month["period"]: month["articles"] for month in told["by_month"]} == by_month
    page = html.fromstring(built_site.page("about.html"))
    shown = [
        int(text.replace(",", ""))
        for text in page.xpath("//dl[@class='numbers']//dd//text()")
        if text.replace(",", "").isdigit()
    ]
    counts = dict(told["counts"])
    # The page has no line for undated articles if there are none.
    if not counts["undated"]:
        del counts["undated"]
    assert sorted(shown) == sorted(counts.values())


def test_a_hidden_tag_is_not_counted(wire: Archive) -> None:
    (wire.directory / "tags.toml").write_text('[[tag]]\nname = "Harbour"\nhidden = true\n')
    wire.build()
    told = json.loads(run(wire.directory, "--json").output)
    assert told["counts"]["tags"] == 1
    assert told["untagged"] == 4
    assert [tag["name"] for tag in told["largest_tags"]] == ["Storm"]


def test_an_article_with_an_inferred_tag_counts_as_tagged(archive: Archive) -> None:
    archive.write("oslo.md", story("Oslo", text="Oslo. Norway. In Norway."))
    archive.build()
    assert "1 article\n" in run(archive.directory).output
    assert "0 without a tag\n" in run(archive.directory).output


def test_before_the_first_build_stats_says_what_to_do(archive: Archive) -> None:
    answer = run(archive.directory)
    assert answer.exit_code == 2
    assert "no build found: run newsarchive build first" in answer.output
    assert "run newsarchive build" in answer.output


def test_an_empty_archive_and_an_undated_archive_have_numbers_too(archive: Archive) -> None:
    archive.build()
    assert run(archive.directory).output == "No published articles.\n"
    told = json.loads(run(archive.directory, "--json").output)
    assert (told["first"], told["by_month"], told["busiest_days"]) == (None, [], [])
    archive.write("a.md", story("A", None))
    archive.build()
    assert run(archive.directory).output == (
        "1 article\n0 tags, 0 authors, 0 sections\n1 without a date, 1 without a tag\n"
    )


def test_each_output_folder_has_its_own_numbers(wire: Archive) -> None:
    (wire.seeds / "plain.md").unlink()
    wire.build(output="other")
    other = run(wire.directory, "-o", str(wire.directory / "other"), "--json")
    assert json.loads(other.output)["counts"]["articles"] == 11
    assert json.loads(run(wire.directory, "--json").output)["counts"]["articles"] == 12


def test_a_tag_name_cannot_send_control_characters_to_the_terminal(archive: Archive) -> None:
    archive.write("a.md", story("A", tags=['"Red \u202e tag"']))
    archive.build()
    assert "Red \\u202e tag" in run(archive.directory).output
