"""Sitemaps as crawlers read them, for tests."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from urllib.parse import unquote

from lxml import etree

from conftest import REPOSITORY, Archive

DAYS = (
    *(f"06-{day:02}" for day in range(1, 31)),
    *("01-01", "01-02", "01-31", "02-01", "02-03", "08-01", "08-02", "08-09", "12-31"),
)
"""The days of the articles of the tests, and those beside them."""

BASE = "https://gazette.example/"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@cache
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(REPOSITORY / "tests/schemas/sitemap.rng"))


def root_of(site: Mapping[str, bytes], address: str) -> etree._Element:
    """The root of a sitemap. Fails if the sitemap is not valid."""
    root = etree.fromstring(site[address])
    assert schema().validate(root), schema().error_log
    return root


def places(site: Mapping[str, bytes], address: str) -> list[tuple[str, str | None]]:
    """The addresses that a sitemap or an index lists, with the date of each."""
    return [
        (
            address_of(str(place.findtext("s:loc", "", NAMES))),
            place.findtext("s:lastmod", None, NAMES),
        )
        for place in root_of(site, address)
    ]


def address_of(url: str, base: str = BASE) -> str:
    """The file in the site for a URL."""
    assert url.startswith(base), url
    path = unquote(url.removeprefix(base))
    return f"{path}index.html" if path.endswith("/") or not path else path


def listed(site: Mapping[str, bytes]) -> Counter[str]:
    """The number of times that the sitemaps in the index list each page."""
    return Counter(
        page for sitemap, _ in places(site, "sitemap.xml") for page, _ in places(site, sitemap)
    )


def sitemaps(archive: Archive) -> set[str]:
    """The sitemaps in the output folder."""
    return {address for address in archive.site() if "sitemap" in address}


def rebuilt_sitemaps(archive: Archive) -> set[str]:
    """The sitemaps that the last build wrote or removed."""
    return {address for address in archive.rebuilt if "sitemap" in address}
