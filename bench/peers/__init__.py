"""The site generators to measure, each in its own module."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.corpus import BenchArticle


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """The numbers of pages and feeds in a site, to check that all generators built the same."""

    articles: int
    listings: int
    feeds: int


@dataclass(frozen=True, slots=True)
class Command:
    """A command that builds a site."""

    words: tuple[str, ...]
    """The program and its arguments."""
    folder: Path
    """The folder to run it in."""
    environment: Mapping[str, str] = field(default_factory=dict)


class Peer(Protocol):
    """A generator. `tools` is a folder for its installation, `site` a folder for its site."""

    name: str

    def install(self, tools: Path) -> str:
        """Install the generator if it is missing; return its version."""

    def prepare(self, articles: Iterable[BenchArticle], site: Path) -> None:
        """Write the sources of a site: articles, settings, and templates for article pages, tag
        pages with feeds of 50 summaries, month pages, a home page and, if it can, a sitemap."""

    def add(self, article: BenchArticle, site: Path) -> None:
        """Write one more article into a prepared site."""

    def command(self, tools: Path, site: Path) -> Command:
        """The command that builds the site on two processors."""

    def clean(self, site: Path) -> None:
        """Remove the built site and all caches."""

    def counts(self, site: Path) -> SiteCounts:
        """Count the pages and feeds that the last build wrote."""
