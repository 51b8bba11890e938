"""Conversion: Markdown to HTML, in the dialects of other site generators.

Python-Markdown is the dialect of Pelican and Jekyll, CommonMark that of Hugo and GitHub.
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
from newsarchive.reading.html.quotations import without_double_quotations
from newsarchive.reading.markup.wordpress import without_shortcodes
from newsarchive.reading.time_limit import TimeLimitError, time_limit

# Without "attr_list", which reads template code such as {% include x %} as attributes. In an
# archive, that code is text.
_EXTENSIONS = ("tables", "footnotes", "def_list", "fenced_code", "abbr", "sane_lists")

_NAMES = "article|aside|blockquote|center|div|section|table|tbody|td|tfoot|th|thead|tr"
_CONTAINERS = frozenset(_NAMES.split("|"))
_CONTAINER = re.compile(rf"^<(?:{_NAMES})[\s>]", re.MULTILINE | re.IGNORECASE)
_INDENTED = re.compile(
    rf"^[ \t]+</?(?:{_NAMES}|p|ul|ol|li)[\s>]|^<[^\n]*>[ \t]*\n[ \t]+\S",
    re.MULTILINE | re.IGNORECASE,
)


_MOST_OPEN = 300
"""The most open brackets of one kind. Python-Markdown searches the rest of the text for the end of
each."""


_DEEPEST = 50
"""The most quotations or lists that may begin on one line, and the deepest nesting of brackets."""

_DEEPEST_HTML = 500
"""The most open elements. Like `_DEEPEST`, it is a fixed number: Python's own limit depends on the
depth of the caller's stack, and the site must not."""

_DEEP_LINE = re.compile(
    rf"^(?:[ \t]*(?:>|[-*+][ \t]|\d{{1,9}}[.)][ \t])){{{_DEEPEST + 1}}}", re.MULTILINE
)
_ELEMENTS = (
    f"{_NAMES}|p|ul|ol|li|dl|dt|dd|pre|details|figure|form|fieldset|h[1-6]|button|select|svg|math"
    "|a|b|big|code|del|em|font|i|ins|mark|nobr|q|s|small|span|strike|strong|sub|sup|tt|u"
)
_DEEP_BRACKETS = re.compile(rf"(?:\[[^\[\]\n]*){{{_DEEPEST + 1}}}")
_CONTAINER_TAG = re.compile(rf"<(/?)(?:{_ELEMENTS})(?=[\s/>])", re.IGNORECASE)

_TOO_DEEP = "the text is nested too deeply"

_MARKUP = re.compile(r"[*_`\[\]<>&\\|~\t]")
_OPENING_QUOTES = "\"'“‘«„("


_LONGEST = 1_000_000
"""The most characters of a text. Python-Markdown takes up to 20 seconds for a megabyte. Of 775 real
posts, the longest has 114,000 characters."""
_LONGEST_PARAGRAPH = 20_000
"""The most characters of a paragraph. Python-Markdown takes time in proportion to the square of its
length. In the same posts, the longest paragraph has 8,700 characters."""

SECONDS = 20
"""The most processor time for converting a text, in seconds. The limits above stop everything that
is known to be slow long before, so that no site depends on the speed of the machine."""

_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


class UnconvertibleError(ValueError):
    """The Markdown cannot be converted, or not in time. The message says why."""


PYTHON_MARKDOWN = "python-markdown"
COMMONMARK = "commonmark"


