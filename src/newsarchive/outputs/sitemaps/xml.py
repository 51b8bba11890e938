"""The XML of sitemaps (https://www.sitemaps.org/protocol.html).

It is written as lines of text, without an XML library: a sitemap has up to 20,000 articles, all of
the same form.
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
    """The time of the last known change, in the archive's time zone; None if unknown."""
    precision: Precision | None = None
    """`day` if only the day of the change is known."""


def document(root: str, lines: Iterable[str], attributes: str = "") -> bytes:
    """A sitemap with this root element, as UTF-8. `attributes` are added to the root element."""
    return "".join(f"{line}\n" for line in _lines(root, lines, attributes)).encode()


def _lines(root: str, lines: Iterable[str], attributes: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<!-- newsarchive -->"
    yield f'<{root} xmlns="{_SITEMAP}"{attributes}>'
    yield from lines
    yield f"</{root}>"


def place_lines(element: str, places: Iterable[SitemapPlace], site: SiteView) -> Iterator[str]:
    """One line with an element for each place: `url` in a sitemap, `sitemap` in the index."""
    for place in places:
        changed = ""
        if place.changed:
            changed = f"<lastmod>{iso(place.changed, place.precision)}</lastmod>"
        yield f"<{element}>{loc(place.address, site)}{changed}</{element}>"


def loc(address: str, site: SiteView) -> str:
    """The `<loc>` element with the URL of an address."""
    return f"<loc>{escape(addresses.url(site.base_url, address))}</loc>"


def with_precision(context: Context, moment: datetime) -> tuple[datetime | None, Precision]:
    """(moment in the archive's time zone, precision). Midnight counts as a day without a time: the
    catalogue does not record the precision of a change."""
    local = context.local(moment)
    return local, "day" if local and local.time() == time() else "second"
