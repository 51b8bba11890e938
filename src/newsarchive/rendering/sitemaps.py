"""Sitemaps after https://www.sitemaps.org/protocol.html, the one for Google News, and robots.txt.

They are written line by line: a sitemap has up to some 20,000 places of one form.
"""

from collections.abc import Iterable, Iterator
from html import escape

from newsarchive.model import addresses
from newsarchive.model.text import base_language
from newsarchive.pages.words import iso
from newsarchive.rendering.sitemap_views import (
    NewsSitemapView,
    NewsView,
    PlaceView,
    RobotsView,
    SitemapFileView,
    SitemapIndexView,
)
from newsarchive.rendering.views import SiteView

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

_TRADITIONAL = ("hant", "tw", "hk", "mo")
"""Scripts and countries that write Chinese in traditional characters."""


def render_sitemap(view: SitemapFileView, site: SiteView) -> bytes:
    """A sitemap, the index of them, or robots.txt, as UTF-8."""
    match view:
        case RobotsView():
            lines: Iterable[str] = _robots(view, site)
        case SitemapIndexView():
            lines = _document("sitemapindex", "", _places("sitemap", view.sitemaps, site))
        case NewsSitemapView():
            articles = (line for article in view.articles for line in _article(article, site))
            lines = _document("urlset", f' xmlns:news="{_NEWS}"', articles)
        case _:
            lines = _document("urlset", "", _places("url", view.pages, site))
    return "".join(f"{line}\n" for line in lines).encode()


def _document(root: str, more: str, lines: Iterable[str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    # By this a build without a catalogue knows the file for its own.
    yield "<!-- newsarchive -->"
    yield f'<{root} xmlns="{_SITEMAP}"{more}>'
    yield from lines
    yield f"</{root}>"


def _places(element: str, places: Iterable[PlaceView], site: SiteView) -> Iterator[str]:
    for place in places:
        changed = ""
        if place.changed:
            changed = f"<lastmod>{iso(place.changed, place.precision)}</lastmod>"
        yield f"<{element}>{_loc(place.address, site)}{changed}</{element}>"


def _loc(address: str, site: SiteView) -> str:
    return f"<loc>{escape(addresses.url(site.base_url, address))}</loc>"


def _article(article: NewsView, site: SiteView) -> Iterator[str]:
    """After Google's guidelines for news sitemaps."""
    language = _news_language(article.language or site.language)
    yield f"<url>{_loc(article.address, site)}<news:news>"
    yield (
        f"<news:publication><news:name>{escape(site.title)}</news:name>"
        f"<news:language>{language}</news:language></news:publication>"
    )
    published = iso(article.published, article.precision)
    yield f"<news:publication_date>{published}</news:publication_date>"
    yield f"<news:title>{escape(article.headline)}</news:title>"
    yield "</news:news></url>"


def _news_language(code: str) -> str:
    """The code of a language without country and script, but for Chinese, of which Google knows
    two."""
    language = base_language(code)
    if language != "zh":
        return language
    parts = code.lower().replace("_", "-").split("-")
    return "zh-tw" if any(part in _TRADITIONAL for part in parts) else "zh-cn"


def _robots(view: RobotsView, site: SiteView) -> Iterator[str]:
    """After RFC 9309, with the lines that sitemaps.org adds."""
    yield "# made by newsarchive"
    yield "User-agent: *"
    yield "Allow: /"
    yield ""
    for address in view.sitemaps:
        yield f"Sitemap: {addresses.url(site.base_url, address)}"
