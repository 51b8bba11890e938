"""Inference: the tags that an article gets from the names in its text.

A tag needs one mention in the headline, or two mentions anywhere. A name with other meanings counts
only if the article has another name of the same tag.
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
from newsarchive.tagging.vocabulary import Mention, Strength, Vocabulary, normalised

MENTIONS_NEEDED = 2
"""The number of mentions that a tag needs if the headline has none."""

_BETWEEN_TWO_NAMES = (" (", ", ")
"""The characters between two names for one thing: "World Health Organization (WHO)"."""

_NOT_PROSE = (
    *(('<sup id="fnref', "</sup>"), ('<span class="dateline">', "</span>"), ("<pre", "</pre>")),
    *(("<!--", "-->"), ("<code", "</code>")),
)
# An HTML tag as the sanitiser writes it: the value of an attribute may contain ">".
_HTML_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')


@dataclass(frozen=True, slots=True)
class TagMatch:
    """The evidence for one tag in an article."""

    tag: str
    """The name of the tag."""
    words: tuple[tuple[str, int], ...]
    """(words, number of mentions) for each name found, the most frequent first."""
    in_headline: int
    """The number of mentions in the headline."""
    in_text: int
    """The number of mentions in the text."""
    reason: str = ""
    """Why the article does not get the tag; empty if it does."""


@dataclass(frozen=True)
class Tagging:
    """The rules for the tags of an archive's articles: its authority, and what is inferred."""

    authority: Authority = field(default_factory=Authority)
    infer: str = "none"
    """The setting `[tags] infer`: `none`, `untagged` or `all`."""
    language: str = "en"
    """The archive's language: of tags, and of articles that state no language."""

    def __reduce__(self) -> tuple[type, tuple[Authority, str, str]]:
        # Automata cannot be pickled. Another process gets these fields and builds its own automata.
        return Tagging, (self.authority, self.infer, self.language)

    def is_searched(self, tags: tuple[str, ...]) -> bool:
        """True if tags are inferred for an article that states these tags."""
        if self.infer != "untagged":
            return self.infer == "all"
        return not any(map(self._is_visible, tags))

    def _is_visible(self, tag: str) -> bool:
        known = self.authority.tag_of(identity(tag))
        return known is None or not known.hidden

    def inferred(
        self, tags: tuple[str, ...], headline: str, body: str, language: str | None
    ) -> tuple[str, ...]:
        """The names of the tags that are inferred for an article, without the `tags` that it
        states; empty if nothing is inferred for it. `body` is sanitised HTML; a `language` of None
        is the archive's."""
        if not self.is_searched(tags):
            return ()
        mentions, headline_end = self._mentions(headline, body, language)
        inferred = [tag for tag, of in mentions.items() if not self._reason(tag, of, headline_end)]
        if not inferred:
            return ()
        stated = {self.authority.resolved(identity(tag)) for tag in tags}
        return tuple(tag for tag in inferred if identity(tag) not in stated)

    def matches(self, headline: str, body: str, language: str | None) -> list[TagMatch]:
        """All tags that an article mentions, in the order of their first mentions, including those
        that it does not get."""
        mentions, headline_end = self._mentions(headline, body, language)
        matches = []
        for tag, of in mentions.items():
            in_headline = sum(mention.start < headline_end for mention in of)
            words = Counter(mention.text for mention in of).most_common()
            reason = self._reason(tag, of, headline_end)
            matches.append(TagMatch(tag, tuple(words), in_headline, len(of) - in_headline, reason))
        return matches

    def _mentions(
        self, headline: str, body: str, language: str | None
    ) -> tuple[dict[str, list[Mention]], int]:
        """(mentions by tag, length of the headline). Positions of mentions are those in the
        headline, a line end and the prose of the body, put together."""
        head = normalised(headline)
        text = f"{head}\n{prose_of(body)}"
        mentions: dict[str, list[Mention]] = {}
        for mention in self.vocabulary(language).mentions(text):
            tag = mention.name.tag
            known = mentions.get(tag)
            if known is None:
                mentions[tag] = [mention]
            # "World Health Organization (WHO)" and "Dublin, Ireland" are one mention each.
            elif (
                mention.start != known[-1].end + 2
                or text[known[-1].end : mention.start] not in _BETWEEN_TWO_NAMES
            ):
                known.append(mention)
            elif known[-1].strength < mention.strength:
                known[-1] = mention
        return mentions, len(head)

    def _reason(self, tag: str, mentions: list[Mention], headline_end: int) -> str:
        """Why an article does not get a tag that it mentions; empty if it does."""
        if len(mentions) < MENTIONS_NEEDED and mentions[0].start >= headline_end:
            return f"the headline must name it, or the article {MENTIONS_NEEDED} times"
        if not any(mention.strength is Strength.CERTAIN for mention in mentions):
            ambiguous = (one.text for one in mentions if one.strength is Strength.AMBIGUOUS)
            if len(set(ambiguous)) < MENTIONS_NEEDED:
                return "the word has other meanings, and the article has no other name of the tag"
        known = self.authority.tag_of(identity(tag)) if self.authority.tags else None
        if known and (known.hidden or not known.inferred):
            return f"{known.name} is {'hidden' if known.hidden else 'never inferred'}"
        return ""

    def vocabulary(self, language: str | None) -> Vocabulary:
        """The vocabulary for articles of a language; None is the archive's language."""
        known = gazetteer.known_language(self.language if language is None else language)
        if known not in self._vocabularies:
            if len(self._vocabularies) >= gazetteer.MAX_LANGUAGES:  # each takes 20 MB
                del self._vocabularies[next(iter(self._vocabularies))]
            self._vocabularies[known] = Vocabulary(self.names(known).values())
        return self._vocabularies[known]

    @cached_property
    def _vocabularies(self) -> dict[str, Vocabulary]:
        return _vocabularies(self.authority, self.language)

    def names(self, language: str) -> dict[str, Name]:
        """The names for articles of a language, by their normalised text. Names of the authority
        take precedence over the gazetteer's, and the authority may rename the gazetteer's tags."""
        names: dict[str, Name] = {}
        for tag in self.authority.tags:
            for text in tag.names:
                is_exact = " " not in text and not text.islower()
                names.setdefault(normalised(text), Name(text, tag.name, is_exact=is_exact))
        for name in gazetteer.names(language, self.language):
            known = self.authority.tag_of(identity(name.tag)) if name.tag else None
            resolved = name._replace(tag=known.name) if known else name
            names.setdefault(normalised(name.text), resolved)
        return names


@lru_cache(1)
def _vocabularies(authority: Authority, language: str) -> dict[str, Vocabulary]:
    """The vocabularies of this process by language, which `Tagging.vocabulary` fills. They outlive
    a build, because `serve` builds often with the same tags."""
    return {}


# Other spaces of Unicode are rarer than typing mistakes.
_BLANKS = "\n\t\xa0\u2002\u2003\u2009\u202f\u3000"
_ASCII_BLANKS = "\n\t"
_RUN_OF_BLANKS = re.compile("  +")


def prose_of(body: str) -> str:
    """The prose of sanitised HTML, with a line for each block if it has only paragraphs, and
    without datelines, footnote marks and code. Every HTML tag ends a word."""
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
        body = _HTML_TAG.sub(" ", body)
    # Names of several words are found only with single spaces between the words.
    for blank in _ASCII_BLANKS if body.isascii() else _BLANKS:
        if blank in body:
            body = body.replace(blank, " ")
    if is_plain:
        body = body[3:-4].replace("</p> <p>", "\n")
    if "&" in body:
        body = unescape(body)
    return normalised(_RUN_OF_BLANKS.sub(" ", body) if "  " in body else body)
