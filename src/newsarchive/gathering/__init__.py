"""Gather: from a planned output to all that it shows, out of the catalogue."""

from collections.abc import Callable

from newsarchive.gathering.articles import article_view
from newsarchive.gathering.context import Context
from newsarchive.gathering.data import archive_data_view, articles_data_view, articles_table_view
from newsarchive.gathering.feeds import feed_document_view, feed_list_view, feed_view
from newsarchive.gathering.listings import index_view, listing_view
from newsarchive.gathering.sitemaps import (
    news_sitemap_view,
    page_sitemap_view,
    robots_view,
    sitemap_index_view,
    sitemap_view,
)
from newsarchive.gathering.statistics import (
    about_view,
    calendar_day_script,
    calendar_day_view,
    calendar_page_view,
    days_script,
    headlines_script,
    home_view,
)
from newsarchive.planning.outputs import Output
from newsarchive.rendering.views import NotFoundView, RedirectView, SearchView, View

__all__ = ["Context", "view_of"]

_VIEWS: dict[str, Callable[[Context, Output], View]] = {
    "article": article_view,
    "listing": listing_view,
    "home": home_view,
    "index": index_view,
    "feed": feed_view,
    "feed-document": feed_document_view,
    "feed-list": feed_list_view,
    "calendar": calendar_page_view,
    "calendar-day": calendar_day_view,
    "calendar-day-script": calendar_day_script,
    "days": days_script,
    "headlines": headlines_script,
    "about": about_view,
    "sitemap": sitemap_view,
    "page-sitemap": page_sitemap_view,
    "sitemap-index": sitemap_index_view,
    "news-sitemap": news_sitemap_view,
    "robots": robots_view,
    "articles-data": articles_data_view,
    "articles-table": articles_table_view,
    "archive-data": archive_data_view,
}


def view_of(context: Context, output: Output) -> View:
    """All that an output shows."""
    match output.kind:
        case "search":
            return SearchView(output.address)
        case "not-found":
            return NotFoundView(output.address)
        case "former":
            return RedirectView(output.address, *context.queries.target(output.address))
    return _VIEWS[output.kind](context, output)
