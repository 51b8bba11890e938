"""Places: where an article stands in the catalogue."""

import json
import sqlite3

from newsarchive.model.changes import Place

Terms = list[tuple[int, str]]
"""Collections with the names that they have in an article."""


def place_of(connection: sqlite3.Connection, key: int) -> Place | None:
    """The place of a published article; None for any other."""
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


def standing_of(connection: sqlite3.Connection, key: int) -> tuple[int, int, Terms, Terms]:
    """The day and the moment of an article, and the collections that it states and mentions."""
    day, moment, terms, mentioned = connection.execute(
        "SELECT day, moment, terms, mentioned FROM articles WHERE key = ?", (key,)
    ).fetchone()
    return day, moment, json.loads(terms), json.loads(mentioned)


def source_of(connection: sqlite3.Connection, key: int) -> tuple[str, int]:
    """The source of an article, and the number that orders the articles of that source."""
    source, tie_break = connection.execute(
        "SELECT source, tie_break FROM articles WHERE key = ?", (key,)
    ).fetchone()
    return source, tie_break
