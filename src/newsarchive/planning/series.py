"""Series: files that each hold the articles of one period, the oldest first, in parts where they
are many. A part that is full changes no more, and a new article changes one file of each series.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.model import addresses
from newsarchive.model.periods import ALL_TIME, UNDATED, Period, day_period
from newsarchive.planning.outputs import Gone, Lookups, Output, Scope, Stale

IN_FEED_DOCUMENT = 100
"""How many articles a document of the history of a feed holds at most: whole ones, some 1 MB."""

IN_SITEMAP = 20_000
"""How many articles a sitemap lists at most. sitemaps.org sets limits of 50,000 addresses and of
50 MB; an address of this site takes at most some 900 bytes, percent-encoded."""

_IN_TABLE = 20_000
_IN_HEADLINES = 1_000


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of such files."""

    kind: str
    length: str
    """The length of its periods, `year` or `month`; the undated shelf is one as well."""
    most: int
    """How many articles a file holds at most."""
    address: Callable[[Period, int], str]
    """The address of a part of a period."""
    variant: str = ""
    divides_dated: bool = True
    """Whether a period with a date is divided as well, and not the undated shelf alone."""
    is_chained: bool = False
    """Whether each file names the one before and the one after it."""

    def period_of(self, day: int) -> Period:
        """The period that the articles of a day are in."""
        period = day_period(day)
        if period.undated:
            return period
        return Period(period.year, period.month if self.length == "month" else 0)

    def parts_of(self, period: Period, count: int) -> int:
        """How many files so many articles of a period take."""
        if period.undated or self.divides_dated:
            return -(-count // self.most)
        return min(count, 1)

    def parts(self, lookups: Lookups, period: Period) -> int:
        """How many files a period takes."""
        return self.parts_of(period, lookups.count(ALL_ARTICLES, period))

    def output(self, period: Period, part: int) -> Output:
        """One of the files."""
        address = self.address(period, part)
        return Output(self.kind, address, ALL_ARTICLES, period, part, self.variant)

    def newest(self, lookups: Lookups) -> Iterator[Output]:
        """All files, the newest first and the undated shelf last."""
        for longer, _ in lookups.sub_periods(ALL_ARTICLES, ALL_TIME):
            is_one = longer.undated or self.length == "year"
            shorter = [] if is_one else lookups.sub_periods(ALL_ARTICLES, longer)
            for period in [longer] if is_one else [month for month, _ in shorter]:
                for part in range(self.parts(lookups, period), 0, -1):
                    yield self.output(period, part)

    def before(self, lookups: Lookups, period: Period, part: int) -> Output | None:
        """The file before a part of a period; None for the first of all."""
        if part > 1:
            return self.output(period, part - 1)
        if period.undated:
            return None
        earlier = lookups.nearest(ALL_ARTICLES, period)[0] or UNDATED
        last = self.parts(lookups, earlier)
        return self.output(earlier, last) if last else None

    def after(self, lookups: Lookups, period: Period, part: int) -> Output | None:
        """The file after a part of a period; None for the last of all."""
        if part < self.parts(lookups, period):
            return self.output(period, part + 1)
        later = self._first(lookups) if period.undated else lookups.nearest(ALL_ARTICLES, period)[1]
        return self.output(later, 1) if later else None

    def _first(self, lookups: Lookups) -> Period | None:
        years = [
            year for year, _ in lookups.sub_periods(ALL_ARTICLES, ALL_TIME) if not year.undated
        ]
        if not years or self.length == "year":
            return years[-1] if years else None
        return lookups.sub_periods(ALL_ARTICLES, years[-1])[-1][0]

    def changed(
        self, lookups: Lookups, period: Period, day: int, delta: int, reason: str
    ) -> Iterator[Stale | Gone]:
        """What follows when articles of a period came, went or changed, the earliest of them on a
        day, so that it has `delta` more than before."""
        count = lookups.count(ALL_ARTICLES, period)
        now, before = self.parts_of(period, count), self.parts_of(period, count - delta)
        first = lookups.count_before(day, period) // self.most + 1 if self.divides_dated else 1
        for part in range(max(1, min(first, now, before)), now + 1):
            yield Stale(self.output(period, part), reason)
        for part in range(now + 1, before + 1):
            yield Gone(self.address(period, part), reason)
        if self.is_chained and now != before:
            why = "the one before or after it is new or gone"
            for beside in (self.before(lookups, period, 1), self.after(lookups, period, now)):
                if beside:
                    yield Stale(beside, why)


HEADLINES = Series("headlines", "month", _IN_HEADLINES, addresses.headlines, divides_dated=False)
SITEMAP = Series("sitemap", "month", IN_SITEMAP, addresses.sitemap)
TABLE = Series("articles-table", "year", _IN_TABLE, addresses.articles_table)


def data_of_months(most: int) -> Series:
    """The data of articles, so many in a file at most."""
    return Series("articles-data", "month", most, addresses.articles_data)


def feed_documents(format: str) -> Series:
    """The history of a feed in a format, after RFC 5005, section 4."""
    return Series(
        "feed-document",
        "month",
        IN_FEED_DOCUMENT,
        lambda period, part: addresses.feed_document(period, part, format),
        format,
        is_chained=True,
    )


def all_series(scope: Scope) -> list[Series]:
    """The series that a site has."""
    found = [HEADLINES, SITEMAP, TABLE, data_of_months(scope.in_data_part)]
    found += map(feed_documents, scope.history_formats)
    return [series for series in found if scope.wants(series.kind)]
