"""Feeds and sitemaps that are not of one period: which there are."""

from collections.abc import Iterator

from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.model import addresses
from newsarchive.planning.outputs import Lookups, Output, Scope, Stale

IN_PAGE_SITEMAP = 20_000
"""How many tags, authors and sections a sitemap lists at most."""


def all_feeds(lookups: Lookups, scope: Scope, reason: str) -> Iterator[Stale]:
    """Every feed that can be subscribed to."""
    yield from feeds_of(lookups, ALL_ARTICLES, scope, reason)
    if scope.collection_formats:
        for collection, _ in lookups.collections():
            if collection.key != ALL_ARTICLES:
                yield from feeds_of(lookups, collection.key, scope, reason)


def feeds_of(lookups: Lookups, collection: int, scope: Scope, reason: str) -> Iterator[Stale]:
    """The feeds of a collection."""
    is_archive = collection == ALL_ARTICLES
    shown = lookups.collection(collection)
    if not shown.slug and not is_archive:
        return  # the whole folder of a collection that is hidden or has no articles is gone
    for format in scope.archive_formats if is_archive else scope.collection_formats:
        address = addresses.feed(shown, format)
        yield Stale(Output("feed", address, collection, variant=format), reason)


def page_sitemaps(lookups: Lookups) -> Iterator[Output]:
    """The sitemaps of what is of no month: first one of the archive's own pages, then those of
    tags, authors and sections."""
    parts = 1 + -(-lookups.number_of_collections() // IN_PAGE_SITEMAP)
    for part in range(1, parts + 1):
        yield Output("page-sitemap", addresses.page_sitemap(part), part=part)
