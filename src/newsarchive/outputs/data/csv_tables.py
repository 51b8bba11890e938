"""The articles of each year as CSV (RFC 4180)."""

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Self

from newsarchive.outputs.context import Context
from newsarchive.outputs.data.rows import ArticleRow, row_of, stored_articles
from newsarchive.outputs.kind import Marker, Output, Settings
from newsarchive.outputs.series import Series, SeriesKind

COLUMNS = (
    *("id", "address", "headline", "datePublished", "dateModified"),
    *("author", "articleSection", "keywords", "source", "sha256"),
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read a cell as a formula."""


@dataclass(frozen=True)
class CsvTables(SeriesKind):
    """The articles of a year or of the undated shelf, one in each row."""

    name = "articles-table"
    markers = (Marker(".csv", b"id,address,headline,datePublished,", is_first=True),)

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        if not settings.config.data.publish:
            return None
        return cls(Series(cls.name, "articles", "csv", "year", settings.limits.csv))

    def render(self, output: Output, context: Context) -> bytes:
        text = StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for stored in stored_articles(output, self.series, context, with_body=False):
            writer.writerow(cells(row_of(stored, context)))
        return text.getvalue().encode()


def cells(article: ArticleRow) -> list[str]:
    """The cells of an article, in the order of COLUMNS."""
    values = {
        "id": article.id,
        "address": article.address,
        "headline": article.headline,
        **article.dates,
        "author": "; ".join(article.authors),
        "articleSection": article.section,
        "keywords": "; ".join(article.tags),
        "source": article.source,
        "sha256": article.sha256,
    }
    return [_cell(values[column] or "") for column in COLUMNS]


def _cell(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would read it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
