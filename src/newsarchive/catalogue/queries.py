"""The queries of planning, rendering and the commands, in one object.

Each group of queries has a module: `article_queries`, `collection_queries`, `redirect_queries` and
`file_queries`. Totals of the archive are in `statistics`, problems and warnings in `ledger`.
"""

from newsarchive.catalogue.article_queries import ArticleQueries
from newsarchive.catalogue.collection_queries import CollectionQueries
from newsarchive.catalogue.redirect_queries import RedirectQueries


class Queries(ArticleQueries, CollectionQueries, RedirectQueries):
    """Queries about articles, collections and redirects, and as `files` about files."""
