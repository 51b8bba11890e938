"""The context of rendering: the catalogue, the site and the theme."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from gettext import NullTranslations
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsarchive.catalogue.article_queries import Entry
from newsarchive.catalogue.queries import Queries
from newsarchive.catalogue.statistics import Statistics
from newsarchive.model import addresses
from newsarchive.model.collection import ARCHIVE, Collection
from newsarchive.model.periods import ALL_TIME, Period, numbered
from newsarchive.model.references import split_reference
from newsarchive.model.text import direction
from newsarchive.pages.theme import Theme
from newsarchive.pages.translations import translations
from newsarchive.pages.views import EntryView, Link, PeriodLink, SiteView, TermView
from newsarchive.pages.words import Words
from newsarchive.tagging.authority import Authority

if TYPE_CHECKING:
    from newsarchive.pages.renderer import Pages


@dataclass(frozen=True)
class Context:
    """The catalogue of a site and the tools to render it, shared by every kind of output.

    The digest of every kind includes the site, the theme's translations and newsarchive's code: see
    `newsarchive.outputs.digests`.
    """

    queries: Queries
    statistics: Statistics
    site: SiteView
    theme: Theme

    @classmethod
    def of(
        cls, connection: sqlite3.Connection, authority: Authority, site: SiteView, theme: Theme
    ) -> "Context":
        """The context of an archive, with a connection to its catalogue."""
        queries = Queries(connection, authority)
        return cls(queries, Statistics(connection, queries), site, theme)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The archive's time zone."""
        return ZoneInfo(self.site.zone)

    @cached_property
    def _translations(self) -> NullTranslations:
        return translations(self.theme, self.site.language)

    @cached_property
    def words(self) -> Words:
        """The formatter of dates, periods and numbers in the site's language."""
        return Words(self.site.language, self._translations)

    @cached_property
    def pages(self) -> "Pages":
        """The renderer of templates. Importing Jinja and making its environment is slow, and a
        build without pages needs neither."""
        from newsarchive.pages.renderer import Pages

        return Pages(self.theme, self.site, self.words, self._translations)

    def local(self, moment: datetime | None) -> datetime | None:
        """The moment in the archive's time zone; None for None."""
        return moment.astimezone(self.zone) if moment else None

    def entry(self, entry: Entry) -> EntryView:
        """The view of an article in a listing."""
        fields = entry.fields
        return EntryView(
            address=entry.address,
            headline=fields["headline"],
            summary=fields.get("summary", ""),
            published=self.local(fields.get("published")),
            precision=fields.get("precision"),
            authors=tuple(fields.get("authors", ())),
            section=fields.get("section"),
            language=fields.get("language"),
            direction=direction(fields.get("language"), fields["headline"]),
            is_mention=entry.is_mention,
        )

    def visible(self, keys: Iterable[int]) -> list[Collection]:
        """The collections with these keys that are not hidden."""
        collections = map(self.queries.collection, keys)
        return [collection for collection in collections if collection.slug]

    def first_and_last_day(self, collection: int) -> tuple[PeriodLink | None, PeriodLink | None]:
        """Links to the archive's pages of the first and the last day of a collection's articles;
        None twice if none of them has a date."""
        ends = self.statistics.first_and_last_day(collection)
        if ends is None:
            return None, None
        first, last = map(numbered, ends)
        return period_link(ARCHIVE, first), period_link(ARCHIVE, last)


def period_link(collection: Collection, period: Period, count: int = 0) -> PeriodLink:
    """A link to the page of a collection's period."""
    return PeriodLink(period, addresses.listing(collection, period), count)


def links(collections: Iterable[Collection], kind: str) -> tuple[Link, ...]:
    """Links to the collections of one kind: `tag`, `author` or `section`."""
    return tuple(
        Link(one.name, addresses.listing(one, ALL_TIME)) for one in collections if one.kind == kind
    )


def names(collections: Iterable[Collection], kind: str) -> tuple[str, ...]:
    """The names of the collections of one kind: `tag`, `author` or `section`."""
    return tuple(one.name for one in collections if one.kind == kind)


def terms(counted: Iterable[tuple[Collection, int]]) -> tuple[TermView, ...]:
    """Links to collections, each with its number of articles."""
    return tuple(
        TermView(collection.name, addresses.listing(collection), count)
        for collection, count in counted
    )


def lead_image(image: str | None, missing: tuple[str, ...]) -> str | None:
    """The URL or the address of a lead image; None without an image, or if its file is missing."""
    if image is None:
        return None
    referred = split_reference(image)
    if referred is None:
        return image
    name, _ = referred
    return None if name in missing else addresses.media(name)
