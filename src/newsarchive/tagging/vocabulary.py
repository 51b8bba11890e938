"""A vocabulary: names, and where they stand in a text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from newsarchive.tagging.authority import unaccented
from newsarchive.tagging.gazetteer import Name

_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9&.]*[A-Z.][A-Za-z]?\Z")
_ADDRESS = re.compile(r"://|www\.|\w@\w|\w\.[a-z]\w|\w/\w*/|\w_\w")
_IN_ADDRESSES = frozenset("/@_.=%\\&?$")
_ALSO_WORDS = frozenset(["US", "WHO"])
"""Abbreviations that a text all in capitals says nothing by."""
_WORD = re.compile(r"[^\W\d_]+")
_AROUND = 30
"""So many characters on each side tell whether a text is all in capitals."""

_AS_LANGUAGE = (
    r"[ -](?:[Ll]anguages?|[Ss]peak(?:ers?|ing)|[Tt]ranslat(?:ions?|ors?|ed)|[Ll]ocali[sz]ations?"
    r"|[Vv]ersions?|[Ee]ditions?|[Ss]ubtitles?|[Dd]ictionar(?:y|ies)|[Gg]rammar|[Ll]essons?"
    r"|[Ww]ords?|[Aa]lphabet)\b"
)
_AND = r"(?:, (?:and |or )?| and | or |/)"
_FOLLOWED_AS_LANGUAGE = re.compile(rf"(?:{_AND}[A-Z]\w+)*{_AS_LANGUAGE}|{_AND}English\b")
_INTO_LANGUAGE = re.compile(
    r"\b(?:[Ii]n|[Ii]nto|[Ss]peaks?|[Ss]poke|[Ss]poken|[Ss]peaking|[Ff]luent|[Ll]earn(?:s|ed|ing)?"
    rf"|[Tt]each(?:es|ing)?|[Tt]aught|[Tt]ranslate[ds]?|[Uu]nderstands?) \Z|\bEnglish{_AND}\Z"
)
_BETWEEN_LANGUAGES = re.compile(rf"{_AND}\Z")
_NOUN = re.compile(r" [a-z]{3,}")
_NO_NOUN = re.compile(r" (?:and|or|but|with|for|by|as|on|at|from|when|which|who|that|the)\b")

# "Lebanon Road", "Washington Middle School" are somewhere else.
_OF_OTHERS = re.compile(
    r" (?:(?:Middle|High|Elementary|Primary|Secondary|Grammar|Junior|Community) )*"
    r"(?:Schools?|Street|Road|Avenue|Lane|Drive|Boulevard|County|Township|Parish)\b"
)

_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n\u2026][\"')\]\u201d]?\s+|[\n\"\u201c(\u2018])\Z")
_LOOKED_BACK = 4


class Strength(IntEnum):
    """What a mention says alone."""

    IDLE = 0
    """Nothing: a common word with a capital that any word would have there."""
    AMBIGUOUS = 1
    """That its tag may be meant, which another word of the same confirms."""
    CERTAIN = 2
    """That its tag is meant."""


class Mention(NamedTuple):
    """A name where it stands in a text."""

    name: Name
    text: str
    """As it is written there."""
    start: int
    end: int
    strength: Strength


class Vocabulary:
    """Finds names in a text, the longest at each place and whole words only, in one pass."""

    def __init__(self, names: Iterable[Name]) -> None:
        found: dict[str, Name] = {}
        for name in names:
            for written in spellings(name):
                found.setdefault(written, name)
        self._names = tuple(
            (
                written,
                name,
                Strength.AMBIGUOUS if name.is_weak or name.is_language else Strength.CERTAIN,
                not name.tag or name.is_language or name.is_word or written in _ALSO_WORDS,
            )
            for written, name in found.items()
        )
        self._automaton = (
            AhoCorasick(
                list(found),
                matchkind=MatchKind.LeftmostLongest,
                # Twice as fast as the others, for 16 MB and 40 ms once.
                implementation=Implementation.DFA,
            )
            if found
            else None
        )

    def mentions(self, text: str) -> Iterator[Mention]:
        """The mentions in a text that `plain` gave."""
        if self._automaton is None:
            return
        names, length, language_end = self._names, len(text), -1
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            found, name, strength, is_doubtful = names[index]
            before = text[start - 1] if start else " "
            after = text[end] if end < length else " "
            # Most names stand between blanks.
            if before != " " and _is_of_word(before) and _is_of_word(found[0]):
                continue
            if after != " " and _is_of_word(after) and _is_of_word(found[-1]):
                continue
            if (before in _IN_ADDRESSES or after in _IN_ADDRESSES) and _is_in_address(
                text, start, end, before, after
            ):
                continue
            if after == " " and text[end + 1 : end + 2].isupper() and _OF_OTHERS.match(text, end):
                continue
            if is_doubtful:
                if not name.tag or (found in _ALSO_WORDS and _is_in_capitals(text, start, end)):
                    continue
                if name.is_language and _is_language(text, start, end, language_end):
                    language_end = end
                    continue
                if name.is_word and _has_any_capital(text, start, found):
                    strength = Strength.IDLE
            yield Mention(name, found, start, end, strength)


def _is_of_word(character: str) -> bool:
    """Whether a character is part of a word: letters, digits, and the marks that go with them, such
    as the vowel signs of Hindi."""
    return character.isalnum() or (
        character > "\u02ff" and unicodedata.category(character).startswith("M")
    )


def plain(text: str) -> str:
    """A text with its accents, apostrophes and hyphens as names are written here."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.replace("’", "'").replace("‘", "'").replace("‑", "-")


