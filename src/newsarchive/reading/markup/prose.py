"""Prose: splits plain text into paragraphs, crossheads, lists and quotations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

CROSSHEAD_CHARACTERS = 80
CROSSHEAD_WORDS = 12

_BULLET = re.compile(r"\s*(?:[•●▪◦‣∙·*–—-]|o(?=\s{2}))\s+(?=\S)")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")
_QUOTED = re.compile(r"\s*>\s?")
_MARKS = (("ul", _BULLET), ("ol", _NUMBER), ("blockquote", _QUOTED))
# A closing quotation mark or bracket may follow the end of a sentence.
_CLOSED = re.compile(r"[.,;:!?…。！？؟،؛।][\"'”’»)\]]*$")
_BLANK_RUN = re.compile(r"\s{2,}|[\t\n]")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text: its element (`p`, `ul`, `ol`, `blockquote` or `h2`), and the plain text of
    each paragraph or list item in it."""

    kind: str
    texts: tuple[str, ...]


def without_bullet(line: str) -> str:
    """The line without a bullet at its beginning, and without white space around it."""
    bullet = _BULLET.match(line)
    return (line[bullet.end() :] if bullet else line).strip()


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """The blocks of an article's body.

    A blank line ends a paragraph, and so does the end of a line, unless the lines were wrapped at a
    fixed width: such lines are joined.
    """
    stanzas = [
        list(group) for blank, group in groupby(lines, lambda line: not line.strip()) if not blank
    ]
    blocks = [block for stanza in stanzas for block in _blocks(stanza)]
    return _with_crossheads(_with_lists_joined(blocks))


def html_of(blocks: Sequence[Block], dateline: str | None = None) -> str:
    """The HTML of the blocks, escaped. The dateline, if given, opens the first paragraph."""
    return "\n".join(_html(blocks, dateline))


def _blocks(stanza: list[str]) -> Iterator[Block]:
    # Most paragraphs begin with a letter, and "o" alone can be a bullet.
    is_prose = stanza[0][0].isalpha() and stanza[0][0] != "o"
    for kind, mark in () if is_prose else _MARKS:
        if all(mark.match(line) for line in stanza) and (kind != "ol" or len(stanza) > 1):
            texts = [mark.sub("", line, count=1) for line in stanza]
            made = tuple(_paragraphs(texts) if kind == "blockquote" else map(_tidy, texts))
            if made:  # empty for a quotation of blank lines
                yield Block(kind, made)
            return
    for text in _paragraphs(stanza):
        item = _BULLET.match(text)
        yield Block("ul", (text[item.end() :],)) if item else Block("p", (text,))


def _paragraphs(lines: list[str]) -> list[str]:
    lines = [_tidy(line) for line in lines]
    width = max(map(len, lines))
    if not _is_hard_wrapped(lines, width):
        return [line for line in lines if line]
    paragraphs: list[str] = []
    begun: list[str] = []
    for line in lines:
        begun.append(line)
        # A sentence that ends well before the margin ends its paragraph.
        if _CLOSED.search(line) and len(line) < width * 0.8:
            paragraphs.append(" ".join(begun))
            begun = []
    return [*paragraphs, " ".join(begun)] if begun else paragraphs


def _is_hard_wrapped(lines: list[str], width: int) -> bool:
    """True if the lines were wrapped at a margin: the longest has `width` characters, 40 to 100,
    and at least half of all lines but the last end near the margin in mid-sentence."""
    if len(lines) < 2 or not 40 <= width <= 100:
        return False
    broken = sum(not _CLOSED.search(line) and len(line) > width * 0.6 for line in lines[:-1])
    return broken * 2 >= len(lines) - 1


def _with_lists_joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with bulleted lists that follow each other joined into one: blank lines between
    bullets do not end a list."""
    joined: list[Block] = []
    for is_list, group in groupby(blocks, lambda block: block.kind == "ul"):
        if is_list:
            joined.append(Block("ul", tuple(text for block in group for text in block.texts)))
        else:
            joined += group
    return joined


def _with_crossheads(blocks: list[Block]) -> list[Block]:
    """The blocks with crossheads: short lines between paragraphs, without closing punctuation.

    Two such lines in a row are no crossheads but, for example, a list of names. A line after a
    colon belongs to the sentence before it.
    """
    short = [block.kind == "p" and _could_be_crosshead(block.texts[0]) for block in blocks]
    made = list(blocks)
    for place in range(1, len(blocks) - 1):
        before = blocks[place - 1]
        announced = before.texts[-1].endswith(":")
        if short[place] and not short[place - 1] and not short[place + 1] and not announced:
            made[place] = Block("h2", blocks[place].texts)
    return made


def _could_be_crosshead(text: str) -> bool:
    if len(text) > CROSSHEAD_CHARACTERS or len(text.split()) > CROSSHEAD_WORDS:
        return False
    return not _CLOSED.search(text) and not text[0].islower() and any(map(str.isalpha, text))


def _tidy(line: str) -> str:
    """The line with one space for every run of white space. A single no-break space stays."""
    line = line.strip()
    # This check for the common case takes a tenth of the time of the search.
    return line if line.isprintable() and "  " not in line else _BLANK_RUN.sub(" ", line)


def _html(blocks: Sequence[Block], dateline: str | None) -> Iterator[str]:
    for block in blocks:
        texts = [escape(text, quote=False) for text in block.texts]
        match block.kind:
            case "ul" | "ol":
                items = "".join(f"\n<li>{text}</li>" for text in texts)
                yield f"<{block.kind}>{items}\n</{block.kind}>"
            case "blockquote":
                paragraphs = "".join(f"\n<p>{text}</p>" for text in texts)
                yield f"<blockquote>{paragraphs}\n</blockquote>"
            case kind:
                opening = ""
                if dateline and kind == "p":
                    opening = f'<span class="dateline">{escape(dateline, quote=False)}</span> '
                    dateline = None
                yield f"<{kind}>{opening}{texts[0]}</{kind}>"
