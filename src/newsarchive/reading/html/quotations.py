"""Quotations that are marked twice: as HTML, and line by line as Markdown.

Programs that converted pages to Markdown left `<blockquote>` tags around lines that begin with
`> `. A Markdown converter treats the tag as raw HTML and the `>` as text.
"""

import re
from collections.abc import Iterator

_UNCLOSED = 50
"""The most kinds of unclosed fence that are searched for. After that many, all the rest is text."""
_FENCE = re.compile(r"^(?:`{3,}|~{3,})", re.MULTILINE)
_TAGGED = re.compile(
    r"^[ \t]*<blockquote>((?:(?!<blockquote\b).)*?)(?:\n>[ \t]*)?</blockquote>[ \t]*",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_MARK = re.compile(r"(?:>[ \t]?|[ \t]+)?")
# The same programs added line breaks inside "**...**", where Markdown allows no white space.
_BROKEN_STRONG = re.compile(r"\*\*\n[ \t]*(\S[^*]*?)\n[ \t]*\*\*")


def without_double_quotations(text: str) -> str:
    """The Markdown with each of these quotations marked only as Markdown."""
    if "<blockquote>" not in text.lower():
        return text
    # Fenced code must stay as it is.
    return "".join(
        part if is_code else _TAGGED.sub(_marked, part) for part, is_code in _parts(text)
    )


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """(part of the text, whether it is fenced code). A fence that is never closed is text; its end
    is searched for only once."""
    start = 0
    unclosed: set[str] = set()
    fence = _FENCE.search(text)
    while fence and len(unclosed) < _UNCLOSED:
        at = fence.end()
        if fence[0] not in unclosed:
            closing = re.compile(rf"^{fence[0]}[ \t]*$", re.MULTILINE).search(text, at)
            if closing:
                yield text[start : fence.start()], False
                yield text[fence.start() : closing.end()], True
                start = at = closing.end()
            else:
                unclosed.add(fence[0])
        fence = _FENCE.search(text, at)
    yield text[start:], False


def _marked(found: re.Match[str]) -> str:
    text = found[1]
    if "\n>" not in text and not text.startswith(">"):
        return found[0]
    lines = [_MARK.sub("", line, count=1) for line in text.strip("\n").split("\n")]
    quoted = _BROKEN_STRONG.sub(r"**\1**", "\n".join(lines)).split("\n")
    return "\n" + "\n".join(f"> {line}".rstrip() for line in quoted) + "\n\n"
