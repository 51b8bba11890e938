"""Articles as data: JSON Lines and CSV (RFC 4180), and the description of the archive in JSON.

Fields have the names of schema.org, where it has one; docs/data.md tells of all of them.
"""

import csv
import json
from io import StringIO
from typing import Any

from newsarchive.model import addresses
from newsarchive.model.references import resolved
from newsarchive.pages.words import iso
from newsarchive.rendering.data_views import (
    ArchiveDataView,
    ArticleDataView,
    ArticleRowView,
    ArticlesDataView,
    ArticlesTableView,
    DataFileView,
    DataPeriodView,
    DataView,
)
from newsarchive.rendering.feed_views import MEDIA_TYPES
from newsarchive.rendering.views import SiteView

SCHEMA = 1
"""Raised when a field of archive.json, or of the articles, changes its meaning or goes."""

COLUMNS = (
    *("id", "address", "headline", "datePublished", "dateModified"),
    *("author", "articleSection", "keywords", "source", "sha256"),
)
"""Of the table."""

_FORMATS = {
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    **MEDIA_TYPES,
    "opml": "text/x-opml",
}

_LINE_ENDS = {character: f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}
"""JSON may hold these as they are, but there are programs that end a line at them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by."""


def render_data(view: DataView, site: SiteView) -> bytes:
    """The file as UTF-8."""
    match view:
        case ArticlesDataView():
            return "".join(_line(article, site) for article in view.articles).encode()
        case ArticlesTableView():
            return _table(view)
    return (json.dumps(_archive(view, site), ensure_ascii=False, indent=2) + "\n").encode()


def _line(article: ArticleDataView, site: SiteView) -> str:
    # A file of ours is known by what its lines begin with: see publish.py.
    line = json.dumps(_record(article, site), ensure_ascii=False, separators=(",", ":"))
    # A text is looked through faster for one character than translated for all.
    for character, escaped in _LINE_ENDS.items():
        line = line.replace(character, escaped)
    return line + "\n"


def _record(article: ArticleDataView, site: SiteView) -> dict[str, Any]:
    """All that is known of an article; what it does not have is left out."""
    row = article.row
    url = _url(row.address, site)
    fields: dict[str, Any] = {
        "id": row.id,
        "identifier": article.identifier,
        "url": url,
        "address": row.address,
        "headline": row.headline,
        **_dates(row),
        "precision": row.precision,
        "author": row.authors,
        "articleSection": row.section,
        "keywords": row.tags,
        "mentions": article.mentioned,
        "inLanguage": article.language or site.language,
        "image": _link(article.image, site) if article.image else None,
        "caption": article.image_caption,
        "alternativeText": article.image_alt,
        "abstract": article.standfirst,
        "description": article.summary,
        "dateline": article.dateline,
        "sameAs": article.source_url,
        "source": row.source,
        "position": article.position + 1,
        "sha256": row.sha256,
    }
    if article.body is not None:
        fields["body"] = resolved(
            article.body,
            article.missing,
            lambda name: _link(addresses.media(name), site),
            page=url or addresses.quoted(row.address),
        )
    fields["extra"] = article.extra
    return {name: value for name, value in fields.items() if value not in (None, "", (), {})}


def _dates(article: ArticleRowView) -> dict[str, str | None]:
    published, modified = article.published, article.modified
    return {
        "datePublished": iso(published, article.precision) if published else None,
        "dateModified": iso(modified) if modified else None,
    }


def _url(address: str, site: SiteView) -> str | None:
    return addresses.url(site.base_url, address) if site.has_base_url else None


def _link(address: str, site: SiteView) -> str:
    """What leads to an address of the site or a URL: from the top of the site, where it is not
    known where that is published."""
    if address.startswith(("https:", "http:")):
        return address
    return _url(address, site) or addresses.quoted(address)


def _table(view: ArticlesTableView) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for article in view.articles:
        record = {
            "id": article.id,
            "address": article.address,
            "headline": article.headline,
            **_dates(article),
            "author": "; ".join(article.authors),
            "articleSection": article.section,
            "keywords": "; ".join(article.tags),
            "source": article.source,
            "sha256": article.sha256,
        }
        writer.writerow(_cell(record[column] or "") for column in COLUMNS)
    return text.getvalue().encode()


def _cell(text: str) -> str:
    """The text as a spreadsheet shows it, and does not work it out."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _archive(view: ArchiveDataView, site: SiteView) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "generator": "newsarchive",
        "schema": SCHEMA,
        "name": site.title,
    }
    if site.description:
        described["description"] = site.description
    if site.has_base_url:
        described["url"] = site.base_url
    described |= {"inLanguage": site.language, "timeZone": site.zone}
    if view.first and view.last:
        described["temporalCoverage"] = f"{view.first.iso}/{view.last.iso}"
    feeds = list(view.feeds)
    if view.feed_list:
        feeds.append((view.feed_list, "opml"))
    return {
        **described,
        "counts": dict(view.counts),
        "feeds": [_download(address, format, site) for address, format in feeds],
        "hasPart": [_part(part, site) for part in view.periods],
    }


def _part(part: DataPeriodView, site: SiteView) -> dict[str, Any]:
    name = {"name": "undated"} if part.period.undated else {"temporalCoverage": part.period.iso}
    described: dict[str, Any] = {
        "@type": "Dataset",
        **name,
        "articles": part.count,
        "distribution": [_file(file, site) for file in part.files],
    }
    if part.shorter:
        described["hasPart"] = [_part(shorter, site) for shorter in part.shorter]
    return described


def _file(file: DataFileView, site: SiteView) -> dict[str, Any]:
    suffix = file.address.rpartition(".")[2]
    return {**_download(file.address, suffix, site), "articles": file.count}


def _download(address: str, format: str, site: SiteView) -> dict[str, Any]:
    url = _url(address, site)
    return {
        "@type": "DataDownload",
        "encodingFormat": _FORMATS[format],
        "address": address,
        **({"contentUrl": url} if url else {}),
    }
