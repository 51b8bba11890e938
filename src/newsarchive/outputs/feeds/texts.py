"""Titles, bodies and URLs for feeds of all formats."""

from html import escape

from newsarchive.model import addresses
from newsarchive.model.references import resolved
from newsarchive.outputs.feeds.views import FeedEntryView, FeedView
from newsarchive.pages.views import SiteView
from newsarchive.pages.words import Words


def feed_title(name: str, period_in_words: str, site: SiteView) -> str:
    """The title of a feed: the collection and the period, if any, before the archive's title."""
    part = ", ".join(filter(None, (name, period_in_words)))
    return f"{part} – {site.title}" if part else site.title


def title_of(view: FeedView, site: SiteView, words: Words) -> str:
    """The title of a feed."""
    return feed_title(view.name, words.period(view.period), site)


def html_of(entry: FeedEntryView, site: SiteView) -> str | None:
    """The body of an article with full URLs in its links; None if the feed has summaries only. An
    empty body becomes the headline."""
    if entry.body is None:
        return None
    body = resolved(
        entry.body,
        entry.missing,
        lambda name: addresses.url(site.base_url, addresses.media(name)),
        page=addresses.url(site.base_url, entry.address),
    )
    return body or f"<p>{escape(entry.headline, quote=False)}</p>"


def full(address: str, site: SiteView) -> str:
    """The URL of an address of the site. A URL is returned unchanged."""
    if address.startswith(("https:", "http:")):
        return address
    return addresses.url(site.base_url, address)
