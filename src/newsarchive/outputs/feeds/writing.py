"""Writes feeds in their formats."""

from newsarchive.outputs.context import Context
from newsarchive.outputs.feeds.views import FeedView
from newsarchive.outputs.kind import Marker

_XML = b"<generator>newsarchive</generator>"

MARKERS = (
    Marker(".xml", _XML),
    Marker(".atom", _XML),
    Marker(".json", b'"_newsarchive": {'),
)
"""The marks by which newsarchive recognises its own feeds."""


def written(view: FeedView, context: Context) -> bytes:
    """The feed in its format, as UTF-8."""
    # feedgen is slow to import.
    if view.format == "json":
        from newsarchive.outputs.feeds.json_feed import render_json_feed

        return render_json_feed(view, context.site, context.words)
    from newsarchive.outputs.feeds.rss_atom import render_xml_feed

    return render_xml_feed(view, context.site, context.words)
