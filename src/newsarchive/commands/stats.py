"""Stats: the counts of an archive, its gaps and missing metadata, from the last build."""

from dataclasses import dataclass

from newsarchive.catalogue.queries import Queries
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
    """The counts, the busiest days and the most covered tags."""

    numbers: Totals
    untagged: int
    """The number of articles with no tag on their page."""
    busiest: tuple[tuple[Period, int], ...]
    """The days with the most articles."""
    largest: tuple[tuple[str, int], ...]
    """The tags with the most articles."""

    def report(self) -> dict[str, object]:
        """The statistics as `--json` prints them."""
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
    """The statistics of the last build. Raises ArchiveError if there is no build, or if one is
    running."""
    record = open_snapshot(catalogue_path(config.directory, config.output))
    try:
        if record.connection is None:
            raise ArchiveError(f"{config.output}: no build found: run newsarchive build first")
        # No authority is needed, because the build applied tags.toml already.
        queries = Queries(record.connection, Authority(()))
        statistics = Statistics(record.connection, queries)
        largest = statistics.largest("tag", _LARGEST)
        return ArchiveStats(
            totals_of(queries, statistics),
            statistics.untagged_articles(),
            tuple(statistics.busiest_days(_BUSIEST)),
            tuple((tag.name, count) for tag, count in largest),
        )
    finally:
        record.close()
