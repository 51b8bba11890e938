"""The headlines of each month, for the search."""

from dataclasses import dataclass
from typing import Self

from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Output, Settings
from newsarchive.outputs.scripts.script import ScriptKind
from newsarchive.outputs.series import Series, SeriesKind


@dataclass(frozen=True)
class Headlines(SeriesKind, ScriptKind):
    """The headlines of a month, or of a part of the undated shelf, oldest first: [folder,
    [[address below the folder, headline], ...]]."""

    name = "headlines"
    function = "headlines"
    weight = 10

    @classmethod
    def of(cls, settings: Settings) -> Self:
        limit = settings.limits.undated_headlines
        return cls(Series(cls.name, "headlines", "js", "month", limit, divides_dated=False))

    def argument(self, output: Output, context: Context) -> object:
        period = output.period
        limit = self.series.limit
        if not period.undated:
            limit = context.queries.count(ALL_ARTICLES, period)
        found = context.queries.headlines(period, limit, (output.part - 1) * limit)
        return [
            period.folder,
            [
                [addresses.quoted(address.removeprefix(period.folder)), headline]
                for address, headline in found
            ],
        ]
