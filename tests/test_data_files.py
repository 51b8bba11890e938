"""The data files: what each contains, what changes them, and which pages link to them."""

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from conftest import REPOSITORY, USUAL_DAYS, Archive, same_as_from_nothing
from data_files import (
    described,
    every_article,
    every_row,
    files,
    headlines,
    lines,
    numbered,
    rows,
    schema,
    validator,
    write_storm,
)
from newsarchive.outputs.data.csv_tables import COLUMNS
from stories import story, with_base_url

CALENDAR_DAYS = USUAL_DAYS | {f"06-{day:02}" for day in range(1, 31)}


@pytest.fixture
def storm(archive: Archive) -> Archive:
    """An archive with one article that has every field, and one that has none."""
    return write_storm(archive)


def test_archive_json_describes_the_archive(small_gazette: Archive) -> None:
    found = described(small_gazette)
    shown = {name: value for name, value in found.items() if name not in ("feeds", "hasPart")}
    assert shown == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "generator": "newsarchive",
        "schema": 1,
        "name": "Gazette",
        "url": "https://gazette.example/",
        "inLanguage": "en",
        "timeZone": "UTC",
        "temporalCoverage": "2022-12-31/2023-08-02",
        "counts": {
            "articles": 5, "undated": 0, "days": 4, "months": 3, "tags": 4, "authors": 1,
            "sections": 1,
        },
    }  # fmt: skip
    earlier, later = found["hasPart"]
    assert [part["temporalCoverage"] for part in (earlier, *later["hasPart"])] == [
        *("2022", "2023-06", "2023-08")
    ]
    assert later["articles"] == 4
    assert later["hasPart"][0]["distribution"] == [
        {
            "@type": "DataDownload",
            "encodingFormat": "application/jsonl",
            "address": "2023/06/articles.jsonl",
            "contentUrl": "https://gazette.example/2023/06/articles.jsonl",
            "articles": 3,
        }
    ]


def test_the_files_have_as_many_articles_as_archive_json_says(built_site: Archive) -> None:
    undated = 0
    for part in described(built_site)["hasPart"]:
        for one in (part, *part.get("hasPart", [])):
            counted: dict[str, int] = {}
            for file in one["distribution"]:
                is_table = file["encodingFormat"] == "text/csv"
                found = (rows if is_table else lines)(built_site, file["address"])  # type: ignore[operator]
                assert file["articles"] == len(found)
                counted[file["encodingFormat"]] = counted.get(file["encodingFormat"], 0) + len(
                    found
                )
            assert set(counted.values()) == {one["articles"]}
        undated += part["articles"] if part.get("name") == "undated" else 0
    assert described(built_site)["counts"]["undated"] == undated


def test_archive_json_lists_the_feeds(small_gazette: Archive) -> None:
    feeds = {feed["address"]: feed["encodingFormat"] for feed in described(small_gazette)["feeds"]}
    assert feeds == {
        "feed.xml": "application/rss+xml",
        "feed.atom": "application/atom+xml",
        "feed.json": "application/feed+json",
        "feeds.opml": "text/x-opml",
    }
    assert all((small_gazette.output / address).is_file() for address in feeds)
    for formats, named in (
        ('formats = ["atom"]\n', ["feed.atom", "feeds.opml"]),
        ("formats = []\ncollection_formats = []\n", []),
    ):
        small_gazette.configure(f"{with_base_url()}[feeds]\n{formats}")
        small_gazette.build()
        assert [feed["address"] for feed in described(small_gazette)["feeds"]] == named


def test_archive_json_describes_an_empty_archive_too(archive: Archive) -> None:
    archive.build()
    found = described(archive)
    validator("archive").validate(found)
    assert (found["hasPart"], found["counts"]["articles"]) == ([], 0)
    assert "temporalCoverage" not in found


def test_a_new_article_changes_one_month_one_year_and_archive_json(small_gazette: Archive) -> None:
    small_gazette.write("quay.md", story("Quay", "2023-06-20"))
    small_gazette.build()
    suffixes = (".jsonl", ".csv", "archive.json")
    changed = {address for address in small_gazette.rebuilt if address.endswith(suffixes)}
    assert changed == {"2023/06/articles.jsonl", "2023/articles.csv", "archive.json"}
    assert same_as_from_nothing(small_gazette)


def test_an_article_that_moves_or_is_removed_leaves_its_old_data_files(
    small_gazette: Archive,
) -> None:
    small_gazette.write("light.md", story("Light", None, ["Light"]))
    (small_gazette.seeds / "ferry.md").unlink()
    small_gazette.build()
    assert set(files(small_gazette, ".jsonl")) == {
        *("2023/06/articles.jsonl", "undated/articles.jsonl")
    }
    assert not (small_gazette.output / "2022/articles.csv").exists()
    assert not (small_gazette.output / "2023/08/articles.jsonl").exists()
    assert same_as_from_nothing(small_gazette)


