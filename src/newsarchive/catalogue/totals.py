"""The numbers of an archive, for the page about it, for programs and for `newsarchive stats`."""

from dataclasses import dataclass
from itertools import pairwise

from newsarchive.catalogue.queries import Queries
from newsarchive.catalogue.statistics import Statistics
from newsarchive.model.collection import ALL_ARTICLES, FOLDERS
from newsarchive.model.periods import ALL_TIME, UNDATED, Period, numbered


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is of what."""

    articles: int
    undated: int
    first: Period | None
    last: Period | None
    """The first and the last day that has articles; None where none has a date."""
    days: int
    """On how many days articles appeared."""
    months: tuple[tuple[Period, int], ...]
    """The months that have articles, with their counts, the earliest first."""
    gaps: tuple[tuple[Period, Period], ...]
    """The first and the last month of each stretch without any article in between."""
    terms: dict[str, int]
    """How many tags, authors and sections there are, by kind."""

    @property
    def counts(self) -> dict[str, int]:
        """The plain numbers, by what is counted."""
        return {
            "articles": self.articles,
            "undated": self.undated,
            "days": self.days,
            "months": len(self.months),
            **{FOLDERS[kind]: count for kind, count in self.terms.items()},
        }


def totals_of(queries: Queries, statistics: Statistics) -> Totals:
    """The numbers of the archive that these know."""
    months = statistics.months(ALL_ARTICLES, ALL_TIME)
    ends = statistics.ends(ALL_ARTICLES)
    first, last = map(numbered, ends) if ends else (None, None)
    return Totals(
        articles=queries.count(ALL_ARTICLES, ALL_TIME),
        undated=queries.count(ALL_ARTICLES, UNDATED),
        first=first,
        last=last,
        days=sum(1 for _ in queries.all_days()),
        months=tuple(months),
        gaps=tuple(
            (_month_beside(before, 1), _month_beside(after, -1))
            for (before, _), (after, _) in pairwise(months)
            if _month_beside(before, 1) != after
        ),
        terms={kind: statistics.number_of(kind) for kind in FOLDERS},
    )


def _month_beside(month: Period, step: int) -> Period:
    number = month.year * 12 + month.month - 1 + step
    return Period(number // 12, number % 12 + 1)
