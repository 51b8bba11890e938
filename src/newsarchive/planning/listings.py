"""Listings: which of them exist, and what becomes of them when articles come and go."""

from collections.abc import Iterator

from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.model import addresses
from newsarchive.model.periods import ALL_TIME, Period
from newsarchive.planning.outputs import LISTED, Gone, Lookups, Output, Stale


def fits(count: int, page_size: int) -> bool:
    """Whether a listing shows all of so many articles on one page."""
    return count <= page_size


def has_page(lookups: Lookups, collection: int, period: Period, count: int, page_size: int) -> bool:
    """Whether a listing exists: every period of all articles has one, other collections divide
    only what does not fit."""
    if collection == ALL_ARTICLES:
        return count > 0 or period == ALL_TIME
    if count == 0 or period.parent is None:
        return count > 0
    return not fits(lookups.count(collection, period.parent), page_size)


def parts(period: Period, count: int, page_size: int) -> int:
    """How many pages a listing takes: only what has no shorter periods is split."""
    if period.kind not in ("day", "undated"):
        return 1
    return max(1, -(-count // page_size))


def all_listings(lookups: Lookups, page_size: int, reason: str) -> Iterator[Stale | Gone]:
    """Every listing there is."""
    yield from listings_of(lookups, ALL_ARTICLES, page_size, reason)
    for collection, _ in lookups.collections():
        if collection.key != ALL_ARTICLES:
            yield from listings_of(lookups, collection.key, page_size, reason)


def listings_of(
    lookups: Lookups, collection: int, page_size: int, reason: str
) -> Iterator[Stale | Gone]:
    """The listings of a collection, of all its periods."""
    waiting = [ALL_TIME]
    while waiting:
        period = waiting.pop()
        yield from listing(lookups, collection, period, page_size, reason)
        if collection == ALL_ARTICLES or not fits(lookups.count(collection, period), page_size):
            waiting += [shorter for shorter, _ in lookups.sub_periods(collection, period)]


def touched(
    lookups: Lookups, collection: int, period: Period, delta: int, page_size: int
) -> Iterator[Stale | Gone]:
    """What follows when articles of a collection came, went or changed in a period, so that it has
    `delta` more than before."""
    after = lookups.count(collection, period)
    before = after - delta
    yield from listing(lookups, collection, period, page_size, LISTED, before)
    if (before == 0) != (after == 0):
        for near in filter(None, lookups.nearest(collection, period)):
            why = "the period beside it appeared or vanished"
            yield from listing(lookups, collection, near, page_size, why)
    if fits(before, page_size) != fits(after, page_size) and collection != ALL_ARTICLES:
        why = "the longer period was divided or no longer is"
        for sub_period, _ in lookups.sub_periods(collection, period):
            for near in filter(None, (sub_period, *lookups.nearest(collection, sub_period))):
                yield from listing(lookups, collection, near, page_size, why)


def listing(
    lookups: Lookups,
    collection: int,
    period: Period,
    page_size: int,
    reason: str,
    count_before: int = 0,
) -> Iterator[Stale | Gone]:
    """The pages of a listing: stale where they exist, gone where they do not."""
    if collection == ALL_ARTICLES and period == ALL_TIME:
        return  # that is the home page
    shown = lookups.collection(collection)
    if not shown.slug and collection != ALL_ARTICLES:
        return  # the whole folder of a collection that is hidden or has no articles is gone
    count = lookups.count(collection, period)
    exists = has_page(lookups, collection, period, count, page_size)
    now = parts(period, count, page_size) if exists else 0
    for part in range(1, max(now, parts(period, count_before, page_size)) + 1):
        address = addresses.listing(shown, period, part)
        if part <= now:
            yield Stale(Output("listing", address, collection, period, part), reason)
        else:
            yield Gone(address, reason)
