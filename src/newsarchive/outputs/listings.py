"""Listings: a collection in a period. This module finds the listings that exist and those that are
stale; `listing_view.py` makes their contents."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.changes import MovedCollection
from newsarchive.model.collection import ALL_ARTICLES, collection_folder
from newsarchive.model.periods import ALL_TIME, Period
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.data.links import DataLinks
from newsarchive.outputs.kind import LISTED, Gone, Output, PageKind, Settings, Stale
from newsarchive.outputs.listing_view import ListingView, ListingViews
from newsarchive.outputs.paging import Paging
from newsarchive.outputs.plan_queries import PlanQueries


@dataclass(frozen=True)
class Listings(PageKind):
    """The listing of each collection in each period that has a page."""

    name = "listing"
    template = "listing.html"
    view_type = ListingView

    paging: Paging
    feed_formats: tuple[str, ...]
    """The formats of the feeds of tags, authors and sections."""
    data: DataLinks | None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            Paging(settings.config.build.page_size),
            settings.config.feeds.collection_formats,
            DataLinks.of(settings),
        )

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        yield from self._all_of(ALL_ARTICLES, queries)
        for collection, _ in queries.collections():
            if collection.key != ALL_ARTICLES:
                yield from self._all_of(collection.key, queries)

    def _all_of(self, collection: int, queries: PlanQueries) -> Iterator[Output]:
        """The listings of a collection in all its periods."""
        waiting = [ALL_TIME]
        while waiting:
            period = waiting.pop()
            for step in self._pages(collection, period, "", queries):
                if isinstance(step, Stale):
                    yield step.output
            count = queries.count(collection, period)
            if collection == ALL_ARTICLES or not self.paging.fits(count):
                waiting += [shorter for shorter, _ in queries.sub_periods(collection, period)]

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        for move in changed.changes.moved:
            yield from self._moved(move, queries)
        for key in changed.changes.described:
            why = "its description or its related tags have changed"
            yield from self._pages(key, ALL_TIME, why, queries)
        for (collection, period), delta in changed.deltas.items():
            yield from self._changed(collection, period, delta, queries)

    def _moved(self, move: MovedCollection, queries: PlanQueries) -> Iterator[Stale | Gone]:
        if move.slug_before:
            folder = collection_folder(move.kind, move.slug_before)
            yield Gone(folder, f"the {move.kind} moved or has no articles any more")
        if move.slug_after:
            reason = f"the {move.kind} {'moved' if move.slug_before else 'is new'}"
            for output in self._all_of(move.key, queries):
                yield Stale(output, reason)

    def _changed(
        self, collection: int, period: Period, delta: int, queries: PlanQueries
    ) -> Iterator[Stale | Gone]:
        """The listings that a change in a period affects. The period has `delta` articles more than
        before."""
        after = queries.count(collection, period)
        before = after - delta
        yield from self._pages(collection, period, LISTED, queries, before)
        if (before == 0) != (after == 0):
            for near in filter(None, queries.nearest(collection, period)):
                why = "the period beside it appeared or vanished"
                yield from self._pages(collection, near, why, queries)
        if self.paging.fits(before) != self.paging.fits(after) and collection != ALL_ARTICLES:
            why = "the longer period was divided or no longer is"
            for shorter, _ in queries.sub_periods(collection, period):
                for near in filter(None, (shorter, *queries.nearest(collection, shorter))):
                    yield from self._pages(collection, near, why, queries)

    def _pages(
        self,
        collection: int,
        period: Period,
        reason: str,
        queries: PlanQueries,
        count_before: int = 0,
    ) -> Iterator[Stale | Gone]:
        """The pages of a listing: stale if they exist, gone if they do not."""
        if collection == ALL_ARTICLES and period == ALL_TIME:
            return  # the home page
        shown = queries.collection(collection)
        if not shown.slug and collection != ALL_ARTICLES:
            return  # hidden or without articles: `_moved` removes the whole folder
        count = queries.count(collection, period)
        exists = self.paging.has_page(queries, collection, period, count)
        now = self.paging.parts(period, count) if exists else 0
        for part in range(1, max(now, self.paging.parts(period, count_before)) + 1):
            address = addresses.listing(shown, period, part)
            if part <= now:
                yield Stale(Output(self.name, address, collection, period, part), reason)
            else:
                yield Gone(address, reason)

    def view(self, output: Output, context: Context) -> ListingView:
        return ListingViews(context, self.paging, self.feed_formats, self.data).view(output)
