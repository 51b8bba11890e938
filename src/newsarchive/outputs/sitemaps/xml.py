"""The XML of sitemaps, after https://www.sitemaps.org/protocol.html.

It is written line by line: a sitemap has up to some 20,000 places of one form.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from html import escape

from newsarchive.model import addresses
from newsarchive.model.dates import Precision
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Marker
from newsarchive.pages.views import SiteView
from newsarchive.pages.words import iso

MARKERS = (Marker(".xml", b"<!-- newsarchive -->"),)

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class SitemapPlace:
    """A page in a sitemap, or a sitemap in the index of sitemaps."""

    address: str
    changed: datetime | None = None
    """The time of the last known change, in the archive's time zone; None if none is known."""
    precision: Precision | None = None
    """`day` if only the day of the change is known."""


def document(root: str, lines: Iterable[str], attributes: str = "") -> bytes:
    """A sitemap with this root element, as UTF-8."""
    return "".join(f"{line}\n" for line in _lines(root, lines, attributes)).encode()


def _lines(root: str, lines: Iterable[str], attributes: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<!-- newsarchive -->"
    yield f'<{root} xmlns="{_SITEMAP}"{attributes}>'
    yield from lines
    yield f"</{root}>"


def place_lines(element: str, places: Iterable[SitemapPlace], site: SiteView) -> Iterator[str]:
    """An element for each place: `url` in a sitemap, `sitemap` in the index."""
    for place in places:
        changed = ""
        if place.changed:
            changed = f"<lastmod>{iso(place.changed, place.precision)}</lastmod>"
        yield f"<{element}>{loc(place.address, site)}{changed}</{element}>"


def loc(address: str, site: SiteView) -> str:
    """The element with the URL of an address."""
    return f"<loc>{escape(addresses.url(site.base_url, address))}</loc>"


def with_precision(context: Context, moment: datetime) -> tuple[datetime | None, Precision]:
    """The moment in the archive's time zone, and its precision: midnight counts as a day alone,
    since the catalogue does not record which of the two a change was."""
    local = context.local(moment)
    return local, "day" if local and local.time() == time() else "second"
