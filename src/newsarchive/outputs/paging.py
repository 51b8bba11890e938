"""Paging: which listings have a page, and how many pages they take."""

from dataclasses import dataclass

from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.periods import ALL_TIME, Period
from newsarchive.outputs.plan_queries import PlanQueries

LATEST = 20
"""The number of articles that a listing shows if it has too many for one page."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The rules of paging."""

    page_size: int
    """The most articles on a page."""

    def fits(self, count: int) -> bool:
        """True if a listing shows `count` articles on one page."""
        return count <= self.page_size

    def parts(self, period: Period, count: int) -> int:
        """The number of pages of a listing: only days and the undated shelf are split."""
        if period.kind not in ("day", "undated"):
            return 1
        return max(1, -(-count // self.page_size))

    def has_page(self, queries: PlanQueries, collection: int, period: Period, count: int) -> bool:
        """True if a listing exists. For all articles, every period with articles has one. A tag,
        author or section has one for a period only if the longer period does not fit on a page."""
        if collection == ALL_ARTICLES:
            return count > 0 or period == ALL_TIME
        if count == 0 or period.parent is None:
            return count > 0
        return not self.fits(queries.count(collection, period.parent))
