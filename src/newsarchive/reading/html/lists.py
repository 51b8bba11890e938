"""Lists as Jekyll and Hugo read them, for a Markdown that asks for more.

Python-Markdown wants a blank line above a list and four spaces for each level. CommonMark (section
5.2), and with it most piles of posts, lets a list follow a paragraph and nests it by as much as
the text of the item above is indented.
"""

import re
from dataclasses import dataclass

from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r"(?P<marker>[*+-]|\d{1,9}\.)(?P<gap> +)(?=\S)")
_RULE = re.compile(r"([*_-])(?:[ \t]*\1){2,}[ \t]*\Z")
_INDENT = re.compile(r"[ \t]*")
_CODE = 4  # an indent of this many columns outside of a list is code
_LEVEL = "    "
_DEEPEST = 20
"""Deeper lists are written as lists of this level: they would only cost time."""


@dataclass(slots=True)
class _Lists:
    """The lines done so far, and where the text of each item that is still open begins."""

    lines: list[str]
    open: list[int]
    after_blank: bool = True

    def take(self, line: str) -> None:
        """Add one line, indented the way Python-Markdown takes it."""
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
            # A sentence may go on with "1945." at the start of a line: CommonMark, section 5.2.
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
    """Puts a blank line above lists that have none, and four spaces before each nested level."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with their lists the way Python-Markdown wants them."""
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