def spellings(name: Name) -> Iterator[str]:
    """The ways in which a name may be written."""
    text = plain(name.text)
    for form in dict.fromkeys((text, unaccented(text))):
        yield form
        if _ABBREVIATION.match(form):
            continue
        yield form.upper()
        if name.is_exact:
            continue
        yield form.lower()
        yield form[0].upper() + form[1:]
        if " " in form and form.islower():
            yield form.title()


def _is_in_address(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Whether a name is part of an address on the web, of the name of a file, or of an amount of
    money (US$)."""
    if after == "$":
        return True
    if after == "." and not text[end + 1 : end + 2].isalnum():  # the end of a sentence
        after = " "
    if before not in _IN_ADDRESSES and after not in _IN_ADDRESSES:
        return False
    stop = text.find(" ", end)
    around = text[text.rfind(" ", 0, start) + 1 : stop if stop >= 0 else len(text)]
    return _ADDRESS.search(around) is not None


def _is_in_capitals(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    around = before + text[end : end + _AROUND].partition("\n")[0]
    return around.isupper()


def _is_language(text: str, start: int, end: int, language_end: int) -> bool:
    """Whether an adjective names a language here; `language_end` is where the last that did so
    ended."""
    following = text[end : end + 60]
    if _FOLLOWED_AS_LANGUAGE.match(following):
        return True
    is_after = _INTO_LANGUAGE.search(text, max(0, start - 20), start) or (
        0 <= language_end < start and _BETWEEN_LANGUAGES.fullmatch(text, language_end, start)
    )
    # "in German" but not "in German cities".
    if not is_after:
        return False
    return _NOUN.match(following) is None or _NO_NOUN.match(following) is not None


def _has_any_capital(text: str, start: int, found: str) -> bool:
    """Whether any word would have a capital here: at the beginning of a sentence, in a headline
    that has capitals throughout, or in capitals altogether."""
    if found.isupper() or _SENTENCE_START.search(text, max(0, start - _LOOKED_BACK), start):
        return True
    headline = text.find("\n")
    if start >= headline:
        return False
    words: list[str] = [word for word in _WORD.findall(text, 0, headline) if len(word) > 3]
    return 2 * sum(word[0].isupper() for word in words) > len(words)
