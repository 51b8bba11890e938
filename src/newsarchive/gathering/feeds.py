"""What a feed shows."""

from newsarchive import addresses
from newsarchive.catalogue.answers import Stored
from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.gathering.articles import article_urn
from newsarchive.gathering.desk import Desk
from newsarchive.plan import Output
from newsarchive.rendering.views import FeedEntryView, FeedView


def feed_view(desk: Desk, output: Output) -> FeedView:
    """The newest articles of a listing."""
    collection = desk.answers.collection(output.key)
    which = desk.feeds.full_text
    is_whole = which == "all" or (which == "archive" and output.key == ALL_ARTICLES)
    stored = desk.answers.latest_stored(
        output.key, output.period, desk.feeds.entries, with_body=is_whole
    )
    found = [_entry(desk, article) for article in stored]
    return FeedView(
        address=output.address,
        listing=addresses.listing(collection, output.period),
        kind=collection.kind,
        name=collection.name,
        period=output.period,
        entries=tuple(found),
        changed=next((entry.published for entry in found), None),
    )


def _entry(desk: Desk, stored: Stored) -> FeedEntryView:
    said = stored.fields
    stated = desk.shown(stored.collections)
    return FeedEntryView(
        id=article_urn(stored.id),
        address=stored.address,
        headline=said["headline"],
        summary=said.get("summary", ""),
        body=stored.body,
        published=said.get("published"),
        authors=tuple(term.name for term in stated if term.kind == "author"),
        categories=tuple(
            term.name for kind in ("section", "tag") for term in stated if term.kind == kind
        ),
        missing=stored.missing,
    )