def test_blank_lines_added_to_a_source_change_only_its_digest(archive: Archive) -> None:
    path = archive.write("a.md", story("A"))
    archive.build()
    (before,) = every_article(archive)
    path.write_bytes(path.read_bytes() + b"\n\n")
    archive.build()
    (after,) = every_article(archive)
    assert before.pop("sha256") != after.pop("sha256")
    assert before == after


def test_tags_have_the_names_of_their_pages(small_gazette: Archive) -> None:
    (small_gazette.directory / "tags.toml").write_text(
        '[[tag]]\nname = "Port"\naliases = ["Harbour"]\n[[tag]]\nname = "Light"\nhidden = true\n'
    )
    small_gazette.build()
    tags = {
        article["headline"]: article.get("keywords") for article in every_article(small_gazette)
    }
    assert tags == {
        "Ferry": ["Ferries"], "North mole": ["Port"], "Regatta": ["Sport"], "Tide": ["Port"],
        "Light": ["Port"],
    }  # fmt: skip
    assert same_as_from_nothing(small_gazette)


def test_data_files_are_divided_into_parts_and_joined_again(archive: Archive) -> None:
    archive.limits = replace(archive.limits, csv=3)
    archive.configure(f"{with_base_url()}[data]\narticles_in_part = 10\n")
    numbered(archive, range(2, 12))
    archive.build()
    assert files(archive, ".jsonl") == ["2023/06/articles.jsonl"]
    assert files(archive, ".csv")[-1] == "2023/articles-4.csv"

    numbered(archive, [13])
    archive.build()
    changed = {address for address in archive.rebuilt if address.endswith((".jsonl", ".csv"))}
    assert changed == {"2023/06/articles-2.jsonl", "2023/articles-4.csv"}, "full parts stay"
    assert headlines(lines(archive, "2023/06/articles-2.jsonl")) == ["Story 13"]
    assert same_as_from_nothing(archive)

    numbered(archive, [1])
    archive.build()
    assert headlines(lines(archive, "2023/06/articles-2.jsonl")) == ["Story 11", "Story 13"]
    assert headlines(every_article(archive)) == [
        f"Story {number:02}" for number in (*range(1, 12), 13)
    ]
    assert same_as_from_nothing(archive)

    for number in (1, 13, 4):
        next(archive.seeds.rglob(f"{number:02}.md")).unlink()
    archive.build()
    assert files(archive, ".jsonl") == ["2023/06/articles.jsonl"]
    assert not (archive.output / "2023/06/articles-2.jsonl").exists()
    assert not (archive.output / "2023/articles-4.csv").exists()
    assert len(every_row(archive)) == len(every_article(archive)) == 9
    assert same_as_from_nothing(archive)


def test_the_data_of_undated_articles_is_divided_too(archive: Archive) -> None:
    archive.limits = replace(archive.limits, csv=3)
    archive.configure(f"{with_base_url()}[data]\narticles_in_part = 10\n")
    numbered(archive, range(12), None)
    archive.build()
    assert files(archive, ".jsonl") == ["undated/articles.jsonl", "undated/articles-2.jsonl"]
    assert files(archive, ".csv")[-1] == "undated/articles-4.csv"
    assert len(set(headlines(every_article(archive)))) == len(every_row(archive)) == 12
    numbered(archive, range(12, 14), None)
    archive.build()
    assert same_as_from_nothing(archive)


def test_another_size_of_parts_rebuilds_the_data(archive: Archive) -> None:
    archive.configure(f"{with_base_url()}[data]\narticles_in_part = 10\n")
    numbered(archive, range(1, 13))
    archive.build()
    archive.configure(with_base_url())
    archive.build()
    assert files(archive, ".jsonl") == ["2023/06/articles.jsonl"]
    assert same_as_from_nothing(archive)


def test_a_setting_leaves_the_bodies_out(storm: Archive) -> None:
    storm.configure(f"{with_base_url()}[data]\nbody = false\n")
    storm.build()
    assert [article for article in every_article(storm) if "body" in article] == []
    assert lines(storm, "2021/10/articles.jsonl")[0]["description"]
    assert same_as_from_nothing(storm)


def links(archive: Archive, address: str) -> set[str]:
    """The addresses that a page links to."""
    found = html.fromstring(archive.page(address)).xpath("//a/@href")
    return {str(link).replace("../", "") for link in found}


