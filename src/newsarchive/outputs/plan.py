"""The plan: the outputs that changes make stale, each with a reason.

These are pure functions of the changes and of the catalogue's answers: they use no file, no clock
and no HTML. A plan may name an output that turns out the same, but never leaves out one that
differs.
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
    """The outputs of these kinds that the changes affect; may repeat an output."""
    if changes == Changes():
        return
    changed = Changed(changes)
    for kind in kinds:
        yield from kind.stale(changed, queries)
