"""The summary: the one that an article states, or the beginning of its first paragraph."""

import re
from html import unescape

from newsarchive.model.text import cleaned, cut_at_word, one_line, without_between
from newsarchive.reading.html.sanitise import TAGS

SUMMARY_CHARACTERS = 280

# Paragraphs in lists and tables say little about an article: they may be a table of contents.
_PARAGRAPH = re.compile(r"(?<!<li>\n)(?<!<td>\n)<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_ANY_PARAGRAPH = re.compile(r"<(p|li|td)(?:\s[^>]*)?>(.*?)</\1>", re.DOTALL)
_NOT_TEXT = (('<sup id="fnref', "</sup>"), ('<span class="dateline">', "</span>"), ("<!--", "-->"))
# Only names of HTML elements count: "The mole & the <sea>" has no tag in it.
_NAMES = "|".join(sorted(TAGS | {"big", "center", "font", "h1", "strike", "tt"}))
_TAG = re.compile(rf"""</?(?:{_NAMES})\b(?:[^<>"]|"[^"]*")*>""", re.IGNORECASE)


def plain_text(html: str) -> str:
    """The words of HTML, on one line."""
    for opening, closing in _NOT_TEXT:
        if opening in html:
            html = without_between(html, opening, closing)
    return one_line(cleaned(unescape(_TAG.sub("", html))))


def summary_of(body: str, given: str | None = None) -> str:
    """The given summary, or the first paragraph with words in it, as plain text, cut after a word
    to SUMMARY_CHARACTERS."""
    text = plain_text(given or "")
    for paragraph in (_PARAGRAPH, _ANY_PARAGRAPH):
        if not text:
            found = (plain_text(match[match.lastindex or 0]) for match in paragraph.finditer(body))
            text = next(filter(None, found), "")
    return cut_at_word(text, SUMMARY_CHARACTERS)


def standfirst_of(body: str, given: str | None) -> str | None:
    """The given summary, uncut, as plain text; None if there is none or if the body begins with the
    same words."""
    text = plain_text(given or "")
    if not text:
        return None
    # Exporters often put the first words of the text here, with or without an ellipsis.
    opening, stated = (one.rstrip(" .…[]") for one in (summary_of(body), text))
    is_opening = opening.startswith(stated) or stated.startswith(opening)
    return None if opening and is_opening else text
