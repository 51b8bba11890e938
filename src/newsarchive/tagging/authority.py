"""The authority: the tags that the archive's owner has laid down, and what leads to each."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from newsarchive.model.text import identity

_JOINTS = str.maketrans(dict.fromkeys("-_‐‑‒–—’'"))
_SHORTEST_WORD = 3
"""Letters of the shortest word that may be one of many: "gas" is no plural of "ga"."""
_NO_PLURALS = frozenset(["news", "arms", "customs", "goods", "works", "politics", "economics"])


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of the authority."""

    name: str
    aliases: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    description: str = ""
    hidden: bool = False
    """Whether it has no page and is shown nowhere."""
    inferred: bool = True
    """Whether articles that do not state it may get it from what they say."""
    line: int = field(default=0, compare=False)
    """Where `tags.toml` has it."""

    @property
    def identity(self) -> str:
        """What makes two spellings of the name one."""
        return identity(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Authority:
    """All tags that the owner has laid down. Other tags are their own authority."""

    tags: tuple[Tag, ...] = ()

    def tag_of(self, named: str) -> Tag | None:
        """The tag that a tag's identity leads to: by its own name or an alias, else by one that
        differs in accents, blanks and hyphens only, else by one that is its plural or singular.
        None where the authority has no such tag, or more than one."""
        if not self.tags:
            return None
        if named in self._exact:
            return self._exact[named]
        key = loosened(named)
        if key in self._loose:
            return self._loose[key]
        return self._plural.get(key)

    def resolved(self, named: str) -> str:
        """The identity of the tag that a tag's identity leads to; itself where to none."""
        tag = self.tag_of(named)
        return tag.identity if tag else named

    @cached_property
    def _exact(self) -> dict[str, Tag]:
        return {identity(name): tag for tag in self.tags for name in tag.names}

    @cached_property
    def _loose(self) -> dict[str, Tag | None]:
        return _claimed((loosened(identity(name)), tag) for tag in self.tags for name in tag.names)

    @cached_property
    def _plural(self) -> dict[str, Tag | None]:
        forms = ((key, tag) for key, tag in self._loose.items() if tag)
        return _claimed((form, tag) for key, tag in forms for form in plural_forms(key))

    def to_json(self) -> str:
        """The authority as JSON."""
        names = [part.name for part in fields(Tag) if part.compare]
        return json.dumps([{name: getattr(tag, name) for name in names} for tag in self.tags])

    @classmethod
    def from_json(cls, text: str) -> "Authority":
        """The authority that `to_json` gave; an empty text is one without tags."""
        return cls(tuple(map(_tag_of, json.loads(text or "[]"))))


def _tag_of(values: dict[str, Any]) -> Tag:
    """The tag that was made JSON, which has lists for tuples."""
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return Tag(**(values | lists))


def _claimed(claims: Iterable[tuple[str, Tag]]) -> dict[str, Tag | None]:
    """What each key leads to, None where two tags claim it."""
    found: dict[str, Tag | None] = {}
    for key, tag in claims:
        found[key] = tag if found.get(key, tag) is tag else None
    return found


def loosened(named: str) -> str:
    """An identity where accents, blanks, hyphens and apostrophes do not count: what a hashtag
    leaves of a name."""
    joined = "".join(named.lstrip("#").split()).translate(_JOINTS)
    return joined if joined.isascii() else unaccented(joined)


def unaccented(text: str) -> str:
    """The text without the accents of Latin and Greek letters; in other scripts marks make other
    letters."""
    if text.isascii():
        return text
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        is_accent = "\u0300" <= character <= "\u036f"
        if not (is_accent and kept and kept[-1] < "\u0400"):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def plural_forms(key: str) -> Iterator[str]:
    """The plural of an English word, and the words whose plural it may be."""
    if key in _NO_PLURALS:
        return
    forms = [_plural(key)]
    candidates = (key[:-1], key[:-2], f"{key[:-3]}y") if key.endswith("s") else ()
    forms += [candidate for candidate in candidates if candidate and _plural(candidate) == key]
    yield from (form for form in forms if min(len(form), len(key)) >= _SHORTEST_WORD)


def _plural(key: str) -> str:
    if key.endswith("y") and key[-2:-1] not in ("a", "e", "i", "o", "u"):
        return f"{key[:-1]}ies"
    return f"{key}{'es' if key.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}"


def renamed(before: Authority, after: Authority) -> dict[str, Tag]:
    """The tags that have another name than before, by the identity of the old one: that leads
    nowhere now, and the new one has an alias of it."""
    heirs: dict[str, Tag] = {}
    for tag in before.tags:
        if after.tag_of(tag.identity) is None:
            names = set(map(identity, tag.names))
            heir = next((one for one in after.tags if names & set(map(identity, one.names))), None)
            if heir:
                heirs[tag.identity] = heir
    return heirs
