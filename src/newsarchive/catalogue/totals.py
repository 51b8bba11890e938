"""Totals of an archive, for its about page, its data for programs and `newsarchive stats`."""

from dataclasses import dataclass
from itertools import pairwise

from newsarchive.catalogue.queries import Queries
from newsarchive.catalogue.statistics import Statistics
from newsarchive.model.collection import ALL_ARTICLES, FOLDERS
from newsarchive.model.periods import ALL_TIME, UNDATED, Period, numbered


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of an archive as of its last build."""

    articles: int
    undated: int
    first: Period | None
    last: Period | None
    """The first and the last day with articles; None if no article has a date."""
    days: int
    """The number of days with articles."""
    months: tuple[tuple[Period, int], ...]
    """(month, number of articles) for the months with articles, earliest first."""
    gaps: tuple[tuple[Period, Period], ...]
    """The first and the last month of each stretch of months without articles."""
    terms: dict[str, int]
    """The numbers of tags, authors and sections that have pages, by kind."""

    @property
    def counts(self) -> dict[str, int]:
        """The totals by name: `articles`, `undated`, `days`, `months`, `tags`, `authors` and
        `sections`."""
        return {
            "articles": self.articles,
            "undated": self.undated,
            "days": self.days,
            "months": len(self.months),
            **{FOLDERS[kind]: count for kind, count in self.terms.items()},
        }


def totals_of(queries: Queries, statistics: Statistics) -> Totals:
    """The totals of the archive that `queries` and `statistics` query."""
    months = statistics.months(ALL_ARTICLES, ALL_TIME)
    days = statistics.first_and_last_day(ALL_ARTICLES)
    first, last = map(numbered, days) if days else (None, None)
    return Totals(
        articles=queries.count(ALL_ARTICLES, ALL_TIME),
        undated=queries.count(ALL_ARTICLES, UNDATED),
        first=first,
        last=last,
        days=sum(1 for _ in queries.days_with_articles()),
        months=tuple(months),
        gaps=tuple(
            (_month_after(before, 1), _month_after(after, -1))
            for (before, _), (after, _) in pairwise(months)
            if _month_after(before, 1) != after
        ),
        terms={kind: statistics.collections_of(kind) for kind in FOLDERS},
    )


def _month_after(month: Period, months: int) -> Period:
    number = month.year * 12 + month.month - 1 + months
    return Period(number // 12, number % 12 + 1)
