"""The questions that planning asks the catalogue; `newsarchive.catalogue.queries` answers them."""

from collections.abc import Iterator
from typing import Protocol

from newsarchive.catalogue.file_queries import FileQueries
from newsarchive.model.changes import Place
from newsarchive.model.collection import Collection
from newsarchive.model.periods import Period


class PlanQueries(Protocol):
    """The catalogue, as planning queries it."""

    @property
    def files(self) -> FileQueries:
        """The files that articles refer to."""

    def collection(self, key: int, /) -> Collection:
        """The collection with this key."""

    def collections(self, kind: str | None = None, /) -> Iterator[tuple[Collection, int]]:
        """The collections that have pages."""

    def count(self, collection: int, period: Period, /) -> int:
        """How many articles a collection has in a period."""

    def count_before(self, day: int, period: Period, /) -> int:
        """How many articles of a period stand before a day."""

    def sub_periods(self, collection: int, period: Period, /) -> list[tuple[Period, int]]:
        """The next shorter periods that have articles."""

    def nearest(self, collection: int, period: Period, /) -> tuple[Period | None, Period | None]:
        """The nearest earlier and later period that has articles."""

    def neighbours(self, day: int, moment: int, id: str, /) -> tuple[int | None, int | None]:
        """The articles before and after a place."""

    def place(self, key: int, /) -> Place | None:
        """The place of a published article; None for any other."""

    def places(self) -> Iterator[Place]:
        """The places of all published articles, earliest first."""

    def calendar_days(self) -> list[Period]:
        """The days of the calendar that have articles in some year, as days of LEAP_YEAR."""

    def same_day_in_all_years(self, month: int, day: int, /) -> list[tuple[Period, int]]:
        """The days of all years with this month and day that have articles."""

    def articles_that_may_show(self, place: Place, /) -> Iterator[int]:
        """The articles that may show the one at a place as earlier coverage."""

    def number_of_collections(self) -> int:
        """How many tags, authors and sections have pages."""

    def redirect_addresses(self) -> Iterator[str]:
        """The addresses that answer with where their page is now."""
