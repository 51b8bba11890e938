"""The list of all feeds as OPML 2.0 (https://opml.org/spec2.opml), which feed readers take in."""

from lxml import etree

from newsarchive.pages.words import Words
from newsarchive.rendering.feed_texts import feed_title, full
from newsarchive.rendering.feed_views import FeedListView
from newsarchive.rendering.views import SiteView

_VERSIONS = {"rss": {"version": "RSS2"}}
"""OPML has words for the versions of RSS alone; the type of any feed is rss."""


def render_feed_list(view: FeedListView, site: SiteView, words: Words) -> bytes:
    """The list as XML in UTF-8."""
    root = etree.Element("opml", version="2.0")
    root.append(etree.Comment(" newsarchive "))  # by it a build knows the file for its own
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = site.title
    body = etree.SubElement(root, "body")
    names = {
        "section": words.text("Sections"),
        "tag": words.text("Tags"),
        "author": words.text("Authors"),
    }
    for kind, feeds in view.groups:
        around = body
        if kind in names:
            around = etree.SubElement(body, "outline", text=names[kind])
        for feed in feeds:
            title = feed_title(feed.name, "", site)
            etree.SubElement(
                around,
                "outline",
                text=feed.name or title,
                title=title,
                type="rss",
                **_VERSIONS.get(feed.format, {}),
                xmlUrl=full(feed.address, site),
                htmlUrl=full(feed.listing, site),
                language=site.language,
            )
    xml: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return xml
