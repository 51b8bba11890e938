"""The pages at old addresses: each redirects, or says that its article was withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Gone, Output, PageKind, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.pages.views import PageView


@dataclass(frozen=True, slots=True)
class RedirectView(PageView):
    """The page at an old address."""

    address: str
    target: str | None
    """The present address of the page; None if the article is not published."""
    is_skipped: bool
    """True if the article is only skipped because its source could not be read; False if it was
    withdrawn."""
    has_breadcrumbs = False


@dataclass(frozen=True)
class RedirectPages(PageKind):
    """The pages at old addresses."""

    name = "redirect"
    template = "redirect.html"
    view_type = RedirectView

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls()

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        return map(self._output, queries.redirect_addresses())

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        for address in changed.changes.redirects:
            yield Stale(self._output(address), "the page at this address moved or was removed")
        for address in changed.changes.redirects_gone:
            yield Gone(address, "no page existed here, or its redirect was dropped")

    def _output(self, address: str) -> Output:
        return Output(self.name, address)

    def view(self, output: Output, context: Context) -> RedirectView:
        return RedirectView(output.address, *context.queries.redirect_target(output.address))
