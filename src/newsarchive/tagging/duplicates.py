"""Near duplicates: tags that look like one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from newsarchive.model.text import identity
from newsarchive.tagging import gazetteer
from newsarchive.tagging.authority import loosened, plural_forms

_SHORT, _LONG = 5, 9
"""Letters of a tag from which one letter, or two, may be a slip of the pen."""
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_WORD_LETTERS = 4
"""Letters of the shortest tag that is looked for among the words of others."""

SAME_LETTERS = "the same but for case, accents, blanks or hyphens"
SAME_PLACE = "names of one country or organisation"
PLURAL = "one and many"
SLIP = "a letter or two apart"
CONTAINED = "the words of one are in the other"


@dataclass(frozen=True, slots=True)
class UsedTag:
    """A tag as articles use it."""

    name: str
    articles: int
    """How many published articles are in its listing."""
    mentioned: int
    """How many of those have it only from what they say."""
    first: int
    """The day of the first dated article, such as 20230619; 0 where none is dated."""
    last: int
    hidden: bool = False

    @property
    def identity(self) -> str:
        """What makes two spellings of its name one."""
        return identity(self.name)


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Tags that look like one, the most used first."""

    tags: tuple[UsedTag, ...]
    reason: str
    is_clear: bool
    """Whether they are one; otherwise somebody has to decide."""


def near_duplicates(tags: Sequence[UsedTag], language: str) -> list[NearDuplicates]:
    """The tags that look like one, the clear cases first. No tag is in two clear cases, and no two
    are compared that a clear case has together."""
    used = [tag for tag in tags if not tag.hidden]
    clear = united([*_by_letters(used), *_by_gazetteer(used, language)])
    together = {tag.identity: number for number, one in enumerate(clear) for tag in one.tags}

    def is_settled(one: UsedTag, other: UsedTag) -> bool:
        found = together.get(one.identity)
        return found is not None and found == together.get(other.identity)

    seen: set[frozenset[str]] = set()
    unclear: list[NearDuplicates] = []
    for reason, pairs in ((PLURAL, _plurals), (SLIP, _slips), (CONTAINED, _contained)):
        for one, other in pairs(used):
            pair = frozenset((one.identity, other.identity))
            if pair not in seen and not is_settled(one, other):
                seen.add(pair)
                unclear.append(NearDuplicates(_by_use((one, other)), reason, is_clear=False))
    return clear + unclear


def _by_use(tags: Iterable[UsedTag]) -> tuple[UsedTag, ...]:
    return tuple(sorted(tags, key=lambda tag: (-tag.articles, tag.identity)))


def _by_letters(tags: Sequence[UsedTag]) -> Iterator[NearDuplicates]:
    for group in _grouped((loosened(tag.identity), tag) for tag in tags):
        yield NearDuplicates(group, SAME_LETTERS, is_clear=True)


def _by_gazetteer(tags: Sequence[UsedTag], language: str) -> Iterator[NearDuplicates]:
    known = {
        identity(name.text): name.tag
        for name in gazetteer.names(language, language)
        if name.tag and name.is_of_itself and not name.is_weak
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


def united(cases: Iterable[NearDuplicates]) -> list[NearDuplicates]:
    """The cases, those that share a tag made one."""
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
    known = {loosened(tag.identity): tag for tag in tags}
    for tag in tags:
        for form in plural_forms(loosened(tag.identity)):
            if form in known and known[form] is not tag:
                yield tag, known[form]


def _slips(tags: Sequence[UsedTag]) -> Iterator[tuple[UsedTag, UsedTag]]:
    """Tags that differ by as few letters as a mistake in typing does, two of them in long ones
    (optimal string alignment: a letter too many, too few, another, or two exchanged). What differs
    in a number is no mistake."""
    names = [tag.identity for tag in tags]
    for place, tag in enumerate(tags):
        if len(tag.identity) < _SHORT:
            continue
        allowed = 1 if len(tag.identity) < _LONG else 2
        later = extract_iter(
            tag.identity, names[place + 1 :], scorer=OSA.distance, score_cutoff=allowed
        )
        for name, _, index in later:
            if _DIGITS.findall(name) == _DIGITS.findall(tag.identity):
                yield tag, tags[place + 1 + index]


def _contained(tags: Sequence[UsedTag]) -> Iterator[tuple[UsedTag, UsedTag]]:
    known = {" ".join(_WORD.findall(tag.identity)): tag for tag in tags}
    for tag in tags:
        words = _WORD.findall(tag.identity)
        for length in range(1, len(words)):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                if len(part) >= _WORD_LETTERS and part in known and not part.isdigit():
                    yield known[part], tag
