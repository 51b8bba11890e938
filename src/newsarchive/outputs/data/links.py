"""Links from listings to the data files of their articles."""

from dataclasses import dataclass
from typing import Self

from newsarchive.model.periods import Period
from newsarchive.outputs.data.csv_tables import CsvTables
from newsarchive.outputs.data.json_lines import JsonLines
from newsarchive.outputs.kind import Settings
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.outputs.series import Series
from newsarchive.pages.views import Link

_NAMES = {"jsonl": "JSON Lines", "csv": "CSV"}


@dataclass(frozen=True, slots=True)
class DataLinks:
    """The series that listings link to."""

    months: Series
    years: Series

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """The series that the settings ask for; None if articles are not published as data."""
        months, years = JsonLines.of(settings), CsvTables.of(settings)
        return cls(months.series, years.series) if months and years else None

    def links(self, period: Period, queries: PlanQueries) -> tuple[Link, ...]:
        """Links to the data files of a month, a year or the undated shelf; empty for any other
        period."""
        match period.kind:
            case "month" | "year":
                series = self.months if period.kind == "month" else self.years
                parts = range(1, series.parts(queries, period) + 1)
                files = [(series, part) for part in parts]
            case "undated":
                # Links to all files would change every part of its listing with each new file.
                files = [(self.months, 1), (self.years, 1)]
            case _:
                files = []
        return tuple(
            Link(_NAMES[series.suffix], series.address(period, part)) for series, part in files
        )
