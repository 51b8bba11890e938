"""Render: the view of one output into its bytes, with no catalogue, no clock, and no path but the
theme's."""

from dataclasses import dataclass
from functools import cached_property

from newsarchive.pages.renderer import Pages
from newsarchive.pages.theme import Theme
from newsarchive.rendering.data import render_data
from newsarchive.rendering.data_views import DataView
from newsarchive.rendering.feed_views import FeedListView, FeedView
from newsarchive.rendering.scripts import render_script
from newsarchive.rendering.sitemap_views import SitemapFileView
from newsarchive.rendering.sitemaps import render_sitemap
from newsarchive.rendering.views import ScriptView, SiteView, View


@dataclass(frozen=True)
class Renderer:
    """Renders the outputs of one site; made once in each process."""

    theme: Theme
    site: SiteView

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self.theme, self.site)

    def render(self, view: View) -> bytes:
        """The bytes of a page, a feed, a script or a sitemap."""
        if isinstance(view, FeedView):
            return self._feed(view)
        if isinstance(view, FeedListView):
            from newsarchive.rendering.opml import render_feed_list

            return render_feed_list(view, self.site, self._pages.words)
        if isinstance(view, ScriptView):
            return render_script(view)
        if isinstance(view, SitemapFileView):
            return render_sitemap(view, self.site)
        if isinstance(view, DataView):
            return render_data(view, self.site)
        return self._pages.render(view)

    def _feed(self, view: FeedView) -> bytes:
        if view.format == "json":
            from newsarchive.rendering.json_feed import render_json_feed

            return render_json_feed(view, self.site, self._pages.words)
        from newsarchive.rendering.xml_feeds import render_xml_feed  # feedgen is slow to import

        return render_xml_feed(view, self.site, self._pages.words)
