"""What changes make stale, and all that there is."""

from collections import Counter
from collections.abc import Collection as SetOf
from collections.abc import Iterator

from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.model import addresses, periods
from newsarchive.model.changes import Changes, MovedCollection, Place
from newsarchive.model.periods import ALL_TIME, LEAP_YEAR, Period, day_period, periods_of
from newsarchive.planning.feeds import IN_PAGE_SITEMAP, all_feeds, feeds_of, page_sitemaps
from newsarchive.planning.listings import all_listings, listing, listings_of, touched
from newsarchive.planning.outputs import (
    ARCHIVE,
    KINDS,
    LISTED,
    SINGLE,
    Gone,
    Lookups,
    Output,
    Scope,
    Stale,
)
from newsarchive.planning.series import all_series, feed_documents

_OF_ARCHIVE = ("days", "about", "archive-data", "sitemap-index", "news-sitemap", "feed-list")
"""The kinds of single output that show the archive as a whole."""

_HOME = Output("home", addresses.HOME, ALL_ARTICLES)


def plan_everything(
    lookups: Lookups, scope: Scope, kinds: SetOf[str] = KINDS
) -> Iterator[Stale | Gone]:
    """Every output of these kinds, in the order of KINDS."""
    for kind in KINDS:
        if kind in kinds and scope.wants(kind):
            yield from _all_of(kind, lookups, scope, "everything is looked at")


def _all_of(kind: str, lookups: Lookups, scope: Scope, reason: str) -> Iterator[Stale | Gone]:
    match kind:
        case "listing":
            yield from all_listings(lookups, scope.page_size, reason)
        case "feed":
            yield from all_feeds(lookups, scope, reason)
        case "index":
            yield from _indexes(addresses.FOLDERS, reason)
        case _:
            yield from (Stale(output, reason) for output in _all_outputs(kind, lookups, scope))


def _all_outputs(kind: str, lookups: Lookups, scope: Scope) -> Iterator[Output]:
    match kind:
        case "article":
            yield from map(_article, lookups.places())
        case "calendar-day":
            yield from map(_calendar_day, periods.CALENDAR)
        case "calendar-day-script":
            yield from map(_calendar_day_script, lookups.calendar_days())
        case "page-sitemap":
            yield from page_sitemaps(lookups)
        case "former":
            yield from (Output("former", address) for address in lookups.redirect_addresses())
        case "home":
            yield _HOME
        case _ if kind in SINGLE:
            yield Output(kind, SINGLE[kind])
        case _:
            for series in all_series(scope):
                if series.kind == kind:
                    yield from series.newest(lookups)


def plan_changes(changes: Changes, lookups: Lookups, scope: Scope) -> Iterator[Stale | Gone]:
    """The outputs that changes bear on, some perhaps more than once."""
    for step in _bearing_on(changes, lookups, scope):
        if isinstance(step, Gone) or scope.wants(step.output.kind):
            yield step


def _bearing_on(changes: Changes, lookups: Lookups, scope: Scope) -> Iterator[Stale | Gone]:
    taken = {place.address for place in changes.taken}
    for place in changes.taken:
        yield Stale(_article(place), "the article is new or has changed")
    for place in changes.left:
        if place.address not in taken:
            yield Gone(place.address, "the article moved or is no longer there")
    for address in changes.former:
        yield Stale(Output("former", address), "what was here has moved or is no longer there")
    for address in changes.redirects_gone:
        yield Gone(address, "nothing was ever here, or it is to be forgotten")
    yield from _neighbours(changes, lookups)
    for move in changes.moved:
        yield from _moved(move, lookups, scope)
    for key in changes.described:
        why = "something else is said of it, or what it leads to has moved"
        yield from listing(lookups, key, ALL_TIME, scope.page_size, why)
    deltas = _deltas(changes)
    for (collection, period), delta in deltas.items():
        yield from touched(lookups, collection, period, delta, scope.page_size)
    collections = dict.fromkeys(collection for collection, _ in deltas)
    for collection in collections:
        yield from feeds_of(lookups, collection, scope, LISTED)
    kinds = {lookups.collection(key).kind for key in collections} - {"all"}
    yield from _indexes(
        sorted(kinds | {move.kind for move in changes.moved}), "its counts may differ"
    )
    yield from _series(changes, deltas, lookups, scope)
    yield from _withdrawn(changes, lookups, scope)
    yield from _statistics(changes, lookups)


