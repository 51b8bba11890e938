"""The summary: what an article's own says, or the beginning of its first paragraph."""

import re
from html import unescape

from newsarchive.text import cut_at_word, one_line

SUMMARY_CHARACTERS = 280

_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_NOT_TEXT = re.compile(r'<sup id="fnref.*?</sup>|<span class="dateline">.*?</span>', re.DOTALL)
_TAG = re.compile(r"""<(?:[^<>"]|"[^"]*")*>""")


def plain_text(html: str) -> str:
    """The words of sanitised HTML, on one line."""
    return one_line(unescape(_TAG.sub("", _NOT_TEXT.sub("", html))))


def summary_of(body: str, given: str | None = None) -> str:
    """The given summary or the first paragraph with words in it, cut at a word."""
    text = plain_text(given) if given and "<" in given else given
    if not text:
        paragraphs = (plain_text(found[1]) for found in _PARAGRAPH.finditer(body))
        text = next(filter(None, paragraphs), "")
    return cut_at_word(text, SUMMARY_CHARACTERS)
