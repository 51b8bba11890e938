"""A few articles of each day of the year, for the home page's "On this day"."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.periods import Period
from newsarchive.outputs.calendar_days import calendar_address, changed_days
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import LISTED, Gone, Output, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.outputs.scripts.script import ScriptKind

_ARTICLES = 6
"""The most articles of a day."""


@dataclass(frozen=True)
class CalendarDayScripts(ScriptKind):
    """One article from each of the latest years for a day of the year, latest year first:
    [year, address, headline]. A day without articles has no script."""

    name = "calendar-day-script"
    function = "onThisDay"
    weight = 1

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls()

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        return map(self._output, queries.calendar_days())

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        for day in changed_days(changed):
            script = self._output(day)
            has_articles = queries.same_day_in_all_years(day.month, day.day)
            yield Stale(script, LISTED) if has_articles else Gone(script.address, LISTED)

    def _output(self, day: Period) -> Output:
        return Output(self.name, calendar_address(day, ".js"), period=day)

    def argument(self, output: Output, context: Context) -> object:
        day = output.period
        found: list[list[int | str]] = []
        for period, _ in context.queries.same_day_in_all_years(day.month, day.day)[:_ARTICLES]:
            for entry in context.queries.earliest(ALL_ARTICLES, period, 1):
                headline: str = entry.fields["headline"]
                found.append([period.year, addresses.quoted(entry.address), headline])
        return found
