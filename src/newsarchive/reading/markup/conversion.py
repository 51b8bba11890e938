"""Conversion: Markdown to HTML, as the generators that people come from convert it.

Python-Markdown takes Markdown as Pelican and Jekyll do; CommonMark is what Hugo and GitHub take.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.md_in_html import (
    HtmlBlockPreprocessor,
    HTMLExtractorExtra,
    MarkdownInHtmlExtension,
)
from markdown.inlinepatterns import SimpleTagInlineProcessor

from newsarchive.reading.html.lists import ListPreprocessor
from newsarchive.reading.html.quotations import marked_once
from newsarchive.reading.markup.wordpress import without_shortcodes
from newsarchive.reading.time_limit import TimeLimitError, time_limit

# "attr_list" is left out on purpose: it would take template code such as {% include x %} for
# attributes, and in an archive that is text.
_EXTENSIONS = ("tables", "footnotes", "def_list", "fenced_code", "abbr", "sane_lists")

_NAMES = "article|aside|blockquote|center|div|section|table|tbody|td|tfoot|th|thead|tr"
_CONTAINERS = frozenset(_NAMES.split("|"))
_CONTAINER = re.compile(rf"^<(?:{_NAMES})[\s>]", re.MULTILINE | re.IGNORECASE)
_INDENTED = re.compile(
    rf"^[ \t]+</?(?:{_NAMES}|p|ul|ol|li)[\s>]|^<[^\n]*>[ \t]*\n[ \t]+\S",
    re.MULTILINE | re.IGNORECASE,
)


_MOST_OPEN = 300
"""How many brackets of a kind may be left open: Python-Markdown looks for the end of each through
all of the rest."""


_DEEPEST = 50
"""How many quotations or lists may begin on one line."""

_DEEPEST_HTML = 500
"""How many elements may be open. Fixed numbers, both: what Python can take depends on how deep in
the program it is called, and the site may not depend on that."""

_DEEP_LINE = re.compile(
    rf"^(?:[ \t]*(?:>|[-*+][ \t]|\d{{1,9}}[.)][ \t])){{{_DEEPEST + 1}}}", re.MULTILINE
)
_ELEMENTS = (
    f"{_NAMES}|p|ul|ol|li|dl|dt|dd|pre|details|figure|form|fieldset|h[1-6]|button|select|svg|math"
    "|a|b|big|code|del|em|font|i|ins|mark|nobr|q|s|small|span|strike|strong|sub|sup|tt|u"
)
_DEEP_BRACKETS = re.compile(rf"(?:\[[^\[\]\n]*){{{_DEEPEST + 1}}}")
_CONTAINER_TAG = re.compile(rf"<(/?)(?:{_ELEMENTS})(?=[\s/>])", re.IGNORECASE)

_TOO_DEEP = "it is nested too deeply"

_MARKUP = re.compile(r"[*_`\[\]<>&\\|~\t]")
_OPENING_QUOTES = "\"'“‘«„("


_LONGEST = 1_000_000
"""How many characters a text may have, and"""
_LONGEST_PARAGRAPH = 20_000
"""how many one of its paragraphs: Python-Markdown takes up to 20 seconds for a megabyte, and for
one paragraph the square of its length. Of 775 real posts the longest has 114,000 characters, and
the longest paragraph 8,700."""

SECONDS = 20
"""How long the conversion of a text may take, in seconds of processor time. The numbers above keep
what is known to be slow far below it, for no site should depend on how fast a machine is."""

_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


class UnconvertibleError(ValueError):
    """Markdown cannot take the text, or not within seconds; the message says why."""


PYTHON_MARKDOWN = "python-markdown"
COMMONMARK = "commonmark"


def to_html(text: str, engine: str = PYTHON_MARKDOWN) -> str:
    """The HTML that an article's Markdown stands for, not sanitised. Raises UnconvertibleError."""
    if is_plain_prose(text):
        return prose_to_html(text)
    _refuse_long(text, _LONGEST_PARAGRAPH if engine == PYTHON_MARKDOWN else _LONGEST)
    if _nests_too_much_html(text) or (engine == PYTHON_MARKDOWN and _is_too_deep(text)):
        raise UnconvertibleError(_TOO_DEEP)
    try:
        with time_limit(SECONDS):
            text = marked_once(text)
            converted = _converter(text, engine)
            return converted(without_shortcodes(text, converted))
    except TimeLimitError:
        reason = f"Markdown takes more than {SECONDS} seconds for it"
    except RecursionError:
        reason = _TOO_DEEP
    except Exception as error:
        # The converter was not made for just any text: it fails on a footnote in a footnote's text,
        # and on what nobody has thought of yet. Its text is worth more than its markup.
        reason = f"Markdown cannot take it ({type(error).__name__}: {error})"
    _markdown.cache_clear()  # what broke off may have left something behind
    raise UnconvertibleError(reason)


