"""The contents of feeds, taken from the catalogue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from mimetypes import guess_type
from typing import Self
from uuid import UUID, uuid5

from newsarchive.catalogue.article_queries import StoredArticle
from newsarchive.model import addresses
from newsarchive.model.collection import ALL_ARTICLES, Collection
from newsarchive.model.periods import Period
from newsarchive.model.references import split_reference
from newsarchive.model.text import identity
from newsarchive.outputs.articles import article_urn
from newsarchive.outputs.context import Context, lead_image, names
from newsarchive.outputs.feeds.views import (
    FeedEntryView,
    FeedView,
    FileView,
    HistoryView,
    WithdrawnView,
)
from newsarchive.outputs.kind import Output, Settings

_FEED_IDS = UUID("6f0d9c1e-57a8-4a43-8a5f-0d3c1d3b7c52")
"""The namespace of feed ids (RFC 9562, section 5.5). Never change it: every id would change."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The settings for the contents of feeds. Makes the contents from them."""

    id: str
    """`[feeds] id`, or the title of the site. The ids of all feeds are made from it."""
    full_text: str
    """`archive`, `all` or `none`: the feeds with whole articles."""
    hub: str
    """The URL of the WebSub hub; empty if there is none."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The contents with the site's settings."""
        feeds = settings.config.feeds
        return cls(feeds.id or settings.site.title, feeds.full_text, feeds.hub)

    def articles(
        self,
        context: Context,
        collection: int,
        period: Period,
        limit: int,
        *,
        newest_first: bool,
        skip: int = 0,
    ) -> Iterator[StoredArticle]:
        """At most `limit` articles of a collection in a period after the first `skip`, with their
        bodies if the feed holds whole articles."""
        is_whole = self.full_text == "all" or (
            self.full_text == "archive" and collection == ALL_ARTICLES
        )
        return context.queries.stored_articles(
            collection, period, limit, with_body=is_whole, newest_first=newest_first, skip=skip
        )

    def view(
        self,
        output: Output,
        context: Context,
        stored: Iterable[StoredArticle],
        *,
        withdrawn_in: tuple[str, str] | None = None,
        history: HistoryView | None = None,
        hub: str = "",
    ) -> FeedView:
        """The contents of a feed with these articles.

        An Atom feed also lists the withdrawn articles whose addresses are in the range
        `withdrawn_in`: (first address, the address after the last).
        """
        collection = context.queries.collection(output.key)
        entries = tuple(_entry(context, article) for article in stored)
        changed = max((entry.updated for entry in entries if entry.updated), default=None)
        is_atom = output.variant == "atom"
        return FeedView(
            address=output.address,
            format=output.variant,
            listing=addresses.listing(collection, output.period),
            id=self._urn(collection),
            name=collection.name,
            period=output.period,
            entries=entries,
            changed=changed,
            hub=hub,
            withdrawn=_withdrawn(context, *withdrawn_in, changed)
            if withdrawn_in and is_atom
            else (),
            history=history,
        )

    def _urn(self, collection: Collection) -> str:
        """The id of a feed. All documents of its history share it (RFC 5005, section 4)."""
        name = f"{self.id}\n{collection.kind} {identity(collection.name)}"
        return f"urn:uuid:{uuid5(_FEED_IDS, name)}"


def _withdrawn(
    context: Context, start: str, end: str, changed: datetime | None
) -> tuple[WithdrawnView, ...]:
    """The withdrawn articles with addresses from `start` up to, but not including, `end`.

    The time of withdrawal is not recorded. The feed states the end of the article's day, or the
    last change in the feed if that is later; 1 January 1970 if neither is known.
    """
    found: dict[str, datetime] = {}
    for address, id in context.queries.withdrawn_articles(start, end):
        after = _end_of_day(context, address)
        when = max(filter(None, (after, changed)), default=datetime(1970, 1, 1, tzinfo=UTC))
        found.setdefault(article_urn(id), when)
    return tuple(WithdrawnView(id, when) for id, when in sorted(found.items()))


def _end_of_day(context: Context, address: str) -> datetime | None:
    """The end of the day in an article's address, in the archive's time zone; None if the address
    has no valid day."""
    parts = address.split("/")
    if len(parts) != 4:
        return None  # on the undated shelf
    year, month, day = map(int, parts[:3])
    try:
        following = date(year, month, day) + timedelta(days=1)
    except (ValueError, OverflowError):  # redirects.csv may have any address
        return None
    return datetime.combine(following, time(), context.zone)


def _entry(context: Context, stored: StoredArticle) -> FeedEntryView:
    fields = stored.fields
    stated = context.visible(stored.collections)
    return FeedEntryView(
        id=article_urn(stored.id),
        address=stored.address,
        headline=fields["headline"],
        summary=fields.get("summary", ""),
        body=stored.body,
        published=fields.get("published"),
        precision=fields.get("precision"),
        modified=fields.get("modified"),
        authors=names(stated, "author"),
        # A section may have the name of a tag.
        categories=tuple(dict.fromkeys(names(stated, "section") + names(stated, "tag"))),
        language=fields.get("language"),
        image=lead_image(fields.get("image"), stored.missing),
        enclosure=_enclosure(context, fields.get("image")),
        missing=stored.missing,
    )


def _enclosure(context: Context, image: str | None) -> FileView | None:
    """The lead image if it is a file of the archive with a known size and type."""
    referred = split_reference(image) if image else None
    if referred is None:
        return None
    name, _ = referred
    size = context.queries.files.size(name)
    media_type, _ = guess_type(name)
    if size is None or media_type is None:
        return None
    return FileView(addresses.media(name), size, media_type)
