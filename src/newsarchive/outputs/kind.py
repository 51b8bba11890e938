"""The base classes of the kinds of output.

A kind is a frozen dataclass. Its only fields are the settings that it uses: `of` makes it from the
settings, and its fields are part of its digest. So no setting can shape a file without being in the
digest.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, NamedTuple, Self

from newsarchive.config import Config
from newsarchive.model.collection import ALL_ARTICLES
from newsarchive.model.limits import Limits
from newsarchive.model.periods import ALL_TIME, Period
from newsarchive.outputs.changed import Changed
from newsarchive.outputs.context import Context
from newsarchive.outputs.plan_queries import PlanQueries
from newsarchive.pages.theme import Theme
from newsarchive.pages.views import PageView, SiteView

LISTED = "an article in it is new, has changed or is gone"
"""The reason why a listing of articles is stale."""

ARCHIVE_CHANGED = "the archive has changed"
"""The reason why an output about the whole archive is stale."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its address and what it shows."""

    kind: str
    address: str
    key: int = 0
    """The article, or the collection of a listing or feed."""
    period: Period = ALL_TIME
    part: int = 1
    """The part of a long day, or of a period of a series, from 1."""
    variant: str = ""
    """The kind of collection that an index lists, the format of a feed, or the path of the file
    that is copied."""
    state: str | None = None
    """For a copy: a text that changes with the original file."""

    @property
    def producer(self) -> str:
        """A unique name for the output, which begins with its kind."""
        if self.kind == "article":
            return f"article {self.key}"
        return f"{self.kind} {self.variant}{self.key} {self.period.number} {self.part}"


class Stale(NamedTuple):
    """An output that may have changed, and why."""

    output: Output
    reason: str


class Gone(NamedTuple):
    """An address where nothing is published any more; a folder if it ends in a slash."""

    address: str
    reason: str


class Marker(NamedTuple):
    """The text by which newsarchive recognises its own file without a record in the catalogue."""

    suffix: str
    text: bytes
    is_first: bool = False
    """True if the file begins with the text; false if the text may come a little later."""


@dataclass(frozen=True)
class Settings:
    """Everything but the catalogue that shapes a site."""

    config: Config
    site: SiteView
    theme: Theme
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def history_formats(self) -> tuple[str, ...]:
        """The formats of feeds with a history. RFC 5005 covers RSS and Atom, not JSON Feed."""
        feeds = self.config.feeds
        return tuple(name for name in feeds.formats if name != "json" and feeds.history)

    @property
    def has_sitemaps(self) -> bool:
        """True if sitemaps are published. They need `[site] base_url`."""
        return self.config.sitemaps.publish and self.site.has_base_url

    @property
    def has_feeds(self) -> bool:
        """True if there is a feed of any kind."""
        return bool(self.config.feeds.formats or self.config.feeds.collection_formats)


class Kind(ABC):
    """A kind of output. Subclasses are frozen dataclasses."""

    name: ClassVar[str]
    markers: ClassVar[tuple[Marker, ...]] = ()
    weight: ClassVar[int] = 10
    """The time to render one output, roughly, in article pages."""

    @classmethod
    @abstractmethod
    def of(cls, settings: Settings) -> Self | None:
        """The kind with its settings; None if the settings ask for no such outputs."""

    def inputs(self, settings: Settings) -> object:
        """Everything but the catalogue and the context that shapes the outputs; its `repr` goes
        into the digest."""
        return self

    @abstractmethod
    def all(self, queries: PlanQueries) -> Iterator[Output]:
        """Every output of this kind."""

    @abstractmethod
    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        """The outputs that the changes affect; may repeat an output."""

    @abstractmethod
    def render(self, output: Output, context: Context) -> bytes:
        """The bytes of an output. Raises ArchiveError if a template or a file is at fault."""


class PageKind(Kind):
    """A kind of HTML page, with a template."""

    markers = (Marker(".html", b'<meta name="generator" content="newsarchive">'),)
    template: ClassVar[str]
    view_type: ClassVar[type[PageView]]
    """The class of the views, for the documentation of templates."""

    def inputs(self, settings: Settings) -> object:
        return self, settings.theme.template_digest(self.template)

    @abstractmethod
    def view(self, output: Output, context: Context) -> PageView:
        """The view, which the template gets as `page`."""

    def render(self, output: Output, context: Context) -> bytes:
        return context.pages.render(self.template, self.view(output, context))


class SingleKind(Kind):
    """A kind with one output, which is about the whole archive."""

    address: ClassVar[str]

    def output(self) -> Output:
        """The one output."""
        return Output(self.name, self.address, ALL_ARTICLES)

    def all(self, queries: PlanQueries) -> Iterator[Output]:
        yield self.output()

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        if changed.is_archive_changed:
            yield Stale(self.output(), ARCHIVE_CHANGED)


class FixedKind(SingleKind):
    """A kind with one output, which does not depend on articles."""

    def stale(self, changed: Changed, queries: PlanQueries) -> Iterator[Stale | Gone]:
        return iter(())
