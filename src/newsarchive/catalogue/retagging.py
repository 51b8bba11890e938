"""Retagging: updates the tags of the articles in the catalogue after a change of `tags.toml`.

No source is read again. Stated tags are found by their spellings. Inferred tags change only in
articles whose text has a name that now means another tag, or none.
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
from newsarchive.tagging.vocabulary import normalised, spellings

_WORD = re.compile(r"[^\W_]+")

_IS_USED = "status IN ('published', 'merged')"
"""Drafts are left out: they are read again before they are published."""


class Retagging:
    """Updates the catalogue from the authority of the last build to the present one."""

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
        self._retagged: set[int] = set()

    def retag(self) -> None:
        """Retag all affected articles. Call it before the build adds or removes any article."""
        tags = self._tag_collections()
        # Articles of tags that were hidden or shown come first: each article is retagged once, and
        # the pages of these change even if their tags stay the same.
        for tag_identity, key in tags.items():
            if self._is_hidden_or_shown(tag_identity):
                for article in self._members(key):
                    self._retag(article, looks_different=True)
        for tag_identity, key in tags.items():
            if self._has_moved_spelling(tag_identity, key):
                for article in self._members(key):
                    self._retag(article)
        for article in [*self._affected_merged(), *self._mentioning_changed_names()]:
            self._retag(article)
        both = (*self._before.authority.tags, *self._after.authority.tags)
        known = {tag.identity for tag in both} & tags.keys()
        self._writer.mark_collections(tags[one] for one in known)
        self._writer.mark_descriptions(tags[one] for one in known if self._has_new_description(one))

    def _tag_collections(self) -> dict[str, int]:
        return dict(
            self._connection.execute("SELECT identity, key FROM collections WHERE kind = 'tag'")
        )

    def _is_hidden_or_shown(self, tag_identity: str) -> bool:
        """True if the tag was visible and is hidden now, or the other way round."""
        before, after = self._before_and_after(tag_identity)
        return (before is not None and before.hidden) != (after is not None and after.hidden)

    def _has_moved_spelling(self, tag_identity: str, key: int) -> bool:
        """True if a spelling of the tag belongs to another tag now."""
        rows = self._connection.execute(
            "SELECT spelling FROM spellings WHERE collection = ? AND is_stated", (key,)
        )
        resolved = self._after.authority.resolved
        return any(resolved(identity(spelling)) != tag_identity for (spelling,) in rows)

    def _affected_merged(self) -> list[int]:
        """The merged articles that state a moved, hidden or shown tag. They are in no collection,
        so this reads their tags from their records."""
        affected = []
        for article, record in self._connection.execute(
            "SELECT key, record FROM articles WHERE status = 'merged'"
        ):
            stated = list(map(identity, json.loads(record).get("tags", ())))
            if any(
                self._before.authority.resolved(one) != self._after.authority.resolved(one)
                or self._is_hidden_or_shown(one)
                for one in stated
            ):
                affected.append(article)
        return affected

    def _before_and_after(self, tag_identity: str) -> tuple[Tag | None, Tag | None]:
        return (
            self._before.authority.tag_of(tag_identity),
            self._after.authority.tag_of(tag_identity),
        )

    def _has_new_description(self, tag_identity: str) -> bool:
        """True if the description of the tag or its see-also links have changed."""
        descriptions = [
            (tag.description, [one.authority.resolved(identity(name)) for name in tag.see_also])
            if (tag := one.authority.tag_of(tag_identity))
            else None
            for one in (self._before, self._after)
        ]
        return descriptions[0] != descriptions[1]

    def _members(self, collection: int) -> list[int]:
        rows = self._connection.execute(
            "SELECT article FROM memberships WHERE collection = ?", (collection,)
        )
        return [article for (article,) in rows.fetchall()]

    def _mentioning_changed_names(self) -> Iterator[int]:
        """The articles with inferred tags whose text may have a name that has changed its tag."""
        may_hold = cache(self._may_hold)
        for article, language, headline, body in self._connection.execute(
            "SELECT key, record ->> 'language', record ->> 'headline', html FROM articles "  # noqa: S608
            f"JOIN bodies ON article = key WHERE is_searched AND {_IS_USED}"
        ):
            holds = may_hold(language or self._after.language)
            if holds and holds(normalised(f"{headline}\n{body}")):
                yield article

    def _may_hold(self, language: str) -> Callable[[str], bool] | None:
        """A test for texts with markup: true if one may have a name of this language that has
        changed its tag, because it has the longest word of the name. None if no name has changed.
        """
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
        """(name, is_inferred) for the names of a language; `is_inferred` says whether articles may
        get the tag of the name."""
        meanings = set()
        for name in tagging.names(language).values():
            tag = tagging.authority.tag_of(identity(name.tag)) if name.tag else None
            meanings.add((name, tag is None or (tag.inferred and not tag.hidden)))
        return meanings

    def _retag(self, article: int, *, looks_different: bool = False) -> None:
        if article in self._retagged:
            return
        self._retagged.add(article)
        record, body = self._connection.execute(
            "SELECT record, html FROM articles JOIN bodies ON article = key WHERE key = ?",
            (article,),
        ).fetchone()
        fields = json.loads(record)
        tags = tuple(fields.get("tags", ()))
        self._writer.retag(
            article,
            terms_of(tags, fields.get("authors", ()), fields.get("section")),
            self._after.inferred(tags, fields["headline"], body, fields.get("language")),
            is_searched=self._after.is_searched(tags),
            looks_different=looks_different,
        )
