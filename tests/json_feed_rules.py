"""The rules of JSON Feed, version 1.1, named by its headings: those of its schema, and those that
no schema can express. Each rule takes a feed and yields what is wrong with it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from feed_values import (
    absolute_iri,
    language_tag,
    markup_in,
    media_type,
    relative_addresses,
    rfc_3339,
)

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed_faults(content: bytes, address_url: str) -> list[str]:
    """The faults of a feed that is published at an address."""
    faults: list[str] = []

    def an_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for name, count in Counter(name for name, _ in pairs).items():
            if count > 1:  # RFC 8259, section 4: readers differ in which of equal names they use.
                faults.append(f"{name} {count} times in one object")
        return dict(pairs)

    def no_number(name: str) -> None:
        faults.append(f"JSON has no {name}")

    try:
        feed = json.loads(
            content.decode("utf-8"), object_pairs_hook=an_object, parse_constant=no_number
        )
    except ValueError as error:
        return [f"not JSON in UTF-8: {error}"]
    if not isinstance(feed, dict):
        return [*faults, "not an object"]
    if not isinstance(feed.get("items"), list) or not all(map(_is_object, feed["items"])):
        return [*faults, "items is no list of objects"]
    for rule in RULES:
        faults += rule(feed)
    return [*faults, *own_address(feed, address_url)]


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _address(value: Any) -> bool:
    return isinstance(value, str) and absolute_iri(value)


def _named(record: dict[str, Any]) -> str:
    return f"{record.get('id', record.get('title'))}"


def _listed(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in a list of a record; the schema finds the faults of the list itself."""
    value = record.get(name, [])
    return [each for each in value if _is_object(each)] if isinstance(value, list) else []


def top_level(feed: dict[str, Any]) -> Iterator[str]:
    """From "Top-level": the version, and a title. "author" belongs to version 1.0."""
    if feed.get("version") != VERSION:
        yield f"the version is {feed.get('version')}"
    if not isinstance(feed.get("title"), str) or not feed["title"].strip():
        yield "no title"
    for record in (feed, *feed["items"]):
        if "author" in record:
            yield f"author, where version 1.1 has authors: {_named(record)}"


def own_address(feed: dict[str, Any], address_url: str) -> Iterator[str]:
    """From "feed_url": the address of the feed itself; "next_url": the address of another feed."""
    if feed.get("feed_url") != address_url:
        yield f"feed_url is {feed.get('feed_url')}, not {address_url}"
    if feed.get("next_url") == address_url:
        yield "next_url is the feed itself"


def identities(feed: dict[str, Any]) -> Iterator[str]:
    """From "Items", "id": a text, unique to its item; readers may ignore other items."""
    ids = [item.get("id") for item in feed["items"]]
    for one in ids:
        if not isinstance(one, str) or not one.strip():
            yield f"an id that is no text: {one!r}"
    for text, count in Counter(map(str, ids)).items():
        if count > 1:
            yield f"{count} items with the id {text}"


def bodies(feed: dict[str, Any]) -> Iterator[str]:
    """From "content_html and content_text": one or both. Only content_html holds HTML."""
    for item in feed["items"]:
        if not any(isinstance(item.get(name), str) for name in ("content_html", "content_text")):
            yield f"neither content_html nor content_text: {_named(item)}"
        html = item.get("content_html")
        for address in relative_addresses(html if isinstance(html, str) else ""):
            yield f"a relative address in the text of {_named(item)}: {address}"
        for name in ("title", "summary"):
            if found := markup_in(str(item.get(name, ""))):
                yield f"markup in the {name} of {_named(item)}: {found}"


def dates(feed: dict[str, Any]) -> Iterator[str]:
    """From "date_published" and "date_modified": dates of RFC 3339."""
    for item in feed["items"]:
        for name in ("date_published", "date_modified"):
            value = item.get(name, "2000-01-01T00:00:00Z")
            if not isinstance(value, str) or rfc_3339(value) is None:
                yield f"{name} is no date of RFC 3339: {value}"


def addresses(feed: dict[str, Any]) -> Iterator[str]:
    """From "Top-level", "Items", "authors", "hubs", "attachments": addresses are absolute, because
    a feed has no base for relative ones."""
    records = [feed, *feed["items"]]
    people = [person for record in records for person in _listed(record, "authors")]
    attachments = [each for item in feed["items"] for each in _listed(item, "attachments")]
    hubs = _listed(feed, "hubs")
    for names, found in (
        (("home_page_url", "feed_url", "next_url", "icon", "favicon"), [feed]),
        (("url", "external_url", "image", "banner_image"), feed["items"]),
        (("url", "avatar"), people),
        (("url",), [*attachments, *hubs]),
    ):
        for record in found:
            for name in names:
                if name in record and not _address(record[name]):
                    yield f"{name} is not absolute: {record[name]}"
    for attachment in attachments:
        if "url" not in attachment or not media_type(str(attachment.get("mime_type"))):
            yield f"an attachment without url or mime_type: {attachment}"
    for person in people:
        if not any(person.get(name) for name in ("name", "url", "avatar")):
            yield f"an author of whom nothing is said: {person}"


def languages(feed: dict[str, Any]) -> Iterator[str]:
    """From "language": a tag of RFC 5646."""
    for record in (feed, *feed["items"]):
        if not language_tag(str(record.get("language", "en"))):
            yield f"not the tag of a language: {record['language']}"


RULES: tuple[Callable[[dict[str, Any]], Iterator[str]], ...] = (
    *(top_level, identities, bodies, dates, addresses, languages),
)
"""The rules that need nothing but the feed."""
