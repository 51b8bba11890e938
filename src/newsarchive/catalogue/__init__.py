"""The catalogue: what is in the archive and what was published from it, in SQLite.

It is a cache. Deleting it costs the time to read everything again, never an article.
"""

from newsarchive.catalogue.store import Catalogue, open_catalogue

__all__ = ["Catalogue", "open_catalogue"]
