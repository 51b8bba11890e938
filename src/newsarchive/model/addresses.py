"""Addresses: the paths of the site's files.

An address is a path below the output folder, with `/` and without percent-encoding, such as
`2023/06/19/some-headline.html`. Links between pages are relative and name `index.html`, so the site
works from a folder as well as from a server.
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
"""The hidden file that marks an output folder."""

_LISTING = re.compile(
    r"(?:[0-9]{4}/(?:[0-9]{2}/){0,2}|undated/)?index\.html"
    r"|(?:[0-9]{4}/[0-9]{2}/[0-9]{2}/|undated/)[0-9]+\.html",
    re.IGNORECASE,
)

_OF_ARTICLE = re.compile(
    r"(?:((?!0000)[0-9]{4})/(0[1-9]|1[0-2])/[0-9]{2}|undated)/(?!index\.html)[^/]+\.html"
)

# The end that `told_apart` gives to an address. A slug may look the same by chance.
_TOLD_APART = re.compile(r"-[0-9a-f]{6,}(?=(\.html)?\Z)")

# Characters that need no encoding in a URL path (RFC 3986, section 3.3, pchar) and no escaping in
# HTML.
_PATH_SAFE = "/-._~!$()*+,;=:@"
_ALL_SAFE = re.compile(rf"[A-Za-z0-9{re.escape(_PATH_SAFE)}]*")


def article(day: int, wanted_slug: str | None, headline: str) -> str:
    """The address that an article claims. Another article may claim it too."""
    return f"{day_period(day).folder}{slug(wanted_slug or headline, 'article')}.html"


def told_apart(claim: str, id: str, digits: int = 6) -> str:
    """The address or slug of a further claimant: the claim with hex digits of the SHA-256 of its id
    (for a slug, of its identity)."""
    stem = claim.removesuffix(".html")
    return f"{stem}-{sha256(id.encode()).hexdigest()[:digits]}{claim[len(stem) :]}"


def without_suffix(address: str) -> str:
    """The address or slug without the digits of `told_apart`."""
    return _TOLD_APART.sub("", address)


def listing(collection: Collection, period: Period = ALL_TIME, part: int = 1) -> str:
    """The address of a listing. The further parts of a long day are `2.html`, `3.html`."""
    return f"{collection.folder}{period.folder}{'index' if part == 1 else part}.html"


def shown(address: str) -> str:
    """An address in a form to print, even if it is the name of a file that is not UTF-8."""
    return address.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_listing(path: str) -> bool:
    """True if a path below a collection's folder is that of a listing of a period."""
    return _LISTING.fullmatch(path) is not None


def month_of_article(address: str) -> Period | None:
    """The month in the address of an article, or the undated shelf; None if the address is not an
    article's."""
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
    """The address of an image or another file that an article refers to."""
    return f"media/{name}"


def to_top(address: str) -> str:
    """The way from the page at an address to the top of the site, such as `../../`. With a quoted
    address after it, it makes a relative link."""
    return "../" * address.count("/")


def link(address: str, to_top: str) -> str:
    """The link to an address of the site, or to a URL. `to_top` is the way from the linking page to
    the top of the site: `../../`."""
    if address.startswith(("https:", "http:")):
        return address
    return to_top + quoted(address)


def url(base_url: str, address: str) -> str:
    """The full URL of an address, without an `index.html` at its end."""
    if address == HOME or address.endswith("/index.html"):
        address = address.removesuffix("index.html")
    return base_url + quoted(address)


def in_ascii(base_url: str) -> str:
    """A URL without query and fragment, in ASCII: the labels of its host in Punycode (RFC 3492),
    its path percent-encoded. Parts that are encoded already stay."""
    if base_url.isascii() and "%" not in base_url:
        return base_url
    parts = urlsplit(base_url)
    # The dots of RFC 3490, section 3.1. Python's codec "idna" follows that RFC and turns "ß" into
    # "ss"; browsers (UTS #46) and RFC 5891 keep it.
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
    # Most addresses need no encoding, and a page has many links.
    return address if _ALL_SAFE.fullmatch(address) else quote(address, safe=_PATH_SAFE)
