"""What the articles as data, and the description of the archive, show."""

from collections.abc import Iterable, Iterator

from newsarchive.catalogue.queries import Stored
from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.catalogue.totals import totals_of
from newsarchive.gathering.articles import article_urn, lead_image
from newsarchive.gathering.context import Context
from newsarchive.model import addresses
from newsarchive.model.addresses import Collection
from newsarchive.model.periods import ALL_TIME, Period
from newsarchive.planning import series
from newsarchive.planning.outputs import Output
from newsarchive.planning.series import Series, data_of_months
from newsarchive.rendering.data_views import (
    ArchiveDataView,
    ArticleDataView,
    ArticleRowView,
    ArticlesDataView,
    ArticlesTableView,
    DataFileView,
    DataPeriodView,
)
from newsarchive.rendering.views import Link

_FORMATS = {"jsonl": "JSON Lines", "csv": "CSV"}


def articles_data_view(context: Context, output: Output) -> ArticlesDataView:
    """The articles of a month, or of the undated shelf, or a part of them."""
    found = _stored(context, output, context.scope.in_data_part, with_body=context.data.body)
    return ArticlesDataView(output.address, tuple(_article(context, stored) for stored in found))


def articles_table_view(context: Context, output: Output) -> ArticlesTableView:
    """The articles of a year, or of the undated shelf, or a part of them."""
    found = _stored(context, output, series.TABLE.most, with_body=False)
    return ArticlesTableView(output.address, tuple(_row(context, stored) for stored in found))


def _stored(context: Context, output: Output, most: int, *, with_body: bool) -> Iterator[Stored]:
    skip = (output.part - 1) * most
    return context.queries.stored(
        ALL_ARTICLES, output.period, most, with_body=with_body, newest_first=False, skip=skip
    )


def _article(context: Context, stored: Stored) -> ArticleDataView:
    said = stored.fields
    return ArticleDataView(
        row=_row(context, stored),
        identifier=stored.id,
        mentioned=_names(context.shown(stored.mentioned), "tag"),
        language=said.get("language"),
        image=lead_image(said.get("image"), stored.missing),
        image_caption=said.get("image_caption"),
        image_alt=said.get("image_alt"),
        standfirst=said.get("standfirst"),
        summary=said.get("summary", ""),
        dateline=said.get("dateline"),
        source_url=said.get("source_url"),
        position=said.get("position", 0),
        body=stored.body,
        missing=stored.missing,
        extra=said.get("extra", {}),
    )


def _row(context: Context, stored: Stored) -> ArticleRowView:
    said = stored.fields
    stated = context.shown(stored.collections)
    return ArticleRowView(
        id=article_urn(stored.id),
        address=stored.address,
        headline=said["headline"],
        published=context.local(said.get("published")),
        precision=said.get("precision"),
        modified=context.local(said.get("modified")),
        authors=_names(stated, "author"),
        section=next(iter(_names(stated, "section")), None),
        tags=_names(stated, "tag"),
        source=said["source"],
        sha256=context.queries.files.sha256(said["source"]),
    )


def _names(collections: Iterable[Collection], kind: str) -> tuple[str, ...]:
    return tuple(one.name for one in collections if one.kind == kind)


def archive_data_view(context: Context, output: Output) -> ArchiveDataView:
    """What the archive is, and where its articles are as data."""
    numbers = totals_of(context.queries, context.statistics)
    archive = context.queries.collection(ALL_ARTICLES)
    formats = context.scope.archive_formats
    years = sorted(context.queries.sub_periods(ALL_ARTICLES, ALL_TIME))
    return ArchiveDataView(
        address=output.address,
        counts=numbers.counts,
        first=numbers.first,
        last=numbers.last,
        feeds=tuple((addresses.feed(archive, format), format) for format in formats),
        feed_list=addresses.FEED_LIST if context.scope.wants("feed-list") else None,
        periods=tuple(
            _period(context, *year) for year in sorted(years, key=lambda year: year[0].undated)
        ),
    )


def _period(context: Context, period: Period, count: int) -> DataPeriodView:
    """A year with its months, or the undated shelf."""
    months = data_of_months(context.scope.in_data_part)
    if period.undated:
        files = _files(months, period, count) + _files(series.TABLE, period, count)
        return DataPeriodView(period, count, files)
    shorter = sorted(context.queries.sub_periods(ALL_ARTICLES, period))
    return DataPeriodView(
        period,
        count,
        _files(series.TABLE, period, count),
        tuple(DataPeriodView(month, of, _files(months, month, of)) for month, of in shorter),
    )


def _files(kind: Series, period: Period, count: int) -> tuple[DataFileView, ...]:
    """The files of a series that hold so many articles of a period."""
    return tuple(
        DataFileView(kind.address(period, part), min(kind.most, count - (part - 1) * kind.most))
        for part in range(1, kind.parts_of(period, count) + 1)
    )


def data_links(context: Context, period: Period) -> tuple[Link, ...]:
    """Links to the articles of a month, a year or the undated shelf as data."""
    if not context.scope.has_data:
        return ()
    months = data_of_months(context.scope.in_data_part)
    match period.kind:
        case "month" | "year":
            kind = months if period.kind == "month" else series.TABLE
            count = context.queries.count(ALL_ARTICLES, period)
            found = [file.address for file in _files(kind, period, count)]
        case "undated":
            # Its pages are divided, and a full one is not to change with each further part.
            found = [kind.address(period, 1) for kind in (months, series.TABLE)]
        case _:
            found = []
    return tuple(Link(_FORMATS[address.rpartition(".")[2]], address) for address in found)
