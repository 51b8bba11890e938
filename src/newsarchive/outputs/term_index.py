"""The pages that list all tags, all authors and all sections."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.collection import FOLDERS
from newsarchive.model.text import identity
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context, terms
from newsarchive.outputs.kind import Gone, Output, PageKind, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.pages.views import PageView, TermView
from newsarchive.tagging.authority import unaccented

COUNTS_CHANGED = "its counts may differ"


@dataclass(frozen=True, slots=True)
class LetterView:
    """The tags, authors or sections with one initial letter."""

    letter: str
    """A capital without accents; `0–9` for numbers, `#` for marks, `漢` for Chinese characters."""
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class IndexView(PageView):
    """The page of all tags, authors or sections."""

    address: str
    kind: str
    """`tag`, `author` or `section`."""
    count: int
    """The number of tags, authors or sections."""
    letters: tuple[LetterView, ...]


@dataclass(frozen=True)
class TermIndex(PageKind):
    """The A to Z pages of tags, authors and sections."""

    name = "index"
    template = "index.html"
    view_type = IndexView

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls()

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        return map(self._output, FOLDERS)

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        kinds = {queries.collection(key).kind for key in changed.collections} - {"all"}
        kinds |= {move.kind for move in changed.changes.moved}
        for kind in sorted(kinds):
            yield Stale(self._output(kind), COUNTS_CHANGED)

    def _output(self, kind: str) -> Output:
        return Output(self.name, addresses.index(kind), variant=kind)

    def view(self, output: Output, context: Context) -> IndexView:
        counted = [
            (_sort_key(collection.name), collection, count)
            for collection, count in context.queries.collections(output.variant)
        ]
        counted.sort(key=lambda one: one[0])
        letters = tuple(
            LetterView(letter, terms((collection, count) for _, collection, count in together))
            for (_, letter), together in groupby(counted, lambda one: one[0][:2])
        )
        return IndexView(output.address, output.variant, len(counted), letters)


def _sort_key(name: str) -> tuple[int, str, str, str]:
    """(group, letter, plain name, name): signs and numbers come first, then letters by their code
    points, then Chinese characters. Accents count only between names that are otherwise equal."""
    plain = unaccented(identity(name))
    initial = next(filter(str.isalnum, plain), "")
    if not initial or initial.isdigit():
        return 0, "0–9" if initial else "#", plain, name
    if unicodedata.name(initial, "").startswith("CJK"):
        return 2, "漢", plain, name
    return 1, initial.upper(), plain, name