def test_pages_link_to_the_data(storm: Archive) -> None:
    assert "2021/10/articles.jsonl" in links(storm, "2021/10/index.html")
    assert "2021/articles.csv" in links(storm, "2021/index.html")
    assert {"undated/articles.jsonl", "undated/articles.csv"} <= links(storm, "undated/index.html")
    assert "archive.json" in links(storm, "about.html")
    for page in ("2021/10/21/index.html", "tags/storm/index.html", "index.html"):
        assert not [link for link in links(storm, page) if link.endswith((".jsonl", ".csv"))]


def test_the_page_of_a_month_links_to_all_its_parts(archive: Archive) -> None:
    archive.configure(f"{with_base_url()}[data]\narticles_in_part = 10\n")
    numbered(archive, range(1, 13))
    archive.build()
    page = html.fromstring(archive.page("2023/06/index.html"))
    found = page.xpath("//p[@class='facts']//a[contains(@href, 'articles')]")
    assert [(link.text, link.get("href").replace("../", "")) for link in found] == [
        ("JSON Lines", "2023/06/articles.jsonl"),
        ("JSON Lines 2", "2023/06/articles-2.jsonl"),
    ]


def test_a_setting_turns_the_data_off(storm: Archive) -> None:
    with_data = storm.site()
    storm.configure(f'{with_base_url()}[tags]\ninfer = "all"\n[data]\npublish = false\n')
    storm.build()
    gone = with_data.keys() - storm.site().keys()
    assert {"archive.json", "2021/articles.csv", "undated/articles.jsonl"} <= gone
    assert {one for one in gone if not one.endswith((".jsonl", ".csv", "archive.json"))} == set()
    for page in ("2021/10/index.html", "2021/index.html", "about.html", "undated/index.html"):
        assert not re.search(r"articles\.(jsonl|csv)|archive\.json", storm.page(page))
    assert same_as_from_nothing(storm)


def test_without_a_catalogue_old_data_files_are_recognised_and_removed(
    small_gazette: Archive,
) -> None:
    """Data files are recognised by their beginning; the files of others stay."""
    import shutil

    mine = {"2022/mine.csv": "id,name\n1,=2\n", "2022/12/mine.jsonl": '{"id":"mine"}\n',
            "mine.json": '{"name": "Gazette"}\n'}  # fmt: skip
    for address, text in mine.items():
        (small_gazette.output / address).write_text(text)
    left = [address for address in small_gazette.site() if address.endswith((".jsonl", ".csv"))]
    shutil.rmtree(small_gazette.directory / ".newsarchive")
    small_gazette.configure(f"{with_base_url()}[data]\npublish = false\n")
    small_gazette.build()
    there = small_gazette.site().keys()
    assert mine.keys() <= there
    assert not ({*left, "archive.json"} - mine.keys()) & there
    assert any(
        "3 files in the output folder not made" in notice for notice in small_gazette.notices
    )


def documented(heading: str) -> dict[str, str]:
    """The first table below a heading of docs/data.md: the name in the first column, and the rest
    of the row."""
    page = (REPOSITORY / "docs/data.md").read_text("utf-8")
    table = page[page.index(heading) :].split("|---", 1)[1].split("\n\n", 1)[0]
    return {
        name: rest
        for line in table.splitlines()[1:]
        for name in re.findall(r"`([^`]+)`", line.split("|")[1])
        for rest in [line.split("|", 2)[2]]
    }


def test_every_field_is_documented() -> None:
    assert list(documented("## JSON Lines")) == list(schema("article")["properties"])
    assert list(documented("## CSV")) == list(COLUMNS)
    archive = schema("archive")
    assert list(documented("## `archive.json`")) == list(archive["properties"])
    assert list(documented("`counts` are")) == list(archive["properties"]["counts"]["properties"])
    parts = [archive["$defs"][name]["properties"] for name in ("year", "month", "undated")]
    assert set(documented("Each part of")) == set().union(*parts)


def test_the_documented_types_are_those_of_the_schema() -> None:
    types = {"string": "text", "integer": "number", "object": "mapping", "array": "list of texts"}
    found = schema("article")

    def type_of(field: dict[str, Any]) -> str:
        if "$ref" in field:
            return type_of(found["$defs"][field["$ref"].rpartition("/")[2]])
        return types[field.get("type", "string")]

    for name, rest in documented("## JSON Lines").items():
        assert rest.split("|")[0].strip() == type_of(found["properties"][name]), name


def test_the_documented_example_prints_every_headline(
    small_gazette: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (REPOSITORY / "docs/data.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.S)
    monkeypatch.chdir(small_gazette.directory)
    exec(example, {})
    assert capsys.readouterr().out.splitlines() == [
        "2022-12-31T10:00:00+00:00 Ferry",
        "2023-06-01T10:00:00+00:00 North mole",
        "2023-06-19T10:00:00+00:00 Regatta",
        "2023-06-19T18:00:00+00:00 Tide",
        "2023-08-02T10:00:00+00:00 Light",
    ]
