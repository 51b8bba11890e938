"""Near duplicates: tags that are probably one tag."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from newsarchive.model.text import identity
from newsarchive.tagging import gazetteer
from newsarchive.tagging.authority import loose_form, plural_forms

_LETTERS_FOR_ONE_TYPO, _LETTERS_FOR_TWO_TYPOS = 5, 9
"""The fewest characters of a tag that may differ from another by one typing mistake, or by two."""
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_MIN_CONTAINED_LETTERS = 4
"""The fewest letters of a tag that counts as contained in another."""

SAME_LETTERS = "the same except for case, accents, spaces or hyphens"
SAME_PLACE = "names of one country or organisation"
PLURAL = "singular and plural"
TYPO = "a letter or two apart"
CONTAINED = "one contains the other"


@dataclass(frozen=True, slots=True)
class UsedTag:
    """A tag that articles use, with numbers."""

    name: str
    articles: int
    """The number of published articles with the tag."""
    mentioned: int
    """The number of these articles that have the tag only by inference."""
    first: int
    """The day of the first dated article, such as 20230619; 0 if no article is dated."""
    last: int
    """The day of the last dated article, or 0."""
    hidden: bool = False

    @property
    def identity(self) -> str:
        """The identity of its name: equal for spellings of one name."""
        return identity(self.name)


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Tags that are probably one, the most used first."""

    tags: tuple[UsedTag, ...]
    reason: str
    is_clear: bool
    """True if they certainly are one tag; false if a person has to decide."""


def near_duplicates(tags: Sequence[UsedTag], language: str) -> list[NearDuplicates]:
    """The cases of tags that are probably one, clear cases first.

    A tag is in at most one clear case, and no unclear case has two tags of one clear case.
    `language` is the language of the names of countries. Hidden tags are left out.
    """
    used = [tag for tag in tags if not tag.hidden]
    clear = joined([*_by_letters(used), *_by_gazetteer(used, language)])
    clear_case = {tag.identity: number for number, case in enumerate(clear) for tag in case.tags}

    def is_joined(one: UsedTag, other: UsedTag) -> bool:
        """True if a clear case has both tags."""
        number = clear_case.get(one.identity)
        return number is not None and number == clear_case.get(other.identity)

    seen: set[frozenset[str]] = set()
    unclear: list[NearDuplicates] = []
    for reason, pairs in ((PLURAL, _plurals), (TYPO, _typos), (CONTAINED, _contained)):
        for one, other in pairs(used):
            pair = frozenset((one.identity, other.identity))
            if pair not in seen and not is_joined(one, other):
                seen.add(pair)
                unclear.append(NearDuplicates(_by_use((one, other)), reason, is_clear=False))
    return clear + unclear


def _by_use(tags: Iterable[UsedTag]) -> tuple[UsedTag, ...]:
    return tuple(sorted(tags, key=lambda tag: (-tag.articles, tag.identity)))


def _by_letters(tags: Sequence[UsedTag]) -> Iterator[NearDuplicates]:
    for group in _grouped((loose_form(tag.identity), tag) for tag in tags):
        yield NearDuplicates(group, SAME_LETTERS, is_clear=True)


def _by_gazetteer(tags: Sequence[UsedTag], language: str) -> Iterator[NearDuplicates]:
    known = {
        identity(name.text): name.tag
        for name in gazetteer.names(language, language)
        if name.tag and name.is_own_name and not name.is_weak
    }
    for group in _grouped((known.get(tag.identity, ""), tag) for tag in tags):
        yield NearDuplicates(group, SAME_PLACE, is_clear=True)


def _grouped(keyed: Iterable[tuple[str, UsedTag]]) -> Iterator[tuple[UsedTag, ...]]:
    groups: dict[str, list[UsedTag]] = defaultdict(list)
    for key, tag in keyed:
        if key:
            groups[key].append(tag)
    for group in groups.values():
        if len(group) > 1:
            yield _by_use(group)


def joined(cases: Iterable[NearDuplicates]) -> list[NearDuplicates]:
    """The cases, sorted by their first tags. Cases that share a tag are joined into one."""
    kept: list[NearDuplicates] = []
    for case in cases:
        shared = [one for one in kept if set(one.tags) & set(case.tags)]
        for one in shared:
            kept.remove(one)
        tags = {tag for one in (*shared, case) for tag in one.tags}
        reasons = dict.fromkeys(one.reason for one in (*shared, case))
        kept.append(NearDuplicates(_by_use(tags), "; ".join(reasons), case.is_clear))
    return sorted(kept, key=lambda case: case.tags[0].identity)


def _plurals(tags: Sequence[UsedTag]) -> Iterator[tuple[UsedTag, UsedTag]]:
    known = {loose_form(tag.identity): tag for tag in tags}
    for tag in tags:
        for form in plural_forms(loose_form(tag.identity)):
            if form in known and known[form] is not tag:
                yield tag, known[form]


def _typos(tags: Sequence[UsedTag]) -> Iterator[tuple[UsedTag, UsedTag]]:
    """Pairs of tags that differ by one typing mistake, or by two if they are long. A mistake is an
    extra, missing or wrong letter, or two exchanged letters (optimal string alignment). Tags with
    different numbers in them are no pair."""
    names = [tag.identity for tag in tags]
    for place, tag in enumerate(tags):
        if len(tag.identity) < _LETTERS_FOR_ONE_TYPO:
            continue
        allowed = 1 if len(tag.identity) < _LETTERS_FOR_TWO_TYPOS else 2
        later = extract_iter(
            tag.identity, names[place + 1 :], scorer=OSA.distance, score_cutoff=allowed
        )
        for name, _, index in later:
            if _DIGITS.findall(name) == _DIGITS.findall(tag.identity):
                yield tag, tags[place + 1 + index]


def _contained(tags: Sequence[UsedTag]) -> Iterator[tuple[UsedTag, UsedTag]]:
    """(tag, longer tag that contains all its words in a row)."""
    known = {" ".join(_WORD.findall(tag.identity)): tag for tag in tags}
    for tag in tags:
        words = _WORD.findall(tag.identity)
        for length in range(1, len(words)):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                if len(part) >= _MIN_CONTAINED_LETTERS and part in known and not part.isdigit():
                    yield known[part], tag
