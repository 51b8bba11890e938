"""Metadata of a page for programs: Open Graph, the `citation_` names of reference managers, and
JSON-LD with the terms of schema.org."""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from typing import Any

from markupsafe import Markup

from newsarchive.model import addresses
from newsarchive.pages.views import ArticleView, Link, PageView, SiteView
from newsarchive.pages.words import iso

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_DATA = '<script type="application/ld+json">'

_HEADLINE = 110
"""The most characters of a headline in Google's guidelines for NewsArticle."""


def metadata(
    page: PageView, site: SiteView, title: str, description: str, above: Sequence[Link]
) -> Markup:
    """The metadata elements for `<head>`, for search engines, reference managers and link previews.
    `above` are the breadcrumbs, without the page itself.

    These elements are longer than the text of most pages, and Python writes them faster than a
    template.
    """
    # A message with variables comes from the template already escaped.
    title, description = (
        text.unescape() if isinstance(text, Markup) else text for text in (title, description)
    )
    url = site.url(page.address)
    article = page if isinstance(page, ArticleView) else None
    named = [("description", description), *(_citation(article, site, url) if article else ())]
    properties = [
        ("og:type", "article" if article else "website"),
        ("og:title", title),
        ("og:description", description),
        ("og:site_name", site.title),
        # Open Graph requires a country after the language.
        ("og:locale", site.language.replace("-", "_") if "-" in site.language else None),
        ("og:url", url),
        *(_open_graph(article, site) if article else ()),
    ]
    lines = [f'<meta name="{name}" content="{escape(text)}">' for name, text in named if text]
    lines += [
        f'<meta property="{name}" content="{escape(text)}">' for name, text in properties if text
    ]
    lines += [f'<link rel="canonical" href="{escape(url)}">'] if url else []
    lines.append(f"{_DATA}{_json_ld(page, site, title, above)}</script>")
    return Markup("\n".join(lines))  # noqa: S704 - all values are escaped


def hashes(head: str) -> Markup:
    """The hashes of the JSON-LD in a page's head for its Content Security Policy (Level 3, section
    2.3.1), each after a space. Browsers do not need them, because JSON-LD is not run as a script;
    programs that check pages do."""
    sources = (
        f" 'sha256-{b64encode(sha256(data.partition('</script>')[0].encode()).digest()).decode()}'"
        for data in head.split(_DATA)[1:]
    )
    return Markup("".join(sources))  # noqa: S704 - base64


def _citation(
    page: ArticleView, site: SiteView, url: str | None
) -> Iterator[tuple[str, str | None]]:
    """(name, content) of the elements in Google Scholar's guidelines, and of one for Zotero."""
    yield "citation_title", page.headline
    for author in page.authors:
        yield "citation_author", author.name
    if page.published:
        yield "citation_publication_date", f"{page.published:%Y/%m/%d}"
    yield "citation_journal_title", site.title
    yield "citation_language", page.language or site.language
    yield "citation_public_url", url
    yield "z:itemType", "newspaperArticle"


def _open_graph(page: ArticleView, site: SiteView) -> Iterator[tuple[str, str | None]]:
    """(property, content) of the elements for an article (https://ogp.me/#type_article)."""
    if page.published:
        yield "article:published_time", iso(page.published, page.precision)
    if page.modified:
        yield "article:modified_time", iso(page.modified)
    if page.section:
        yield "article:section", page.section.name
    for tag in page.tags:
        yield "article:tag", tag.name
    if page.image:
        yield "og:image", site.url(page.image)


def _json_ld(page: PageView, site: SiteView, title: str, above: Sequence[Link]) -> str:
    """The JSON-LD of a page: the article or the collection, and the breadcrumbs."""
    if isinstance(page, ArticleView):
        described = _article(page, site)
    else:
        described = _collection(page, site, title)
    url = site.url(page.address)
    if url:
        described |= {"@id": url, "url": url}
    graph = [without_empty(described)]
    if url and above:
        graph.append(_breadcrumbs([*above, Link(title, page.address)], site))
    text = _ENCODER.encode({"@context": "https://schema.org", "@graph": graph})
    # Without "<", no text can end the <script> element.
    return text.replace("<", "\\u003c")


def _article(page: ArticleView, site: SiteView) -> dict[str, Any]:
    published = iso(page.published, page.precision) if page.published else None
    return {
        "@type": "NewsArticle",
        "headline": page.headline[:_HEADLINE],
        "description": page.summary,
        "datePublished": published,
        "dateModified": iso(page.modified) if page.modified else published,
        "author": [_named("Person", author, site) for author in page.authors],
        "publisher": _publisher(site),
        "articleSection": page.section.name if page.section else None,
        "keywords": [tag.name for tag in page.tags],
        "inLanguage": page.language or site.language,
        "image": site.url(page.image) if page.image else None,
        "identifier": page.id,
        "sameAs": page.source_url,
        "isAccessibleForFree": True,
    }


def _collection(page: PageView, site: SiteView, title: str) -> dict[str, Any]:
    return {
        "@type": page.schema_type,
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
    url = site.url(link.address)
    return {"@type": kind, "name": link.name} | ({"url": url} if url else {})


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


def without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that have a value: None, empty texts and empty lists are left out."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
