"""What a feed shows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from mimetypes import guess_type
from uuid import UUID, uuid5

from newsarchive.catalogue.queries import Stored
from newsarchive.catalogue.schema import ALL_ARTICLES, LAST_CHARACTER
from newsarchive.gathering.articles import article_urn, lead_image
from newsarchive.gathering.context import Context
from newsarchive.model import addresses
from newsarchive.model.addresses import Collection
from newsarchive.model.periods import ALL_TIME, UNDATED
from newsarchive.model.references import split_reference
from newsarchive.model.text import identity
from newsarchive.planning.outputs import Output
from newsarchive.planning.series import feed_documents
from newsarchive.rendering.feed_views import (
    FeedEntryView,
    FeedListView,
    FeedView,
    FileView,
    HistoryView,
    ListedFeedView,
    WithdrawnView,
)

_FEED_IDS = UUID("6f0d9c1e-57a8-4a43-8a5f-0d3c1d3b7c52")
"""The namespace of the ids of feeds (RFC 9562, section 5.5): made once, never to be changed."""

_KINDS_LISTED = ("all", "section", "tag", "author")


def feed_view(context: Context, output: Output) -> FeedView:
    """A feed to subscribe to: the newest articles of a collection.

    Where there is a history, the feed of all articles holds its newest documents, as many as it
    takes for the number of entries that is set, and leads to the one before them: so who follows it
    back meets each article once.
    """
    if output.key == ALL_ARTICLES and output.variant in context.scope.history_formats:
        return _with_history(context, output)
    stored = context.queries.stored(
        output.key,
        ALL_TIME,
        context.feeds.entries,
        with_body=_is_whole(context, output.key),
        newest_first=True,
    )
    return _view(context, output, stored)


def _with_history(context: Context, output: Output) -> FeedView:
    queries = context.queries
    series = feed_documents(output.variant)
    held: list[Stored] = []
    first: Output | None = None
    for document in series.newest(queries):
        if len(held) >= context.feeds.entries:
            break
        held += _of_document(context, document)
        first = document
    before = series.before(queries, first.period, first.part) if first else None
    history = HistoryView(output.address, before.address if before else None)
    # Below `undated/` stands what is before all months, though it comes after them by its address.
    is_of_months = first and before and not first.period.undated
    span = (first.period.folder, UNDATED.folder) if first and is_of_months else ("", LAST_CHARACTER)
    return _view(context, output, held, withdrawn_in=span, history=history)


def feed_document_view(context: Context, output: Output) -> FeedView:
    """A document of the history of the archive's feed: the articles of a month, or a part of
    them."""
    series, queries = feed_documents(output.variant), context.queries
    period, part = output.period, output.part
    before, after = series.before(queries, period, part), series.after(queries, period, part)
    history = HistoryView(
        addresses.feed(queries.collection(ALL_ARTICLES), output.variant),
        before.address if before else None,
        after.address if after else None,
        # What the newest document holds is added to; all others are as they will stay.
        is_closed=after is not None,
    )
    is_last = part == series.parts(queries, period)
    return _view(
        context,
        output,
        _of_document(context, output),
        withdrawn_in=(period.folder, period.folder + LAST_CHARACTER) if is_last else None,
        history=history,
    )


def _of_document(context: Context, output: Output) -> list[Stored]:
    most = feed_documents(output.variant).most
    stored = context.queries.stored(
        ALL_ARTICLES,
        output.period,
        most,
        with_body=_is_whole(context, ALL_ARTICLES),
        newest_first=False,
        skip=(output.part - 1) * most,
    )
    return list(stored)[::-1]


def _is_whole(context: Context, collection: int) -> bool:
    which = context.feeds.full_text
    return which == "all" or (which == "archive" and collection == ALL_ARTICLES)


def _view(
    context: Context,
    output: Output,
    stored: Iterable[Stored],
    withdrawn_in: tuple[str, str] | None = None,
    history: HistoryView | None = None,
) -> FeedView:
    collection = context.queries.collection(output.key)
    entries = tuple(_entry(context, article) for article in stored)
    changed = max((entry.updated for entry in entries if entry.updated), default=None)
    return FeedView(
        address=output.address,
        format=output.variant,
        listing=addresses.listing(collection, output.period),
        id=_feed_urn(context, collection),
        name=collection.name,
        period=output.period,
        entries=entries,
        changed=changed,
        hub=context.feeds.hub if output.kind == "feed" else "",
        withdrawn=_withdrawn(context, *withdrawn_in, changed)
        if withdrawn_in and output.variant == "atom"
        else (),
        history=history,
    )


def _feed_urn(context: Context, collection: Collection) -> str:
    """The id of a feed: of all documents of its history as well (RFC 5005, section 4)."""
    named = f"{context.feeds.id}\n{collection.kind} {identity(collection.name)}"
    return f"urn:uuid:{uuid5(_FEED_IDS, named)}"


def _withdrawn(
    context: Context, start: str, end: str, changed: datetime | None
) -> tuple[WithdrawnView, ...]:
    """The articles with addresses from one on and before another that were withdrawn. Nobody keeps
    when that was; what is said is after their day, and after all that the feed tells of."""
    found: dict[str, datetime] = {}
    for address, id in context.queries.withdrawn(start, end):
        after = _end_of_day(context, address)
        when = max(filter(None, (after, changed)), default=datetime(1970, 1, 1, tzinfo=UTC))
        found.setdefault(article_urn(id), when)
    return tuple(WithdrawnView(id, when) for id, when in sorted(found.items()))


def _end_of_day(context: Context, address: str) -> datetime | None:
    parts = address.split("/")
    if len(parts) != 4:
        return None  # on the undated shelf
    year, month, day = map(int, parts[:3])
    try:
        following = date(year, month, day) + timedelta(days=1)
    except (ValueError, OverflowError):  # an address that the owner of the archive wrote
        return None
    return datetime.combine(following, time(), context.zone)


def _entry(context: Context, stored: Stored) -> FeedEntryView:
    said = stored.fields
    stated = context.shown(stored.collections)
    return FeedEntryView(
        id=article_urn(stored.id),
        address=stored.address,
        headline=said["headline"],
        summary=said.get("summary", ""),
        body=stored.body,
        published=said.get("published"),
        precision=said.get("precision"),
        modified=said.get("modified"),
        authors=tuple(term.name for term in stated if term.kind == "author"),
        # A section may be called as a tag is.
        categories=tuple(
            dict.fromkeys(
                term.name for kind in ("section", "tag") for term in stated if term.kind == kind
            )
        ),
        language=said.get("language"),
        image=lead_image(said.get("image"), stored.missing),
        enclosure=_enclosure(context, said.get("image")),
        missing=stored.missing,
    )


def _enclosure(context: Context, image: str | None) -> FileView | None:
    """The lead image where it is a file of the archive, whose size and type are known."""
    referred = split_reference(image) if image else None
    if referred is None:
        return None
    name, _ = referred
    size = context.queries.files.size(name)
    media_type, _ = guess_type(name)
    if size is None or media_type is None:
        return None
    return FileView(addresses.media(name), size, media_type)


def feed_list_view(context: Context, output: Output) -> FeedListView:
    """A feed of each collection: who takes in the list would subscribe to all in it, so of several
    formats it has the first."""
    scope = context.scope
    listed: list[tuple[str, ListedFeedView]] = []
    for collection, _ in context.queries.collections():
        is_archive = collection.key == ALL_ARTICLES
        formats = scope.archive_formats if is_archive else scope.collection_formats
        for format in formats[:1]:
            page = addresses.listing(collection)
            address = addresses.feed(collection, format)
            listed.append((collection.kind, ListedFeedView(collection.name, address, format, page)))
    listed.sort(key=lambda one: _KINDS_LISTED.index(one[0]))
    groups = groupby(listed, key=lambda one: one[0])
    return FeedListView(
        output.address, tuple((kind, tuple(feed for _, feed in found)) for kind, found in groups)
    )
