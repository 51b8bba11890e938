"""The context: what all views are gathered with, and what they have in common."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from newsarchive.catalogue.queries import Entry, Queries
from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.catalogue.statistics import Statistics
from newsarchive.config import Data, Feeds
from newsarchive.model import addresses
from newsarchive.model.addresses import Collection
from newsarchive.model.periods import ALL_TIME, Period, numbered
from newsarchive.model.text import direction
from newsarchive.planning.listings import has_page
from newsarchive.planning.outputs import Scope
from newsarchive.rendering.feed_views import FeedLink, feed_link
from newsarchive.rendering.views import EntryView, Link, PeriodLink, TermView
from newsarchive.tagging.authority import Authority


@dataclass(frozen=True, slots=True)
class Context:
    """The catalogue's answers and the settings that bear on what pages show."""

    queries: Queries
    statistics: Statistics
    zone: tzinfo
    scope: Scope
    feeds: Feeds = field(default_factory=Feeds)
    data: Data = field(default_factory=Data)

    @property
    def page_size(self) -> int:
        """How many articles a page lists at most."""
        return self.scope.page_size

    @classmethod
    def of(
        cls,
        connection: sqlite3.Connection,
        authority: Authority,
        zone: tzinfo,
        scope: Scope,
        feeds: Feeds,
        data: Data,
    ) -> "Context":
        """The context of an archive whose catalogue a connection reads."""
        queries = Queries(connection, authority)
        return cls(queries, Statistics(connection, queries), zone, scope, feeds, data)

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment in the archive's time zone."""
        return moment.astimezone(self.zone) if moment else None

    def entry(self, entry: Entry) -> EntryView:
        """An article as listings show it."""
        said = entry.fields
        return EntryView(
            address=entry.address,
            headline=said["headline"],
            summary=said.get("summary", ""),
            published=self.local(said.get("published")),
            precision=said.get("precision"),
            authors=tuple(said.get("authors", ())),
            section=said.get("section"),
            language=said.get("language"),
            direction=direction(said.get("language"), said["headline"]),
            is_mention=entry.is_mention,
        )

    def shown(self, keys: Iterable[int]) -> list[Collection]:
        """The collections with these keys that are not hidden."""
        collections = map(self.queries.collection, keys)
        return [collection for collection in collections if collection.slug]

    def feeds_of(self, collections: Iterable[Collection]) -> tuple[FeedLink, ...]:
        """The feeds of tags, authors and sections; those of all articles are the site's."""
        return tuple(
            feed_link(addresses.feed(collection, format), format, collection.name)
            for collection in collections
            for format in self.scope.collection_formats
            if collection.key != ALL_ARTICLES
        )

    def ends(self, collection: int) -> tuple[PeriodLink | None, PeriodLink | None]:
        """The first and the last day on which a collection has articles, as pages of those days."""
        ends = self.statistics.ends(collection)
        if ends is None:
            return None, None
        first, last = map(numbered, ends)
        return self.period_link(ALL_ARTICLES, first), self.period_link(ALL_ARTICLES, last)

    def period_link(self, collection: int, period: Period, count: int = 0) -> PeriodLink:
        """A link to a period's page."""
        shown = self.queries.collection(collection)
        return PeriodLink(period, addresses.listing(shown, period), count)

    def paged(self, collection: int, period: Period | None) -> PeriodLink | None:
        """A link to a period's page, None where it has no page of its own."""
        if period is None:
            return None
        count = self.queries.count(collection, period)
        if not has_page(self.queries, collection, period, count, self.page_size):
            return None
        return self.period_link(collection, period)


def links(collections: Iterable[Collection], kind: str) -> tuple[Link, ...]:
    """Links to those of the collections that are of a kind."""
    return tuple(
        Link(one.name, addresses.listing(one, ALL_TIME)) for one in collections if one.kind == kind
    )


def terms(counted: Iterable[tuple[Collection, int]]) -> tuple[TermView, ...]:
    """Links to collections with a number of articles each."""
    return tuple(
        TermView(collection.name, addresses.listing(collection), count)
        for collection, count in counted
    )
