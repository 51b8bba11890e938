"""Links without words: links around images without a description, and empty links.

A screen reader can only spell out the address of such a link. Without its image, the link is
invisible, but the keyboard still stops at it (WCAG 2.2, success criteria 2.4.4 and 4.1.2).
"""

import re
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from newsarchive.model.references import split_reference
from newsarchive.model.text import cleaned, one_line

_ATTRIBUTES = r'(?:\s[a-z-]+="[^"]*")*'
# The alternatives begin with different characters, and "*+" never backtracks: time is linear.
_WORDLESS = re.compile(
    rf"<a({_ATTRIBUTES})>((?:\s+|&nbsp;|</?(?!a[\s>])[a-z][a-z0-9]*{_ATTRIBUTES}>)*+)</a>"
)
_IMAGE = re.compile(rf"<img({_ATTRIBUTES})>")
_ALT = re.compile(r' alt="([^"]*)"')
_TITLE = re.compile(r' title="([^"]*)"')
_SOURCE = re.compile(r' src="([^"]*)"')
_TARGET = re.compile(r' href="([^"]*)"')

# MediaWiki and WordPress put the size of a scaled image into its name.
_SIZE = re.compile(r"^[0-9]+px-|[-_][0-9]+x[0-9]+(?=\.[a-z]+$|$)", re.I)
_EXTENSION = re.compile(
    r"\.(?:apng|avif|bmp|gif|ico|jpe?g|png|svgz?|tiff?|webp|aspx?|[sx]?html?|jsp|php[0-9]?|pdf)$",
    re.I,
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_HASH = re.compile(
    r"(?=\D*[0-9])(?:[0-9a-f]{8,}|(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z]{16,}|[0-9a-z]{24,})"
)
# Names that cameras and programs give to images.
_OF_ANY_PICTURE = re.compile(
    r"(?:img|image|images|dsc[fn]?|pic|picture|photo|thumb|thumbnail|untitled|unnamed|index)[0-9]*",
    re.I,
)


def with_link_text(html: str) -> str:
    """The sanitised HTML without links that lack words. If such a link has images, the first image
    gets a description; if it is empty, it loses its `href`, and is removed unless it has an id."""
    return _WORDLESS.sub(_worded, html) if "<a " in html else html


def _worded(found: re.Match[str]) -> str:
    link, content = found.groups()
    target = _TARGET.search(link)
    if not target:  # an anchor for other links; the keyboard does not stop at it
        return found[0]
    images = _IMAGE.findall(content)
    if not images:
        rest = _TARGET.sub("", link)
        return f"<a{rest}>{content}</a>" if ' id="' in rest else content
    if any(_attribute_text(_ALT, image) for image in images):
        return found[0]
    titles = (_attribute_text(_TITLE, attributes) for attributes in (*images, link))
    words = next(filter(None, titles), "") or _image_description(images[0], target[1])
    words = escape(words, quote=False).replace('"', "&quot;")  # as nh3 writes attributes
    image = _ALT.sub("", images[0]) + f' alt="{words}"'
    return f"<a{link}>{_IMAGE.sub(lambda _: f'<img{image}>', content, count=1)}</a>"


def _attribute_text(attribute: re.Pattern[str], attributes: str) -> str:
    """The words of an attribute as text; empty if there are none."""
    value = attribute.search(attributes)
    return one_line(unescape(value[1])) if value else ""


def _image_description(image: str, target: str) -> str:
    """A description of an image in a link: the name of its file or of the linked file in words, or
    else the host or the file name of the target."""
    source = _SOURCE.search(image)
    addresses = [unescape(address) for address in ((source and source[1]), target) if address]
    for address in addresses:
        if words := _words(_file_name(address)):
            return words
    link = addresses[-1]
    named = split_reference(link)
    if not named and (host := urlsplit(link).hostname):
        return cleaned(host)
    return one_line(cleaned(unquote(_file_name(link) or link)))


def _file_name(address: str) -> str:
    """The last part of the path of an address or a reference, decoded."""
    named = split_reference(address)
    path = named[0] if named else unquote(urlsplit(address).path)
    return one_line(cleaned(path)).rstrip("/").rpartition("/")[2]


def _words(name: str) -> str:
    """The name of a file in words, without size and suffix; empty if it tells a reader nothing,
    such as a hash or `IMG_0042`."""
    name = _SIZE.sub("", name.rpartition(":")[2])  # as in a wiki's "File:Suse_Box.png"
    while name != (name := _EXTENSION.sub("", name)):
        name = _SIZE.sub("", name)
    parts = re.split(r"[\s_-]+", _UUID.sub("", name))
    words = [part for part in parts if part and not _HASH.fullmatch(part)]
    says = any(
        sum(map(str.isalpha, word)) > word.isascii() and not _OF_ANY_PICTURE.fullmatch(word)
        for word in words
    )
    return " ".join(words) if says else ""
