"""Render: the view of one output into its bytes, with no catalogue, no clock, and no path but the
theme's."""

from dataclasses import dataclass
from functools import cached_property

from newsarchive.rendering.data import render_data
from newsarchive.rendering.data_views import DataView
from newsarchive.rendering.pages import Pages
from newsarchive.rendering.scripts import render_script
from newsarchive.rendering.theme import Theme
from newsarchive.rendering.views import FeedView, ScriptView, SiteView, View


@dataclass(frozen=True)
class Renderer:
    """Renders the outputs of one site; made once in each process."""

    theme: Theme
    site: SiteView

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self.theme, self.site)

    def render(self, view: View) -> bytes:
        """The bytes of a page, a feed or a script."""
        if isinstance(view, FeedView):
            from newsarchive.rendering.feed import render_feed  # feedgen takes long to import

            return render_feed(view, self.site, self._pages.words)
        if isinstance(view, ScriptView):
            return render_script(view)
        if isinstance(view, DataView):
            return render_data(view, self.site)
        return self._pages.render(view)
