"""The changes of a build, indexed for the kinds of output."""

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
        """The old and the new places of all changed articles."""
        return self.changes.left + self.changes.taken

    @property
    def is_archive_changed(self) -> bool:
        """True if an article or a collection was added, removed or changed."""
        return bool(self.places or self.changes.moved)

    @cached_property
    def days(self) -> list[int]:
        """The days with changed articles, such as 20230619, earliest first; 0 for undated
        articles."""
        return sorted({place.day for place in self.places})

    @cached_property
    def months_of_old_addresses(self) -> list[Period]:
        """The months, and the undated shelf, of articles whose old address got, changed or lost its
        page."""
        old = self.changes.redirects + self.changes.redirects_gone
        months = dict.fromkeys(map(addresses.month_of_article, old))
        return [month for month in months if month]

    @cached_property
    def deltas(self) -> Counter[tuple[int, Period]]:
        """The change in the number of articles of each affected (collection, period)."""
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
