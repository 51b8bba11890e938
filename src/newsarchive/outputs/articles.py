"""The page of each article."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self
from uuid import UUID, uuid5

from markupsafe import Markup

from newsarchive.model import addresses
from newsarchive.model.changes import Place
from newsarchive.model.collection import ARCHIVE
from newsarchive.model.periods import periods_of
from newsarchive.model.references import resolved
from newsarchive.model.text import direction
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context, lead_image, links, period_link
from newsarchive.outputs.feeds.formats import collection_feeds
from newsarchive.outputs.kind import Gone, Output, PageKind, Settings, Stale
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.pages.views import ArticleView, Link

_ARTICLE_IDS = UUID("9a4cf25b-cbe0-4b5c-9a37-7b4a3a2f3c11")
"""The namespace of article ids (RFC 9562, section 5.5). Never change it: every id would change."""

CHANGED = "the article is new or has changed"
NEIGHBOUR_CHANGED = "the article before or after it has changed"


def article_urn(id: str) -> str:
    """The id of an article in feeds and data, a `urn:uuid:`. A new headline or address does not
    change it."""
    return f"urn:uuid:{uuid5(_ARTICLE_IDS, id)}"


@dataclass(frozen=True)
class Articles(PageKind):
    """The page of each article, with its tags, earlier coverage and neighbours."""

    name = "article"
    template = "article.html"
    weight = 1
    view_type = ArticleView

    feed_formats: tuple[str, ...]
    """The formats of the feeds of tags, authors and sections."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.config.feeds.collection_formats)

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        return map(self._output, queries.places())

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        taken = {place.address for place in changed.changes.taken}
        for place in changed.changes.taken:
            yield Stale(self._output(place), CHANGED)
        for place in changed.changes.left:
            if place.address not in taken:
                yield Gone(place.address, "the article moved or is no longer there")
        for place in changed.places:
            for key in dict.fromkeys(queries.articles_that_may_show(place)):
                yield Stale(self._output_of(key, queries), "its earlier coverage may have changed")
            for beside in filter(None, queries.neighbours(place.day, place.moment, place.id)):
                yield Stale(self._output_of(beside, queries), NEIGHBOUR_CHANGED)

    def _output(self, place: Place) -> Output:
        return Output(self.name, place.address, place.key)

    def _output_of(self, key: int, queries: PlanQueries) -> Output:
        place = queries.place(key)
        assert place is not None, "a key from the catalogue is that of a published article"
        return self._output(place)

    def view(self, output: Output, context: Context) -> ArticleView:
        stored = context.queries.article(output.key)
        fields = stored.fields
        stated = context.visible(stored.collections)
        return ArticleView(
            address=stored.address,
            identity=f"article {stored.id}",
            id=article_urn(stored.id),
            headline=fields["headline"],
            published=context.local(fields.get("published")),
            precision=fields.get("precision"),
            modified=context.local(fields.get("modified")),
            body=_body(stored.body or "", stored.missing, stored.address),
            summary=fields.get("summary", ""),
            standfirst=fields.get("standfirst"),
            dateline=fields.get("dateline"),
            authors=links(stated, "author"),
            section=next(iter(links(stated, "section")), None),
            tags=links(stated, "tag"),
            mentioned=links(context.visible(stored.mentioned), "tag"),
            source_url=fields.get("source_url"),
            language=fields.get("language"),
            direction=direction(fields.get("language"), fields["headline"]),
            image=lead_image(fields.get("image"), stored.missing),
            image_caption=fields.get("image_caption"),
            image_alt=fields.get("image_alt"),
            periods=tuple(period_link(ARCHIVE, period) for period in periods_of(stored.day)[1:]),
            previous=_neighbour(stored.previous),
            next=_neighbour(stored.next),
            earlier=tuple(map(context.entry, context.queries.earlier_coverage(stored))),
            source=fields["source"],
            extra=fields.get("extra", {}),
            feeds=collection_feeds(stated, self.feed_formats),
            missing=stored.missing,
        )


def _neighbour(beside: tuple[str, str] | None) -> Link | None:
    return Link(name=beside[1], address=beside[0]) if beside else None


def _body(html: str, missing: tuple[str, ...], address: str) -> Markup:
    to_top = addresses.to_top(address)
    html = resolved(html, missing, lambda name: addresses.link(addresses.media(name), to_top))
    # Parts that scroll must be reachable with the keyboard alone (WCAG 2.2, criterion 2.1.1).
    for element in ("<pre", "<table"):
        html = html.replace(element, f'{element} tabindex="0"')
    return Markup(html)  # noqa: S704 - reading sanitised it
