"""The generators that are measured, each in a module of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.corpus import BenchArticle


@dataclass(frozen=True, slots=True)
class PublishedOutputs:
    """What a build made, counted: the sites are to correspond."""

    articles: int
    listings: int
    feeds: int


@dataclass(frozen=True, slots=True)
class Command:
    """How to build a site."""

    words: tuple[str, ...]
    folder: Path
    """Where to run it."""
    environment: Mapping[str, str] = field(default_factory=dict)


class Peer(Protocol):
    """A generator. `tools` is a folder in which it may install itself, `site` one for its site."""

    name: str

    def install(self, tools: Path) -> str:
        """Install the generator unless it is there; its version."""

    def prepare(self, articles: Iterable[BenchArticle], site: Path) -> None:
        """Write articles, settings and templates of a site with article pages, tag pages with
        feeds of 50 summaries, month pages, a home page and, where it can, a sitemap."""

    def add(self, article: BenchArticle, site: Path) -> None:
        """Write one more article into a site that was prepared."""

    def command(self, tools: Path, site: Path) -> Command:
        """How to build the site with two processors."""

    def clean(self, site: Path) -> None:
        """Remove what builds have made, caches too."""

    def outputs(self, site: Path) -> PublishedOutputs:
        """What the last build made."""
