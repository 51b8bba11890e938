"""Reads the files of article data as programs do."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from conftest import REPOSITORY, Archive
from stories import story, with_base_url


def described(archive: Archive) -> dict[str, Any]:
    """The content of `archive.json`."""
    found: dict[str, Any] = json.loads(archive.page("archive.json"))
    return found


def lines(archive: Archive, address: str) -> list[dict[str, Any]]:
    """The articles of a file of JSON Lines."""
    text = archive.page(address)
    assert text.endswith("\n")
    # Like a program that ends a line at every line break of Unicode.
    return [json.loads(line) for line in text.splitlines()]


def rows(archive: Archive, address: str) -> list[dict[str, str]]:
    """The articles of a table."""
    content = (archive.output / address).read_bytes().decode("utf-8")
    assert content.count("\n") == content.count("\r\n")
    return list(csv.DictReader(content.splitlines(keepends=True), strict=True))


def files(archive: Archive, suffix: str) -> list[str]:
    """The addresses of files with this suffix in `archive.json`, in its order."""
    return [file["address"] for file in _files(described(archive)) if _is(file, suffix)]


def _is(file: dict[str, Any], suffix: str) -> bool:
    return bool(file["address"].endswith(suffix))


def _files(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from part.get("distribution", [])
    for shorter in part.get("hasPart", []):
        yield from _files(shorter)


def every_article(archive: Archive) -> list[dict[str, Any]]:
    """The articles of all files of JSON Lines."""
    return [one for address in files(archive, ".jsonl") for one in lines(archive, address)]


def every_row(archive: Archive) -> list[dict[str, str]]:
    """The articles of all tables."""
    return [row for address in files(archive, ".csv") for row in rows(archive, address)]


def schema(name: str) -> dict[str, Any]:
    """A JSON Schema of docs/."""
    text = (REPOSITORY / f"docs/{name}.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def validator(name: str) -> Draft202012Validator:
    """A validator for the schema of this name."""
    Draft202012Validator.check_schema(schema(name))
    return Draft202012Validator(schema(name))


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


def write_storm(archive: Archive) -> Archive:
    """Build an archive with one article that has every field, and one that has none."""
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
    """Write an article for each number; the number is its day too."""
    for number in numbers:
        date = day.format(number) if day else None
        archive.write(f"{day or 'undated'}/{number:02}.md", story(f"Story {number:02}", date))


def headlines(articles: list[dict[str, Any]]) -> list[str]:
    return [article["headline"] for article in articles]
