"""Lists as Jekyll and Hugo read them, rewritten for Python-Markdown.

Python-Markdown requires a blank line above a list and four spaces for each level. In CommonMark
(section 5.2), and so in most posts, a list may follow a paragraph directly, and a nested list is
indented as far as the text of the item above.
"""

import re
from dataclasses import dataclass

from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r"(?P<marker>[*+-]|\d{1,9}\.)(?P<gap> +)(?=\S)")
_RULE = re.compile(r"([*_-])(?:[ \t]*\1){2,}[ \t]*\Z")
_INDENT = re.compile(r"[ \t]*")
_CODE = 4  # outside of a list, an indent of 4 columns makes code
_LEVEL = "    "
_DEEPEST = 20
"""The deepest level of lists. Deeper lists become lists of this level, to save time."""


@dataclass(slots=True)
class _Lists:
    """The lines done so far, and for each open list item the column at which its text begins."""

    lines: list[str]
    open: list[int]
    after_blank: bool = True

    def take(self, line: str) -> None:
        """Add one line with the indent that Python-Markdown requires."""
        indent = len(_INDENT.match(line)[0].expandtabs(4))  # type: ignore[index]
        text = line.lstrip(" \t")
        item = None if _RULE.match(text) else _ITEM.match(text)
        if item and (self.open or indent < _CODE):
            self._item(item, indent, text)
        elif self.open and self.after_blank:
            self._leave(indent)
            kept = " " * (indent - self.open[-1]) if self.open else ""
            self.lines.append(_LEVEL * len(self.open) + kept + text if self.open else line)
        elif self.open:
            self.lines.append(_LEVEL * (len(self.open) - 1) + text)
        else:
            self.lines.append(line)
        self.after_blank = False

    def _item(self, item: re.Match[str], indent: int, text: str) -> None:
        was_open = bool(self.open)
        self._leave(indent)
        follows_text = not was_open and not self.after_blank
        if follows_text:
            # A line of a sentence may begin with "1945." (CommonMark, section 5.2).
            if item["marker"][:-1] not in ("", "1"):
                self.lines.append(text)
                return
            self.lines.append("")
        self.lines.append(_LEVEL * len(self.open) + text)
        gap = len(item["gap"])
        if len(self.open) < _DEEPEST:
            self.open.append(indent + len(item["marker"]) + (gap if gap <= _CODE else 1))

    def _leave(self, indent: int) -> None:
        while self.open and indent < self.open[-1]:
            self.open.pop()


class ListPreprocessor(Preprocessor):
    """Adds the blank lines above lists, and indents each nested level by four spaces."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with lists as Python-Markdown requires them. Lines in `<pre>` stay."""
        lists = _Lists([], [])
        verbatim = False
        for line in lines:
            verbatim = verbatim or "<pre" in line
            if verbatim:
                lists.lines.append(line)
                verbatim = "</pre" not in line
            elif line.strip():
                lists.take(line)
            else:
                lists.lines.append("")
                lists.after_blank = True
        return lists.lines
