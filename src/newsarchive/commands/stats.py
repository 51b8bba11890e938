"""The numbers of an archive as of its last build: how much there is of what, and what it lacks."""

from dataclasses import dataclass

from newsarchive.catalogue.queries import Queries
from newsarchive.catalogue.report_queries import busiest_days, untagged
from newsarchive.catalogue.statistics import Statistics
from newsarchive.catalogue.store import catalogue_path, open_snapshot
from newsarchive.catalogue.totals import Totals, totals_of
from newsarchive.config import Config
from newsarchive.model.periods import Period
from newsarchive.model.problems import ArchiveError
from newsarchive.tagging.authority import Authority

_BUSIEST = 5
_LARGEST = 20


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """The numbers, and what stands out."""

    numbers: Totals
    untagged: int
    """How many articles have no tag that is shown."""
    busiest: tuple[tuple[Period, int], ...]
    """The days with most articles."""
    largest: tuple[tuple[str, int], ...]
    """The tags with most articles."""

    def report(self) -> dict[str, object]:
        """The same for programs."""
        numbers = self.numbers
        return {
            "counts": numbers.counts,
            "untagged": self.untagged,
            "first": numbers.first.iso if numbers.first else None,
            "last": numbers.last.iso if numbers.last else None,
            "by_month": _counted(numbers.months),
            "busiest_days": _counted(self.busiest),
            "largest_tags": [{"name": name, "articles": count} for name, count in self.largest],
            "gaps": [{"first": first.iso, "last": last.iso} for first, last in numbers.gaps],
        }


def _counted(periods: tuple[tuple[Period, int], ...]) -> list[dict[str, object]]:
    return [{"period": period.iso, "articles": count} for period, count in periods]


def archive_stats(config: Config) -> ArchiveStats:
    """The numbers as of the last build. Raises ArchiveError where there was none."""
    record = open_snapshot(catalogue_path(config.directory, config.output))
    try:
        if record.connection is None:
            raise ArchiveError(
                f"nothing is known of the articles for {config.output} yet: run newsarchive build, "
                f"and then this again"
            )
        # What tags.toml says was settled by the build.
        queries = Queries(record.connection, Authority(()))
        statistics = Statistics(record.connection, queries)
        largest = statistics.largest("tag", _LARGEST)
        return ArchiveStats(
            totals_of(queries, statistics),
            untagged(record.connection),
            tuple(busiest_days(record.connection, _BUSIEST)),
            tuple((tag.name, count) for tag, count in largest),
        )
    finally:
        record.close()
