"""Drafts: what a reader found of an article, before the steps that all readers share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from newsarchive.model.dates import Moment


@dataclass(slots=True)
class Draft:
    """An article as its source has it. Texts are as they were written; the shared steps clean,
    shorten and sanitise them (see `newsarchive.reading.assemble`)."""

    headline: str
    html: str
    """The text, as HTML that is not yet sanitised."""
    line: int = 1
    """The line of the source on which the article begins."""
    id: str | None = None
    """The id that the article states."""
    published: Moment | None = None
    modified: Moment | None = None
    summary: str | None = None
    """The summary that the article states, plain or HTML."""
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
    extra: Mapping[str, object] = field(default_factory=dict)
