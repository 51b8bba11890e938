"""Inference: the tags that an article has from what it says.

Always from a name that stands in the text, never guessed. A tag needs a mention in the headline, or
two; a name that has other meanings counts only beside one that has not.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape

from newsarchive.model.text import identity, without_between
from newsarchive.tagging import gazetteer
from newsarchive.tagging.authority import Authority
from newsarchive.tagging.gazetteer import Name
from newsarchive.tagging.vocabulary import Mention, Strength, Vocabulary, plain

ENOUGH = 2
"""How many mentions a tag needs where the headline has none."""

_APPOSED = (" (", ", ")
"""What stands between a name and another for the same."""

_NOT_PROSE = (
    *(('<sup id="fnref', "</sup>"), ('<span class="dateline">', "</span>"), ("<pre", "</pre>")),
    *(("<!--", "-->"), ("<code", "</code>")),
)
# As sanitising leaves tags: what is in quotation marks may hold a ">".
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one tag in an article."""

    tag: str
    """Its name."""
    words: tuple[tuple[str, int], ...]
    """The words that it was found by, each with how often; the most frequent first."""
    in_headline: int
    in_text: int
    reason: str = ""
    """Why the article does not get the tag all the same; empty where it does."""


@dataclass(frozen=True)
class Tagging:
    """How an archive's articles are tagged: its authority, and the settings of inference."""

    authority: Authority = field(default_factory=Authority)
    infer: str = "none"
    language: str = "en"
    """The archive's: of articles that state none, and of the names of tags."""

    def __reduce__(self) -> tuple[type, tuple[Authority, str, str]]:
        # To another process goes what it is made from; automata are made there.
        return Tagging, (self.authority, self.infer, self.language)

    def is_searched(self, tags: tuple[str, ...]) -> bool:
        """Whether tags are looked for in an article that states these."""
        if self.infer != "untagged":
            return self.infer == "all"
        return not any(map(self._is_shown, tags))

    def _is_shown(self, tag: str) -> bool:
        known = self.authority.tag_of(identity(tag))
        return known is None or not known.hidden

    def inferred(
        self, tags: tuple[str, ...], headline: str, body: str, language: str | None
    ) -> tuple[str, ...]:
        """The names of the tags that an article has from its headline and its body, sanitised
        HTML, beside those that it states; none where it is not to be searched."""
        if not self.is_searched(tags):
            return ()
        mentions, in_headline = self._mentions(headline, body, language)
        found = [tag for tag, of in mentions.items() if not self._reason(tag, of, in_headline)]
        if not found:
            return ()
        stated = {self.authority.resolved(identity(tag)) for tag in tags}
        return tuple(tag for tag in found if identity(tag) not in stated)

    def found(self, headline: str, body: str, language: str | None) -> list[Found]:
        """All tags that an article has words of, in the order of their first words."""
        mentions, length = self._mentions(headline, body, language)
        found = []
        for tag, of in mentions.items():
            in_headline = sum(mention.start < length for mention in of)
            words = Counter(mention.text for mention in of).most_common()
            reason = self._reason(tag, of, length)
            found.append(Found(tag, tuple(words), in_headline, len(of) - in_headline, reason))
        return found

    def _mentions(
        self, headline: str, body: str, language: str | None
    ) -> tuple[dict[str, list[Mention]], int]:
        """The mentions of each tag in an article, and how long the headline before its text is."""
        head = plain(headline)
        text = f"{head}\n{text_of(body)}"
        mentions: dict[str, list[Mention]] = {}
        for mention in self.vocabulary(language).mentions(text):
            tag = mention.name.tag
            known = mentions.get(tag)
            if known is None:
                mentions[tag] = [mention]
            # "World Health Organization (WHO)" and "Dublin, Ireland" are said once.
            elif (
                mention.start != known[-1].end + 2
                or text[known[-1].end : mention.start] not in _APPOSED
            ):
                known.append(mention)
            elif known[-1].strength < mention.strength:
                known[-1] = mention
        return mentions, len(head)

    def _reason(self, tag: str, mentions: list[Mention], headline: int) -> str:
        """Why an article does not get a tag that it has words of; empty where it does."""
        if len(mentions) < ENOUGH and mentions[0].start >= headline:
            return f"it needs the headline, or {ENOUGH} mentions"
        if not any(mention.strength is Strength.CERTAIN for mention in mentions):
            ambiguous = (one.text for one in mentions if one.strength is Strength.AMBIGUOUS)
            if len(set(ambiguous)) < ENOUGH:
                return "the word has other meanings, and no other name of it is there"
        known = self.authority.tag_of(identity(tag)) if self.authority.tags else None
        if known and (known.hidden or not known.inferred):
            return f"{known.name} is {'hidden' if known.hidden else 'never inferred'}"
        return ""

    def vocabulary(self, language: str | None) -> Vocabulary:
        """The names that are looked for in articles of a language."""
        known = gazetteer.known_language(self.language if language is None else language)
        if known not in self._vocabularies:
            if len(self._vocabularies) >= gazetteer.LANGUAGES:  # each takes 20 MB
                del self._vocabularies[next(iter(self._vocabularies))]
            self._vocabularies[known] = Vocabulary(self.names(known).values())
        return self._vocabularies[known]

    @cached_property
    def _vocabularies(self) -> dict[str, Vocabulary]:
        return _vocabularies(self.authority, self.language)

    def names(self, language: str) -> dict[str, Name]:
        """The names, by text: the authority's own before those of the gazetteer, whose tags are
        resolved by the authority."""
        found: dict[str, Name] = {}
        for tag in self.authority.tags:
            for text in tag.names:
                is_exact = " " not in text and not text.islower()
                found.setdefault(plain(text), Name(text, tag.name, is_exact=is_exact))
        for name in gazetteer.names(language, self.language):
            known = self.authority.tag_of(identity(name.tag)) if name.tag else None
            found.setdefault(plain(name.text), name._replace(tag=known.name) if known else name)
        return found


@lru_cache(1)
def _vocabularies(authority: Authority, language: str) -> dict[str, Vocabulary]:
    """The vocabularies made so far, by language: `serve` builds often with the same tags."""
    return {}


# Other blanks of Unicode are rarer than a slip of the pen.
_BLANKS = "\n\t\xa0\u2002\u2003\u2009\u202f\u3000"
_ASCII_BLANKS = "\n\t"
_RUN_OF_BLANKS = re.compile("  +")


def text_of(body: str) -> str:
    """The prose of sanitised HTML, a line for each of its parts: no datelines, footnote marks or
    programs. A word ends where a tag stands."""
    paragraphs = body.count("<p>")
    is_plain = (
        body.startswith("<p>")
        and body.endswith("</p>")
        and body.count("<") == 2 * paragraphs
        and body.count("</p>\n<p>") == paragraphs - 1
    )
    if not is_plain:
        for opening, closing in _NOT_PROSE:
            if opening in body:
                body = without_between(body, opening, closing, " ")
        body = _TAG.sub(" ", body)
    # Between the words of a name stands one blank.
    for blank in _ASCII_BLANKS if body.isascii() else _BLANKS:
        if blank in body:
            body = body.replace(blank, " ")
    if is_plain:
        body = body[3:-4].replace("</p> <p>", "\n")
    if "&" in body:
        body = unescape(body)
    return plain(_RUN_OF_BLANKS.sub(" ", body) if "  " in body else body)
