"""days.js: all days with articles, for the search and for 404.html."""

from dataclasses import dataclass
from typing import Self

from newsarchive.model.periods import UNDATED, numbered
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Output, Settings, SingleKind
from newsarchive.outputs.scripts.headlines import Headlines
from newsarchive.outputs.scripts.script import ScriptKind
from newsarchive.outputs.series import Series


@dataclass(frozen=True)
class Days(SingleKind, ScriptKind):
    """[days, files]: all days with articles by year, and the number of files with headlines of the
    undated shelf. The days of a year are one text of months and days: `06190802` for 19 June and 2
    August."""

    name = "days"
    function = "days"
    address = "days.js"

    headlines: Series

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(Headlines.of(settings).series)

    def argument(self, output: Output, context: Context) -> object:
        years: dict[str, str] = {}
        for number in context.queries.days_with_articles():
            day = numbered(number)
            year = f"{day.year:04}"
            years[year] = years.get(year, "") + f"{day.month:02}{day.day:02}"
        return [years, self.headlines.parts(context.queries, UNDATED)]
