"""Feeds to subscribe to: the newest articles of the archive, or of a tag, author or section."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from newsarchive.catalogue.article_queries import StoredArticle
from newsarchive.catalogue.schema import LAST_CHARACTER
from newsarchive.model.collection import ALL_ARTICLES, ARCHIVE
from newsarchive.model.periods import ALL_TIME, UNDATED
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.feeds.content import Contents
from newsarchive.outputs.feeds.documents import WITHDRAWN, FeedDocuments
from newsarchive.outputs.feeds.formats import feed_address
from newsarchive.outputs.feeds.views import FeedView, HistoryView
from newsarchive.outputs.feeds.writing import MARKERS, written
from newsarchive.outputs.kind import LISTED, Gone, Kind, Output, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries


@dataclass(frozen=True)
class Feeds(Kind):
    """The feeds to subscribe to."""

    name = "feed"
    markers = MARKERS

    contents: Contents
    entries: int
    """The most articles in a feed. A feed with a history may have more."""
    archive_formats: tuple[str, ...]
    """The formats of the feeds of all articles."""
    collection_formats: tuple[str, ...]
    """The formats of the feeds of tags, authors and sections."""
    documents: FeedDocuments | None
    """The history of the feeds of all articles."""

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        if not settings.has_feeds:
            return None
        feeds = settings.config.feeds
        return cls(
            Contents.of(settings),
            feeds.entries,
            feeds.formats,
            feeds.collection_formats,
            FeedDocuments.of(settings),
        )

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        yield from self._feeds_of(ALL_ARTICLES, queries)
        if self.collection_formats:
            for collection, _ in queries.collections():
                if collection.key != ALL_ARTICLES:
                    yield from self._feeds_of(collection.key, queries)

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        for move in changed.changes.moved:
            if move.slug_after:
                reason = f"the {move.kind} {'moved' if move.slug_before else 'is new'}"
                for output in self._feeds_of(move.key, queries):
                    yield Stale(output, reason)
        for collection in changed.collections:
            for output in self._feeds_of(collection, queries):
                yield Stale(output, LISTED)
        if changed.months_of_old_addresses and "atom" in self.archive_formats:
            yield Stale(self._feed(ALL_ARTICLES, feed_address(ARCHIVE, "atom"), "atom"), WITHDRAWN)

    def _feeds_of(self, key: int, queries: PlanQueries) -> Iterator[Output]:
        """The feeds of a collection; none if it is hidden or has no articles."""
        collection = queries.collection(key)
        is_archive = key == ALL_ARTICLES
        if not collection.slug and not is_archive:
            return
        for format in self.archive_formats if is_archive else self.collection_formats:
            yield self._feed(key, feed_address(collection, format), format)

    def _feed(self, key: int, address: str, format: str) -> Output:
        return Output(self.name, address, key, variant=format)

    def render(self, output: Output, context: Context) -> bytes:
        return written(self._view(output, context), context)

    def _view(self, output: Output, context: Context) -> FeedView:
        documents = self.documents if output.key == ALL_ARTICLES else None
        if documents and output.variant in documents.series:
            return self._view_with_history(output, context, documents)
        stored = self.contents.articles(
            context, output.key, ALL_TIME, self.entries, newest_first=True
        )
        return self.contents.view(output, context, stored, hub=self.contents.hub)

    def _view_with_history(
        self, output: Output, context: Context, documents: FeedDocuments
    ) -> FeedView:
        """The contents of the feed of all articles, with a link to its history.

        The feed holds as many of the newest documents as are needed for `entries` articles, and
        links to the document before them. So a feed reader that follows the history back gets each
        article once.
        """
        series = documents.series[output.variant]
        held: list[StoredArticle] = []
        first: Output | None = None
        for document in series.all(context.queries):
            if len(held) >= self.entries:
                break
            held += documents.articles(document, context)
            first = document
        before = series.before(context.queries, first.period, first.part) if first else None
        history = HistoryView(output.address, before.address if before else None)
        # The undated shelf comes before all months, but its address sorts after theirs.
        is_of_months = first and before and not first.period.undated
        span = (
            (first.period.folder, UNDATED.folder)
            if first and is_of_months
            else ("", LAST_CHARACTER)
        )
        return self.contents.view(
            output,
            context,
            held,
            withdrawn_in=span,
            history=history,
            hub=self.contents.hub,
        )
