"""Sanitising: keeps the HTML of an article that is safe on a page, and resolves its links."""

import re
from dataclasses import dataclass, field
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urljoin, urlsplit

import nh3

from newsarchive.model.references import reference
from newsarchive.model.text import cleaned
from newsarchive.reading.html.headings import with_heading_levels
from newsarchive.reading.html.link_text import with_link_text
from newsarchive.reading.html.tables import valid_tables

TAGS = {
    *("a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption"),
    *("cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li"),
    *("mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span"),
    *("strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time"),
    *("tr", "u", "ul", "var", "wbr"),
}
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href", "id"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"datetime"},
    "li": {"id", "value"},
    "ol": {"reversed", "start", "type"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_CLASSES = {"span": {"dateline"}, "div": {"footnote"}}
_SCHEMES = {"http", "https", "mailto", "tel", "ftp", "irc", "ircs", "news", "xmpp"}
_WITHOUT_CONTENT = {"script", "style", "noscript", "template", "title"}

# Embedded films, frames and players become links.
_EMBEDDED = re.compile(r"<(?:iframe|embed|video|audio|source)\b([^<>]*)>", re.I)
_SWALLOWS = "script|style|noscript|template|title|iframe|textarea|xmp|noembed|noframes|plaintext"
_SWALLOWING = re.compile(rf"<({_SWALLOWS})(?=[\s/>])", re.I)
_SWALLOWING_END = re.compile(rf"</({_SWALLOWS})(?=[\s/>])", re.I)
_EMBEDDED_FROM = re.compile(r"""\ssrc\s*=\s*["']?([^"'\s]+)""", re.I)
_CELL_NUMBER = re.compile(r"[0-9]{1,4}\Z")
_FOOTNOTE = re.compile(r"#?fn(ref)?[0-9]*:[^\s]+\Z")
_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?")
_HEADING = re.compile(r"<(/?)h([1-5])(?=[\s>])", re.I)
_FIRST_LEVEL = re.compile(r"<h1[\s>]", re.I)
_EMPTY_HEADING = re.compile(r"<(h[2-6])(?:\s[^>]*)?>\s*</\1>\s*")
_IMAGE = re.compile(r'<img((?:\s[a-z-]+="[^"]*")*)>')
_ANCHOR = re.compile(r'<a((?:\s[a-z-]+="[^"]*")*)>|</a>')
_ALT = re.compile(r' alt="([^"]*)"')
_TARGET = re.compile(r' href="([^"]*)"')
_PLACE = re.compile(r' id="([^"]*)"')

# Characters that no URL may have (RFC 3986, section 2), and more than two slashes after the scheme,
# which browsers ignore.
_INVALID = re.compile(r'[][ "<>^`{|}]|^(?:https?|ftp):[/\\]{3}')
_SLASHES = re.compile(r"^(https?|ftp):[/\\]{3,}")
_BLANKS = re.compile(r"^([a-z]+):\s+")
_AUTHORITY = re.compile(r"[a-z]+://[^/?#]*")
_ENCODED = {ord(character): f"%{ord(character):02X}" for character in ' "<>^`{|}'}
_ENCODED_BRACKETS = {**_ENCODED, ord("["): "%5B", ord("]"): "%5D"}


@dataclass(slots=True)
class Links:
    """Resolves the links of one article, and collects the names of the files that they refer to."""

    source: str
    """The name of the source that holds the article."""
    source_url: str | None = None
    """The web address at which the article was first published. Relative links to missing files go
    to that site."""
    files: dict[str, None] = field(default_factory=dict)
    """The names of the files, in the order of their first links."""

    def resolve(self, link: str, *, is_image: bool) -> str | None:
        """The link as a page may have it: a full URL, a reference to a file of the archive, or a
        link to a footnote. None if the link must be removed."""
        link = link.strip()
        if not link.isprintable():
            link = "".join(character for character in link if character >= " ")
        if link.startswith("//"):
            link = f"https:{link}"
        try:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                link = parts.scheme + link[len(parts.scheme) :]  # the scheme in lower case
                return self._elsewhere(link, parts.scheme, is_image)
            original_url = self._original(link)
        except ValueError:  # an invalid URL such as "http://["
            return None
        if link.startswith("#"):
            return link if _FOOTNOTE.match(link) else None
        name = self._name(unquote(parts.path))
        # A name without a dot is a folder or a page of the old site, not a file of the archive. A
        # name such as "a%03.png" would break messages, pages and references.
        if not name or "." not in name.rpartition("/")[2] or not _is_printable_name(name):
            return None if is_image else original_url
        self.files[name] = None
        return reference(name, original_url)

    def _elsewhere(self, link: str, scheme: str, is_image: bool) -> str | None:
        link = _encoded(link)
        if not is_image:
            # A fragment must not contain a second "#" (RFC 3986, section 3.5).
            address, mark, place = link.partition("#")
            link = address + mark + place.replace("#", "%23")
            return link if scheme in _SCHEMES else None
        if scheme == "http":  # browsers block http images on https pages
            return "https" + link[4:]
        return link if scheme == "https" else None

    def _original(self, link: str) -> str | None:
        if not self.source_url:
            return None
        # No character may end an attribute or a reference.
        return _encoded(urljoin(self.source_url, link)).replace("'", "%27")

    def _name(self, path: str) -> str | None:
        """The name of the file at a path; None if the path leaves the source folder."""
        prefix, _, _ = self.source.partition("/") if self.source.startswith("~") else ("", "", "")
        start = prefix if path.startswith("/") else dirname(self.source)
        name = normpath(join(start, path.lstrip("/")))
        # Names of files begin with "~" in all source folders but the first.
        inside = not name.startswith(("..", "/", "~")) or bool(prefix)
        inside = inside and (not prefix or name.startswith(f"{prefix}/"))
        return name if inside and name != "." else None


def sanitised(html: str, links: Links) -> str:
    """The HTML without anything that could run a script, embed another site or break a page.

    Headings begin with `<h2>`, because the headline is the page's `<h1>`, and skip no level.
    `links` resolves links and the addresses of images.
    """
    # The source was cleaned, but CommonMark turns "&#3;" into a control character.
    html = cleaned(html)
    if _is_plain(html):
        return html
    if "&#" in html:
        html = _REFERENCE.sub(_character, html)
    html = _without_unclosed(html)
    html = _EMBEDDED.sub(_linked, html)
    if _FIRST_LEVEL.search(html):
        html = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)

    def attribute(tag: str, name: str, value: str) -> str | None:
        return _attribute(tag, name, value, links)

    before, clean = html, _clean(html, attribute)
    # Removing a tag can leave a paragraph inside a paragraph, which parsers read differently. So
    # the result is cleaned again until it stays the same.
    for _ in range(5):
        left = with_link_text(_without_idle_links(clean)) if "<a" in clean else clean
        if left == before:
            break
        is_sound = left == clean
        before, clean = left, _clean(left, None)
        if is_sound and clean == left:
            break
    clean = _IMAGE.sub(_described, clean) if "<img" in clean else clean
    while "<h" in clean and clean != (clean := _EMPTY_HEADING.sub("", clean)):
        pass  # a heading with only an empty heading in it is now empty itself
    clean = valid_tables(clean) if "<table" in clean else clean
    return with_heading_levels(clean)


