"""Sanitising: what of an article's HTML may reach a page, and where its links lead."""

import re
from dataclasses import dataclass, field
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urljoin, urlsplit

import nh3

from newsarchive.model.references import reference
from newsarchive.model.text import cleaned
from newsarchive.reading.html.headings import levelled
from newsarchive.reading.html.link_text import worded
from newsarchive.reading.html.tables import sound_tables

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

# What a page may not embed is still worth a link: films, frames, players.
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

# What no address holds (RFC 3986, section 2), and more slashes than two, which browsers pass over.
_INVALID = re.compile(r'[][ "<>^`{|}]|^(?:https?|ftp):[/\\]{3}')
_SLASHES = re.compile(r"^(https?|ftp):[/\\]{3,}")
_BLANKS = re.compile(r"^([a-z]+):\s+")
_AUTHORITY = re.compile(r"[a-z]+://[^/?#]*")
_ENCODED = {ord(character): f"%{ord(character):02X}" for character in ' "<>^`{|}'}
_ENCODED_BRACKETS = {**_ENCODED, ord("["): "%5B", ord("]"): "%5D"}


@dataclass(slots=True)
class Links:
    """Resolves the links of one article, and collects the files of the archive that they name."""

    source: str
    """The name of the source that holds the article."""
    source_url: str | None = None
    """The article's original web address, from which missing files are linked."""
    files: dict[str, None] = field(default_factory=dict)

    def resolve(self, link: str, *, is_image: bool) -> str | None:
        """The link as it may stand in a page: a full URL or a reference; None for no link."""
        link = link.strip()
        if not link.isprintable():
            link = "".join(character for character in link if character >= " ")
        if link.startswith("//"):
            link = f"https:{link}"
        try:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                link = parts.scheme + link[len(parts.scheme) :]  # which urlsplit has in lower case
                return self._elsewhere(link, parts.scheme, is_image)
            original_url = self._original(link)
        except ValueError:  # such as "http://[": no address at all
            return None
        if link.startswith("#"):
            return link if _FOOTNOTE.match(link) else None
        name = self._name(unquote(parts.path))
        # A folder, or a page of the old site, is no file of the archive; nor is "a%03.png", for
        # no message, page or reference could hold that name.
        if not name or "." not in name.rpartition("/")[2] or not _is_sayable(name):
            return None if is_image else original_url
        self.files[name] = None
        return reference(name, original_url)

    def _elsewhere(self, link: str, scheme: str, is_image: bool) -> str | None:
        link = _encoded(link)
        if not is_image:
            # RFC 3986, section 3.5: a fragment holds no second "#".
            address, mark, place = link.partition("#")
            link = address + mark + place.replace("#", "%23")
            return link if scheme in _SCHEMES else None
        if scheme == "http":  # a page served over https may not show it otherwise
            return "https" + link[4:]
        return link if scheme == "https" else None

    def _original(self, link: str) -> str | None:
        if not self.source_url:
            return None
        # Nothing that could end an attribute or a reference.
        return _encoded(urljoin(self.source_url, link)).replace("'", "%27")

    def _name(self, path: str) -> str | None:
        """The name of the file that a path leads to, None where that is outside of the sources."""
        prefix, _, _ = self.source.partition("/") if self.source.startswith("~") else ("", "", "")
        start = prefix if path.startswith("/") else dirname(self.source)
        name = normpath(join(start, path.lstrip("/")))
        # "~" begins the names of the files in all source folders but the first.
        inside = not name.startswith(("..", "/", "~")) or bool(prefix)
        inside = inside and (not prefix or name.startswith(f"{prefix}/"))
        return name if inside and name != "." else None


def sanitised(html: str, links: Links) -> str:
    """The HTML with nothing left that could run, load from elsewhere or break a page.

    Headings begin at `<h2>`, since the headline is the page's `<h1>`, and leave out no level. Links
    and images lead where `links` says.
    """
    # CommonMark writes "&#3;" as that character, though the text was cleaned.
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
    # Taking a tag out can leave a paragraph in a paragraph, which no parser reads back as it is.
    for _ in range(5):
        left = worded(_without_idle_links(clean)) if "<a" in clean else clean
        if left == before:
            break
        is_sound = left == clean
        before, clean = left, _clean(left, None)
        if is_sound and clean == left:
            break
    clean = _IMAGE.sub(_described, clean) if "<img" in clean else clean
    while "<h" in clean and clean != (clean := _EMPTY_HEADING.sub("", clean)):
        pass  # one that held nothing but another is empty now
    clean = sound_tables(clean) if "<table" in clean else clean
    return levelled(clean)


def _is_plain(html: str) -> bool:
    """True if it is nothing but paragraphs of escaped text, one after the other, as
    sanitising leaves them: most news is so, and counting is sixty times as fast."""
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
    """The full address as a page may hold it, leading where a browser would go: RFC 3986 wants some
    characters encoded, and brackets but for those around an address of the host."""
    if not _INVALID.search(link):
        return link
    link = _SLASHES.sub(r"\1://", _BLANKS.sub(r"\1:", link))
    authority = _AUTHORITY.match(link)
    at = authority.end() if authority else 0
    return link[:at].translate(_ENCODED) + link[at:].translate(_ENCODED_BRACKETS)


def _is_sayable(name: str) -> bool:
    """True if a file's name has no control character and no line end."""
    return "\n" not in name and cleaned(name) == name


def _without_unclosed(html: str) -> str:
    """The HTML with each tag as text that would take all that follows for a script, a title or the
    like, since nothing closes it: "The <title> tag is old"."""
    if not _SWALLOWING.search(html):
        return html
    closed = {found[1].lower(): found.start() for found in _SWALLOWING_END.finditer(html)}

    def escaped(found: re.Match[str]) -> str:
        is_closed = found.start() < closed.get(found[1].lower(), -1)
        return found[0] if is_closed else f"&lt;{found[0][1:]}"

    return _SWALLOWING.sub(escaped, html)


def _linked(found: re.Match[str]) -> str:
    """A link to what was embedded; the tag as it is, to be taken out, where it names nothing."""
    embedded = _EMBEDDED_FROM.search(found[1])
    return f'<a href="{embedded[1]}">{embedded[1]}</a>' if embedded else found[0]


def _character(found: re.Match[str]) -> str:
    """A character by number; none where it is one that no page may hold."""
    character = unescape(found[0])
    return found[0] if cleaned(character) == character != "" else cleaned(character)


def _without_idle_links(html: str) -> str:
    """The HTML with the text alone of each link that leads nowhere, is not led to, or stands in
    another link, as the cells of a table let it."""
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
    """An image with an alternative text, empty where none was given; without a source that text
    alone."""
    attributes = found[1]
    if ' src="' not in attributes:
        description = _ALT.search(attributes)
        return description[1].replace(">", "&gt;") if description else ""
    alt = "" if ' alt="' in attributes else ' alt=""'
    return f'<img{attributes}{alt} loading="lazy">'
