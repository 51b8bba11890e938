"""What sitemaps and robots.txt show."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.gathering.context import Context
from newsarchive.model import addresses, periods
from newsarchive.model.dates import Precision
from newsarchive.model.periods import ALL_TIME, day_period
from newsarchive.planning import feeds, series
from newsarchive.planning.outputs import Output
from newsarchive.rendering.sitemap_views import (
    NewsSitemapView,
    NewsView,
    PlaceView,
    RobotsView,
    SitemapIndexView,
    SitemapView,
)

_NEWS_TIME = timedelta(days=2)
_MOST_NEWS = 1_000
"""Google's limits of a news sitemap. Its two days are counted from the newest article: a site is a
function of its sources, and of no clock."""


def sitemap_view(context: Context, output: Output) -> SitemapView:
    """A month, or the undated shelf, or a part of it: its pages and its articles."""
    return SitemapView(output.address, tuple(_places(context, output)))


def _places(context: Context, output: Output) -> Iterator[PlaceView]:
    """The articles in the order of time, and each page of a day before its first article. So what
    a part lists is decided by its articles alone, and a part that is full stays as it is."""
    archive = context.queries.collection(ALL_ARTICLES)
    period, most = output.period, series.SITEMAP.most
    skipped = (output.part - 1) * most
    if output.part == 1 and not period.undated:
        yield PlaceView(addresses.listing(archive, period))
    last_day, position = -1, 0
    for place in context.statistics.updates(period, most, skipped):
        if place.day != last_day:
            position = 0
            if last_day < 0:
                position = skipped - context.queries.count_before(place.day, period)
            last_day = place.day
        if position % context.page_size == 0:
            page = position // context.page_size + 1
            yield PlaceView(addresses.listing(archive, day_period(place.day), page))
        position += 1
        yield PlaceView(
            place.address, *_change(context, place.published, place.precision, place.modified)
        )


def _change(
    context: Context,
    published: datetime | None,
    precision: Precision | None,
    modified: datetime | None,
) -> tuple[datetime | None, Precision | None]:
    """The last change that an article tells of."""
    if modified and (published is None or modified > published):
        return _told(context, modified)
    return context.local(published), precision


def _told(context: Context, moment: datetime) -> tuple[datetime | None, Precision]:
    """A moment of which the catalogue does not know whether it is one or a day: that of a day is
    its midnight."""
    local = context.local(moment)
    return local, "day" if local and local.time() == time() else "second"


def page_sitemap_view(context: Context, output: Output) -> SitemapView:
    """The archive's own pages, or so many tags, authors and sections."""
    if output.part == 1:
        found = _own_pages(context)
    else:
        most = feeds.IN_PAGE_SITEMAP
        collections = context.statistics.collections_from((output.part - 2) * most, most)
        found = map(addresses.listing, collections)
    return SitemapView(output.address, tuple(map(PlaceView, found)))


def _own_pages(context: Context) -> Iterator[str]:
    archive = context.queries.collection(ALL_ARTICLES)
    yield addresses.HOME
    yield addresses.ABOUT
    yield from map(addresses.index, addresses.FOLDERS)
    for year, _ in context.queries.sub_periods(ALL_ARTICLES, ALL_TIME):
        if not year.undated:
            yield addresses.listing(archive, year)
    yield addresses.CALENDAR
    for day in periods.CALENDAR:
        yield addresses.calendar_day(day.month, day.day)


def sitemap_index_view(context: Context, output: Output) -> SitemapIndexView:
    """All sitemaps, the latest months first after those of what is of no month."""
    places = [PlaceView(planned.address) for planned in feeds.page_sitemaps(context.queries)]
    if context.scope.has_news_sitemap:
        places.append(PlaceView(addresses.NEWS_SITEMAP))
    for planned in series.SITEMAP.newest(context.queries):
        updated = context.statistics.updated(planned.period)
        told = _told(context, updated) if updated else ()
        places.append(PlaceView(planned.address, *told))
    return SitemapIndexView(output.address, tuple(places))


def news_sitemap_view(context: Context, output: Output) -> NewsSitemapView:
    """The articles of the two days before the newest one, the newest first."""
    found: list[NewsView] = []
    for entry in context.queries.latest(ALL_ARTICLES, ALL_TIME, _MOST_NEWS):
        said = entry.fields
        published = context.local(said.get("published"))
        if published is None or (found and published < found[0].published - _NEWS_TIME):
            break
        found.append(
            NewsView(
                entry.address,
                said["headline"],
                published,
                said.get("precision"),
                said.get("language"),
            )
        )
    return NewsSitemapView(output.address, tuple(found))


def robots_view(context: Context, output: Output) -> RobotsView:
    """That everything may be read, and where the sitemaps are."""
    sitemaps = [addresses.SITEMAP]
    sitemaps += [addresses.NEWS_SITEMAP] if context.scope.has_news_sitemap else []
    return RobotsView(output.address, tuple(sitemaps))
