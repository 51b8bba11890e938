"""The history of the feeds of all articles: documents by month (RFC 5005, section 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from newsarchive.catalogue.article_queries import StoredArticle
from newsarchive.catalogue.schema import LAST_CHARACTER
from newsarchive.model.collection import ALL_ARTICLES, ARCHIVE
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.feeds.content import Contents
from newsarchive.outputs.feeds.formats import SUFFIXES, feed_address
from newsarchive.outputs.feeds.views import HistoryView
from newsarchive.outputs.feeds.writing import MARKERS, written
from newsarchive.outputs.kind import Gone, Kind, Output, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.outputs.series import Series

WITHDRAWN = "an article was withdrawn or is back"
"""The reason why a feed that lists withdrawn articles is stale."""


@dataclass(frozen=True)
class FeedDocuments(Kind):
    """The documents of the history: a series of months for each format."""

    name = "feed-document"
    markers = MARKERS
    weight = 50

    contents: Contents
    series: dict[str, Series]
    """The series of each format."""

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        limit = settings.limits.feed_document
        series = {
            format: Series(
                cls.name, "feed", SUFFIXES[format], "month", limit, format, is_chained=True
            )
            for format in settings.history_formats
        }
        return cls(Contents.of(settings), series) if series else None

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        for series in self.series.values():
            yield from series.all(queries)

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        for series in self.series.values():
            yield from series.stale(changed, queries)
        if atom := self.series.get("atom"):
            for month in changed.months_of_old_addresses:
                if last := atom.parts(queries, month):
                    yield Stale(atom.output(month, last), WITHDRAWN)

    def render(self, output: Output, context: Context) -> bytes:
        series, queries = self.series[output.variant], context.queries
        period, part = output.period, output.part
        before = series.before(queries, period, part)
        after = series.after(queries, period, part)
        history = HistoryView(
            feed_address(ARCHIVE, output.variant),
            before.address if before else None,
            after.address if after else None,
            # Only the newest document may get new articles.
            is_closed=after is not None,
        )
        is_last = part == series.parts(queries, period)
        view = self.contents.view(
            output,
            context,
            self.articles(output, context),
            withdrawn_in=(period.folder, period.folder + LAST_CHARACTER) if is_last else None,
            history=history,
        )
        return written(view, context)

    def articles(self, output: Output, context: Context) -> list[StoredArticle]:
        """The articles of a document, newest first."""
        limit = self.series[output.variant].limit
        stored = self.contents.articles(
            context,
            ALL_ARTICLES,
            output.period,
            limit,
            newest_first=False,
            skip=(output.part - 1) * limit,
        )
        return list(stored)[::-1]
