"""Quotations that are marked twice: as HTML and, line by line, as Markdown.

Programs that turned pages into Markdown left `<blockquote>` tags around lines that begin with `> `.
A Markdown converter takes the tag for raw HTML and the marks for text.
"""

import re

# Fenced code first: what stands in it is shown as it is.
_TAGGED = re.compile(
    r"^(?P<fence>`{3,}(?!`)|~{3,}(?!~)).*?^(?P=fence)[ \t]*$"
    r"|^[ \t]*<blockquote>(?P<quoted>(?:(?!<blockquote\b).)*?)(?:\n>[ \t]*)?</blockquote>[ \t]*",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_MARK = re.compile(r"(?:>[ \t]?|[ \t]+)?")
# The same programs broke the lines inside of "**...**", where Markdown wants no blanks.
_BROKEN_STRONG = re.compile(r"\*\*\n[ \t]*(\S[^*]*?)\n[ \t]*\*\*")


def marked_once(text: str) -> str:
    """The Markdown with such quotations as Markdown alone."""
    return _TAGGED.sub(_marked, text) if "<blockquote>" in text.lower() else text


def _marked(found: re.Match[str]) -> str:
    text = found["quoted"]
    if text is None or ("\n>" not in text and not text.startswith(">")):
        return found[0]
    lines = [_MARK.sub("", line, count=1) for line in text.strip("\n").split("\n")]
    quoted = _BROKEN_STRONG.sub(r"**\1**", "\n".join(lines)).split("\n")
    return "\n" + "\n".join(f"> {line}".rstrip() for line in quoted) + "\n\n"
