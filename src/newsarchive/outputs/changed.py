"""The changes of a build, with what several kinds of output work out from them."""

from collections import Counter
from functools import cached_property

from newsarchive.model import addresses
from newsarchive.model.changes import Changes, Place
from newsarchive.model.periods import Period, periods_of


class Changed:
    """The changes of a build, indexed by collection, period and day."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes

    @property
    def places(self) -> tuple[Place, ...]:
        """The old and new places of all changed articles."""
        return self.changes.left + self.changes.taken

    @property
    def is_archive_changed(self) -> bool:
        """True if an article or a collection came, went or changed."""
        return bool(self.places or self.changes.moved)

    @cached_property
    def days(self) -> list[int]:
        """The days with changed articles, in rising order; 0 for undated articles."""
        return sorted({place.day for place in self.places})

    @cached_property
    def withdrawn_months(self) -> list[Period]:
        """The months, and the undated shelf, of old addresses that begin or cease to answer."""
        old = self.changes.redirects + self.changes.redirects_gone
        months = dict.fromkeys(map(addresses.month_of_article, old))
        return [month for month in months if month]

    @cached_property
    def deltas(self) -> Counter[tuple[int, Period]]:
        """How many more articles than before each changed (collection, period) has."""
        deltas: Counter[tuple[int, Period]] = Counter()
        for step, places in ((-1, self.changes.left), (1, self.changes.taken)):
            for place in places:
                for collection in place.collections:
                    for period in periods_of(place.day):
                        deltas[collection, period] += step
        return deltas

    @cached_property
    def collections(self) -> list[int]:
        """The keys of the collections with changed articles."""
        return list(dict.fromkeys(collection for collection, _ in self.deltas))
