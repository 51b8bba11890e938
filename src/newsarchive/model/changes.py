"""The changes of a build, which planning starts from."""

from dataclasses import dataclass

LISTED_CHANGES = 5_000
"""Beyond so many changed articles the planner looks at every output rather than at each change."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a published article, before or after the changes."""

    key: int
    address: str
    day: int
    """20230619 in the archive's zone, 0 for undated."""
    moment: int
    """Seconds since 1970, UTC."""
    id: str
    collections: tuple[int, ...]
    """Keys of the collections that the article is in, that of all articles included."""


@dataclass(frozen=True, slots=True)
class MovedCollection:
    """A collection whose pages lie elsewhere than before; None where it is new or gone."""

    key: int
    kind: str
    slug_before: str | None
    slug_after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of a build: places given up and places taken; an article that was changed but
    did not move has one of each. `everything` says that there were too many to list."""

    left: tuple[Place, ...] = ()
    taken: tuple[Place, ...] = ()
    moved: tuple[MovedCollection, ...] = ()
    ids: tuple[str, ...] = ()
    """Further ids whose old addresses may answer otherwise: of articles that were merged, or set
    aside, or no longer are. One that ends in a slash, or is empty, stands for all in a folder."""
    everything: bool = False
    redirects: tuple[str, ...] = ()
    """Addresses that answer with where their page is now, or that it was withdrawn."""
    redirects_gone: tuple[str, ...] = ()
    """Addresses that no longer do."""
    described: tuple[int, ...] = ()
    """Collections of whose pages the owner of the archive says something else than before, or which
    lead to others that moved."""
