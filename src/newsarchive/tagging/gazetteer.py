"""The gazetteer: the names of countries, territories and international organisations.

The names of countries come from the CLDR, in the language of the article. Abbreviations,
adjectives, capitals and organisations, which the CLDR does not have, are in `names/`, with one file
for each language.
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

_NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)
"""Codes that the CLDR adds to ISO 3166-1: groups, tests, and parts of other territories."""
_CODE = re.compile(r"[A-Z]{2}\Z")
_IN_BRACKETS = re.compile(r" ?[(（].*\Z")


MAX_LANGUAGES = 8
"""The most languages whose names are kept in memory."""


class Name(NamedTuple):
    """A name as texts write it."""

    text: str
    tag: str
    """The tag that it stands for. Empty for a longer name with another name in it, such as "New
    Mexico", which must not count as "Mexico"."""
    is_own_name: bool = True
    """True for a name of the country or organisation; false for its people and its capital."""
    is_weak: bool = False
    """True if it has other meanings: it counts only if the article has another name of the tag."""
    is_exact: bool = False
    """True if it is also a common word: it counts only in this spelling, with its capitals."""
    is_word: bool = False
    """True if it is a very common word: a capital proves nothing where any word has one, such as at
    the beginning of a sentence."""
    is_language: bool = False
    """True if it also names a language."""


@lru_cache(1000)
def known_language(code: str) -> str:
    """The language of the names to search for in texts with a language code: `en` for `en-US` and
    `en-GB`; with the script if the code has one. Empty if the CLDR does not know the language."""
    for attempt in (code, base_language(code)):
        try:
            locale = Locale.parse(attempt, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        return f"{locale.language}-{locale.script}" if locale.script else str(locale.language)
    return ""


@lru_cache(MAX_LANGUAGES)
def names(language: str, shown_in: str) -> tuple[Name, ...]:
    """All names for articles of a language. Their tags are in the language `shown_in`."""
    own = _language_file(base_language(language))
    shown = _language_file(base_language(shown_in))
    common = frozenset(own["case"].get("exact", ()))
    # In French, "la réunion" is a meeting. If the language has no list of such names, every name
    # counts only with its capitals.
    is_exact = not common
    words = frozenset(own["case"].get("words", ()))
    languages = frozenset(own["case"].get("languages", ()))
    found: dict[str, Name] = {}
    forms = Counter(map(_form, _territories(language).values()))
    for code, name in _territories(language).items():
        place = own["places"].get(code, {})
        tag = shown["places"].get(code, {}).get("name") or _territories(shown_in).get(code, name)
        weak = place.get("weak", ())
        form = _form(name)  # a form that two places share, such as Saint-Martin, names neither
        own_names = [*([form] if forms[form] == 1 else []), *place.get("names", ())]
        own_names += [place["name"]] if "name" in place else []
        others = [*place.get("adjectives", ()), *place.get("capitals", ()), *weak]
        for text in (*own_names, *others):
            found.setdefault(
                text,
                Name(
                    text,
                    tag,
                    is_own_name=text in own_names,
                    is_weak=text in weak,
                    is_exact=is_exact or text in common,
                    is_word=text in words,
                    is_language=text in languages,
                ),
            )
    for code, organisation in own["organisations"].items():
        tag = organisation["name"]
        if code in ("UN", "EU"):
            tag = _territories(shown_in, with_groups=True).get(code, tag)
        for text in (organisation["name"], *organisation.get("names", ())):
            found[text] = Name(text, tag)
        for text in organisation.get("weak", ()):
            found[text] = Name(text, tag, is_weak=True)
    for text in own["other"].get("names", ()):
        found.setdefault(text, Name(text, ""))
    return tuple(found.values())


def _form(name: str) -> str:
    """A name from the CLDR as texts write it: without brackets, which may have the name of another
    place in them, as in "Outlying Islands (US)"."""
    return _IN_BRACKETS.sub("", name)


@lru_cache(2 * MAX_LANGUAGES)
def _territories(language: str, *, with_groups: bool = False) -> Mapping[str, str]:
    """The names of all countries and territories by code; with `with_groups`, also of groups such
    as the United Nations. Empty if the CLDR does not know the language."""
    known = _known_territories(language) or _known_territories(base_language(language))
    return {
        code: name
        for code, name in known.items()
        if _CODE.match(code) and (with_groups or code not in _NO_COUNTRIES)
    }


def _known_territories(language: str) -> Mapping[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return {}


@cache
def _language_file(language: str) -> Mapping[str, Any]:
    """The contents of the file in `names/` for a language; empty tables if there is none."""
    content: dict[str, Any] = {"places": {}, "case": {}, "other": {}, "organisations": {}}
    file = files("newsarchive.tagging") / "names" / f"{language}.toml"
    if language.isalpha() and file.is_file():
        content |= tomllib.loads(file.read_text(encoding="utf-8"))
    return content