def _converter(text: str, engine: str) -> Callable[[str], str]:
    """The converter of this text and of parts of it."""
    if engine == COMMONMARK:
        from newsarchive.reading.markup.commonmark import (
            commonmark_to_html,  # its library is optional
        )

        return commonmark_to_html
    inside_html = bool(_CONTAINER.search(text)) and not _INDENTED.search(text)
    return lambda markdown: _markdown(inside_html).reset().convert(markdown)


def _refuse_long(text: str, longest_paragraph: int) -> None:
    if len(text) > _LONGEST:
        raise UnconvertibleError(f"it is longer than {_LONGEST:,} characters")
    if len(text) > longest_paragraph:
        longest = max(map(len, _PARAGRAPHS.split(text)))
        if longest > longest_paragraph:
            raise UnconvertibleError(
                f"a paragraph in it is longer than {longest_paragraph:,} characters"
            )


def _is_too_deep(text: str) -> bool:
    if any(text.count(left) - text.count(right) > _MOST_OPEN for left, right in ("[]", "()", "<>")):
        return True
    return bool(_DEEP_BRACKETS.search(text) or _DEEP_LINE.search(text))


def _nests_too_much_html(text: str) -> bool:
    """True if so many elements are open that the sanitising parser would take the square
    of their number."""
    depth = deepest = 0
    for tag in _CONTAINER_TAG.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    # Many a page leaves its <p> and <li> open, which is no nesting.
    return deepest > _DEEPEST_HTML


def is_plain_prose(text: str) -> bool:
    """True if nothing in the text has a meaning in Markdown but blank lines: news
    text often has not, and then needs no converter."""
    if _MARKUP.search(text):
        return False
    # Lists, headings, rules and code begin otherwise, and a line break has blanks before it.
    return all(
        (line[0].isalpha() or line[0] in _OPENING_QUOTES) and not line[-1].isspace()
        for line in text.split("\n")
        if line
    )


def prose_to_html(text: str) -> str:
    """The HTML of plain prose, byte for byte what the converter makes of it."""
    return "\n".join(f"<p>{part.strip()}</p>" for part in text.split("\n\n") if part.strip())


@cache
def _markdown(inside_html: bool) -> Markdown:
    """The converter. Programs that saved pages as Markdown left tables and the like as tags at the
    margin and turned what is in them into Markdown, so `inside_html` has that read. Indented
    HTML was written by hand: it has no Markdown in it, and would be taken for code."""
    own = (_InsideHtml(), _News()) if inside_html else (_News(),)
    return Markdown(extensions=[*_EXTENSIONS, *own], output_format="html")


class _News(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        # After fenced code (25) has been put away, before HTML (20) is.
        md.preprocessors.register(ListPreprocessor(md), "lists", 22)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()~~(.+?)~~", "del"), "del", 50)


class _InsideHtml(MarkdownInHtmlExtension):
    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.preprocessors.register(_Preprocessor(md), "html_block", 20)


class _Preprocessor(HtmlBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        extractor = _Extractor(self.md)
        extractor.feed("\n".join(lines))
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class _Extractor(HTMLExtractorExtra):
    mdstack: list[str]

    def close(self) -> None:
        super().close()
        # It closes one tag; what is in others that were left open would be lost.
        while self.mdstack:
            self.handle_endtag(self.mdstack[-1])

    def get_state(
        self, tag: str, attrs: Mapping[str, str]
    ) -> Literal["block", "span", "off", None]:
        # What else would have to be written into every tag: <td markdown="block">.
        return super().get_state(tag, {"markdown": "block"} if tag in _CONTAINERS else attrs)
