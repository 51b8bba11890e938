"""The contents of a listing, which shows a collection in a period."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES, ARCHIVE, Collection
from newsarchive.model.periods import ALL_TIME, UNDATED, Period
from newsarchive.model.text import identity
from newsarchive.outputs.calendar_days import calendar_address
from newsarchive.outputs.context import Context, links, period_link, terms
from newsarchive.outputs.data.links import DataLinks
from newsarchive.outputs.feeds.formats import collection_feeds
from newsarchive.outputs.kind import Output
from newsarchive.outputs.paging import LATEST, Paging
from newsarchive.pages.chart_views import CalendarView, HistogramView
from newsarchive.pages.charts import by_year, calendars, histogram
from newsarchive.pages.views import (
    Crumb,
    EntryView,
    FeedLink,
    GroupView,
    Link,
    PageView,
    PeriodLink,
    TermView,
)
from newsarchive.tagging.authority import Tag

_FEW = 10
"""A listing of a tag, author or section with fewer articles has no histogram, and no headings for
all time."""

_MONTHS = 240
"""The most months in a histogram by month. A longer one has a bar for each year."""

_COMPANIONS = 8
"""The most related topics on a page."""

_LEAST_TOGETHER = 2
"""The fewest articles that a related topic shares with the tag, author or section."""

_INDEX_NAMES = {"tag": "Tags", "author": "Authors", "section": "Sections"}
"""The names of the pages of all tags, authors and sections: the same messages as in the header."""


@dataclass(frozen=True, slots=True)
class ListingView(PageView):
    """The page of a listing: the articles of a collection in a period."""

    address: str
    identity: str | None
    """The kind of collection, and the form of its name that all spellings share; None for all
    articles. The page contains it, so that a build without a catalogue can learn from the page
    which collection has this address."""
    kind: str
    """`all`, `tag`, `author` or `section`."""
    name: str
    """The tag, author or section; empty for all articles."""
    period: Period
    count: int | None
    """The number of articles in the listing. None if a day or the undated shelf has several parts:
    otherwise each new article would change all of them."""
    groups: tuple[GroupView, ...]
    """The articles, or the latest ones, latest first; on days and on the undated shelf, earliest
    first."""
    is_complete: bool
    """False if the listing shows only its latest articles."""
    sub_periods: tuple[PeriodLink, ...]
    """The years, months or days of the listing, latest first; after the years, the undated shelf.
    Empty if a tag, author or section fits on one page."""
    parents: tuple[PeriodLink, ...]
    """The longer periods, longest first."""
    index: str | None
    """The page of all tags, authors or sections; None for all articles."""
    previous: PeriodLink | None
    next: PeriodLink | None
    """The nearest earlier and later period of the same length with articles; None if it has no
    page. Their count is 0: otherwise each new article there would change this page."""
    part: int
    """The part of a long day or undated shelf, from 1."""
    previous_part: str | None
    next_part: str | None
    feeds: tuple[FeedLink, ...]
    """The feeds of the tag, author or section."""
    description: str
    """The description of a tag in `tags.toml`; mostly empty."""
    see_also: tuple[Link, ...]
    """The related tags in `tags.toml`."""
    histogram: HistogramView | None
    """The histogram of a tag, author or section, for all time or for a year, if the listing has
    enough articles."""
    calendars: tuple[CalendarView, ...]
    """All articles only: the twelve months of a year, or the one month of a month."""
    first: PeriodLink | None
    last: PeriodLink | None
    """For a tag, author or section in all time: the first and the last day with its articles. They
    link to the archive's pages of these days."""
    companions: tuple[TermView, ...]
    """For a tag, author or section in all time: the tags that share most articles with it."""
    in_all_years: str | None
    """The page of the same day of the year; None except on the page of a day."""
    data: tuple[Link, ...]
    """All articles only: the files with the articles of a year, a month or the undated shelf as
    data."""

    def crumbs(self) -> Iterator[Crumb]:
        if self.index:
            yield _INDEX_NAMES[self.kind], self.index
        for longer in self.parents:
            if longer.period.year:
                yield longer
            elif self.index:
                yield Link(self.name, longer.address)


