"""The record of an article as the catalogue keeps it: JSON, with the body apart."""

import json
from datetime import datetime

from newsarchive.article import Article

_COLUMNS = frozenset(["id", "body"])
"""Fields that the catalogue keeps elsewhere: the id may be settled otherwise than it was claimed,
and most uses of a record need no body."""

_MOMENTS = ("published", "modified")
_TUPLES = ("authors", "tags", "files")


def record_of(article: Article) -> str:
    """The article as JSON; what is empty is left out."""
    fields = {}
    for name in Article.__slots__:
        value = getattr(article, name)
        if name not in _COLUMNS and value not in (None, (), {}, ""):
            fields[name] = value.isoformat() if name in _MOMENTS else value
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def article_of(record: str, id: str, body: str = "") -> Article:
    """The article that `record_of` wrote, under the id it has in the archive."""
    fields = json.loads(record)
    for name in _MOMENTS:
        value = fields.get(name)
        fields[name] = datetime.fromisoformat(value) if value else None
    for name in _TUPLES:
        fields[name] = tuple(fields.get(name, ()))
    return Article(
        **{"precision": None, "headline": "", "summary": "", **fields, "id": id, "body": body}
    )
