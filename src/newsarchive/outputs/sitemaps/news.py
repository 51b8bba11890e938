"""The sitemap for Google News (Google's guidelines for news sitemaps)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any, Self

from newsarchive.catalogue.article_queries import Entry
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.periods import ALL_TIME
from newsarchive.model.text import base_language
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Output, Settings, SingleKind
from newsarchive.outputs.sitemaps.xml import MARKERS, document, loc
from newsarchive.pages.views import SiteView
from newsarchive.pages.words import iso

_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

_PERIOD = timedelta(days=2)
"""Google's limit, counted back from the newest article. The current time would make the site depend
on more than its sources."""

_TRADITIONAL = ("hant", "tw", "hk", "mo")
"""Scripts and countries that write Chinese in traditional characters."""


@dataclass(frozen=True)
class NewsSitemap(SingleKind):
    """The newest article and those of the two days before it, newest first."""

    name = "news-sitemap"
    address = "sitemap-news.xml"
    markers = MARKERS

    limit: int
    """The most articles in the sitemap: Google allows 1,000."""

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        is_wanted = settings.has_sitemaps and settings.config.sitemaps.news
        return cls(settings.limits.news_sitemap) if is_wanted else None

    def render(self, output: Output, context: Context) -> bytes:
        lines = (line for article in self._newest(context) for line in article)
        return document("urlset", lines, f' xmlns:news="{_NEWS}"')

    def _newest(self, context: Context) -> Iterator[Iterator[str]]:
        newest: datetime | None = None
        for entry in context.queries.latest(ALL_ARTICLES, ALL_TIME, self.limit):
            published = context.local(entry.fields.get("published"))
            if published is None or (newest and published < newest - _PERIOD):
                break
            newest = newest or published
            yield _lines(entry, published, context.site)


def _lines(entry: Entry, published: datetime, site: SiteView) -> Iterator[str]:
    fields: dict[str, Any] = entry.fields
    language = _news_language(fields.get("language") or site.language)
    yield f"<url>{loc(entry.address, site)}<news:news>"
    yield (
        f"<news:publication><news:name>{escape(site.title)}</news:name>"
        f"<news:language>{language}</news:language></news:publication>"
    )
    date = iso(published, fields.get("precision"))
    yield f"<news:publication_date>{date}</news:publication_date>"
    yield f"<news:title>{escape(fields['headline'])}</news:title>"
    yield "</news:news></url>"


def _news_language(code: str) -> str:
    """The code of a language without country and script. Chinese has two codes, because Google has
    one for each script: `zh-cn` and `zh-tw`."""
    language = base_language(code)
    if language != "zh":
        return language
    parts = code.lower().replace("_", "-").split("-")
    return "zh-tw" if any(part in _TRADITIONAL for part in parts) else "zh-cn"
