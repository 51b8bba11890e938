"""Drafts: articles as readers find them, before the steps that all readers share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from newsarchive.model.dates import Moment


@dataclass(slots=True)
class Draft:
    """An article as its source has it. Its texts may have any characters and line ends:
    `newsarchive.reading.assemble` cleans, shortens and sanitises them, and skips a draft without a
    visible headline. Not an unpublished article: that is `is_draft`."""

    headline: str
    html: str
    """The body as HTML, not sanitised."""
    line: int = 1
    """The line of the source, from 1, on which the article begins."""
    id: str | None = None
    """The id that the article states."""
    published: Moment | None = None
    modified: Moment | None = None
    summary: str | None = None
    """The summary that the article states, as plain text or HTML."""
    authors: list[str] = field(default_factory=list)
    section: str | None = None
    tags: list[str] = field(default_factory=list)
    source_url: str | None = None
    language: str | None = None
    image: str | None = None
    image_caption: str | None = None
    image_alt: str | None = None
    dateline: str | None = None
    slug: str | None = None
    is_draft: bool = False
    """True if the article must not be published yet."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """The other fields of the source, with texts, numbers, lists and mappings as values, nested at
    most 50 levels deep."""
