"""The search page."""

from dataclasses import dataclass
from typing import Self

from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import FixedKind, Output, PageKind, Settings
from newsarchive.pages.views import PageView


@dataclass(frozen=True, slots=True)
class SearchView(PageView):
    """The page to search the headlines."""

    address: str
    schema_type = "WebPage"


@dataclass(frozen=True)
class Search(FixedKind, PageKind):
    """The page to search the headlines."""

    name = "search"
    address = "search.html"
    template = "search.html"
    view_type = SearchView

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls()

    def view(self, output: Output, context: Context) -> SearchView:
        return SearchView(output.address)
