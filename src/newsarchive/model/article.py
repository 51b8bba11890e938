"""An article, as every stage after reading knows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from newsarchive.model.dates import Precision


@dataclass(frozen=True, slots=True)
class Article:
    """One article, read, converted and sanitised.

    Links in `body` and `image` to files of the archive are references (see
    `newsarchive.model.references`), which rendering turns into addresses.
    """

    id: str
    id_is_given: bool
    """True if the article states its id itself."""
    headline: str
    published: datetime | None
    precision: Precision | None
    modified: datetime | None
    body: str
    summary: str
    source: str
    """The name of the source: its path below the source folder, with `/`."""
    path: str
    """The file as its owner names it, for messages."""
    is_one_of_many: bool = False
    """True if its source holds many articles. Their order does not count."""
    sha256: str | None = None
    """The SHA-256 of its part of a source that holds many, in hexadecimal digits; None if that of
    the source counts."""
    line: int = 1
    authors: tuple[str, ...] = ()
    section: str | None = None
    standfirst: str | None = None
    """The paragraph between headline and text: the stated summary, unless the text begins with
    it."""
    tags: tuple[str, ...] = ()
    source_url: str | None = None
    language: str | None = None
    image: str | None = None
    image_caption: str | None = None
    """The caption of the image."""
    image_alt: str | None = None
    """A description of the image for readers who do not see it."""
    dateline: str | None = None
    slug: str | None = None
    """The slug that the article asks for; without one it is made from the headline."""
    draft: bool = False
    files: tuple[str, ...] = ()
    """Names of the files below the source folder that the article refers to."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Front matter that newsarchive gives no meaning to, as text, lists and mappings."""

    def content_digest(self) -> bytes:
        """Digest of all that a reader could tell apart; two articles with the same one are one
        article that lies in two places. Where it came from does not count, a given id does."""
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
