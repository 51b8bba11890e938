"""Shortcodes of WordPress in exported text, for figures and galleries."""

import re
from collections.abc import Callable
from html import escape

_CAPTION = re.compile(
    r"\[caption\b([^\[\]]*)\]((?:(?!\[caption\b).)*?)\[/caption\]", re.DOTALL | re.IGNORECASE
)
_CAPTION_TEXT = re.compile(r"""\bcaption\s*=\s*("([^"]*)"|'([^']*)')""")
# A gallery names no images, because WordPress took them from its database. So it is removed.
_GALLERY = re.compile(r"^[ \t]*\[gallery\b[^\]\n]*\][ \t]*$", re.MULTILINE | re.IGNORECASE)
_MORE = re.compile(r"<!--\s*(?:more|nextpage)\b(?:(?!<!--)[^\n])*?-->", re.IGNORECASE)
# The length of an image's address is limited, which keeps the search fast.
_IMAGE_END = re.compile(r"(.*(?:</a>|<img[^<>]*>|\]\([^)]{0,1000}\)))(.*)", re.DOTALL)


def without_shortcodes(text: str, convert: Callable[[str], str]) -> str:
    """The text with figures for `[caption]`, and without `[gallery]` and "more" marks.

    `convert` turns Markdown or HTML into HTML. The caption is the attribute `caption` or, as
    WordPress writes it since version 3.4, the text after the image.
    """
    if "[" in text:
        text = _CAPTION.sub(lambda found: _figure(found[1], found[2], convert), text)
        text = _GALLERY.sub("", text)
    return _MORE.sub("", text) if "<!--" in text else text


def _figure(attributes: str, content: str, convert: Callable[[str], str]) -> str:
    stated = _CAPTION_TEXT.search(attributes)
    if stated:
        caption = escape(stated[2] or stated[3] or "", quote=False)
        image = content
    else:
        parts = _IMAGE_END.match(content)
        image, rest = (parts[1], parts[2]) if parts else (content, "")
        caption = _inline(rest, convert)
    caption = f"<figcaption>{caption.strip()}</figcaption>" if caption.strip() else ""
    return f"\n\n<figure>{_inline(image, convert)}{caption}</figure>\n\n"


def _inline(text: str, convert: Callable[[str], str]) -> str:
    html = convert(text.strip())
    return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else html
