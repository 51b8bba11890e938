"""The articles as data, read as those who use them read them."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from conftest import REPOSITORY, Archive


def described(archive: Archive) -> dict[str, Any]:
    """What `archive.json` says."""
    found: dict[str, Any] = json.loads(archive.page("archive.json"))
    return found


def lines(archive: Archive, address: str) -> list[dict[str, Any]]:
    """The articles of a file of JSON Lines."""
    text = archive.page(address)
    assert text.endswith("\n")
    # As a program does that ends a line wherever Unicode has it end.
    return [json.loads(line) for line in text.splitlines()]


def rows(archive: Archive, address: str) -> list[dict[str, str]]:
    """The articles of a table."""
    content = (archive.output / address).read_bytes().decode("utf-8")
    assert content.count("\n") == content.count("\r\n")
    return list(csv.DictReader(content.splitlines(keepends=True), strict=True))


def files(archive: Archive, suffix: str) -> list[str]:
    """The addresses that `archive.json` leads to, in its order, of files that end so."""
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
    """Those of all tables."""
    return [row for address in files(archive, ".csv") for row in rows(archive, address)]


def schema(name: str) -> dict[str, Any]:
    """A JSON Schema of docs/."""
    text = (REPOSITORY / f"docs/{name}.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def validator(name: str) -> Draft202012Validator:
    """Tells whether an object is as the schema of that name has it."""
    Draft202012Validator.check_schema(schema(name))
    return Draft202012Validator(schema(name))
