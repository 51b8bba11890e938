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
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from newsarchive.catalogue.intake import Intake
from newsarchive.catalogue.records import terms_of
from newsarchive.problems import printable
from newsarchive.tagging.authority import Authority, Tag, renamed
from newsarchive.tagging.gazetteer import Name
from newsarchive.tagging.inference import Tagging
from newsarchive.tagging.vocabulary import spellings
from newsarchive.text import identity

_WORD = re.compile(r"[^\W_]+")

_IS_USED = "status IN ('published', 'merged')"
"""Drafts are read again before they are published."""


class Retagging:
    """Brings the catalogue from one authority to another."""

    def __init__(
        self, connection: sqlite3.Connection, intake: Intake, before: Authority, tagging: Tagging
    ) -> None:
        self._connection = connection
        self._intake = intake
        self._before = Tagging(before, tagging.infer, tagging.language)
        self._after = tagging
        self._done: set[int] = set()

    def retag(self) -> None:
        """Retag what is affected, before any other article comes in or goes."""
        tags = self._tag_collections()
        for named, key in tags.items():
            if self._leads_elsewhere(named, key):
                for article in self._members(key):
                    self._retag(article, is_shown_otherwise=True)
        for (article,) in self._connection.execute(
            "SELECT key FROM articles WHERE status = 'merged'"
        ).fetchall():
            self._retag(article)
        for article in list(self._with_changed_names()):
            self._retag(article)
        laid_down = {
            tag.identity for one in (self._before, self._after) for tag in one.authority.tags
        }
        self._intake.settle_anew(tags[named] for named in laid_down & tags.keys())
        self._intake.describe_anew(
            tags[named] for named in laid_down & tags.keys() if self._is_described_otherwise(named)
        )

    def _tag_collections(self) -> dict[str, int]:
        return dict(
            self._connection.execute("SELECT identity, key FROM collections WHERE kind = 'tag'")
        )

    def _leads_elsewhere(self, named: str, key: int) -> bool:
        """Whether a spelling that led to a tag leads to another one now, or the tag is hidden, or
        hidden no more."""
        before, after = self._tags_of(named)
        if (before is not None and before.hidden) != (after is not None and after.hidden):
            return True
        rows = self._connection.execute(
            "SELECT spelling FROM spellings WHERE collection = ? AND is_stated", (key,)
        )
        resolved = self._after.authority.resolved
        return any(resolved(identity(spelling)) != named for (spelling,) in rows)

    def _tags_of(self, named: str) -> tuple[Tag | None, Tag | None]:
        return self._before.authority.tag_of(named), self._after.authority.tag_of(named)

    def _is_described_otherwise(self, named: str) -> bool:
        before, after = self._tags_of(named)
        told = [(tag.description, tag.see_also) if tag else None for tag in (before, after)]
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
            if holds and holds(f"{headline}\n{body}"):
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
        if is_shown_otherwise:
            self._intake.note(article)
        record, body = self._connection.execute(
            "SELECT record, html FROM articles JOIN bodies ON article = key WHERE key = ?",
            (article,),
        ).fetchone()
        said = json.loads(record)
        tags = tuple(said.get("tags", ()))
        stated = terms_of(tags, said.get("authors", ()), said.get("section"))
        searches = self._after.is_searched(tags)
        found = self._after.inferred(tags, said["headline"], body, said.get("language"))
        self._intake.retag(article, stated, found, is_searched=searches)


def doubts(
    connection: sqlite3.Connection, path: Path, before: Authority, authority: Authority
) -> Iterator[str]:
    """What the owner of a `tags.toml` should know of it, in words."""
    for tag in authority.tags:
        for name in tag.see_also:
            found = connection.execute(
                "SELECT 1 FROM collections WHERE kind = 'tag' AND identity = ? AND slug != ''",
                (authority.resolved(identity(name)),),
            )
            if not found.fetchone():
                yield printable(
                    f"{path}:{tag.line}: {tag.name} leads to {name}, which no article has: the "
                    f"page does not show it"
                )
    for named, heir in renamed(before, authority).items():
        used = connection.execute(
            "SELECT name FROM collections WHERE kind = 'tag' AND identity = ? AND slug != ''",
            (named,),
        ).fetchone()
        if used:
            yield printable(
                f"{path}:{heir.line}: articles still say {used[0]}, and it has a page of its own "
                f"now; if {heir.name} is its new name, add it to the aliases"
            )
