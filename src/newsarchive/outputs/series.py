"""Series: files that each hold the articles of one month or year, oldest first. A period with many
articles has several files, its parts.

Later articles never change a full part, and a new article changes one file of each series.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.periods import ALL_TIME, UNDATED, Period, day_period
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.kind import LISTED, Gone, Kind, Output, Stale
from newsarchive.outputs.plan_queries import PlanQueries


@dataclass(frozen=True, slots=True)
class Series:
    """One series of files."""

    kind: str
    """The name of the kind of output."""
    stem: str
    suffix: str
    """Stem and suffix make a file's name: `articles` and `csv` make `articles-2.csv`."""
    length: str
    """The length of its periods: `year` or `month`. The undated shelf is a period too."""
    limit: int
    """The most articles in a file."""
    variant: str = ""
    divides_dated: bool = True
    """False if only the undated shelf may have several parts."""
    is_chained: bool = False
    """True if each file names the file before and the file after it."""

    def address(self, period: Period, part: int) -> str:
        """The address of a part of a period."""
        number = "" if part == 1 else f"-{part}"
        return f"{period.folder}{self.stem}{number}.{self.suffix}"

    def period_of(self, day: int) -> Period:
        """The period that a day such as 20230619 belongs to; the undated shelf for 0."""
        period = day_period(day)
        if period.undated:
            return period
        return Period(period.year, period.month if self.length == "month" else 0)

    def parts_of(self, period: Period, count: int) -> int:
        """The number of files for `count` articles of a period."""
        if period.undated or self.divides_dated:
            return -(-count // self.limit)
        return min(count, 1)

    def parts(self, queries: PlanQueries, period: Period) -> int:
        """The number of files of a period."""
        return self.parts_of(period, queries.count(ALL_ARTICLES, period))

    def output(self, period: Period, part: int) -> Output:
        """The output of a part of a period."""
        address = self.address(period, part)
        return Output(self.kind, address, ALL_ARTICLES, period, part, self.variant)

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        """All files, newest first and the undated shelf last."""
        for longer, _ in queries.sub_periods(ALL_ARTICLES, ALL_TIME):
            is_one = longer.undated or self.length == "year"
            shorter = [] if is_one else queries.sub_periods(ALL_ARTICLES, longer)
            for period in [longer] if is_one else [month for month, _ in shorter]:
                for part in range(self.parts(queries, period), 0, -1):
                    yield self.output(period, part)

    def before(self, queries: PlanQueries, period: Period, part: int) -> Output | None:
        """The file before a part of a period; None for the first file of the series. The undated
        shelf comes before all months."""
        if part > 1:
            return self.output(period, part - 1)
        if period.undated:
            return None
        earlier = queries.nearest(ALL_ARTICLES, period)[0] or UNDATED
        last = self.parts(queries, earlier)
        return self.output(earlier, last) if last else None

    def after(self, queries: PlanQueries, period: Period, part: int) -> Output | None:
        """The file after a part of a period; None for the last file of the series."""
        if part < self.parts(queries, period):
            return self.output(period, part + 1)
        later = self._first(queries) if period.undated else queries.nearest(ALL_ARTICLES, period)[1]
        return self.output(later, 1) if later else None

    def _first(self, queries: PlanQueries) -> Period | None:
        years = [
            year for year, _ in queries.sub_periods(ALL_ARTICLES, ALL_TIME) if not year.undated
        ]
        if not years or self.length == "year":
            return years[-1] if years else None
        return queries.sub_periods(ALL_ARTICLES, years[-1])[-1][0]

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        """The files that the changes affect."""
        first_days: dict[Period, int] = {}
        for day in changed.days:
            first_days.setdefault(self.period_of(day), day)
        for period, day in first_days.items():
            yield from self._stale_from(day, period, changed.deltas[ALL_ARTICLES, period], queries)

    def _stale_from(
        self, day: int, period: Period, delta: int, queries: PlanQueries
    ) -> Iterator[Stale | Gone]:
        """The changed files of a period with `delta` articles more than before: those from the part
        that holds the earliest changed day on.

        With 100 articles in a part, June has 250 articles in three parts. A new article on a day
        before which June has 120 articles changes the parts 2 and 3. If June had 300 articles, part
        4 is new, and the neighbours that name the last part of June change too.
        """
        count = queries.count(ALL_ARTICLES, period)
        now, before = self.parts_of(period, count), self.parts_of(period, count - delta)
        first = queries.count_before(day, period) // self.limit + 1 if self.divides_dated else 1
        for part in range(max(1, min(first, now, before)), now + 1):
            yield Stale(self.output(period, part), LISTED)
        for part in range(now + 1, before + 1):
            yield Gone(self.address(period, part), LISTED)
        if self.is_chained and now != before:
            why = "the file before or after it is new or gone"
            for beside in (self.before(queries, period, 1), self.after(queries, period, now)):
                if beside:
                    yield Stale(beside, why)


@dataclass(frozen=True)
class SeriesKind(Kind):
    """A kind of output that is one series."""

    weight: ClassVar[int] = 50  # a file may hold more than a thousand articles

    series: Series

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        return self.series.all(queries)

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        return self.series.stale(changed, queries)
