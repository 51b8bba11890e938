"""Validates documents by the grammars in `schemas/`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree

from feed_values import read_xml

SCHEMAS = Path(__file__).with_name("schemas")


@cache
def _grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng"))


def _invalid_xml(content: bytes, name: str) -> list[str]:
    try:
        root = read_xml(content)
    except etree.XMLSyntaxError as error:
        return [f"not well-formed: {error}"]
    grammar = _grammar(name)
    # An error for which lxml has no message is still an error.
    return [] if grammar.validate(root) else [*map(str, grammar.error_log), f"not valid {name}"]


def invalid_atom(content: bytes) -> list[str]:
    """The errors of an Atom feed by RFC 4287, RFC 5005 and RFC 6721."""
    return _invalid_xml(content, "atom")


def invalid_opml(content: bytes) -> list[str]:
    """The errors of a list of feeds by OPML 2.0."""
    return _invalid_xml(content, "opml")


@cache
def _json_feeds() -> Any:
    schema = json.loads((SCHEMAS / "json-feed.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def invalid_json_feed(content: bytes) -> list[str]:
    """The errors of a feed by JSON Feed 1.1."""
    errors = _json_feeds().iter_errors(json.loads(content))
    return [f"{error.json_path}: {error.message}" for error in errors]