@dataclass(frozen=True, slots=True)
class ListingViews:
    """Makes the views of listings."""

    context: Context
    paging: Paging
    feed_formats: tuple[str, ...]
    data: DataLinks | None

    def view(self, output: Output) -> ListingView:
        """The view of a listing."""
        key, period, queries = output.key, output.period, self.context.queries
        collection = queries.collection(key)
        is_archive = key == ALL_ARTICLES
        count = queries.count(key, period)
        parts = self.paging.parts(period, count)
        is_complete = self.paging.fits(count) or parts > 1
        previous, following = queries.nearest(key, period)
        divides = is_archive or not self.paging.fits(count)
        sub_periods = queries.sub_periods(key, period) if divides else []
        is_whole = not is_archive and period == ALL_TIME
        tag = self._tag(collection) if is_whole else None
        first, last = self.context.first_and_last_day(key) if is_whole else (None, None)
        has_calendar = is_archive and period.kind in ("year", "month")
        companions = (
            self.context.statistics.related_tags(key, _LEAST_TOGETHER, _COMPANIONS)
            if is_whole
            else ()
        )
        return ListingView(
            address=output.address,
            identity=None if is_archive else f"{collection.kind} {identity(collection.name)}",
            kind=collection.kind,
            name=collection.name,
            period=period,
            count=count if parts == 1 else None,
            groups=self._groups(output, count, is_complete=is_complete),
            is_complete=is_complete,
            sub_periods=tuple(period_link(collection, *shorter) for shorter in sub_periods),
            parents=_parents(collection, period),
            index=None if is_archive else addresses.index(collection.kind),
            previous=self._page_of(collection, previous),
            next=self._page_of(collection, following),
            part=output.part,
            previous_part=_part(collection, period, output.part - 1, parts),
            next_part=_part(collection, period, output.part + 1, parts),
            feeds=collection_feeds([collection], self.feed_formats),
            description=tag.description if tag else "",
            see_also=self._see_also(tag) if tag else (),
            histogram=self._histogram(collection, period, count),
            calendars=calendars(self.context.statistics.days(period), period)
            if has_calendar
            else (),
            first=first,
            last=last,
            companions=terms(companions),
            in_all_years=calendar_address(period) if period.day else None,
            data=self.data.links(period, queries) if self.data and is_archive else (),
        )

    def _page_of(self, collection: Collection, period: Period | None) -> PeriodLink | None:
        """A link to the page of a period; None without a period, or if it has no page."""
        if period is None:
            return None
        queries = self.context.queries
        count = queries.count(collection.key, period)
        if not self.paging.has_page(queries, collection.key, period, count):
            return None
        return period_link(collection, period)

    def _groups(self, output: Output, count: int, *, is_complete: bool) -> tuple[GroupView, ...]:
        """The articles of a listing in groups. A complete month is grouped by day, a complete year
        by month, and a complete tag, author or section by year if it has `_FEW` articles or more;
        by month if all of them are from one year. Other listings are one group."""
        period, queries, page_size = output.period, self.context.queries, self.paging.page_size
        if period.kind in ("day", "undated"):
            skip = (output.part - 1) * page_size
            found = queries.earliest(output.key, period, page_size, skip)
        else:
            found = queries.latest(output.key, period, count if is_complete else LATEST)
        entries = [self.context.entry(entry) for entry in found]
        length = self._group_length(output.key, period, count) if is_complete else None
        if length is None:
            return (GroupView(None, None, tuple(entries)),) if entries else ()
        return tuple(
            GroupView(
                shorter,
                # Tags, authors and sections that fit on a page have no pages of shorter periods.
                addresses.listing(ARCHIVE, shorter) if output.key == ALL_ARTICLES else None,
                tuple(together),
            )
            for shorter, together in groupby(entries, lambda entry: _period_of(entry, length))
        )

    def _group_length(self, key: int, period: Period, count: int) -> str | None:
        """The length of the groups of a complete listing: `day`, `month` or `year`; None for no
        groups."""
        match period.kind:
            case "month":
                return "day"
            case "year":
                return "month"
            case "all" if count >= _FEW:
                months = self.context.statistics.months(key, period)
                return "year" if len(by_year(months)) > 1 else "month"
        return None

    def _histogram(
        self, collection: Collection, period: Period, count: int
    ) -> HistogramView | None:
        """The histogram of a tag, author or section in all time or in a year; None for other
        listings, or for fewer than `_FEW` articles."""
        if collection.kind == "all" or count < _FEW or period.kind not in ("all", "year"):
            return None
        months = self.context.statistics.months(collection.key, period)
        years = dict(by_year(months))
        is_divided = period != ALL_TIME or not self.paging.fits(count)

        def place_of(bar: Period) -> tuple[str, str]:
            shown = ALL_TIME
            if is_divided:
                year = Period(bar.year)
                shown = year if self.paging.fits(years[year]) else bar
            page = addresses.listing(collection, shown)
            if shown == bar:
                return page, ""
            group = Period(bar.year) if shown == ALL_TIME and len(years) > 1 else bar
            return page, group.iso

        return histogram(months, place_of, _MONTHS)

    def _see_also(self, tag: Tag) -> tuple[Link, ...]:
        found = dict.fromkeys(map(self.context.queries.tag_by_name, tag.see_also))
        return links([other for other in found if other], "tag")

    def _tag(self, collection: Collection) -> Tag | None:
        """The tag as `tags.toml` defines it; None for any other collection."""
        if collection.kind != "tag":
            return None
        return self.context.queries.authority.tag_of(identity(collection.name))


def _period_of(entry: EntryView, length: str) -> Period:
    published = entry.published
    if published is None:
        return UNDATED
    if length == "year":
        return Period(published.year)
    return Period(published.year, published.month, published.day if length == "day" else 0)


def _parents(collection: Collection, period: Period) -> tuple[PeriodLink, ...]:
    longer: list[PeriodLink] = []
    parent = period.parent
    while parent is not None:
        longer.append(period_link(collection, parent))
        parent = parent.parent
    return tuple(reversed(longer))


def _part(collection: Collection, period: Period, part: int, parts: int) -> str | None:
    return addresses.listing(collection, period, part) if 1 <= part <= parts else None
