"""The catalogue: the articles of the archive and the published files, in SQLite.

It is a cache: if it is deleted, the next build reads everything again, and no article is lost.
"""

from newsarchive.catalogue.store import Catalogue, open_catalogue

__all__ = ["Catalogue", "open_catalogue"]
