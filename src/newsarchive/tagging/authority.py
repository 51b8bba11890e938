"""The authority file: the tags that `tags.toml` defines, and the names that belong to each."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from newsarchive.model.text import identity

_JOINERS = str.maketrans(dict.fromkeys("-_‐‑‒–—’'"))
_MIN_LETTERS = 3
"""The fewest letters of a word and of its plural: "gas" is not the plural of "ga"."""
_NO_PLURALS = frozenset(["news", "arms", "customs", "goods", "works", "politics", "economics"])


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that `tags.toml` defines."""

    name: str
    aliases: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    description: str = ""
    hidden: bool = False
    """True if it has no page and no page shows it."""
    inferred: bool = True
    """True if articles that do not state it may get it from their text."""
    line: int = field(default=0, compare=False)
    """The line of its table in `tags.toml`, from 1; 0 if it was not read from a file."""

    @property
    def identity(self) -> str:
        """The identity of its name: equal for spellings of one name."""
        return identity(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Authority:
    """All tags that `tags.toml` defines. A tag that it does not define keeps its own name."""

    tags: tuple[Tag, ...] = ()

    def tag_of(self, tag_identity: str) -> Tag | None:
        """The tag with a name or alias of this identity. If there is none: the tag with a name that
        has the same `loose_form`; then the tag with a name that is its plural or singular. None if
        no tag fits, or more than one."""
        if not self.tags:
            return None
        if tag_identity in self._by_name:
            return self._by_name[tag_identity]
        loose = loose_form(tag_identity)
        if loose in self._by_loose_form:
            return self._by_loose_form[loose]
        return self._by_plural.get(loose)

    def resolved(self, tag_identity: str) -> str:
        """The identity of the tag for an identity; the same identity if there is no such tag."""
        tag = self.tag_of(tag_identity)
        return tag.identity if tag else tag_identity

    @cached_property
    def _by_name(self) -> dict[str, Tag]:
        return {identity(name): tag for tag in self.tags for name in tag.names}

    @cached_property
    def _by_loose_form(self) -> dict[str, Tag | None]:
        return _unambiguous(
            (loose_form(identity(name)), tag) for tag in self.tags for name in tag.names
        )

    @cached_property
    def _by_plural(self) -> dict[str, Tag | None]:
        forms = ((key, tag) for key, tag in self._by_loose_form.items() if tag)
        return _unambiguous((form, tag) for key, tag in forms for form in plural_forms(key))

    def to_json(self) -> str:
        """The authority as JSON."""
        names = [part.name for part in fields(Tag) if part.compare]
        return json.dumps([{name: getattr(tag, name) for name in names} for tag in self.tags])

    @classmethod
    def from_json(cls, text: str) -> "Authority":
        """The authority from the text that `to_json` returned; without tags if it is empty."""
        return cls(tuple(map(_tag_of, json.loads(text or "[]"))))


def _tag_of(values: dict[str, Any]) -> Tag:
    """The tag with fields from JSON, which has lists instead of tuples."""
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return Tag(**(values | lists))


def _unambiguous(pairs: Iterable[tuple[str, Tag]]) -> dict[str, Tag | None]:
    """The tag of each key; None for a key of two tags."""
    tags: dict[str, Tag | None] = {}
    for key, tag in pairs:
        tags[key] = tag if tags.get(key, tag) is tag else None
    return tags


def loose_form(tag_identity: str) -> str:
    """The identity without accents, spaces, hyphens, underscores and apostrophes, as in a
    hashtag."""
    joined = "".join(tag_identity.lstrip("#").split()).translate(_JOINERS)
    return joined if joined.isascii() else unaccented(joined)


def unaccented(text: str) -> str:
    """The text without the accents of Latin and Greek letters. Marks in other scripts stay, because
    they make different letters."""
    if text.isascii():
        return text
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        is_accent = "\u0300" <= character <= "\u036f"
        if not (is_accent and kept and kept[-1] < "\u0400"):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def plural_forms(key: str) -> Iterator[str]:
    """The plural of an English word, and the words that it may be the plural of."""
    if key in _NO_PLURALS:
        return
    forms = [_plural(key)]
    candidates = (key[:-1], key[:-2], f"{key[:-3]}y") if key.endswith("s") else ()
    forms += [candidate for candidate in candidates if candidate and _plural(candidate) == key]
    yield from (form for form in forms if min(len(form), len(key)) >= _MIN_LETTERS)


def _plural(key: str) -> str:
    if key.endswith("y") and key[-2:-1] not in ("a", "e", "i", "o", "u"):
        return f"{key[:-1]}ies"
    return f"{key}{'es' if key.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}"


def renamed(before: Authority, after: Authority) -> dict[str, Tag]:
    """The new tags of renamed tags, by the identity of the old name. A tag was renamed if no tag
    has its old name any more and another tag has one of its aliases."""
    new_tags: dict[str, Tag] = {}
    for tag in before.tags:
        if after.tag_of(tag.identity) is None:
            names = set(map(identity, tag.names))
            new = next((one for one in after.tags if names & set(map(identity, one.names))), None)
            if new:
                new_tags[tag.identity] = new
    return new_tags
