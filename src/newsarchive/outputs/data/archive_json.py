"""archive.json: the description of the archive for programs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from newsarchive.catalogue.totals import totals_of
from newsarchive.model.collection import ALL_ARTICLES, ARCHIVE
from newsarchive.model.periods import ALL_TIME, Period
from newsarchive.outputs.context import Context
from newsarchive.outputs.data.csv_tables import CsvTables
from newsarchive.outputs.data.json_lines import JsonLines
from newsarchive.outputs.feeds.feed_list import FeedList
from newsarchive.outputs.feeds.formats import MEDIA_TYPES, feed_address
from newsarchive.outputs.kind import Marker, Output, Settings, SingleKind
from newsarchive.outputs.series import Series
from newsarchive.pages.views import SiteView

SCHEMA = 1
"""The version of the format. Raise it if a field of archive.json or of the articles is removed or
changes its meaning."""

_FORMATS = {
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    **MEDIA_TYPES,
    "opml": "text/x-opml",
}


@dataclass(frozen=True)
class ArchiveJson(SingleKind):
    """The archive as a dataset (schema.org): its counts, its feeds and the files with its
    articles."""

    name = "archive-data"
    address = "archive.json"
    markers = (Marker(".json", b'"generator": "newsarchive"'),)

    months: Series
    years: Series
    feed_formats: tuple[str, ...]
    feed_list: str | None
    """The address of the list of feeds; None if there are no feeds."""

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        months, years = JsonLines.of(settings), CsvTables.of(settings)
        if months is None or years is None:
            return None
        feed_list = FeedList.of(settings)
        return cls(
            months.series,
            years.series,
            settings.config.feeds.formats,
            feed_list.address if feed_list else None,
        )

    def render(self, output: Output, context: Context) -> bytes:
        return (json.dumps(self._dataset(context), ensure_ascii=False, indent=2) + "\n").encode()

    def _dataset(self, context: Context) -> dict[str, Any]:
        site = context.site
        totals = totals_of(context.queries, context.statistics)
        dataset: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "generator": "newsarchive",
            "schema": SCHEMA,
            "name": site.title,
        }
        if site.description:
            dataset["description"] = site.description
        if site.has_base_url:
            dataset["url"] = site.base_url
        dataset |= {"inLanguage": site.language, "timeZone": site.zone}
        if totals.first and totals.last:
            dataset["temporalCoverage"] = f"{totals.first.iso}/{totals.last.iso}"
        feeds = [(feed_address(ARCHIVE, format), format) for format in self.feed_formats]
        if self.feed_list:
            feeds.append((self.feed_list, "opml"))
        return {
            **dataset,
            "counts": dict(totals.counts),
            "feeds": [_download(address, format, site) for address, format in feeds],
            "hasPart": list(self._periods(context)),
        }

    def _periods(self, context: Context) -> Iterator[dict[str, Any]]:
        """The years with their months, earliest first, then the undated shelf."""
        years = sorted(context.queries.sub_periods(ALL_ARTICLES, ALL_TIME))
        for year, count in sorted(years, key=lambda year: year[0].undated):
            if year.undated:
                files = [*_files(self.months, year, count, context.site)]
                files += _files(self.years, year, count, context.site)
                yield _part(year, count, files)
                continue
            part = _part(year, count, [*_files(self.years, year, count, context.site)])
            part["hasPart"] = [
                _part(month, of, [*_files(self.months, month, of, context.site)])
                for month, of in sorted(context.queries.sub_periods(ALL_ARTICLES, year))
            ]
            yield part


def _part(period: Period, count: int, files: list[dict[str, Any]]) -> dict[str, Any]:
    name = {"name": "undated"} if period.undated else {"temporalCoverage": period.iso}
    return {"@type": "Dataset", **name, "articles": count, "distribution": files}


def _files(series: Series, period: Period, count: int, site: SiteView) -> Iterator[dict[str, Any]]:
    """The files of a series for a period with `count` articles."""
    for part in range(1, series.parts_of(period, count) + 1):
        articles = min(series.limit, count - (part - 1) * series.limit)
        download = _download(series.address(period, part), series.suffix, site)
        yield {**download, "articles": articles}


def _download(address: str, format: str, site: SiteView) -> dict[str, Any]:
    url = site.url(address)
    return {
        "@type": "DataDownload",
        "encodingFormat": _FORMATS[format],
        "address": address,
        **({"contentUrl": url} if url else {}),
    }
