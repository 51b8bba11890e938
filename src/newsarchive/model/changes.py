"""The changes of a build, from which the planner finds the stale files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The address, time and collections of a published article, before or after the build."""

    key: int
    address: str
    day: int
    """In the archive's time zone, as 20230619; 0 if undated."""
    moment: int
    """Seconds since 1970, UTC."""
    id: str
    collections: tuple[int, ...]
    """The keys of the article's collections, that of all articles included."""


@dataclass(frozen=True, slots=True)
class MovedCollection:
    """A collection whose pages moved. A slug is None if the collection is new or gone."""

    key: int
    kind: str
    slug_before: str | None
    slug_after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of a build: the places that articles left and took. An article that changed
    without moving has one of each."""

    left: tuple[Place, ...] = ()
    taken: tuple[Place, ...] = ()
    moved: tuple[MovedCollection, ...] = ()
    ids: tuple[str, ...] = ()
    """Ids of articles that were merged or skipped, or no longer are: their old addresses may
    redirect elsewhere. An id that ends in a slash, or is empty, means all articles of a folder."""
    everything: bool = False
    """True if there were too many changes to list: every output is then planned."""
    redirects: tuple[str, ...] = ()
    """Old addresses whose pages redirect, or say that the article was withdrawn."""
    redirects_gone: tuple[str, ...] = ()
    """Old addresses that lost their page."""
    described: tuple[int, ...] = ()
    """Collections whose description or see-also links changed."""
