"""The plan: which outputs there are, and which of them changes make stale.

Pure functions of the changes and of what the catalogue answers: no file, no clock, no HTML. A plan
may name an output that turns out the same; it never leaves one out that would differ.
"""

from collections.abc import Iterable, Iterator

from newsarchive.model.changes import Changes
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.kind import Gone, Kind, Stale
from newsarchive.outputs.plan_queries import PlanQueries


def plan_everything(kinds: Iterable[Kind], queries: PlanQueries, reason: str) -> Iterator[Stale]:
    """Every output of these kinds."""
    for kind in kinds:
        for output in kind.all(queries):
            yield Stale(output, reason)


def plan_changes(
    changes: Changes, kinds: Iterable[Kind], queries: PlanQueries
) -> Iterator[Stale | Gone]:
    """The outputs of these kinds that the changes affect; one may come more than once."""
    if changes == Changes():
        return
    changed = Changed(changes)
    for kind in kinds:
        yield from kind.stale(changed, queries)
