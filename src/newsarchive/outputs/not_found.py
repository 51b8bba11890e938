"""The page that a server shows for an address without a page."""

from dataclasses import dataclass
from typing import Self

from newsarchive.model import addresses
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import FixedKind, Output, PageKind, Settings
from newsarchive.pages.views import PageView


@dataclass(frozen=True, slots=True)
class NotFoundView(PageView):
    """The page that a server shows for an address without a page."""

    address: str
    has_breadcrumbs = False


@dataclass(frozen=True)
class NotFound(FixedKind, PageKind):
    """The page `404.html`."""

    name = "not-found"
    address = addresses.NOT_FOUND
    template = "404.html"
    view_type = NotFoundView

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls()

    def view(self, output: Output, context: Context) -> NotFoundView:
        return NotFoundView(output.address)

    def render(self, output: Output, context: Context) -> bytes:
        # A server shows this page at any address, so relative links would break.
        base_path = "/" + context.site.base_url.split("/", 3)[3]
        return context.pages.render(self.template, self.view(output, context), base_path)
