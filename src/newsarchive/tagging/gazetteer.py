"""The gazetteer: the names of countries, territories and international organisations.

The names of countries come from the CLDR, in the language of the article. What the CLDR does not
have (abbreviations, adjectives, capitals, organisations) is in `names/`, one file for a language.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError

from newsarchive.model.text import base_language

_NO_PLACES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
"""Codes of the CLDR beside those of ISO 3166-1: groups, tests, and parts of other territories."""
_CODE = re.compile(r"[A-Z]{2}\Z")
_IN_BRACKETS = re.compile(r" ?[(（].*\Z")


LANGUAGES = 8
"""For how many languages names are held at a time."""


class Name(NamedTuple):
    """A name as it stands in texts."""

    text: str
    tag: str
    """The tag that a mention is one of; empty for a longer name that only holds another's."""
    is_of_itself: bool = True
    """Whether it is one of the tag's own names, and not of its people or its capital."""
    is_weak: bool = False
    """Whether it has other meanings as well, and counts only beside another name of the same."""
    is_exact: bool = False
    """Whether it is also a common word, and is a name only as it is written here."""
    is_word: bool = False
    """Whether it is so common a word that a capital says nothing where any word has one."""
    is_language: bool = False
    """Whether it names a language as well."""


@lru_cache(1000)
def known_language(code: str) -> str:
    """The language, and script, whose names stand in texts of a language code; empty for one that
    the CLDR does not know. Codes of many countries are one, as `en-US` and `en-GB`."""
    for attempt in (code, base_language(code)):
        try:
            locale = Locale.parse(attempt, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        return f"{locale.language}-{locale.script}" if locale.script else str(locale.language)
    return ""


@lru_cache(LANGUAGES)
def names(language: str, shown_in: str) -> tuple[Name, ...]:
    """All names in articles of a language; the tags have the names of the language `shown_in`."""
    own = _language_file(base_language(language))
    shown = _language_file(base_language(shown_in))
    common = frozenset(own["case"].get("exact", ()))
    # "la réunion" is a meeting: without such a list every name may be a word in small letters.
    is_exact = not common
    words = frozenset(own["case"].get("words", ()))
    languages = frozenset(own["case"].get("languages", ()))
    found: dict[str, Name] = {}
    forms = Counter(map(_form, _territories(language).values()))
    for code, name in _territories(language).items():
        place = own["places"].get(code, {})
        tag = shown["places"].get(code, {}).get("name") or _territories(shown_in).get(code, name)
        weak = place.get("weak", ())
        form = _form(name)  # one that two places share, such as Saint-Martin, is neither's
        own_names = [*([form] if forms[form] == 1 else []), *place.get("names", ())]
        own_names += [place["name"]] if "name" in place else []
        others = [*place.get("adjectives", ()), *place.get("capitals", ()), *weak]
        for text in (*own_names, *others):
            found.setdefault(
                text,
                Name(
                    text,
                    tag,
                    is_of_itself=text in own_names,
                    is_weak=text in weak,
                    is_exact=is_exact or text in common,
                    is_word=text in words,
                    is_language=text in languages,
                ),
            )
    for code, organisation in own["organisations"].items():
        tag = organisation["name"]
        if code in ("UN", "EU"):
            tag = _territories(shown_in, of_groups=True).get(code, tag)
        for text in (organisation["name"], *organisation.get("names", ())):
            found[text] = Name(text, tag)
        for text in organisation.get("weak", ()):
            found[text] = Name(text, tag, is_weak=True)
    for text in own["other"].get("names", ()):
        found.setdefault(text, Name(text, ""))
    return tuple(found.values())


def _form(name: str) -> str:
    """A name of the CLDR as texts write it. What it has in brackets may be the name of another
    place: "Outlying Islands (US)" in some languages."""
    return _IN_BRACKETS.sub("", name)


@lru_cache(2 * LANGUAGES)
def _territories(language: str, *, of_groups: bool = False) -> Mapping[str, str]:
    """The names of all countries and territories by their codes; none for a language that the CLDR
    does not know."""
    known = _known_territories(language) or _known_territories(base_language(language))
    return {
        code: name
        for code, name in known.items()
        if _CODE.match(code) and (of_groups or code not in _NO_PLACES)
    }


def _known_territories(language: str) -> Mapping[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return {}


@cache
def _language_file(language: str) -> Mapping[str, Any]:
    """What `names/` has for a language."""
    kept: dict[str, Any] = {"places": {}, "case": {}, "other": {}, "organisations": {}}
    file = files("newsarchive.tagging") / "names" / f"{language}.toml"
    if language.isalpha() and file.is_file():
        kept |= tomllib.loads(file.read_text(encoding="utf-8"))
    return kept