def _deltas(changes: Changes) -> Counter[tuple[int, Period]]:
    """How many more articles than before each collection that changed has in each period."""
    deltas: Counter[tuple[int, Period]] = Counter()
    for step, places in ((-1, changes.left), (1, changes.taken)):
        for place in places:
            for collection in place.collections:
                for period in periods_of(place.day):
                    deltas[collection, period] += step
    return deltas


def _series(
    changes: Changes, deltas: Counter[tuple[int, Period]], lookups: Lookups, scope: Scope
) -> Iterator[Stale | Gone]:
    """The files that hold the articles of a period."""
    days = sorted({place.day for place in changes.left + changes.taken})
    for series in all_series(scope):
        first_days: dict[Period, int] = {}
        for day in days:
            first_days.setdefault(series.period_of(day), day)
        for period, day in first_days.items():
            delta = deltas[ALL_ARTICLES, period]
            yield from series.changed(lookups, period, day, delta, LISTED)


def _withdrawn(changes: Changes, lookups: Lookups, scope: Scope) -> Iterator[Stale]:
    """The Atom feeds that tell, or no longer tell, of an article that was withdrawn."""
    months = dict.fromkeys(map(addresses.month_of_article, changes.former + changes.redirects_gone))
    reason = "an article was withdrawn or is back"
    if any(months) and "atom" in scope.archive_formats:
        address = addresses.feed(ARCHIVE, "atom")
        yield Stale(Output("feed", address, ALL_ARTICLES, variant="atom"), reason)
    series = feed_documents("atom")
    for month in filter(None, months if "atom" in scope.history_formats else ()):
        if last := series.parts(lookups, month):
            yield Stale(series.output(month, last), reason)


def _statistics(changes: Changes, lookups: Lookups) -> Iterator[Stale | Gone]:
    """What shows the archive as a whole, or a day of the calendar."""
    places = changes.left + changes.taken
    if not places and not changes.moved:
        return
    for day in sorted({place.day for place in places}):
        period = day_period(day)
        if not period.undated:
            of_calendar = Period(LEAP_YEAR, period.month, period.day)
            yield Stale(_calendar_day(of_calendar), LISTED)
            script = _calendar_day_script(of_calendar)
            is_there = lookups.in_all_years(period.month, period.day)
            yield Stale(script, LISTED) if is_there else Gone(script.address, LISTED)
    why = "the archive has changed"
    for kind in _OF_ARCHIVE:
        yield Stale(Output(kind, SINGLE[kind]), why)
    sitemaps = list(page_sitemaps(lookups))
    yield from (Stale(output, why) for output in sitemaps)
    if changes.moved:
        last = len(sitemaps)
        for part in range(last + 1, last + 2 + len(changes.moved) // IN_PAGE_SITEMAP):
            yield Gone(addresses.page_sitemap(part), why)
    yield Stale(_HOME, why)


def _calendar_day(day: Period) -> Output:
    return Output("calendar-day", addresses.calendar_day(day.month, day.day), period=day)


def _calendar_day_script(day: Period) -> Output:
    address = addresses.calendar_day(day.month, day.day, ".js")
    return Output("calendar-day-script", address, period=day)


def _neighbours(changes: Changes, lookups: Lookups) -> Iterator[Stale]:
    for place in changes.left + changes.taken:
        for key in dict.fromkeys(lookups.later(place)):
            yield Stale(_article(lookups.place(key)), "its earlier coverage may have changed")
        for key in filter(None, lookups.neighbours(place.day, place.moment, place.id)):
            yield Stale(_article(lookups.place(key)), "the article before or after it has changed")


def _moved(move: MovedCollection, lookups: Lookups, scope: Scope) -> Iterator[Stale | Gone]:
    if move.slug_before:
        folder = addresses.collection_folder(move.kind, move.slug_before)
        yield Gone(folder, f"the {move.kind} moved or has no articles any more")
    if move.slug_after:
        reason = f"the {move.kind} {'moved' if move.slug_before else 'is new'}"
        yield from listings_of(lookups, move.key, scope.page_size, reason)
        yield from feeds_of(lookups, move.key, scope, reason)


def _article(place: Place | None) -> Output:
    assert place is not None, "a key from the catalogue stands for a published article"
    return Output("article", place.address, place.key)


def _indexes(kinds: SetOf[str], reason: str) -> Iterator[Stale]:
    for kind in kinds:
        yield Stale(Output("index", addresses.index(kind), variant=kind), reason)
