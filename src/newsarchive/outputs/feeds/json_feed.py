"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

import json
from typing import Any

from newsarchive.outputs.feeds.texts import full, html_of, title_of
from newsarchive.outputs.feeds.views import FeedEntryView, FeedView
from newsarchive.pages.metadata import without_empty
from newsarchive.pages.views import SiteView
from newsarchive.pages.words import Words, exact

_VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(view: FeedView, site: SiteView, words: Words) -> bytes:
    """The feed as JSON in UTF-8."""
    feed = {
        "version": _VERSION,
        # JSON Feed allows a publisher's own fields. A build recognises its feeds by this one.
        "_newsarchive": {"id": view.id},
        "title": title_of(view, site, words),
        "home_page_url": full(view.listing, site),
        "feed_url": full(view.address, site),
        "description": site.description,
        "language": site.language,
        "hubs": [{"type": "WebSub", "url": view.hub}] if view.hub else None,
    }
    items = [_item(entry, site) for entry in view.entries]
    text = json.dumps(without_empty(feed) | {"items": items}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _item(entry: FeedEntryView, site: SiteView) -> dict[str, Any]:
    html = html_of(entry, site)
    file = entry.enclosure
    item = {
        "id": entry.id,
        "url": full(entry.address, site),
        "title": entry.headline,
        "content_html": html,
        "content_text": (entry.summary or entry.headline) if html is None else None,
        "summary": entry.summary if html is not None else None,
        "image": full(entry.image, site) if entry.image else None,
        "date_published": exact(entry.published).isoformat() if entry.published else None,
        "date_modified": exact(entry.modified).isoformat() if entry.modified else None,
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.categories),
        "language": entry.language,
        "attachments": [
            {
                "url": full(file.address, site),
                "mime_type": file.media_type,
                "size_in_bytes": file.bytes,
            }
        ]
        if file
        else None,
    }
    return without_empty(item)
