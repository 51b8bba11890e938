"""References: links in an article's text to files of its archive, before their address is known.

Reading an article knows no file but its own, so it cannot tell whether an image is there; and one
text serves pages at different depths and feeds. It therefore leaves a reference in the sanitised
HTML, between two control characters that `text.cleaned` takes out of everything that comes in:

    <img src="\\x02images/harbour.png\\x03https://example.org/images/harbour.png\\x03" alt="...">

The name is that of a file below the source folder; the URL after it, if any, is where the file
was on the site that the article came from.
"""

import re
from collections.abc import Callable, Collection
from html import escape, unescape

_START, _END = "\x02", "\x03"

_ATTRIBUTES = r'(?:\s[a-z-]+="[^"]*")*'
_REFERENCE = rf'{_START}([^{_END}"]*){_END}([^{_END}"]*){_END}'
_IMAGE = re.compile(rf'(<img{_ATTRIBUTES}\ssrc="){_REFERENCE}("{_ATTRIBUTES}>)')
_LINK = re.compile(rf'<a({_ATTRIBUTES}) href="{_REFERENCE}"({_ATTRIBUTES})>(.*?)</a>', re.DOTALL)
_ALT = re.compile(r'\salt="([^"]*)"')
_FRAGMENT = re.compile(rf'(<a{_ATTRIBUTES}?) href="(#[^"]*)"')


def reference(name: str, original_url: str | None) -> str:
    """The reference to the file `name`, once at `original_url`."""
    return f"{_START}{name}{_END}{original_url or ''}{_END}"


def split_reference(text: str) -> tuple[str, str | None] | None:
    """Name and original URL of a reference; None where the text is none."""
    if not text.startswith(_START):
        return None
    name, original_url, _ = text[1:].split(_END)
    return name, original_url or None


def resolved(
    html: str,
    missing: Collection[str],
    address_of: Callable[[str], str],
    page: str = "",
) -> str:
    """The HTML with each reference turned into an address.

    `address_of` gives the link for a file's name. A file in `missing` is not there: an image
    gives way to its description, and a link leads to where the file once was or is taken off.
    `page` goes before links to a place in the same text (`#fn:1`), for feeds.
    """
    if _START in html:
        html = _IMAGE.sub(lambda found: _image(found, missing, address_of), html)
        html = _LINK.sub(lambda found: _link(found, missing, address_of), html)
    if page and ' href="#' in html:
        html = _FRAGMENT.sub(lambda found: f'{found[1]} href="{escape(page)}{found[2]}"', html)
    return html


def _image(found: re.Match[str], missing: Collection[str], address_of: Callable[[str], str]) -> str:
    before, name, _, after = found.groups()
    name = unescape(name)
    if name not in missing:
        return before + escape(address_of(name)) + after
    alt = _ALT.search(found[0])
    description = (alt and alt[1].strip()) or escape(name.rpartition("/")[2])
    return f'<span class="missing-image">{description}</span>'


def _link(found: re.Match[str], missing: Collection[str], address_of: Callable[[str], str]) -> str:
    before, name, original_url, after, text = found.groups()
    name = unescape(name)
    target = original_url if name in missing else escape(address_of(name))
    return f'<a{before} href="{target}"{after}>{text}</a>' if target else text
