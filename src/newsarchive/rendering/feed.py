"""Feeds: RSS 2.0 by feedgen, with nothing in them but what the articles say."""

from typing import Any

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator

from newsarchive import addresses
from newsarchive.references import resolved
from newsarchive.rendering.views import FeedEntryView, FeedView, SiteView
from newsarchive.rendering.words import Words


class _Undated(BaseExtension):  # type: ignore[misc]
    """Takes out the build date that feedgen sets to the current time where none is known."""

    def extend_rss(self, rss_feed: Any) -> Any:
        for date in rss_feed.findall("channel/lastBuildDate"):
            date.getparent().remove(date)
        return rss_feed


def render_feed(view: FeedView, site: SiteView, words: Words) -> bytes:
    """The feed as XML in UTF-8, the newest entry first."""
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.title(feed_title(view, site, words))
    # RSS has one <link>: feedgen takes the last.
    generator.link(
        href=addresses.url(site.base_url, view.address), rel="self", type="application/rss+xml"
    )
    generator.link(href=addresses.url(site.base_url, view.listing), rel="alternate")
    generator.description(site.description or site.title)
    generator.language(site.language)
    generator.generator("newsarchive")
    if view.changed:
        generator.lastBuildDate(view.changed)
    else:
        generator.register_extension("undated", _Undated, rss=True, atom=False)
    for entry in view.entries:
        _add(generator, entry, site)
    xml: bytes = generator.rss_str(pretty=True)
    return xml


def feed_title(view: FeedView, site: SiteView, words: Words) -> str:
    """The title of a feed: that of the archive, with what part of it the feed holds."""
    part = ", ".join(filter(None, (view.name, words.period(view.period))))
    return f"{part} – {site.title}" if part else site.title


def _add(generator: FeedGenerator, entry: FeedEntryView, site: SiteView) -> None:
    url = addresses.url(site.base_url, entry.address)
    made = generator.add_entry(order="append")
    made.guid(entry.id, permalink=False)
    made.title(entry.headline)
    made.link(href=url, rel="alternate")
    if entry.published:
        made.published(entry.published)
    if entry.authors:
        made.dc.dc_creator(list(entry.authors))
    made.category([{"term": category} for category in entry.categories])
    made.description(entry.summary or entry.headline)
    if entry.body is None:
        return
    body = resolved(
        entry.body,
        entry.missing,
        lambda name: addresses.url(site.base_url, addresses.media(name)),
        page=url,
    )
    made.content(body or f"<p>{entry.headline}</p>", type="html")
