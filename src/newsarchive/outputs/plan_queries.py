"""The queries of planning to the catalogue, which `newsarchive.catalogue.queries` implements."""

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
        """(collection, number of articles) for each collection with pages, of one kind or all."""

    def count(self, collection: int, period: Period, /) -> int:
        """The number of articles of a collection in a period."""

    def count_before(self, day: int, period: Period, /) -> int:
        """The number of articles of a period that are earlier than a day."""

    def sub_periods(self, collection: int, period: Period, /) -> list[tuple[Period, int]]:
        """(period, number of articles) for each next shorter period with articles."""

    def nearest(self, collection: int, period: Period, /) -> tuple[Period | None, Period | None]:
        """The nearest earlier and the nearest later period of the same length with articles; None
        if there is none."""

    def neighbours(self, day: int, moment: int, id: str, /) -> tuple[int | None, int | None]:
        """The keys of the articles before and after a place; None if there is none."""

    def place(self, key: int, /) -> Place | None:
        """The place of a published article; None for any other."""

    def places(self) -> Iterator[Place]:
        """The places of all published articles, earliest first."""

    def calendar_days(self) -> list[Period]:
        """The days of the year with articles in any year, as days of LEAP_YEAR."""

    def same_day_in_all_years(self, month: int, day: int, /) -> list[tuple[Period, int]]:
        """(day, number of articles) for a day of the year in every year with articles on it,
        latest first."""

    def articles_that_may_show(self, place: Place, /) -> Iterator[int]:
        """The keys of the articles that may show the article at a place as earlier coverage."""

    def number_of_collections(self) -> int:
        """The number of tags, authors and sections with pages."""

    def redirect_addresses(self) -> Iterator[str]:
        """The old addresses that have a page: a redirect, or a notice of withdrawal."""
