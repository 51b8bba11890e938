"""References: links from an article to files of its archive, before their addresses are known.

A reader knows no other file, so it cannot tell whether an image exists; and the same text appears
on pages at different depths and in feeds. So it leaves a reference in the sanitised HTML, between
control characters that `text.cleaned` removes from all input:

    <img src="\\x02images/harbour.png\\x03https://example.org/images/harbour.png\\x03" alt="...">

The name is that of a file below the source folder. The URL after it, if any, is the file's address
on the site that the article came from.
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
    """The reference to the file `name`, which had the address `original_url` on the site that the
    article came from."""
    return f"{_START}{name}{_END}{original_url or ''}{_END}"


def split_reference(text: str) -> tuple[str, str | None] | None:
    """(name, original URL) of a reference; None if the text is not a reference."""
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
    """The HTML with links in place of references.

    `address_of` returns the link to a file. If a file is `missing`, its image is replaced by the
    description, and a link goes to the original URL or is removed. `page` is put before links to a
    place in the same text (`#fn:1`), for feeds.
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
