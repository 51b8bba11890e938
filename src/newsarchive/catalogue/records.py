"""The record of an article as the catalogue keeps it: JSON, with the body apart."""

import json
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from newsarchive.model import addresses
from newsarchive.model.article import Article
from newsarchive.model.periods import NO_DAY, day_number
from newsarchive.model.text import identity
from newsarchive.tagging.inference import Tagging


class Row(NamedTuple):
    """An article on its way into the catalogue: all that can be worked out from it alone."""

    source: str
    tie_break: int
    """Puts the articles of one source in an order that does not depend on where they stand in it:
    made from the content; 0 if the source holds one article."""
    is_draft: bool
    content: bytes
    """The digest of what readers could tell apart."""
    id: str
    claim: str
    """The address that it asks for."""
    day: int
    moment: int
    updated: int
    """The last change that it tells of, in seconds since 1970; 0 where it tells of none."""
    terms: tuple[tuple[str, str, str], ...]
    """(kind, identity, spelling) of its tags, authors and section."""
    is_searched: bool
    """True if tags were inferred from its text."""
    mentioned: tuple[str, ...]
    """The names of those that were found."""
    record: str
    body: str
    files: tuple[str, ...]


def row_of(article: Article, zone: tzinfo, tagging: Tagging) -> Row:
    """The row of an article in an archive with this time zone, tagged so."""
    day, moment = NO_DAY, 0
    if article.published:
        day = day_number(article.published.astimezone(zone))
        moment = int(article.published.timestamp())
    content = article.content_digest()
    updated = max(
        (int(date.timestamp()) for date in (article.published, article.modified) if date), default=0
    )
    return Row(
        article.source,
        int.from_bytes(content[:6]) if article.is_one_of_many else 0,
        article.draft,
        content,
        article.id,
        addresses.article(day, article.slug, article.headline),
        day,
        moment,
        updated,
        terms_of(article.tags, article.authors, article.section),
        tagging.is_searched(article.tags),
        tagging.inferred(article.tags, article.headline, article.body, article.language),
        record_of(article),
        article.body,
        article.files,
    )


def terms_of(
    tags: Iterable[str], authors: Iterable[str], section: str | None
) -> tuple[tuple[str, str, str], ...]:
    """(kind, identity, spelling) of what an article states."""
    names = [("tag", tag) for tag in tags]
    names += [("author", author) for author in authors]
    names += [("section", section)] if section else []
    return tuple((kind, identity(name), name) for kind, name in names)


_LEFT_OUT = frozenset(["id", "body", "line"])
"""Fields that a record leaves out: the id may be settled otherwise than it was claimed, most uses
of a record need no body, and the line is only for messages: an article that stands on another line
than before has not changed."""

_MOMENTS = ("published", "modified")


def record_of(article: Article) -> str:
    """The article as JSON; what is empty is left out."""
    fields = {}
    for name in Article.__slots__:
        value = getattr(article, name)
        if name not in _LEFT_OUT and value not in (None, (), {}, "", False):
            fields[name] = value.isoformat() if name in _MOMENTS else value
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def fields_of(record: str) -> dict[str, Any]:
    """The fields that `record_of` wrote, by the names they have in an Article."""
    fields: dict[str, Any] = json.loads(record)
    for name in _MOMENTS:
        if name in fields:
            fields[name] = datetime.fromisoformat(fields[name])
    return fields
