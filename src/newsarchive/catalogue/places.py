"""Places: the position of an article in the order of the archive, and its collections."""

import json
import sqlite3

from newsarchive.model.changes import Place

Terms = list[tuple[int, str]]
"""(collection, its spelling in the article) pairs."""


def place_of(connection: sqlite3.Connection, key: int) -> Place | None:
    """The place of an article; None if it is not published."""
    row = connection.execute(
        "SELECT address, day, moment, id, terms, mentioned FROM articles WHERE key = ? "
        "AND status = 'published'",
        (key,),
    ).fetchone()
    if row is None:
        return None
    address, day, moment, id, terms, mentioned = row
    both = json.loads(terms) + json.loads(mentioned)
    collections = tuple(dict.fromkeys(collection for collection, _ in both))
    return Place(key, address, day, moment, id, collections)


def dates_and_collections_of(
    connection: sqlite3.Connection, key: int
) -> tuple[int, int, Terms, Terms]:
    """(day, moment, stated collections, inferred tags) of an article."""
    day, moment, terms, mentioned = connection.execute(
        "SELECT day, moment, terms, mentioned FROM articles WHERE key = ?", (key,)
    ).fetchone()
    return day, moment, json.loads(terms), json.loads(mentioned)


def source_of(connection: sqlite3.Connection, key: int) -> tuple[str, int]:
    """(source, tie_break) of an article; `tie_break` orders the articles of one source."""
    source, tie_break = connection.execute(
        "SELECT source, tie_break FROM articles WHERE key = ?", (key,)
    ).fetchone()
    return source, tie_break
