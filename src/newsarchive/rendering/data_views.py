"""What the articles as data, and the description of the archive, show. Addresses are those of the
site, moments are in the archive's time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from newsarchive.model.dates import Precision
from newsarchive.model.periods import Period


@dataclass(frozen=True, slots=True)
class ArticleRowView:
    """Of the record of an article what a row of a table has room for."""

    id: str
    """A `urn:uuid:` that never changes."""
    address: str
    headline: str
    published: datetime | None
    precision: Precision | None
    modified: datetime | None
    authors: tuple[str, ...]
    section: str | None
    tags: tuple[str, ...]
    source: str
    """The name of the file that it was read from, below the source folder."""
    sha256: str | None
    """Of the bytes of that file."""


@dataclass(frozen=True, slots=True)
class ArticleDataView:
    """The whole record of an article."""

    row: ArticleRowView
    identifier: str
    """The id that the article states, or that it has by its source."""
    mentioned: tuple[str, ...]
    """Tags that the article does not state, and has from what it says."""
    language: str | None
    """As the article states it; None where it is the archive's."""
    image: str | None
    """The lead image: a URL or an address of the site; None where it is not there."""
    image_caption: str | None
    image_alt: str | None
    standfirst: str | None
    summary: str
    dateline: str | None
    source_url: str | None
    position: int
    """Its place among the articles of that file, from 0."""
    body: str | None
    """Sanitised HTML; None where it is left out."""
    missing: tuple[str, ...]
    """Names of files that the article refers to and that are not there."""
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ArticlesDataView:
    """The articles of a month, or of the undated shelf, or a part of them: the oldest first."""

    address: str
    articles: tuple[ArticleDataView, ...]


@dataclass(frozen=True, slots=True)
class ArticlesTableView:
    """The same of a year, for a table."""

    address: str
    articles: tuple[ArticleRowView, ...]


@dataclass(frozen=True, slots=True)
class DataFileView:
    """A file with articles as data."""

    address: str
    count: int
    """How many articles it holds."""


@dataclass(frozen=True, slots=True)
class DataPeriodView:
    """A year, a month or the undated shelf."""

    period: Period
    count: int
    files: tuple[DataFileView, ...]
    shorter: tuple["DataPeriodView", ...] = ()
    """The months of a year, the earliest first."""


@dataclass(frozen=True, slots=True)
class ArchiveDataView:
    """The archive as a whole."""

    address: str
    counts: Mapping[str, int]
    first: Period | None
    last: Period | None
    """The first and the last day that has articles; None where none has a date."""
    feeds: tuple[tuple[str, str], ...]
    """The address and the format of each feed of all articles."""
    feed_list: str | None
    """The list of all feeds; None where there are none."""
    periods: tuple[DataPeriodView, ...]
    """The years, the earliest first, and the undated shelf."""


DataView = ArticlesDataView | ArticlesTableView | ArchiveDataView
