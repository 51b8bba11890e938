"""Queries for articles: lists of them, single ones, and those before, after and related."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newsarchive.catalogue.file_queries import FileQueries
from newsarchive.catalogue.query_group import QueryGroup
from newsarchive.catalogue.records import fields_of
from newsarchive.catalogue.related import Related
from newsarchive.model.changes import Place
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.periods import NO_DAY, Period
from newsarchive.tagging.authority import Authority


@dataclass(frozen=True, slots=True)
class Entry:
    """A published article as listings show it."""

    address: str
    fields: dict[str, Any]
    """The fields of `Article` that are not empty, without the body."""
    is_mention: bool
    """True if it has the listed tag by inference only."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """A published article with all its fields in the catalogue."""

    address: str
    fields: dict[str, Any]
    """The fields of `Article` that are not empty, without the body."""
    id: str
    day: int
    """20230619 in the archive's time zone, 0 if undated."""
    body: str | None
    """Sanitised HTML; None if the query did not ask for it."""
    collections: tuple[int, ...]
    """The collections that the article states."""
    mentioned: tuple[int, ...]
    """The tags that were inferred from its text."""
    previous: tuple[str, str] | None = None
    """(address, headline) of the article before it."""
    next: tuple[str, str] | None = None
    """(address, headline) of the article after it."""
    missing: tuple[str, ...] = ()
    """The files that it refers to and that are not in the source folders."""