def to_html(text: str, engine: str = PYTHON_MARKDOWN) -> str:
    """The HTML of a text in Markdown, not sanitised. Raises UnconvertibleError."""
    if is_plain_prose(text):
        return prose_to_html(text)
    _refuse_long(text, _LONGEST_PARAGRAPH if engine == PYTHON_MARKDOWN else _LONGEST)
    if _nests_too_much_html(text) or (engine == PYTHON_MARKDOWN and _is_too_deep(text)):
        raise UnconvertibleError(_TOO_DEEP)
    try:
        with time_limit(SECONDS):
            text = without_double_quotations(text)
            converted = _converter(text, engine)
            return converted(without_shortcodes(text, converted))
    except TimeLimitError:
        reason = f"converting the Markdown takes more than {SECONDS} seconds"
    except RecursionError:
        reason = _TOO_DEEP
    except Exception as error:
        # The converter fails on a footnote in a footnote, and surely on other texts that nobody has
        # tried. The text of an article is worth more than its markup.
        reason = f"the Markdown cannot be converted ({type(error).__name__}: {error})"
    _markdown.cache_clear()  # a converter that was stopped may be in a bad state
    raise UnconvertibleError(reason)


def _converter(text: str, engine: str) -> Callable[[str], str]:
    """The function that converts this text, and parts of it, to HTML."""
    if engine == COMMONMARK:
        from newsarchive.reading.markup.commonmark import (
            commonmark_to_html,  # its library is optional
        )

        return commonmark_to_html
    inside_html = bool(_CONTAINER.search(text)) and not _INDENTED.search(text)
    return lambda markdown: _markdown(inside_html).reset().convert(markdown)


def _refuse_long(text: str, longest_paragraph: int) -> None:
    if len(text) > _LONGEST:
        raise UnconvertibleError(f"the text is longer than {_LONGEST:,} characters")
    if len(text) > longest_paragraph:
        longest = max(map(len, _PARAGRAPHS.split(text)))
        if longest > longest_paragraph:
            raise UnconvertibleError(f"a paragraph is longer than {longest_paragraph:,} characters")


def _is_too_deep(text: str) -> bool:
    if any(text.count(left) - text.count(right) > _MOST_OPEN for left, right in ("[]", "()", "<>")):
        return True
    return bool(_DEEP_BRACKETS.search(text) or _DEEP_LINE.search(text))


def _nests_too_much_html(text: str) -> bool:
    """True if more than `_DEEPEST_HTML` elements are open at once. The sanitiser's parser takes
    time in proportion to the square of their number."""
    depth = deepest = 0
    for tag in _CONTAINER_TAG.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    # A real page may leave many <p> and <li> open, so the limit is high.
    return deepest > _DEEPEST_HTML


def is_plain_prose(text: str) -> bool:
    """True if only blank lines have a meaning in Markdown. News text is often like that and needs
    no converter."""
    if _MARKUP.search(text):
        return False
    # Lists, headings, rules and code begin with other characters; a line break needs spaces at the
    # end of a line.
    return all(
        (line[0].isalpha() or line[0] in _OPENING_QUOTES) and not line[-1].isspace()
        for line in text.split("\n")
        if line
    )


def prose_to_html(text: str) -> str:
    """The HTML of plain prose, byte for byte the same as the converter's."""
    return "\n".join(f"<p>{part.strip()}</p>" for part in text.split("\n\n") if part.strip())


@cache
def _markdown(inside_html: bool) -> Markdown:
    """The converter of Python-Markdown; `inside_html` makes it read Markdown inside HTML elements.

    Programs that saved pages as Markdown kept the tags of tables and other containers at the
    margin, and converted their contents to Markdown. Indented HTML was written by hand: it has no
    Markdown inside, and would be read as code.
    """
    own = (_InsideHtml(), _News()) if inside_html else (_News(),)
    return Markdown(extensions=[*_EXTENSIONS, *own], output_format="html")


class _News(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        # After fenced code (priority 25) and before HTML (20), which are both stashed away.
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
        # The base class closes only one tag, and would lose the contents of other open tags.
        while self.mdstack:
            self.handle_endtag(self.mdstack[-1])

    def get_state(
        self, tag: str, attrs: Mapping[str, str]
    ) -> Literal["block", "span", "off", None]:
        # The same as writing markdown="block" into every tag.
        return super().get_state(tag, {"markdown": "block"} if tag in _CONTAINERS else attrs)
