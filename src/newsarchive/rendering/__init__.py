"""Render: the view of one output into its bytes, with no catalogue, no clock, and no path but the
theme's."""

from dataclasses import dataclass
from functools import cached_property

from newsarchive.rendering.pages import Pages, PageView
from newsarchive.rendering.theme import Theme
from newsarchive.rendering.views import FeedView, SiteView
from newsarchive.rendering.words import Words


@dataclass(frozen=True)
class Renderer:
    """Renders the outputs of one site; made once in each process."""

    theme: Theme
    site: SiteView

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self.theme, self.site)

    @cached_property
    def _words(self) -> Words:
        return Words(self.site.language)

    def render(self, view: PageView | FeedView) -> bytes:
        """The bytes of a page or a feed."""
        if isinstance(view, FeedView):
            from newsarchive.rendering.feed import render_feed  # feedgen takes long to import

            return render_feed(view, self.site, self._words)
        return self._pages.render(view)
