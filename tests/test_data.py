"""The articles as data: JSON Lines by month, a table by year, and `archive.json`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from conftest import REPOSITORY, Archive, same_as_from_nothing
from data_files import described, every_article, every_row, files, lines, rows, schema, validator
from newsarchive.addresses import month_of_article
from newsarchive.article import Article
from newsarchive.planning import series
from newsarchive.rendering.data import COLUMNS
from stories import story, with_base_url

FULL = """\
---
title: "Storm: “140 leave”"
id: storm-2021
date: 2021-10-21T05:10:30+01:00
modified: 2021-10-21T09:58:03Z
authors: [Ruth Tallis, Owen Pike]
section: Harbour
tags: [Storm, Harbour Trust]
summary: The worst storm for forty years.
language: en-GB
image: lead.jpg
image_caption: The breach.
image_alt: A gap in a wall.
dateline: SALTMERE, Oct. 21
url: https://old.example/2021/storm
photographer: Nell Ashdown
rights:
  - [one, two]
---
Nobody was killed. [The report](report.pdf), and a note.[^1]

![The breach](mole.jpg) ![Lost](lost.jpg)
"""


@pytest.fixture
def storm(archive: Archive) -> Archive:
    """An archive with one article that has all there is to have, and one that has nothing."""
    archive.configure(f'{with_base_url()}[tags]\ninfer = "all"\n')
    archive.write(
        "wire/storm.md",
        FULL + "\nThe storm went on to Norway, and all of Norway saw it.\n\n[^1]: Not this.\n",
    )
    archive.write("wire/mole.jpg", b"a picture")
    archive.write("wire/lead.jpg", b"another picture")
    archive.write("wire/report.pdf", b"a report")
    archive.write("bare.txt", "A bare headline\n")
    archive.build()
    return archive


def numbered(archive: Archive, numbers: Any, day: str | None = "2023-06-{:02}") -> None:
    """Write an article for each number, which is its day too."""
    for number in numbers:
        date = day.format(number) if day else None
        archive.write(f"{day or 'undated'}/{number:02}.md", story(f"Story {number:02}", date))


def headlines(articles: list[dict[str, Any]]) -> list[str]:
    return [article["headline"] for article in articles]


def test_a_line_has_all_that_is_known_of_an_article(storm: Archive) -> None:
    (article,) = lines(storm, "2021/10/articles.jsonl")
    body = article.pop("body")
    assert article == {
        "id": "urn:uuid:15f3b2c5-e50d-5689-8b3a-232f4066b3d7",
        "identifier": "storm-2021",
        "url": "https://gazette.example/2021/10/21/storm-140-leave.html",
        "address": "2021/10/21/storm-140-leave.html",
        "headline": "Storm: “140 leave”",
        "datePublished": "2021-10-21T04:10:30+00:00",
        "dateModified": "2021-10-21T09:58:03+00:00",
        "precision": "second",
        "author": ["Ruth Tallis", "Owen Pike"],
        "articleSection": "Harbour",
        "keywords": ["Storm", "Harbour Trust"],
        "mentions": ["Norway"],
        "inLanguage": "en-GB",
        "image": "https://gazette.example/media/wire/lead.jpg",
        "caption": "The breach.",
        "alternativeText": "A gap in a wall.",
        "abstract": "The worst storm for forty years.",
        "description": "The worst storm for forty years.",
        "dateline": "SALTMERE, Oct. 21",
        "sameAs": "https://old.example/2021/storm",
        "source": "wire/storm.md",
        "position": 1,
        "sha256": article["sha256"],
        "extra": {"photographer": "Nell Ashdown", "rights": [["one", "two"]]},
    }
    assert 'src="https://gazette.example/media/wire/mole.jpg"' in body
    assert 'href="https://gazette.example/media/wire/report.pdf"' in body
    assert 'href="https://gazette.example/2021/10/21/storm-140-leave.html#fn:1"' in body
    assert '<span class="missing-image">Lost</span>' in body


def test_the_id_is_that_of_the_page(storm: Archive) -> None:
    (article,) = lines(storm, "2021/10/articles.jsonl")
    assert article["id"] in storm.page(article["address"])


def test_the_digest_is_that_of_the_source(storm: Archive) -> None:
    from hashlib import sha256

    for article in every_article(storm):
        content = (storm.seeds / article["source"]).read_bytes()
        assert article["sha256"] == sha256(content).hexdigest()


def test_what_an_article_does_not_have_is_left_out(storm: Archive) -> None:
    (article,) = lines(storm, "undated/articles.jsonl")
    assert article.keys() == {
        *("id", "identifier", "url", "address", "headline", "inLanguage"),
        *("source", "position", "sha256"),
    }


def test_every_field_of_the_record_has_its_place_or_a_reason_why_not() -> None:
    places = {
        "id": "identifier", "headline": "headline", "published": "datePublished",
        "precision": "precision", "modified": "dateModified", "body": "body",
        "summary": "description", "source": "source", "position": "position",
        "authors": "author", "section": "articleSection", "standfirst": "abstract",
        "tags": "keywords", "source_url": "sameAs", "language": "inLanguage", "image": "image",
        "image_caption": "caption", "image_alt": "alternativeText", "dateline": "dateline",
        "extra": "extra",
    }  # fmt: skip
    left_out = {
        "path": "it is of one machine; the name of the source is in it",
        "line": "it is of messages",
        "id_is_given": "the id tells: otherwise it is the source's or an address",
        "slug": "the address tells",
        "draft": "drafts are not published",
        "files": "they are in the body",
    }
    assert {*places, *left_out} == set(Article.__slots__)
    assert set(places.values()) <= schema("article")["properties"].keys()


def test_a_table_has_a_row_for_each_article(storm: Archive) -> None:
    (article,) = lines(storm, "2021/10/articles.jsonl")
    (row,) = rows(storm, "2021/articles.csv")
    joined = {"author": "Ruth Tallis; Owen Pike", "keywords": "Storm; Harbour Trust"}
    assert row == {column: article[column] for column in COLUMNS} | joined
    (bare,) = rows(storm, "undated/articles.csv")
    assert (bare["headline"], bare["datePublished"], bare["keywords"]) == (
        "A bare headline",
        "",
        "",
    )


def test_without_a_web_address_files_are_told_from_the_top_of_the_site(storm: Archive) -> None:
    storm.configure('[site]\ntitle = "Gazette"\n')
    storm.write("wire/a mole é.jpg", b"a picture")
    storm.write("wire/pier.md", story("Pier", text="![It](<a mole é.jpg>)", image="lead.jpg"))
    storm.build()
    (article,) = lines(storm, "2023/06/articles.jsonl")
    assert "url" not in article
    assert article["image"] == "media/wire/lead.jpg"
    assert 'src="media/wire/a%20mole%20%C3%A9.jpg"' in article["body"]
    assert (storm.output / "media/wire/a mole é.jpg").is_file()
    (full,) = lines(storm, "2021/10/articles.jsonl")
    assert 'href="2021/10/21/storm-140-leave.html#fn:1"' in full["body"]
    assert validator("archive").is_valid(described(storm))
    assert "http" not in storm.page("archive.json").replace("https://schema.org", "")


def test_a_file_that_comes_and_goes_changes_the_data(storm: Archive) -> None:
    storm.write("wire/lost.jpg", b"found")
    storm.build()
    assert "media/wire/lost.jpg" in lines(storm, "2021/10/articles.jsonl")[0]["body"]
    (storm.seeds / "wire/lead.jpg").unlink()
    storm.build()
    assert "image" not in lines(storm, "2021/10/articles.jsonl")[0]
    assert same_as_from_nothing(storm)


@pytest.mark.parametrize(
    ("zone", "written", "told"),
    [
        ("Europe/Berlin", "2023-06-19T10:00:00Z", "2023-06-19T12:00:00+02:00"),
        ("UTC", "2023-06-19", "2023-06-19"),
        ("Asia/Tehran", "1900-01-01T00:00:00Z", "1900-01-01T03:26:00+03:26"),
        ("America/New_York", "1850-01-01T12:00:00Z", "1850-01-01T07:04:00-04:56"),
    ],
)
def test_dates_are_exact(archive: Archive, zone: str, written: str, told: str) -> None:
    archive.configure(f'[site]\ntimezone = "{zone}"\n')
    archive.write("a.md", story("A", written))
    archive.build()
    ((article,), (row,)) = every_article(archive), every_row(archive)
    assert article["datePublished"] == row["datePublished"] == told
    if "T" in written:
        assert datetime.fromisoformat(told) == datetime.fromisoformat(written).astimezone(UTC)
    assert article["precision"] == ("second" if "T" in written else "day")


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")']


def test_no_cell_is_a_formula(archive: Archive) -> None:
    for number, text in enumerate(FORMULAS):
        quoted = text.replace('"', '\\"')
        archive.write(f"{number}.md", story(quoted, tags=[f'"{quoted}"'], author=f'"{quoted}"'))
    archive.write("=cmd.md", story("Plain = text - here"))
    archive.build()
    found = {row["headline"]: row for row in every_row(archive)}
    assert found.keys() == {f"'{text}" for text in FORMULAS} | {"Plain = text - here"}
    assert found["Plain = text - here"]["source"] == "'=cmd.md"
    for text in FORMULAS:
        assert found[f"'{text}"]["author"] == found[f"'{text}"]["keywords"] == f"'{text}"
    assert {article["headline"] for article in every_article(archive)} >= set(FORMULAS)


HOSTILE = ['"; DROP', "a,b", "</script><script>x", "\u202ereversed", "نانوایی", "𝔘", "a\\u2028b"]


def test_any_text_is_a_text(archive: Archive) -> None:
    for number, text in enumerate(HOSTILE):
        quoted = text.replace("\\u2028", "\N{LINE SEPARATOR}").replace('"', '\\"')
        note = '"one\\u0085two\\u2028three\\u2029four\\nfive\\r\\nsix"'
        archive.write(f"{number}.md", story(quoted, text=f"Said {text}.\n\nMore.", note=note))
    archive.build()
    articles = every_article(archive)
    assert [row["headline"] for row in every_row(archive)] == headlines(articles)
    assert len(articles) == len(HOSTILE)
    assert {*HOSTILE[:-1], "a b"} == set(headlines(articles))
    check = validator("article")
    for article in articles:
        check.validate(article)
        assert "five" in article["extra"]["note"]
        assert "<script" not in article["body"]


def test_an_end_of_a_line_in_a_text_is_none_of_a_file() -> None:
    from newsarchive.rendering.data import _LINE_ENDS

    separators = [character for character in map(chr, range(0x20, 0x3000)) if
                  len(f"a{character}b".splitlines()) > 1]  # fmt: skip
    assert set(map(ord, separators)) == set(_LINE_ENDS)


def test_each_article_is_in_one_line_and_one_row(built_site: Archive) -> None:
    pages = {
        address
        for address, content in built_site.site().items()
        if month_of_article(address) and b'<meta name="newsarchive" content="article ' in content
        and b'rel="canonical"' in content and b"NewsArticle" in content
    }  # fmt: skip
    articles, table = every_article(built_site), every_row(built_site)
    for found in (articles, table):
        assert sorted(article["address"] for article in found) == sorted(pages)
    assert described(built_site)["counts"]["articles"] == len(pages)


def test_the_oldest_article_comes_first(built_site: Archive) -> None:
    for address in files(built_site, ".jsonl"):
        dates = [article.get("datePublished", "")[:10] for article in lines(built_site, address)]
        assert dates == sorted(dates)


def test_the_data_is_as_its_schemas_say(built_site: Archive) -> None:
    check = validator("article")
    for article in every_article(built_site):
        check.validate(article)
    validator("archive").validate(described(built_site))


def test_the_schemas_refuse_what_is_not_so(storm: Archive) -> None:
    (article,) = lines(storm, "2021/10/articles.jsonl")
    is_valid = validator("article").is_valid
    assert is_valid(article)
    wrong: list[dict[str, Any]] = [
        {"datePublished": "2021-10-21"},
        {"datePublished": "2021-10-21T04:10:30"},
        {"datePublished": "1900-01-01T03:25:44+03:25:44"},
        {"precision": "day"},
        {"author": "Ruth Tallis"},
        {"keywords": []},
        {"sha256": None},
        {"id": "storm-2021"},
        {"colour": "red"},
    ]
    assert [change for change in wrong if is_valid(article | change)] == []
    for needed in ("id", "headline", "source", "precision"):
        assert not is_valid({name: value for name, value in article.items() if name != needed})
    archive = described(storm)
    assert validator("archive").is_valid(archive)
    for change in ({"schema": 2}, {"generator": "other"}, {"hasPart": [{"articles": 1}]}):
        assert not validator("archive").is_valid(archive | change)


def test_the_archive_is_described(small_gazette: Archive) -> None:
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


def test_the_files_hold_as_many_articles_as_the_archive_says(built_site: Archive) -> None:
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


def test_an_empty_archive_is_described_too(archive: Archive) -> None:
    archive.build()
    found = described(archive)
    validator("archive").validate(found)
    assert (found["hasPart"], found["counts"]["articles"]) == ([], 0)
    assert "temporalCoverage" not in found


def test_a_new_article_changes_one_month_one_year_and_the_description(
    small_gazette: Archive,
) -> None:
    small_gazette.write("quay.md", story("Quay", "2023-06-20"))
    small_gazette.build()
    suffixes = (".jsonl", ".csv", "archive.json")
    changed = {address for address in small_gazette.rebuilt if address.endswith(suffixes)}
    assert changed == {"2023/06/articles.jsonl", "2023/articles.csv", "archive.json"}
    assert same_as_from_nothing(small_gazette)


def test_an_article_that_moves_or_goes_leaves_the_data(small_gazette: Archive) -> None:
    small_gazette.write("light.md", story("Light", None, ["Light"]))
    (small_gazette.seeds / "ferry.md").unlink()
    small_gazette.build()
    assert set(files(small_gazette, ".jsonl")) == {
        *("2023/06/articles.jsonl", "undated/articles.jsonl")
    }
    assert not (small_gazette.output / "2022/articles.csv").exists()
    assert not (small_gazette.output / "2023/08/articles.jsonl").exists()
    assert same_as_from_nothing(small_gazette)


def test_a_source_that_says_the_same_in_other_bytes_has_another_digest(archive: Archive) -> None:
    path = archive.write("a.md", story("A"))
    archive.build()
    (before,) = every_article(archive)
    path.write_bytes(path.read_bytes() + b"\n\n")
    archive.build()
    (after,) = every_article(archive)
    assert before.pop("sha256") != after.pop("sha256")
    assert before == after


def test_tags_are_as_their_pages_have_them(small_gazette: Archive) -> None:
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


@pytest.fixture
def short_tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tables of three articles."""
    monkeypatch.setattr(series, "TABLE", replace(series.TABLE, most=3))
    return


