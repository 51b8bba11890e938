"""Queries for redirects: old addresses and their targets."""

from collections.abc import Iterator

from newsarchive.catalogue import redirect_targets
from newsarchive.catalogue.query_group import QueryGroup


class RedirectQueries(QueryGroup):
    """Finds redirects and their targets."""

    def redirect_addresses(self) -> Iterator[str]:
        """The old addresses that have a page: a redirect, or a notice that the article was
        withdrawn; sorted."""
        for (address,) in self._connection.execute(
            "SELECT address FROM redirects ORDER BY address"
        ):
            yield address

    def redirect_target(self, address: str) -> tuple[str | None, bool]:
        """(target, is_skipped) of an old address: the address that it redirects to, None if
        its article is not published; and whether the article's source could not be read."""
        row = redirect_targets.at(self._connection, address)
        target = redirect_targets.target(self._connection, self.authority, row)
        return target, redirect_targets.is_skipped(self._connection, row)

    def redirects_to(self, id: str) -> tuple[str, ...]:
        """The old addresses that redirect to an article, sorted."""
        rows = self._connection.execute(
            "SELECT address FROM redirects WHERE kind = 'article' AND name = ? ORDER BY address",
            (id,),
        )
        return tuple(address for (address,) in rows)

    def withdrawn_articles(self, start: str, end: str) -> list[tuple[str, str]]:
        """(address, id) of withdrawn articles that have a notice at their old address, for
        addresses from `start` up to but without `end`."""
        return redirect_targets.withdrawn(self._connection, self.authority, start, end)
