"""What the pages show that are of the archive as a whole or of a day of the calendar, and what the
scripts of the pages are given."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import groupby

from newsarchive.catalogue.queries import Entry
from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.catalogue.totals import totals_of
from newsarchive.gathering.charts import histogram
from newsarchive.gathering.context import Context, terms
from newsarchive.gathering.listings import LATEST
from newsarchive.model import addresses, periods
from newsarchive.model.periods import ALL_TIME, UNDATED, Period, numbered
from newsarchive.planning.listings import fits
from newsarchive.planning.outputs import ARCHIVE, Output
from newsarchive.planning.series import HEADLINES
from newsarchive.rendering.feed_views import feed_link
from newsarchive.rendering.views import (
    AboutView,
    CalendarDayView,
    CalendarPageView,
    GroupView,
    HomeView,
    PeriodLink,
    ScriptView,
)

_MONTHS_OF_ARCHIVE = 600
_TAGS = 24
_SECTIONS = 24
_BUSIEST = 5

_OF_A_DAY = 10
"""How many articles the page of a calendar day shows of each year."""

_OF_A_CALENDAR_DAY = 200
"""How many articles it shows in all."""

_FOR_SCRIPTS = 6
"""How many articles of a calendar day the home page shows."""


def home_view(context: Context, output: Output) -> HomeView:
    """The home page."""
    archive = context.queries.collection(ALL_ARTICLES)
    count = context.queries.count(ALL_ARTICLES, ALL_TIME)
    is_complete = fits(count, LATEST)
    found = context.queries.latest(ALL_ARTICLES, ALL_TIME, LATEST)
    months = context.statistics.months(ALL_ARTICLES, ALL_TIME)
    return HomeView(
        address=output.address,
        count=count,
        entries=tuple(map(context.entry, found)),
        is_complete=is_complete,
        years=tuple(
            context.period_link(ALL_ARTICLES, *shorter)
            for shorter in context.queries.sub_periods(ALL_ARTICLES, ALL_TIME)
        ),
        histogram=histogram(
            months, lambda bar: (addresses.listing(archive, bar), ""), _MONTHS_OF_ARCHIVE
        ),
        tags=terms(context.statistics.largest("tag", _TAGS)),
        sections=terms(context.statistics.largest("section", _SECTIONS)),
        calendar=_calendar_bits(context.queries.calendar_days()),
    )


def _calendar_bits(days: Iterable[Period]) -> str:
    months = [0] * 12
    for day in days:
        months[day.month - 1] |= 1 << day.day - 1
    return " ".join(f"{bits:x}" for bits in months)


def about_view(context: Context, output: Output) -> AboutView:
    """The numbers of the archive."""
    numbers = totals_of(context.queries, context.statistics)
    undated = numbers.undated
    first, last = (
        context.period_link(ALL_ARTICLES, day) if day else None
        for day in (numbers.first, numbers.last)
    )
    # The earlier of two months with as many articles comes first.
    busiest = sorted(numbers.months, key=lambda month: -month[1])[:_BUSIEST]
    return AboutView(
        address=output.address,
        count=numbers.articles,
        first=first,
        last=last,
        days=numbers.days,
        months=len(numbers.months),
        gaps=numbers.gaps,
        undated=context.period_link(ALL_ARTICLES, UNDATED, undated) if undated else None,
        busiest=tuple(context.period_link(ALL_ARTICLES, *month) for month in busiest),
        data=addresses.ARCHIVE_DATA if context.scope.has_data else None,
        terms=numbers.terms,
        history=tuple(
            feed_link(addresses.feed(ARCHIVE, format), format)
            for format in context.scope.history_formats
        ),
        feed_list=addresses.FEED_LIST if context.scope.wants("feed-list") else None,
    )


def calendar_day_view(context: Context, output: Output) -> CalendarDayView:
    """A day of the calendar in all years."""
    day = output.period
    counted = context.queries.in_all_years(day.month, day.day)
    groups, left = [], _OF_A_CALENDAR_DAY
    for period, _ in counted:
        found = context.queries.earliest(ALL_ARTICLES, period, min(left, _OF_A_DAY))
        left -= len(found)
        page = context.period_link(ALL_ARTICLES, period)
        groups.append(GroupView(period, page.address, tuple(map(context.entry, found))))
    calendar = periods.CALENDAR
    place = bisect_left(calendar, day)
    return CalendarDayView(
        output.address,
        day,
        tuple(groups),
        tuple(count for _, count in counted),
        _calendar_link(calendar[place - 1]),
        _calendar_link(calendar[(place + 1) % len(calendar)]),
    )


def calendar_page_view(_: Context, output: Output) -> CalendarPageView:
    """All days of the calendar."""
    months = groupby(map(_calendar_link, periods.CALENDAR), lambda link: link.period.month)
    return CalendarPageView(output.address, tuple(tuple(days) for _, days in months))


def _calendar_link(day: Period) -> PeriodLink:
    return PeriodLink(day, addresses.calendar_day(day.month, day.day))


def calendar_day_script(context: Context, output: Output) -> ScriptView:
    """Of a day of the calendar one article a year, the latest years first: year, address and
    headline."""
    found: list[list[int | str]] = []
    for period, _ in context.queries.in_all_years(output.period.month, output.period.day):
        for entry in context.queries.earliest(ALL_ARTICLES, period, 1)[: _FOR_SCRIPTS - len(found)]:
            found.append([period.year, *_link(entry)])
    return ScriptView(output.address, "onThisDay", found)


def headlines_script(context: Context, output: Output) -> ScriptView:
    """The headlines of a month, or of a part of the undated shelf, the earliest first: its folder,
    and for each the address below that and the headline."""
    folder = output.period.folder
    undated = output.period.undated
    limit = HEADLINES.most if undated else context.queries.count(ALL_ARTICLES, output.period)
    found = context.queries.headlines(output.period, limit, (output.part - 1) * limit)
    below = [
        [addresses.quoted(address.removeprefix(folder)), headline] for address, headline in found
    ]
    return ScriptView(output.address, "headlines", [folder, below])


def _link(entry: Entry) -> list[str]:
    return [addresses.quoted(entry.address), entry.fields["headline"]]


def days_script(context: Context, output: Output) -> ScriptView:
    """All days that have articles, by year, as months and days in one text: `06190802`; and how
    many files the headlines of the undated shelf take."""
    years: dict[str, str] = {}
    for number in context.queries.all_days():
        day = numbered(number)
        year = f"{day.year:04}"
        years[year] = years.get(year, "") + f"{day.month:02}{day.day:02}"
    return ScriptView(output.address, "days", [years, HEADLINES.parts(context.queries, UNDATED)])