class ArticleQueries(QueryGroup):
    """Finds articles; every list comes from an index."""

    def __init__(self, connection: sqlite3.Connection, authority: Authority) -> None:
        super().__init__(connection, authority)
        self.files = FileQueries(connection)
        self._related = Related(connection, authority)

    def latest(self, collection: int, period: Period, limit: int) -> list[Entry]:
        """The articles of a listing, newest first, at most `limit`."""
        return self._entries(collection, period, "DESC", limit, 0)

    def earliest(self, collection: int, period: Period, limit: int, skip: int = 0) -> list[Entry]:
        """The articles of a listing after the first `skip`, oldest first, at most `limit`."""
        return self._entries(collection, period, "ASC", limit, skip)

    def _entries(
        self, collection: int, period: Period, order: str, limit: int, skip: int
    ) -> list[Entry]:
        columns = "a.address, a.record, a.mentioned"
        rows = self._listed(columns, collection, period, order, limit, skip)
        return [
            Entry(
                address,
                fields_of(record),
                mentioned != "[]" and collection in collection_keys(mentioned),
            )
            for address, record, mentioned in rows
        ]

    def stored_articles(
        self,
        collection: int,
        period: Period,
        limit: int,
        *,
        with_body: bool,
        newest_first: bool,
        skip: int = 0,
    ) -> Iterator[StoredArticle]:
        """The articles of a listing after the first `skip`, at most `limit`: with all fields, but
        without the articles before and after each."""
        columns = "a.key, a.address, a.day, a.id, a.record, a.terms, a.mentioned"
        order = "DESC" if newest_first else "ASC"
        for key, *row in self._listed(columns, collection, period, order, limit, skip):
            yield self._stored_article(key, *row, body=self._body(key) if with_body else None)

    def headlines(self, period: Period, limit: int, skip: int) -> list[tuple[str, str]]:
        """(address, headline) of the articles of a period after the first `skip`, oldest first, at
        most `limit`."""
        columns = "a.address, a.record ->> 'headline'"
        return list(self._listed(columns, ALL_ARTICLES, period, "ASC", limit, skip))

    def _listed(
        self, columns: str, collection: int, period: Period, order: str, limit: int, skip: int
    ) -> Iterator[Any]:
        return self._connection.execute(
            f"SELECT {columns} FROM memberships m JOIN articles a ON a.key = m.article "  # noqa: S608
            "WHERE m.collection = ? AND m.day BETWEEN ? AND ? "
            f"ORDER BY m.day {order}, m.moment {order}, a.id {order} LIMIT ? OFFSET ?",
            (collection, *period.days, limit, skip),
        )

    def article(self, key: int) -> StoredArticle:
        """A published article with all its fields, and the articles before and after it."""
        address, day, moment, id, *columns = self._connection.execute(
            "SELECT address, day, moment, id, record, terms, mentioned FROM articles WHERE key = ?",
            (key,),
        ).fetchone()
        neighbours = (
            self._nearest_link(day, moment, id, "<", "DESC"),
            self._nearest_link(day, moment, id, ">", "ASC"),
        )
        return self._stored_article(
            key, address, day, id, *columns, *neighbours, body=self._body(key)
        )

    def _stored_article(
        self,
        key: int,
        address: str,
        day: int,
        id: str,
        record: str,
        terms: str,
        mentioned: str,
        *neighbours: Any,
        body: str | None,
    ) -> StoredArticle:
        fields = fields_of(record)
        missing = self.files.missing(key) if "files" in fields else ()
        previous, following = neighbours or (None, None)
        return StoredArticle(
            address,
            fields,
            id,
            day,
            body,
            collection_keys(terms),
            collection_keys(mentioned),
            previous,
            following,
            missing,
        )

    def _body(self, key: int) -> str:
        html: str = self._connection.execute(
            "SELECT html FROM bodies WHERE article = ?", (key,)
        ).fetchone()[0]
        return html

    def places(self) -> Iterator[Place]:
        """The places of all published articles, without their collections, oldest first."""
        for key, address, day, moment, id in self._connection.execute(
            "SELECT key, address, day, moment, id FROM articles WHERE status = 'published' "
            "ORDER BY day, moment, id"
        ):
            yield Place(key, address, day, moment, id, ())

    def place(self, key: int) -> Place | None:
        """The place of an article, without its collections; None if it is not published."""
        row = self._connection.execute(
            "SELECT address, day, moment, id FROM articles WHERE key = ? AND status = 'published'",
            (key,),
        ).fetchone()
        if row is None:
            return None
        address, day, moment, id = row
        return Place(key, address, day, moment, id, ())

    def neighbours(self, day: int, moment: int, id: str) -> tuple[int | None, int | None]:
        """The keys of the articles just before and just after a place among the dated articles or,
        for day 0, among the undated ones; None if there is none."""
        return self._nearest_key(day, moment, id, "<", "DESC"), self._nearest_key(
            day, moment, id, ">", "ASC"
        )

    def _nearest_key(self, day: int, moment: int, id: str, side: str, order: str) -> int | None:
        row = self._nearest_article("key", day, moment, id, side, order)
        return row[0] if row else None

    def _nearest_link(
        self, day: int, moment: int, id: str, side: str, order: str
    ) -> tuple[str, str] | None:
        columns = "address, record ->> 'headline'"
        row = self._nearest_article(columns, day, moment, id, side, order)
        return (row[0], row[1]) if row else None

    def _nearest_article(
        self, columns: str, day: int, moment: int, id: str, side: str, order: str
    ) -> Any:
        row = self._connection.execute(
            f"SELECT day, {columns} FROM articles WHERE status = 'published' "  # noqa: S608
            f"AND (day, moment, id) {side} (?, ?, ?) "
            f"ORDER BY day {order}, moment {order}, id {order} LIMIT 1",
            (day, moment, id),
        ).fetchone()
        # In the index the last undated article comes just before the first dated one.
        return row[1:] if row and (row[0] == NO_DAY) == (day == NO_DAY) else None

    def earlier_coverage(self, article: StoredArticle) -> list[Entry]:
        """The earlier coverage that the page of an article shows, newest first."""
        collections = dict.fromkeys(article.collections + article.mentioned)
        entries = []
        for key in self._related.earlier_coverage(article.day, collections):
            address, record = self._connection.execute(
                "SELECT address, record FROM articles WHERE key = ?", (key,)
            ).fetchone()
            entries.append(Entry(address, fields_of(record), is_mention=False))
        return entries

    def articles_that_may_show(self, place: Place) -> Iterator[int]:
        """The articles that may show the article at a place as earlier coverage."""
        return self._related.articles_that_may_show(place)


def collection_keys(terms: str) -> tuple[int, ...]:
    """The keys of the collections in a column `terms` or `mentioned`, each once."""
    return tuple(dict.fromkeys(collection for collection, _ in json.loads(terms)))