def _is_plain(html: str) -> bool:
    """True if the HTML has only paragraphs of escaped text, which sanitising would not change. Most
    news is like that, and this check is sixty times as fast as sanitising."""
    paragraphs = html.count("<p>")
    return (
        html.startswith("<p>")
        and html.endswith("</p>")
        and html.count("</p>\n<p>") == paragraphs - 1
        and html.count("<") == html.count(">") == 2 * paragraphs
        and html.count("&") == html.count("&amp;") + html.count("&lt;") + html.count("&gt;")
        and "\xa0" not in html
    )


def _clean(html: str, attribute_filter: object) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        clean_content_tags=_WITHOUT_CONTENT,
        url_schemes=_SCHEMES,
        link_rel="noopener",
        attribute_filter=attribute_filter,  # type: ignore[arg-type]
    )


def _attribute(tag: str, name: str, value: str, links: Links) -> str | None:
    match tag, name:
        case ("a", "href") | ("img", "src"):
            return links.resolve(value, is_image=tag == "img")
        case (_, "id"):
            return value if _FOOTNOTE.match(value) else None
        case (_, "dir"):
            return value.lower() if value.lower() in ("ltr", "rtl", "auto") else None
        case (_, "width" | "height" | "span" | "colspan" | "rowspan" | "start" | "value"):
            return value if _CELL_NUMBER.match(value) and int(value) else None
        case ("th", "scope"):
            return (
                value.lower() if value.lower() in ("row", "col", "rowgroup", "colgroup") else None
            )
        case ("ol", "type"):
            return value if value in ("1", "a", "A", "i", "I") else None
        case ("time" | "ins" | "del", "datetime"):
            return value if re.fullmatch(r"[0-9TZ:+. -]{4,35}", value) else None
    return value


