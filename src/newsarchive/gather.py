"""Gather: from a planned output to all that it shows, out of the catalogue."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, tzinfo
from uuid import UUID, uuid5

from newsarchive import addresses
from newsarchive.addresses import Collection
from newsarchive.catalogue.answers import Answers, Entry, Stored
from newsarchive.catalogue.schema import ALL_ARTICLES
from newsarchive.config import Feeds
from newsarchive.periods import ALL_TIME, Period, periods_of
from newsarchive.plan import Output, fits, has_page, parts
from newsarchive.references import split_reference
from newsarchive.rendering.views import (
    ArticleView,
    EntryView,
    FeedEntryView,
    FeedView,
    FormerView,
    IndexView,
    Link,
    ListingView,
    NotFoundView,
    PeriodLink,
    TermView,
    View,
)
from newsarchive.tagging.authority import Tag
from newsarchive.text import base_language, identity

LATEST = 20
"""How many articles a listing shows that has too many for one page."""

_ARTICLE_IDS = UUID("9a4cf25b-cbe0-4b5c-9a37-7b4a3a2f3c11")
"""The namespace of article ids (RFC 9562, section 5.5): made once, never to be changed."""

_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]
)
"""Languages written from right to left (CLDR, layout orientation)."""


def article_urn(id: str) -> str:
    """The id of an article in feeds: the same for ever, whatever its headline or address."""
    return f"urn:uuid:{uuid5(_ARTICLE_IDS, id)}"


def direction(language: str | None, text: str) -> str:
    """`rtl` or `ltr`: by the language where one is stated, else by the first letter."""
    if language:
        return "rtl" if base_language(language) in _RIGHT_TO_LEFT else "ltr"
    if text.isascii():
        return "ltr"
    classes = (unicodedata.bidirectional(character) for character in text)
    strong = next((found for found in classes if found in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"


class Gatherer:
    """Makes views from the catalogue's answers."""

    def __init__(self, answers: Answers, zone: tzinfo, page_size: int, feeds: Feeds) -> None:
        self._answers = answers
        self._zone = zone
        self._page_size = page_size
        self._feeds = feeds

    def view(self, output: Output) -> View:
        """All that an output shows."""
        match output.kind:
            case "article":
                return self._article(output)
            case "listing" | "home":
                return self._listing(output)
            case "feed":
                return self._feed(output)
            case "index":
                return self._index(output)
            case "not-found":
                return NotFoundView(output.address)
            case "former":
                return FormerView(output.address, *self._answers.target(output.address))
        raise ValueError(output.kind)

    def _article(self, output: Output) -> ArticleView:
        stored = self._answers.article(output.key)
        said = stored.fields
        terms = self._terms(stored.collections)
        return ArticleView(
            address=stored.address,
            identity=f"article {stored.id}",
            id=article_urn(stored.id),
            headline=said["headline"],
            published=self._local(said.get("published")),
            precision=said.get("precision"),
            modified=self._local(said.get("modified")),
            body=stored.body or "",
            summary=said.get("summary", ""),
            dateline=said.get("dateline"),
            authors=_links(terms, "author"),
            section=next(iter(_links(terms, "section")), None),
            tags=_links(terms, "tag"),
            mentioned=_links(self._terms(stored.mentioned), "tag"),
            source_url=said.get("source_url"),
            language=said.get("language"),
            direction=direction(said.get("language"), said["headline"]),
            image=_image(said.get("image"), stored.missing),
            periods=tuple(self._period_link(ALL_ARTICLES, p) for p in periods_of(stored.day)[1:]),
            previous=_link(stored.previous),
            next=_link(stored.next),
            extra=said.get("extra", {}),
            missing=stored.missing,
        )

    def _listing(self, output: Output) -> ListingView:
        collection, period = self._answers.collection(output.key), output.period
        count = self._answers.count(output.key, period)
        in_parts = parts(period, count, self._page_size)
        is_complete = fits(count, self._page_size) or in_parts > 1
        if period.kind in ("day", "undated"):
            skip = (output.part - 1) * self._page_size
            found = self._answers.earliest(output.key, period, self._page_size, skip)
        else:
            found = self._answers.latest(output.key, period, count if is_complete else LATEST)
        previous, following = self._answers.nearest(output.key, period)
        divides = output.key == ALL_ARTICLES or not fits(count, self._page_size)
        sub_periods = self._answers.sub_periods(output.key, period) if divides else []
        named = f"{collection.kind} {identity(collection.name)}"
        tag = self._laid_down(collection) if period == ALL_TIME else None
        return ListingView(
            address=output.address,
            identity=None if collection.kind == "all" else named,
            kind=collection.kind,
            name=collection.name,
            period=period,
            count=count if in_parts == 1 else None,
            entries=tuple(map(self._entry, found)),
            is_complete=is_complete,
            sub_periods=tuple(
                PeriodLink(shorter, addresses.listing(collection, shorter), number)
                for shorter, number in sub_periods
            ),
            parents=self._parents(collection, period),
            index=None if collection.kind == "all" else addresses.index(collection.kind),
            previous=self._paged(output.key, previous),
            next=self._paged(output.key, following),
            part=output.part,
            previous_part=self._part(collection, period, output.part - 1, in_parts),
            next_part=self._part(collection, period, output.part + 1, in_parts),
            feed=None if period.kind == "day" else addresses.feed(collection, period),
            description=tag.description if tag else "",
            see_also=self._see_also(tag) if tag else (),
        )

    def _see_also(self, tag: Tag) -> tuple[Link, ...]:
        found = dict.fromkeys(map(self._answers.tag, tag.see_also))
        return _links([other for other in found if other], "tag")

    def _laid_down(self, collection: Collection) -> Tag | None:
        """What the archive's owner laid down of a tag."""
        if collection.kind != "tag":
            return None
        return self._answers.authority.tag_of(identity(collection.name))

    def _feed(self, output: Output) -> FeedView:
        collection = self._answers.collection(output.key)
        which = self._feeds.full_text
        is_whole = which == "all" or (which == "archive" and output.key == ALL_ARTICLES)
        stored = self._answers.latest_stored(
            output.key, output.period, self._feeds.entries, with_body=is_whole
        )
        found = [self._feed_entry(article) for article in stored]
        return FeedView(
            address=output.address,
            listing=addresses.listing(collection, output.period),
            kind=collection.kind,
            name=collection.name,
            period=output.period,
            entries=tuple(found),
            changed=next((entry.published for entry in found), None),
        )

    def _index(self, output: Output) -> IndexView:
        terms = tuple(
            TermView(collection.name, addresses.listing(collection), count)
            for collection, count in self._answers.collections(output.of_kind)
        )
        return IndexView(output.address, output.of_kind, terms)

    def _entry(self, entry: Entry) -> EntryView:
        said = entry.fields
        return EntryView(
            address=entry.address,
            headline=said["headline"],
            summary=said.get("summary", ""),
            published=self._local(said.get("published")),
            precision=said.get("precision"),
            authors=tuple(said.get("authors", ())),
            section=said.get("section"),
            language=said.get("language"),
            direction=direction(said.get("language"), said["headline"]),
            is_mention=entry.is_mention,
        )

    def _feed_entry(self, stored: Stored) -> FeedEntryView:
        said = stored.fields
        terms = self._terms(stored.collections)
        return FeedEntryView(
            id=article_urn(stored.id),
            address=stored.address,
            headline=said["headline"],
            summary=said.get("summary", ""),
            body=stored.body,
            published=said.get("published"),
            authors=tuple(term.name for term in terms if term.kind == "author"),
            categories=tuple(
                term.name for kind in ("section", "tag") for term in terms if term.kind == kind
            ),
            missing=stored.missing,
        )

    def _terms(self, keys: Iterable[int]) -> list[Collection]:
        """The collections with these keys that are not hidden."""
        collections = map(self._answers.collection, keys)
        return [collection for collection in collections if collection.slug]

    def _local(self, moment: datetime | None) -> datetime | None:
        return moment.astimezone(self._zone) if moment else None

    def _period_link(self, collection: int, period: Period) -> PeriodLink:
        return PeriodLink(period, addresses.listing(self._answers.collection(collection), period))

    def _paged(self, collection: int, period: Period | None) -> PeriodLink | None:
        """A link to a period's page, None where it has no page of its own."""
        if period is None:
            return None
        count = self._answers.count(collection, period)
        if not has_page(self._answers, collection, period, count, self._page_size):
            return None
        return self._period_link(collection, period)

    def _parents(self, collection: Collection, period: Period) -> tuple[PeriodLink, ...]:
        longer: list[PeriodLink] = []
        parent = period.parent
        while parent is not None:
            longer.append(PeriodLink(parent, addresses.listing(collection, parent)))
            parent = parent.parent
        return tuple(reversed(longer))

    def _part(self, collection: Collection, period: Period, part: int, count: int) -> str | None:
        return addresses.listing(collection, period, part) if 1 <= part <= count else None


def _links(terms: Iterable[Collection], kind: str) -> tuple[Link, ...]:
    return tuple(
        Link(term.name, addresses.listing(term, ALL_TIME)) for term in terms if term.kind == kind
    )


def _link(beside: tuple[str, str] | None) -> Link | None:
    return Link(name=beside[1], address=beside[0]) if beside else None


def _image(image: str | None, missing: tuple[str, ...]) -> str | None:
    """Where the lead image is: its URL or its address; None where there is none to show."""
    if image is None:
        return None
    referred = split_reference(image)
    if referred is None:
        return image
    name, _ = referred
    return None if name in missing else addresses.media(name)
