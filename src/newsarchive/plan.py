"""Plan: from what has changed to the outputs that are stale, each with its reason.

Pure functions over the catalogue's answers: no file is looked at and no page is made here. The
plan may name an output that turns out the same; it must never leave one out that would differ.
"""

from collections import Counter
from collections.abc import Collection as SetOf
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from newsarchive import addresses, periods
from newsarchive.addresses import Collection
from newsarchive.catalogue.changes import LISTED_CHANGES, Changes, MovedCollection, Place
from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.periods import (
    ALL_TIME,
    LEAP_YEAR,
    Period,
    day_period,
    periods_of,
)

SINGLE = {
    "calendar": addresses.CALENDAR,
    "days": addresses.DAYS,
    "search": addresses.SEARCH,
    "about": addresses.ABOUT,
    "not-found": addresses.NOT_FOUND,
}
"""The kinds of which there is one, and its address."""

HEADLINES = 1_000
"""How many headlines of the undated shelf are in one file."""

KINDS = (
    *("article", "listing", "index", "calendar-day", "feed", "headlines", "calendar-day-script"),
    *(*SINGLE, "former", "home"),
)
"""The kinds of planned output, in the order in which new ones are published: the entrance last."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its address and what it shows."""

    kind: str
    address: str
    key: int = 0
    """The article, or the collection of a listing or feed."""
    period: Period = ALL_TIME
    part: int = 1
    """The part of a long day, from 1."""
    of_kind: str = ""
    """The kind of collection that an index lists."""

    @property
    def producer(self) -> str:
        """What is shown, by a name that no other output has."""
        if self.kind == "article":
            return f"article {self.key}"
        return f"{self.kind} {self.of_kind}{self.key} {self.period.number} {self.part}"