def _encoded(link: str) -> str:
    """The full URL with invalid characters percent-encoded (RFC 3986), so that it still leads where
    browsers go. Brackets are valid only in the host, around an IPv6 address."""
    if not _INVALID.search(link):
        return link
    link = _SLASHES.sub(r"\1://", _BLANKS.sub(r"\1:", link))
    authority = _AUTHORITY.match(link)
    at = authority.end() if authority else 0
    return link[:at].translate(_ENCODED) + link[at:].translate(_ENCODED_BRACKETS)


def _is_printable_name(name: str) -> bool:
    """True if a file's name has no control character and no line end."""
    return "\n" not in name and cleaned(name) == name


def _without_unclosed(html: str) -> str:
    """The HTML with unclosed tags of elements such as `<script>` and `<title>` escaped: these would
    swallow the rest of the text, as in "The <title> tag is old"."""
    if not _SWALLOWING.search(html):
        return html
    closed = {found[1].lower(): found.start() for found in _SWALLOWING_END.finditer(html)}

    def escaped(found: re.Match[str]) -> str:
        is_closed = found.start() < closed.get(found[1].lower(), -1)
        return found[0] if is_closed else f"&lt;{found[0][1:]}"

    return _SWALLOWING.sub(escaped, html)


def _linked(found: re.Match[str]) -> str:
    """A link to the embedded address; the tag itself, which cleaning removes, if it has none."""
    embedded = _EMBEDDED_FROM.search(found[1])
    return f'<a href="{embedded[1]}">{embedded[1]}</a>' if embedded else found[0]


def _character(found: re.Match[str]) -> str:
    """A numeric character reference, unchanged if a page may have its character; else the character
    as `cleaned` leaves it."""
    character = unescape(found[0])
    return found[0] if cleaned(character) == character != "" else cleaned(character)


def _without_idle_links(html: str) -> str:
    """The HTML without useless links, whose text stays: links that neither lead anywhere nor are
    the target of another link, and links inside a link, which the cells of a table allow."""
    places = set(_PLACE.findall(html))
    kept: list[bool] = []

    def tag(found: re.Match[str]) -> str:
        attributes = found[1]
        if attributes is None:
            return "</a>" if kept.pop() else ""
        target = _TARGET.search(attributes)
        leads = target and (target[1][:1] != "#" or target[1][1:] in places)
        kept.append(not any(kept) and bool(leads or _PLACE.search(attributes)))
        if not kept[-1]:
            return ""
        return f"<a{attributes}>" if leads or not target else f"<a{_TARGET.sub('', attributes)}>"

    return _ANCHOR.sub(tag, html)


def _described(found: re.Match[str]) -> str:
    """The image with an `alt` text, empty if it has none; only that text if it has no source."""
    attributes = found[1]
    if ' src="' not in attributes:
        description = _ALT.search(attributes)
        return description[1].replace(">", "&gt;") if description else ""
    alt = "" if ' alt="' in attributes else ' alt=""'
    return f'<img{attributes}{alt} loading="lazy">'
