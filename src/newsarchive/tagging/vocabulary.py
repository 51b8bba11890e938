"""The vocabulary: finds names in a text."""

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
_AMBIGUOUS_ABBREVIATIONS = frozenset(["US", "WHO"])
"""Abbreviations that are also words: in a text all in capitals they do not count."""
_WORD = re.compile(r"[^\W\d_]+")
_CONTEXT = 30
"""The number of characters before and after a name that show if the text is all in capitals."""

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

# "Lebanon Road" and "Washington Middle School" are places of their own.
_PART_OF_OTHER_NAME = re.compile(
    r" (?:(?:Middle|High|Elementary|Primary|Secondary|Grammar|Junior|Community) )*"
    r"(?:Schools?|Street|Road|Avenue|Lane|Drive|Boulevard|County|Township|Parish)\b"
)

_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n\u2026][\"')\]\u201d]?\s+|[\n\"\u201c(\u2018])\Z")
_LOOKED_BACK = 4


class Strength(IntEnum):
    """The certainty that a mention means its tag."""

    NONE = 0
    """No evidence: a common word in a place where any word has a capital."""
    AMBIGUOUS = 1
    """The tag may be meant; another name of it confirms that."""
    CERTAIN = 2
    """The tag is meant."""


class Mention(NamedTuple):
    """A name found in a text."""

    name: Name
    text: str
    """The name as the text writes it."""
    start: int
    end: int
    strength: Strength


class Vocabulary:
    """Finds names in a text in one pass: whole words only, and the longest name at each place."""

    def __init__(self, names: Iterable[Name]) -> None:
        by_spelling: dict[str, Name] = {}
        for name in names:
            for spelling in spellings(name):
                by_spelling.setdefault(spelling, name)
        self._names = tuple(
            (
                spelling,
                name,
                Strength.AMBIGUOUS if name.is_weak or name.is_language else Strength.CERTAIN,
                not name.tag
                or name.is_language
                or name.is_word
                or spelling in _AMBIGUOUS_ABBREVIATIONS,
            )
            for spelling, name in by_spelling.items()
        )
        self._automaton = (
            AhoCorasick(
                list(by_spelling),
                matchkind=MatchKind.LeftmostLongest,
                # Twice as fast as other implementations; takes 16 MB, and 40 ms to build.
                implementation=Implementation.DFA,
            )
            if by_spelling
            else None
        )

    def mentions(self, text: str) -> Iterator[Mention]:
        """The mentions in a text, in their order. The text must come from `normalised`."""
        if self._automaton is None:
            return
        names, length, language_end = self._names, len(text), -1
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            spelling, name, strength, is_doubtful = names[index]
            before = text[start - 1] if start else " "
            after = text[end] if end < length else " "
            # Most names have spaces on both sides, so this check comes first.
            if before != " " and _is_of_word(before) and _is_of_word(spelling[0]):
                continue
            if after != " " and _is_of_word(after) and _is_of_word(spelling[-1]):
                continue
            if (before in _IN_ADDRESSES or after in _IN_ADDRESSES) and _is_in_address(
                text, start, end, before, after
            ):
                continue
            if (
                after == " "
                and text[end + 1 : end + 2].isupper()
                and _PART_OF_OTHER_NAME.match(text, end)
            ):
                continue
            if is_doubtful:
                if not name.tag or (
                    spelling in _AMBIGUOUS_ABBREVIATIONS and _is_in_capitals(text, start, end)
                ):
                    continue
                if name.is_language and _is_language(text, start, end, language_end):
                    language_end = end
                    continue
                if name.is_word and _has_any_capital(text, start, spelling):
                    strength = Strength.NONE
            yield Mention(name, spelling, start, end, strength)


def _is_of_word(character: str) -> bool:
    """True for letters, digits and marks, such as the vowel signs of Hindi."""
    return character.isalnum() or (
        character > "\u02ff" and unicodedata.category(character).startswith("M")
    )


def normalised(text: str) -> str:
    """The text in the form of the names: NFC, with ASCII apostrophes and hyphens."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.replace("’", "'").replace("‘", "'").replace("‑", "-")


def spellings(name: Name) -> Iterator[str]:
    """The spellings of a name: with and without accents, in upper and in lower case."""
    text = normalised(name.text)
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
    """True if a name is part of a URL, an e-mail address, the name of a file, or an amount of money
    (US$)."""
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
    before = text[max(0, start - _CONTEXT) : start].rpartition("\n")[2]
    around = before + text[end : end + _CONTEXT].partition("\n")[0]
    return around.isupper()


def _is_language(text: str, start: int, end: int, language_end: int) -> bool:
    """True if an adjective names a language here, as in "in German". `language_end` is the end of
    the previous adjective that named a language; -1 if there was none."""
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


def _has_any_capital(text: str, start: int, spelling: str) -> bool:
    """True if any word would have a capital here: at the beginning of a sentence, in a headline
    with capitals throughout, or in a name all in capitals."""
    if spelling.isupper() or _SENTENCE_START.search(text, max(0, start - _LOOKED_BACK), start):
        return True
    headline = text.find("\n")
    if start >= headline:
        return False
    words: list[str] = [word for word in _WORD.findall(text, 0, headline) if len(word) > 3]
    return 2 * sum(word[0].isupper() for word in words) > len(words)
