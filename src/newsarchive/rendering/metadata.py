"""What a page says of itself to programs, after https://schema.org/ as JSON-LD."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from newsarchive import addresses
from newsarchive.rendering.views import ArticleView, Link, PageView, SiteView
from newsarchive.rendering.words import iso

_HEADLINE = 110
"""The most characters of a headline that Google's guidelines for NewsArticle have room for."""


def json_ld(page: PageView, site: SiteView, title: str, trail: Sequence[Link]) -> Markup:
    """What a page is of, and the way to it, for `<script type="application/ld+json">`."""
    described = _article(page, site) if isinstance(page, ArticleView) else _collection(site, title)
    url = addresses.url(site.base_url, page.address) if site.has_base_url else None
    if url:
        described |= {"@id": url, "url": url}
    graph = [_without_nothing(described)]
    if url and trail:
        graph.append(_breadcrumbs([*trail, Link(title, page.address)], site))
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    # Nothing in it may end the element that it stands in.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704


def _article(page: ArticleView, site: SiteView) -> dict[str, Any]:
    published = iso(page.published, page.precision) if page.published else None
    return {
        "@type": "NewsArticle",
        "headline": page.headline[:_HEADLINE],
        "description": page.summary,
        "datePublished": published,
        "dateModified": page.modified.isoformat() if page.modified else published,
        "author": [_named("Person", author, site) for author in page.authors],
        "publisher": _publisher(site),
        "articleSection": page.section.name if page.section else None,
        "keywords": [tag.name for tag in page.tags],
        "inLanguage": page.language or site.language,
        "image": _absolute(page.image, site) if page.image else None,
        "identifier": page.id,
        "sameAs": page.source_url,
        "isAccessibleForFree": True,
    }


def _collection(site: SiteView, title: str) -> dict[str, Any]:
    return {
        "@type": "CollectionPage",
        "name": title,
        "inLanguage": site.language,
        "isPartOf": {"@type": "WebSite", "name": site.title} | _url_of_site(site),
        "publisher": _publisher(site),
    }


def _publisher(site: SiteView) -> dict[str, Any]:
    return {"@type": "Organization", "name": site.title} | _url_of_site(site)


def _url_of_site(site: SiteView) -> dict[str, Any]:
    return {"url": site.base_url} if site.has_base_url else {}


def _named(kind: str, link: Link, site: SiteView) -> dict[str, Any]:
    url = _absolute(link.address, site)
    return {"@type": kind, "name": link.name} | ({"url": url} if url else {})


def _absolute(address: str, site: SiteView) -> str | None:
    if address.startswith(("https:", "http:")):
        return address
    return addresses.url(site.base_url, address) if site.has_base_url else None


def _breadcrumbs(links: Sequence[Link], site: SiteView) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": link.name,
                "item": addresses.url(site.base_url, link.address),
            }
            for position, link in enumerate(links, 1)
        ],
    }


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
