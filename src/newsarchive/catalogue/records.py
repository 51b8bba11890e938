"""The record of an article in the catalogue: its fields as JSON, without the body."""

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
    """An article for the catalogue: everything that follows from the article alone."""

    source: str
    tie_break: int
    """Orders the articles of one source, whatever their positions in it: the first six bytes of
    `content`; 0 if the source holds one article."""
    is_draft: bool
    content: bytes
    """The digest of everything that readers could tell apart."""
    id: str
    """The id that it claims."""
    claim: str
    """The address that it claims."""
    day: int
    """20230619 in the archive's time zone, 0 if undated."""
    moment: int
    """Seconds since 1970, UTC; 0 if undated."""
    updated: int
    """The later of its dates of publication and modification, in seconds since 1970; 0 if
    it has neither."""
    terms: tuple[tuple[str, str, str], ...]
    """(kind, identity, spelling) of its tags, authors and section."""
    is_searched: bool
    """True if tags were inferred from its text."""
    mentioned: tuple[str, ...]
    """The names of the inferred tags."""
    record: str
    """JSON, as `record_of` returns it."""
    body: str
    """Sanitised HTML."""
    files: tuple[str, ...]
    """The names of the files that it refers to."""


def row_of(article: Article, zone: tzinfo, tagging: Tagging) -> Row:
    """The row of an article. `zone` is the archive's time zone, and `tagging` infers tags."""
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
    """(kind, identity, spelling) of the tags, authors and section that an article states."""
    names = [("tag", tag) for tag in tags]
    names += [("author", author) for author in authors]
    names += [("section", section)] if section else []
    return tuple((kind, identity(name), name) for kind, name in names)


_LEFT_OUT = frozenset(["id", "body", "line"])
"""Fields that a record omits. The id may differ from the claimed one. Most uses need no body. The
line is only for messages: an article that moved to another line of its source has not changed."""

_MOMENTS = ("published", "modified")


def record_of(article: Article) -> str:
    """The article as JSON, without its empty fields."""
    fields = {}
    for name in Article.__slots__:
        value = getattr(article, name)
        if name not in _LEFT_OUT and value not in (None, (), {}, "", False):
            fields[name] = value.isoformat() if name in _MOMENTS else value
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def fields_of(record: str) -> dict[str, Any]:
    """The fields of a record, by their names in Article, with dates as datetimes."""
    fields: dict[str, Any] = json.loads(record)
    for name in _MOMENTS:
        if name in fields:
            fields[name] = datetime.fromisoformat(fields[name])
    return fields