@pytest.mark.usefixtures("short_tables")
def test_parts_come_and_go(archive: Archive) -> None:
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


@pytest.mark.usefixtures("short_tables")
def test_the_undated_shelf_has_parts_too(archive: Archive) -> None:
    archive.configure(f"{with_base_url()}[data]\narticles_in_part = 10\n")
    numbered(archive, range(12), None)
    archive.build()
    assert files(archive, ".jsonl") == ["undated/articles.jsonl", "undated/articles-2.jsonl"]
    assert files(archive, ".csv")[-1] == "undated/articles-4.csv"
    assert len(set(headlines(every_article(archive)))) == len(every_row(archive)) == 12
    numbered(archive, range(12, 14), None)
    archive.build()
    assert same_as_from_nothing(archive)


def test_other_parts_are_another_site(archive: Archive) -> None:
    archive.configure(f"{with_base_url()}[data]\narticles_in_part = 10\n")
    numbered(archive, range(1, 13))
    archive.build()
    archive.configure(with_base_url())
    archive.build()
    assert files(archive, ".jsonl") == ["2023/06/articles.jsonl"]
    assert same_as_from_nothing(archive)


def test_texts_can_be_left_out(storm: Archive) -> None:
    storm.configure(f"{with_base_url()}[data]\nbody = false\n")
    storm.build()
    assert [article for article in every_article(storm) if "body" in article] == []
    assert lines(storm, "2021/10/articles.jsonl")[0]["description"]
    assert same_as_from_nothing(storm)


