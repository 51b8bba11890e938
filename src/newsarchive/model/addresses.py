"""Addresses: the one place that says where anything of the site lies.

An address is a path below the output folder, with `/` and without percent-encoding, such as
`2023/06/19/some-headline.html`. Links between pages are relative and name `index.html`, so that
the site opens from a folder as well as from a server.
"""

import re
import unicodedata
from hashlib import sha256
from urllib.parse import quote, urlsplit

from newsarchive.model.collection import FOLDERS, Collection
from newsarchive.model.periods import ALL_TIME, UNDATED, Period, day_period
from newsarchive.model.text import slug

HOME = "index.html"
NOT_FOUND = "404.html"
MARKER = ".newsarchive"
"""The hidden file that marks a folder as an archive's output."""

_LISTING = re.compile(
    r"(?:[0-9]{4}/(?:[0-9]{2}/){0,2}|undated/)?index\.html"
    r"|(?:[0-9]{4}/[0-9]{2}/[0-9]{2}/|undated/)[0-9]+\.html",
    re.IGNORECASE,
)

_OF_ARTICLE = re.compile(
    r"(?:((?!0000)[0-9]{4})/(0[1-9]|1[0-2])/[0-9]{2}|undated)/(?!index\.html)[^/]+\.html"
)

# What an address that had to differ ends in, or one that happens to look so.
_TOLD_APART = re.compile(r"-[0-9a-f]{6,}(?=(\.html)?\Z)")

# What a URL path may hold as it is: RFC 3986, section 3.3 (pchar), less the characters that
# would need escaping in HTML.
_PATH_SAFE = "/-._~!$()*+,;=:@"
_ALL_SAFE = re.compile(rf"[A-Za-z0-9{re.escape(_PATH_SAFE)}]*")


def article(day: int, wanted_slug: str | None, headline: str) -> str:
    """The address that an article asks for, before it is known whether another has it."""
    return f"{day_period(day).folder}{slug(wanted_slug or headline, 'article')}.html"


def told_apart(claim: str, id: str, digits: int = 6) -> str:
    """The address, or the slug, of what claims another's: with hex digits of its id's SHA-256."""
    stem = claim.removesuffix(".html")
    return f"{stem}-{sha256(id.encode()).hexdigest()[:digits]}{claim[len(stem) :]}"


def without_suffix(address: str) -> str:
    """The address, or the slug, that `told_apart` may have been given for this one."""
    return _TOLD_APART.sub("", address)


def listing(collection: Collection, period: Period = ALL_TIME, part: int = 1) -> str:
    """The address of a listing; the further parts of a long day are `2.html`, `3.html`."""
    return f"{collection.folder}{period.folder}{'index' if part == 1 else part}.html"


def shown(address: str) -> str:
    """An address for people to read, also where it is the name of a file that is not UTF-8."""
    return address.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_listing(path: str) -> bool:
    """Whether a listing of some period lies at a path below a collection's folder."""
    return _LISTING.fullmatch(path) is not None


def month_of_article(address: str) -> Period | None:
    """The month, or the undated shelf, that an article has its address from; None where it is not
    the address of an article."""
    found = _OF_ARTICLE.fullmatch(address)
    if found is None:
        return None
    return Period(int(found[1]), int(found[2])) if found[1] else UNDATED


def index(kind: str) -> str:
    """The address of the page that lists all tags, authors or sections."""
    return f"{FOLDERS[kind]}/index.html"


def static(name: str) -> str:
    """The address of a file of the theme."""
    return f"static/{name}"


def media(name: str) -> str:
    """The address of an image or another file that travels with an article."""
    return f"media/{name}"


def to_top(address: str) -> str:
    """What leads from the page at an address to the top of the site: goes before a quoted
    address to make a relative link."""
    return "../" * address.count("/")


def link(address: str, to_top: str) -> str:
    """The link to an address of the site, or to a URL. `to_top` is the way from the linking page to
    the top of the site: `../../`."""
    if address.startswith(("https:", "http:")):
        return address
    return to_top + quoted(address)


def url(base_url: str, address: str) -> str:
    """The full URL of an address: an `index.html` at its end is left out, as servers do."""
    if address == HOME or address.endswith("/index.html"):
        address = address.removesuffix("index.html")
    return base_url + quoted(address)


def in_ascii(base_url: str) -> str:
    """A URL without query and fragment as it goes over the wire: the labels of its host after
    RFC 3492 (Punycode), its path percent-encoded. What is encoded already stays as it is."""
    if base_url.isascii() and "%" not in base_url:
        return base_url
    parts = urlsplit(base_url)
    # The dots of RFC 3490, section 3.1. Python's codec "idna" would follow that RFC further and
    # make "ss" of "ß", which browsers (UTS #46) and RFC 5891 keep.
    labels = re.split("[.\u3002\uff0e\uff61]", parts.netloc)
    host = ".".join(label if label.isascii() else _label(label) for label in labels)
    path = re.sub("%(?![0-9A-Fa-f]{2})", "%25", quote(parts.path, safe=f"{_PATH_SAFE}&%"))
    return f"{parts.scheme}://{host}{path}"


def _label(label: str) -> str:
    name, colon, port = unicodedata.normalize("NFKC", label.lower()).partition(":")
    if not name.isascii():
        name = f"xn--{name.encode('punycode').decode()}"
    return f"{name}{colon}{port}"


def quoted(address: str) -> str:
    """The address percent-encoded."""
    # Most addresses are safe as they are, and a page has many links.
    return address if _ALL_SAFE.fullmatch(address) else quote(address, safe=_PATH_SAFE)
