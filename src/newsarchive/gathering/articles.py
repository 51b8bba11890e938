"""What the page of an article shows."""

from uuid import UUID, uuid5

from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.gathering.context import Context, links
from newsarchive.model import addresses
from newsarchive.model.periods import periods_of
from newsarchive.model.references import split_reference
from newsarchive.model.text import direction
from newsarchive.planning.outputs import Output
from newsarchive.rendering.views import ArticleView, Link

_ARTICLE_IDS = UUID("9a4cf25b-cbe0-4b5c-9a37-7b4a3a2f3c11")
"""The namespace of article ids (RFC 9562, section 5.5): made once, never to be changed."""


def article_urn(id: str) -> str:
    """The id of an article in feeds: the same for ever, whatever its headline or address."""
    return f"urn:uuid:{uuid5(_ARTICLE_IDS, id)}"


def article_view(context: Context, output: Output) -> ArticleView:
    """An article, what it belongs to, and what stands beside it."""
    stored = context.queries.article(output.key)
    said = stored.fields
    stated = context.shown(stored.collections)
    return ArticleView(
        address=stored.address,
        identity=f"article {stored.id}",
        id=article_urn(stored.id),
        headline=said["headline"],
        published=context.local(said.get("published")),
        precision=said.get("precision"),
        modified=context.local(said.get("modified")),
        body=stored.body or "",
        summary=said.get("summary", ""),
        standfirst=said.get("standfirst"),
        dateline=said.get("dateline"),
        authors=links(stated, "author"),
        section=next(iter(links(stated, "section")), None),
        tags=links(stated, "tag"),
        mentioned=links(context.shown(stored.mentioned), "tag"),
        source_url=said.get("source_url"),
        language=said.get("language"),
        direction=direction(said.get("language"), said["headline"]),
        image=lead_image(said.get("image"), stored.missing),
        image_caption=said.get("image_caption"),
        image_alt=said.get("image_alt"),
        periods=tuple(context.period_link(ALL_ARTICLES, p) for p in periods_of(stored.day)[1:]),
        previous=_link(stored.previous),
        next=_link(stored.next),
        earlier=tuple(map(context.entry, context.queries.earlier(stored))),
        source=said["source"],
        extra=said.get("extra", {}),
        feeds=context.feeds_of(stated),
        missing=stored.missing,
    )


def _link(beside: tuple[str, str] | None) -> Link | None:
    return Link(name=beside[1], address=beside[0]) if beside else None


def lead_image(image: str | None, missing: tuple[str, ...]) -> str | None:
    """Where the lead image is: its URL or its address; None where there is none to show."""
    if image is None:
        return None
    referred = split_reference(image)
    if referred is None:
        return image
    name, _ = referred
    return None if name in missing else addresses.media(name)