@dataclass(frozen=True, slots=True)
class Stale:
    """An output to look at, and why."""

    output: Output
    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An address, or with a slash at its end a folder, that nothing is published at any more."""

    address: str
    reason: str


class Lookups(Protocol):
    """What planning asks of the catalogue."""

    def collection(self, key: int, /) -> Collection:
        """The collection with this key."""

    def collections(self, kind: str | None = None, /) -> Iterator[tuple[Collection, int]]:
        """The collections that have pages."""

    def count(self, collection: int, period: Period, /) -> int:
        """How many articles a collection has in a period."""

    def sub_periods(self, collection: int, period: Period, /) -> list[tuple[Period, int]]:
        """The next shorter periods that have articles."""

    def nearest(self, collection: int, period: Period, /) -> tuple[Period | None, Period | None]:
        """The nearest earlier and later period that has articles."""

    def neighbours(self, day: int, moment: int, id: str, /) -> tuple[int | None, int | None]:
        """The articles before and after a place."""

    def place(self, key: int, /) -> Place | None:
        """Where an article stands."""

    def places(self) -> Iterator[Place]:
        """Where all articles stand."""

    def calendar_days(self) -> list[Period]:
        """The days of the calendar that have articles in some year, as days of LEAP_YEAR."""

    def in_all_years(self, month: int, day: int, /) -> list[tuple[Period, int]]:
        """The days of all years with this month and day that have articles."""

    def later(self, place: Place, /) -> Iterator[int]:
        """The articles that may show the one at a place as earlier coverage."""

    def former_addresses(self) -> Iterator[str]:
        """The addresses that answer with where their page is now."""


_HOME = Output("home", addresses.HOME, ALL_ARTICLES)


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


def plan_everything(
    lookups: Lookups, page_size: int, kinds: SetOf[str] = KINDS
) -> Iterator[Stale | Gone]:
    """Every output of these kinds, in the order of KINDS."""
    for kind in KINDS:
        if kind in kinds:
            yield from _all_of(kind, lookups, page_size, "everything is looked at")


def _all_of(kind: str, lookups: Lookups, page_size: int, reason: str) -> Iterator[Stale | Gone]:
    match kind:
        case "listing" | "feed":
            yield from _all_periods(lookups, ALL_ARTICLES, page_size, kind, reason)
            for collection, _ in lookups.collections():
                if collection.key != ALL_ARTICLES:
                    yield from _all_periods(lookups, collection.key, page_size, kind, reason)
        case "index":
            yield from _indexes(addresses.FOLDERS, reason)
        case "headlines":
            yield from _all_headlines(lookups, reason)
        case _:
            yield from (Stale(output, reason) for output in _all_outputs(kind, lookups))


def _all_outputs(kind: str, lookups: Lookups) -> Iterator[Output]:
    match kind:
        case "article":
            yield from map(_article, lookups.places())
        case "calendar-day":
            yield from map(_calendar_day, periods.CALENDAR)
        case "calendar-day-script":
            yield from map(_calendar_day_script, lookups.calendar_days())
        case "former":
            yield from (Output("former", address) for address in lookups.former_addresses())
        case "home":
            yield _HOME
        case _:
            yield Output(kind, SINGLE[kind])


def plan_changes(changes: Changes, lookups: Lookups, page_size: int) -> Iterator[Stale | Gone]:
    """The outputs that changes bear on, some perhaps more than once."""
    taken = {place.address for place in changes.taken}
    for place in changes.taken:
        yield Stale(_article(place), "the article is new or has changed")
    for place in changes.left:
        if place.address not in taken:
            yield Gone(place.address, "the article moved or is no longer there")
    for address in changes.former:
        yield Stale(Output("former", address), "what was here has moved or is no longer there")
    for address in changes.former_gone:
        yield Gone(address, "nothing was ever here, or it is to be forgotten")
    yield from _neighbours(changes, lookups)
    for move in changes.moved:
        yield from _moved(move, lookups, page_size)
    for key in changes.described:
        why = "something else is said of it, or what it leads to has moved"
        yield from _listing(lookups, key, ALL_TIME, page_size, "listing", why)
    deltas: Counter[tuple[int, Period]] = Counter()
    for step, places in ((-1, changes.left), (1, changes.taken)):
        for place in places:
            for collection in place.collections:
                for period in periods_of(place.day):
                    deltas[collection, period] += step
    for (collection, period), delta in deltas.items():
        yield from _touched(lookups, collection, period, delta, page_size)
    collections = {collection for collection, _ in deltas} - {ALL_ARTICLES}
    kinds = {lookups.collection(key).kind for key in collections}
    yield from _indexes(
        sorted(kinds | {move.kind for move in changes.moved}), "its counts may differ"
    )
    yield from _overviews(changes, lookups)


def _touched(
    lookups: Lookups, collection: int, period: Period, delta: int, page_size: int
) -> Iterator[Stale | Gone]:
    """What follows when articles of a collection came, went or changed in a period."""
    after = lookups.count(collection, period)
    before = after - delta
    reason = "an article in it is new, has changed or is gone"
    for kind in ("listing", "feed"):
        yield from _listing(lookups, collection, period, page_size, kind, reason, before)
    if (before == 0) != (after == 0):
        for near in filter(None, lookups.nearest(collection, period)):
            why = "the period beside it appeared or vanished"
            yield from _listing(lookups, collection, near, page_size, "listing", why)
    if fits(before, page_size) != fits(after, page_size) and collection != ALL_ARTICLES:
        why = "the longer period was divided or no longer is"
        for sub_period, _ in lookups.sub_periods(collection, period):
            for near in filter(None, (sub_period, *lookups.nearest(collection, sub_period))):
                for kind in ("listing", "feed"):
                    yield from _listing(lookups, collection, near, page_size, kind, why)


def _overviews(changes: Changes, lookups: Lookups) -> Iterator[Stale | Gone]:
    """What shows the archive as a whole, or a day of the calendar or the headlines of a month."""
    places = changes.left + changes.taken
    if not places and not changes.moved:
        return
    reason = "an article in it is new, has changed or is gone"
    for day in sorted({place.day for place in places}):
        period = day_period(day)
        if not period.undated:
            of_calendar = Period(LEAP_YEAR, period.month, period.day)
            yield Stale(_calendar_day(of_calendar), reason)
            script = _calendar_day_script(of_calendar)
            is_there = lookups.in_all_years(period.month, period.day)
            yield Stale(script, reason) if is_there else Gone(script.address, reason)
        month = period if period.undated else Period(period.year, period.month)
        yield from _headlines(lookups, month)
    for kind in ("days", "about"):
        yield Stale(Output(kind, SINGLE[kind]), "the archive has changed")
    yield Stale(_HOME, "the archive has changed")


def _calendar_day(day: Period) -> Output:
    return Output("calendar-day", addresses.calendar_day(day.month, day.day), period=day)


def _calendar_day_script(day: Period) -> Output:
    address = addresses.calendar_day(day.month, day.day, ".js")
    return Output("calendar-day-script", address, period=day)


def _all_headlines(lookups: Lookups, reason: str) -> Iterator[Stale | Gone]:
    for longer, _ in lookups.sub_periods(ALL_ARTICLES, ALL_TIME):
        shorter = [month for month, _ in lookups.sub_periods(ALL_ARTICLES, longer)]
        for period in [longer] if longer.undated else shorter:
            yield from _headlines(lookups, period, reason)


def headline_parts(lookups: Lookups, period: Period) -> int:
    """How many files the headlines of a month, or of the undated shelf, take."""
    count = lookups.count(ALL_ARTICLES, period)
    return -(-count // HEADLINES) if period.undated else min(count, 1)


def _headlines(
    lookups: Lookups, period: Period, reason: str = "an article in it has changed"
) -> Iterator[Stale | Gone]:
    now = headline_parts(lookups, period)
    for part in range(1, now + 1):
        address = addresses.headlines(period, part)
        yield Stale(Output("headlines", address, ALL_ARTICLES, period, part), reason)
    # What a build takes away at once may have been more than one part.
    last = now + LISTED_CHANGES // HEADLINES + 1 if period.undated else 1
    for part in range(now + 1, last + 1):
        yield Gone(addresses.headlines(period, part), reason)


def _neighbours(changes: Changes, lookups: Lookups) -> Iterator[Stale]:
    for place in changes.left + changes.taken:
        for key in dict.fromkeys(lookups.later(place)):
            yield Stale(_article(lookups.place(key)), "its earlier coverage may have changed")
        for key in filter(None, lookups.neighbours(place.day, place.moment, place.id)):
            yield Stale(_article(lookups.place(key)), "the article before or after it has changed")


def _moved(move: MovedCollection, lookups: Lookups, page_size: int) -> Iterator[Stale | Gone]:
    if move.slug_before:
        folder = addresses.collection_folder(move.kind, move.slug_before)
        yield Gone(folder, f"the {move.kind} moved or has no articles any more")
    if move.slug_after:
        reason = f"the {move.kind} {'moved' if move.slug_before else 'is new'}"
        for kind in ("listing", "feed"):
            yield from _all_periods(lookups, move.key, page_size, kind, reason)


def _all_periods(
    lookups: Lookups, collection: int, page_size: int, kind: str, reason: str
) -> Iterator[Stale | Gone]:
    waiting = [ALL_TIME]
    while waiting:
        period = waiting.pop()
        yield from _listing(lookups, collection, period, page_size, kind, reason)
        if collection == ALL_ARTICLES or not fits(lookups.count(collection, period), page_size):
            waiting += [shorter for shorter, _ in lookups.sub_periods(collection, period)]


def _listing(
    lookups: Lookups,
    collection: int,
    period: Period,
    page_size: int,
    kind: str,
    reason: str,
    count_before: int = 0,
) -> Iterator[Stale | Gone]:
    """The pages or the feed of a listing: stale where it exists, gone where it does not."""
    is_home = collection == ALL_ARTICLES and period == ALL_TIME
    if (kind == "feed" and period.kind == "day") or (kind == "listing" and is_home):
        return
    shown = lookups.collection(collection)
    if not shown.slug and collection != ALL_ARTICLES:
        return  # the whole folder of a collection that is hidden or has no articles is gone
    count = lookups.count(collection, period)
    exists = has_page(lookups, collection, period, count, page_size)
    if kind == "feed":
        address = addresses.feed(shown, period)
        output = Output("feed", address, collection, period)
        yield Stale(output, reason) if exists else Gone(address, reason)
        return
    now = parts(period, count, page_size) if exists else 0
    for part in range(1, max(now, parts(period, count_before, page_size)) + 1):
        address = addresses.listing(shown, period, part)
        if part <= now:
            yield Stale(Output(kind, address, collection, period, part), reason)
        else:
            yield Gone(address, reason)


def _article(place: Place | None) -> Output:
    assert place is not None, "a key from the catalogue stands for a published article"
    return Output("article", place.address, place.key)


def _indexes(kinds: SetOf[str], reason: str) -> Iterator[Stale]:
    for kind in kinds:
        yield Stale(Output("index", addresses.index(kind), of_kind=kind), reason)
