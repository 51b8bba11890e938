"""The articles as data: JSON Lines by month, a CSV table by year, and `archive.json`."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from conftest import Archive, same_as_from_nothing
from data_files import (
    described,
    every_article,
    every_row,
    files,
    headlines,
    lines,
    rows,
    schema,
    validator,
    write_storm,
)
from newsarchive.model.addresses import month_of_article
from newsarchive.model.article import Article
from newsarchive.outputs.data.csv_tables import COLUMNS
from newsarchive.outputs.data.json_lines import json_line
from stories import story


@pytest.fixture
def storm(archive: Archive) -> Archive:
    """An archive with one article that has every field, and one that has none."""
    return write_storm(archive)


def test_a_json_line_has_every_field_of_an_article(storm: Archive) -> None:
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


def test_the_id_in_the_data_is_on_the_page_of_the_article(storm: Archive) -> None:
    (article,) = lines(storm, "2021/10/articles.jsonl")
    assert article["id"] in storm.page(article["address"])


def test_the_digest_is_the_sha256_of_the_source(storm: Archive) -> None:
    from hashlib import sha256

    for article in every_article(storm):
        content = (storm.seeds / article["source"]).read_bytes()
        assert article["sha256"] == sha256(content).hexdigest()


def test_fields_that_an_article_does_not_have_are_left_out(storm: Archive) -> None:
    (article,) = lines(storm, "undated/articles.jsonl")
    assert article.keys() == {
        *("id", "identifier", "url", "address", "headline", "inLanguage"),
        *("source", "position", "sha256"),
    }


def test_every_field_of_an_article_is_in_the_data_or_left_out_for_a_reason() -> None:
    places = {
        "id": "identifier", "headline": "headline", "published": "datePublished",
        "precision": "precision", "modified": "dateModified", "body": "body",
        "summary": "description", "source": "source", "sha256": "sha256",
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
        "is_one_of_many": "the position is left out then",
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


def test_without_a_base_url_addresses_begin_at_the_top_of_the_site(storm: Archive) -> None:
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


def test_an_image_that_is_added_or_deleted_changes_the_data(storm: Archive) -> None:
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


def test_no_csv_cell_is_read_as_a_formula(archive: Archive) -> None:
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


def test_hostile_text_is_kept_as_text(archive: Archive) -> None:
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


def test_a_line_break_in_a_headline_does_not_split_its_json_line() -> None:
    """Headlines are read without line breaks; if one gets in, the article stays on one line."""
    headline = "".join(map(chr, range(0x3000)))
    assert len(headline.splitlines()) > 8
    (line,) = json_line({"headline": headline}).splitlines()
    assert json.loads(line)["headline"] == headline


def test_each_article_has_one_json_line_and_one_csv_row(built_site: Archive) -> None:
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


def test_the_data_is_valid_by_its_schemas(built_site: Archive) -> None:
    check = validator("article")
    for article in every_article(built_site):
        check.validate(article)
    validator("archive").validate(described(built_site))


def test_the_schemas_refuse_faulty_data(storm: Archive) -> None:
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