def links(archive: Archive, address: str) -> set[str]:
    """What a page leads to."""
    found = html.fromstring(archive.page(address)).xpath("//a/@href")
    return {str(link).replace("../", "") for link in found}


def test_pages_lead_to_the_data(storm: Archive) -> None:
    assert "2021/10/articles.jsonl" in links(storm, "2021/10/index.html")
    assert "2021/articles.csv" in links(storm, "2021/index.html")
    assert {"undated/articles.jsonl", "undated/articles.csv"} <= links(storm, "undated/index.html")
    assert "archive.json" in links(storm, "about.html")
    for page in ("2021/10/21/index.html", "tags/storm/index.html", "index.html"):
        assert not [link for link in links(storm, page) if link.endswith((".jsonl", ".csv"))]


def test_the_page_of_a_month_leads_to_all_its_parts(archive: Archive) -> None:
    archive.configure(f"{with_base_url()}[data]\narticles_in_part = 10\n")
    numbered(archive, range(1, 13))
    archive.build()
    parts = {"2023/06/articles.jsonl", "2023/06/articles-2.jsonl"}
    assert parts <= links(archive, "2023/06/index.html")


def test_there_need_be_no_data(storm: Archive) -> None:
    with_data = storm.site()
    storm.configure(f"{with_base_url()}[data]\npublish = false\n")
    storm.build()
    gone = with_data.keys() - storm.site().keys()
    assert {"archive.json", "2021/articles.csv", "undated/articles.jsonl"} <= gone
    assert all(address.endswith((".jsonl", ".csv", "archive.json")) for address in gone)
    for page in ("2021/10/index.html", "2021/index.html", "about.html", "undated/index.html"):
        assert not re.search(r"articles\.(jsonl|csv)|archive\.json", storm.page(page))
    assert same_as_from_nothing(storm)


def test_what_an_earlier_build_left_is_known_for_its_own(small_gazette: Archive) -> None:
    """Where the catalogue is lost, by what the files begin with."""
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
    """What the first column of the first table below a heading of docs/data.md names, and what
    the rest of the row says."""
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
