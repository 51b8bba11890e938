"""Collections: sets of articles with pages of their own."""

from dataclasses import dataclass

ALL_ARTICLES = 1
"""The key of the collection of all articles."""

FOLDERS = {"tag": "tags", "author": "authors", "section": "sections"}
"""The folder of each kind of collection; the collection of all articles has the top folder."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A set of articles with pages of its own."""

    key: int
    kind: str
    """`all`, `tag`, `author` or `section`."""
    name: str
    slug: str

    @property
    def folder(self) -> str:
        """The folder of the collection's pages: `tags/north-korea/`, empty for all articles."""
        return collection_folder(self.kind, self.slug)


ARCHIVE = Collection(ALL_ARTICLES, "all", "", "")
"""The collection of all articles."""


def collection_folder(kind: str, collection_slug: str) -> str:
    """The folder of a collection, with a slash at its end unless it is the top folder."""
    return "" if kind == "all" else f"{FOLDERS[kind]}/{collection_slug}/"
