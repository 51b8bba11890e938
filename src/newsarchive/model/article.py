"""The article, as the readers return it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from newsarchive.model.dates import Precision


@dataclass(frozen=True, slots=True)
class Article:
    """One article, converted and sanitised.

    Links to files of the archive in `body` and `image` are references (see
    `newsarchive.model.references`) until a page is rendered.
    """

    id: str
    id_is_given: bool
    """True if the article states its id; otherwise the id is the name of the source."""
    headline: str
    published: datetime | None
    precision: Precision | None
    modified: datetime | None
    body: str
    summary: str
    source: str
    """The name of the source: the prefix of its source folder, and its path below, with `/`."""
    path: str
    """The file as its owner names it, for messages."""
    is_one_of_many: bool = False
    """True if its source holds many articles. Their order in it does not matter."""
    sha256: str | None = None
    """The SHA-256 of its record in a source of many articles, in hexadecimal digits; None for a
    source of one article, whose own SHA-256 the catalogue has."""
    line: int = 1
    authors: tuple[str, ...] = ()
    section: str | None = None
    standfirst: str | None = None
    """The text below the headline: the summary that the article states, unless the body begins with
    it."""
    tags: tuple[str, ...] = ()
    source_url: str | None = None
    language: str | None = None
    image: str | None = None
    image_caption: str | None = None
    """The caption below the image."""
    image_alt: str | None = None
    """The description of the image for readers who do not see it."""
    dateline: str | None = None
    slug: str | None = None
    """The slug that the article states; otherwise the slug comes from the headline."""
    draft: bool = False
    files: tuple[str, ...] = ()
    """The names of the files that the article refers to, below the source folder."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Front matter that newsarchive does not use, as texts, lists and mappings."""

    def content_digest(self) -> bytes:
        """The digest of everything that readers could tell apart. Two articles with the same digest
        are one article in two places. A stated id counts, the source does not."""
        told_apart = (
            self.id if self.id_is_given else None,
            self.headline,
            self.published,
            self.precision,
            self.modified,
            self.summary,
            self.standfirst,
            self.authors,
            self.section,
            self.tags,
            self.source_url,
            self.language,
            self.image,
            self.image_caption,
            self.image_alt,
            self.dateline,
            self.slug,
            sorted(self.extra.items()),
        )
        digest = blake2b(repr(told_apart).encode(), digest_size=16)
        digest.update(self.body.encode())
        return digest.digest()
