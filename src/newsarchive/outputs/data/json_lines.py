"""The articles of each month as JSON Lines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from newsarchive.catalogue.article_queries import StoredArticle
from newsarchive.model import addresses
from newsarchive.model.references import resolved
from newsarchive.outputs.context import Context, lead_image, names
from newsarchive.outputs.data.rows import data_link, row_of, stored_articles
from newsarchive.outputs.kind import Marker, Output, Settings
from newsarchive.outputs.series import Series, SeriesKind

_LINE_ENDS = {character: f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}
"""Characters that JSON allows unescaped, but that some programs take for the end of a line."""


@dataclass(frozen=True)
class JsonLines(SeriesKind):
    """All data of the articles of a month or of the undated shelf, one article on each line."""

    name = "articles-data"
    markers = (Marker(".jsonl", b'{"id":"urn:uuid:', is_first=True),)

    with_body: bool

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        data = settings.config.data
        if not data.publish:
            return None
        return cls(Series(cls.name, "articles", "jsonl", "month", data.articles_in_part), data.body)

    def render(self, output: Output, context: Context) -> bytes:
        stored = stored_articles(output, self.series, context, with_body=self.with_body)
        return "".join(json_line(_record(article, context)) for article in stored).encode()


def json_line(record: Mapping[str, Any]) -> str:
    """The record as one line of JSON, its line end included. Every character that could end a line
    is escaped."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # Three calls of replace() are faster than one of translate(), which visits every character.
    for character, escaped in _LINE_ENDS.items():
        line = line.replace(character, escaped)
    return line + "\n"


def _record(stored: StoredArticle, context: Context) -> dict[str, Any]:
    """The data of an article, without empty fields."""
    row, site, fields = row_of(stored, context), context.site, stored.fields
    url = site.url(row.address)
    image = lead_image(fields.get("image"), stored.missing)
    data: dict[str, Any] = {
        "id": row.id,
        "identifier": stored.id,
        "url": url,
        "address": row.address,
        "headline": row.headline,
        **row.dates,
        "precision": row.precision,
        "author": row.authors,
        "articleSection": row.section,
        "keywords": row.tags,
        "mentions": names(context.visible(stored.mentioned), "tag"),
        "inLanguage": fields.get("language") or site.language,
        "image": data_link(image, site) if image else None,
        "caption": fields.get("image_caption"),
        "alternativeText": fields.get("image_alt"),
        "abstract": fields.get("standfirst"),
        "description": fields.get("summary", ""),
        "dateline": fields.get("dateline"),
        "sameAs": fields.get("source_url"),
        "source": row.source,
        # In a source with many articles, their order has no meaning.
        "position": None if fields.get("is_one_of_many") else 1,
        "sha256": row.sha256,
    }
    if stored.body is not None:
        data["body"] = resolved(
            stored.body,
            stored.missing,
            lambda name: data_link(addresses.media(name), site),
            page=url or addresses.quoted(row.address),
        )
    data["extra"] = fields.get("extra", {})
    return {name: value for name, value in data.items() if value not in (None, "", (), {})}
