"""Articles as data: the fields that JSON Lines and CSV share.

Fields have schema.org's names, as far as schema.org has one; docs/data.md describes all fields.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsarchive.catalogue.article_queries import StoredArticle
from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.dates import Precision
from newsarchive.outputs.articles import article_urn
from newsarchive.outputs.context import Context, names
from newsarchive.outputs.kind import Output
from newsarchive.outputs.series import Series
from newsarchive.pages.views import SiteView
from newsarchive.pages.words import iso


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a row of a table."""

    id: str
    """A `urn:uuid:` made from the id of the article, so it changes only with that."""
    address: str
    headline: str
    published: datetime | None
    precision: Precision | None
    modified: datetime | None
    authors: tuple[str, ...]
    section: str | None
    tags: tuple[str, ...]
    source: str
    """The name of the source file: the prefix of its source folder, and its path below."""
    sha256: str | None
    """The SHA-256 of that file's bytes, or of the article's part of it if the file has many
    articles, in hexadecimal digits."""

    @property
    def dates(self) -> dict[str, str | None]:
        """The dates as ISO 8601, under the names of schema.org."""
        published, modified = self.published, self.modified
        return {
            "datePublished": iso(published, self.precision) if published else None,
            "dateModified": iso(modified) if modified else None,
        }


def stored_articles(
    output: Output, series: Series, context: Context, *, with_body: bool
) -> Iterator[StoredArticle]:
    """The articles in one file of a series, oldest first."""
    return context.queries.stored_articles(
        ALL_ARTICLES,
        output.period,
        series.limit,
        with_body=with_body,
        newest_first=False,
        skip=(output.part - 1) * series.limit,
    )


def row_of(stored: StoredArticle, context: Context) -> ArticleRow:
    """The row of an article."""
    fields: dict[str, Any] = stored.fields
    stated = context.visible(stored.collections)
    return ArticleRow(
        id=article_urn(stored.id),
        address=stored.address,
        headline=fields["headline"],
        published=context.local(fields.get("published")),
        precision=fields.get("precision"),
        modified=context.local(fields.get("modified")),
        authors=names(stated, "author"),
        section=next(iter(names(stated, "section")), None),
        tags=names(stated, "tag"),
        source=fields["source"],
        sha256=fields.get("sha256") or context.queries.files.sha256(fields["source"]),
    )


def data_link(address: str, site: SiteView) -> str:
    """The URL of an address of the site; if `[site] base_url` is not set, the address itself,
    percent-encoded. A URL is returned unchanged."""
    return site.url(address) or addresses.quoted(address)
