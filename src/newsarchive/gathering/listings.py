"""What listings show: a collection in a period; and the pages of all tags, authors and sections."""

import unicodedata
from itertools import groupby

from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.gathering.charts import by_year, calendars, histogram
from newsarchive.gathering.context import Context, links, terms
from newsarchive.gathering.data import data_links
from newsarchive.model import addresses
from newsarchive.model.addresses import Collection
from newsarchive.model.periods import ALL_TIME, UNDATED, Period
from newsarchive.model.text import identity
from newsarchive.planning.listings import fits, parts
from newsarchive.planning.outputs import Output
from newsarchive.rendering.chart_views import HistogramView
from newsarchive.rendering.views import (
    EntryView,
    GroupView,
    IndexView,
    LetterView,
    Link,
    ListingView,
    PeriodLink,
)
from newsarchive.tagging.authority import Tag, unaccented

LATEST = 20
"""How many articles a listing shows that has too many for one page."""

_FEW = 10
"""Below so many articles a tag, author or section needs neither a histogram nor headings."""

_MONTHS_OF_COLLECTION = 240
_COMPANIONS = 8
_LEAST_TOGETHER = 2


def listing_view(context: Context, output: Output) -> ListingView:
    """A collection in a period."""
    key, period = output.key, output.period
    collection = context.queries.collection(key)
    count = context.queries.count(key, period)
    in_parts = parts(period, count, context.page_size)
    is_complete = fits(count, context.page_size) or in_parts > 1
    previous, following = context.queries.nearest(key, period)
    divides = key == ALL_ARTICLES or not fits(count, context.page_size)
    sub_periods = context.queries.sub_periods(key, period) if divides else []
    is_whole = key != ALL_ARTICLES and period == ALL_TIME
    tag = _laid_down(context, collection) if is_whole else None
    first, last = context.ends(key) if is_whole else (None, None)
    is_of_days = period.kind in ("year", "month") and key == ALL_ARTICLES
    return ListingView(
        address=output.address,
        identity=None if key == ALL_ARTICLES else _named(collection),
        kind=collection.kind,
        name=collection.name,
        period=period,
        count=count if in_parts == 1 else None,
        groups=_groups(context, output, count, is_complete=is_complete),
        is_complete=is_complete,
        sub_periods=tuple(context.period_link(key, *shorter) for shorter in sub_periods),
        parents=_parents(collection, period),
        index=None if key == ALL_ARTICLES else addresses.index(collection.kind),
        previous=context.paged(key, previous),
        next=context.paged(key, following),
        part=output.part,
        previous_part=_part(collection, period, output.part - 1, in_parts),
        next_part=_part(collection, period, output.part + 1, in_parts),
        feeds=context.feeds_of([collection]),
        description=tag.description if tag else "",
        see_also=_see_also(context, tag) if tag else (),
        histogram=_histogram(context, collection, period, count),
        calendars=calendars(context, period) if is_of_days else (),
        first=first,
        last=last,
        companions=terms(context.statistics.companions(key, _LEAST_TOGETHER, _COMPANIONS))
        if is_whole
        else (),
        in_all_years=addresses.calendar_day(period.month, period.day) if period.day else None,
        data=data_links(context, period) if key == ALL_ARTICLES else (),
    )


def _named(collection: Collection) -> str:
    return f"{collection.kind} {identity(collection.name)}"


def _groups(
    context: Context, output: Output, count: int, *, is_complete: bool
) -> tuple[GroupView, ...]:
    """The articles of a listing: those of a month by day, and where there are many those of a
    year by month and of all time by year."""
    period = output.period
    if period.kind in ("day", "undated"):
        skip = (output.part - 1) * context.page_size
        found = context.queries.earliest(output.key, period, context.page_size, skip)
    else:
        found = context.queries.latest(output.key, period, count if is_complete else LATEST)
    entries = [context.entry(entry) for entry in found]
    length = _length(context, output.key, period, count) if is_complete else None
    if length is None:
        return (GroupView(None, None, tuple(entries)),) if entries else ()
    return tuple(
        # Other collections that fit on a page have none for shorter periods.
        GroupView(
            shorter,
            context.period_link(ALL_ARTICLES, shorter).address
            if output.key == ALL_ARTICLES
            else None,
            tuple(together),
        )
        for shorter, together in groupby(entries, lambda entry: _period(entry, length))
    )


def _length(context: Context, key: int, period: Period, count: int) -> str | None:
    """The length of the periods by which a listing that is complete stands in groups."""
    match period.kind:
        case "month":
            return "day"
        case "year":
            return "month"
        case "all" if count >= _FEW:
            return "year" if len(by_year(context.statistics.months(key, period))) > 1 else "month"
    return None


def _period(entry: EntryView, length: str) -> Period:
    published = entry.published
    if published is None:
        return UNDATED
    if length == "year":
        return Period(published.year)
    return Period(published.year, published.month, published.day if length == "day" else 0)


def _histogram(
    context: Context, collection: Collection, period: Period, count: int
) -> HistogramView | None:
    """The histogram of a tag, author or section, for all time or a year of it."""
    if collection.kind == "all" or count < _FEW or period.kind not in ("all", "year"):
        return None
    months = context.statistics.months(collection.key, period)
    years = dict(by_year(months))
    is_divided = period != ALL_TIME or not fits(count, context.page_size)

    def place_of(bar: Period) -> tuple[str, str]:
        shown = ALL_TIME
        if is_divided:
            year = Period(bar.year)
            shown = year if fits(years[year], context.page_size) else bar
        page = addresses.listing(collection, shown)
        if shown == bar:
            return page, ""
        group = Period(bar.year) if shown == ALL_TIME and len(years) > 1 else bar
        return page, group.iso

    return histogram(months, place_of, _MONTHS_OF_COLLECTION)


def _see_also(context: Context, tag: Tag) -> tuple[Link, ...]:
    found = dict.fromkeys(map(context.queries.tag, tag.see_also))
    return links([other for other in found if other], "tag")


def _laid_down(context: Context, collection: Collection) -> Tag | None:
    """What the archive's owner laid down of a tag."""
    if collection.kind != "tag":
        return None
    return context.queries.authority.tag_of(identity(collection.name))


def _parents(collection: Collection, period: Period) -> tuple[PeriodLink, ...]:
    longer: list[PeriodLink] = []
    parent = period.parent
    while parent is not None:
        longer.append(PeriodLink(parent, addresses.listing(collection, parent)))
        parent = parent.parent
    return tuple(reversed(longer))


def _part(collection: Collection, period: Period, part: int, count: int) -> str | None:
    return addresses.listing(collection, period, part) if 1 <= part <= count else None


def index_view(context: Context, output: Output) -> IndexView:
    """All tags, authors or sections, from A to Z."""
    counted = [
        (_sort_key(collection.name), collection, count)
        for collection, count in context.queries.collections(output.variant)
    ]
    counted.sort(key=lambda one: one[0])
    letters = tuple(
        LetterView(letter, terms((collection, count) for _, collection, count in together))
        for (_, letter), together in groupby(counted, lambda one: one[0][:2])
    )
    return IndexView(output.address, output.variant, len(counted), letters)


def _sort_key(name: str) -> tuple[int, str, str, str]:
    """Marks and numbers before letters, those of the Latin alphabet first; accents count last."""
    plain = unaccented(identity(name))
    initial = next(filter(str.isalnum, plain), "")
    if not initial or initial.isdigit():
        return 0, "0–9" if initial else "#", plain, name
    if unicodedata.name(initial, "").startswith("CJK"):
        return 2, "漢", plain, name
    return 1, initial.upper(), plain, name
