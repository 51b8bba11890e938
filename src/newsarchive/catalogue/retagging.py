"""Retagging: what follows for the articles in the catalogue when `tags.toml` has changed.

No source is read again. The tags that articles state are looked up by their spellings, and those
that they have from what they say change only where a name stands in the text that means something
else now.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from newsarchive.catalogue.records import terms_of
from newsarchive.catalogue.writer import CatalogueWriter
from newsarchive.model.text import identity
from newsarchive.tagging.authority import Authority, Tag
from newsarchive.tagging.gazetteer import Name
from newsarchive.tagging.inference import Tagging
from newsarchive.tagging.vocabulary import plain, spellings

_WORD = re.compile(r"[^\W_]+")

_IS_USED = "status IN ('published', 'merged')"
"""Drafts are read again before they are published."""


class Retagging:
    """Brings the catalogue from one authority to another."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        writer: CatalogueWriter,
        before: Authority,
        tagging: Tagging,
    ) -> None:
        self._connection = connection
        self._writer = writer
        self._before = Tagging(before, tagging.infer, tagging.language)
        self._after = tagging
        self._done: set[int] = set()

    def retag(self) -> None:
        """Retag what is affected, before any other article comes in or goes."""
        tags = self._tag_collections()
        # First those that look different whatever their tags: each article is retagged once.
        for named, key in tags.items():
            if self._is_toggled(named):
                for article in self._members(key):
                    self._retag(article, is_shown_otherwise=True)
        for named, key in tags.items():
            if self._has_spelling_that_moved(named, key):
                for article in self._members(key):
                    self._retag(article)
        for article in [*self._merged_that_moved(), *self._with_changed_names()]:
            self._retag(article)
        both = (*self._before.authority.tags, *self._after.authority.tags)
        laid_down = {tag.identity for tag in both} & tags.keys()
        self._writer.settle_anew(tags[named] for named in laid_down)
        self._writer.describe_anew(
            tags[named] for named in laid_down if self._is_described_otherwise(named)
        )

    def _tag_collections(self) -> dict[str, int]:
        return dict(
            self._connection.execute("SELECT identity, key FROM collections WHERE kind = 'tag'")
        )

    def _is_toggled(self, named: str) -> bool:
        """Whether a tag is hidden now and was not, or the other way round."""
        before, after = self._tags_of(named)
        return (before is not None and before.hidden) != (after is not None and after.hidden)

    def _has_spelling_that_moved(self, named: str, key: int) -> bool:
        """Whether a spelling that led to a tag leads to another one now."""
        rows = self._connection.execute(
            "SELECT spelling FROM spellings WHERE collection = ? AND is_stated", (key,)
        )
        resolved = self._after.authority.resolved
        return any(resolved(identity(spelling)) != named for (spelling,) in rows)

    def _merged_that_moved(self) -> list[int]:
        """The merged articles that state a name which leads elsewhere now, or is hidden or no
        more: they are in no collection."""
        found = []
        for article, record in self._connection.execute(
            "SELECT key, record FROM articles WHERE status = 'merged'"
        ):
            stated = list(map(identity, json.loads(record).get("tags", ())))
            if any(
                self._before.authority.resolved(named) != self._after.authority.resolved(named)
                or self._is_toggled(named)
                for named in stated
            ):
                found.append(article)
        return found

    def _tags_of(self, named: str) -> tuple[Tag | None, Tag | None]:
        return self._before.authority.tag_of(named), self._after.authority.tag_of(named)

    def _is_described_otherwise(self, named: str) -> bool:
        told = [
            (tag.description, [one.authority.resolved(identity(name)) for name in tag.see_also])
            if (tag := one.authority.tag_of(named))
            else None
            for one in (self._before, self._after)
        ]
        return told[0] != told[1]

    def _members(self, collection: int) -> list[int]:
        rows = self._connection.execute(
            "SELECT article FROM memberships WHERE collection = ?", (collection,)
        )
        return [article for (article,) in rows.fetchall()]

    def _with_changed_names(self) -> Iterator[int]:
        """The articles that tags are looked for in, and in whose text a name stands that meant
        something else before."""
        may_hold = cache(self._may_hold)
        for article, language, headline, body in self._connection.execute(
            "SELECT key, record ->> 'language', record ->> 'headline', html FROM articles "  # noqa: S608
            f"JOIN bodies ON article = key WHERE is_searched AND {_IS_USED}"
        ):
            holds = may_hold(language or self._after.language)
            if holds and holds(plain(f"{headline}\n{body}")):
                yield article

    def _may_hold(self, language: str) -> Callable[[str], bool] | None:
        """Whether a text, with its markup, may hold one of the names of a language that mean
        something else now: a word of one, at least. None where there is no such name."""
        names = self._meanings(self._before, language) ^ self._meanings(self._after, language)
        if not names:
            return None
        words = set()
        for name, *_ in names:
            for spelling in spellings(name):
                found = _WORD.findall(spelling)
                if not found:
                    return lambda _: True
                words.add(max(found, key=len))
        automaton = AhoCorasick(sorted(words))
        return lambda text: bool(automaton.find_matches_as_indexes(text))

    def _meanings(self, tagging: Tagging, language: str) -> set[tuple[Name, bool]]:
        """The names of a language, each with whether articles may get its tag."""
        meanings = set()
        for name in tagging.names(language).values():
            tag = tagging.authority.tag_of(identity(name.tag)) if name.tag else None
            meanings.add((name, tag is None or (tag.inferred and not tag.hidden)))
        return meanings

    def _retag(self, article: int, *, is_shown_otherwise: bool = False) -> None:
        if article in self._done:
            return
        self._done.add(article)
        record, body = self._connection.execute(
            "SELECT record, html FROM articles JOIN bodies ON article = key WHERE key = ?",
            (article,),
        ).fetchone()
        said = json.loads(record)
        tags = tuple(said.get("tags", ()))
        stated = terms_of(tags, said.get("authors", ()), said.get("section"))
        searches = self._after.is_searched(tags)
        found = self._after.inferred(tags, said["headline"], body, said.get("language"))
        self._writer.retag(
            article, stated, found, is_searched=searches, is_shown_otherwise=is_shown_otherwise
        )
