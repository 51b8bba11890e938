"""newsarchive itself, from this checkout, with articles as scraped text or as Markdown."""

import shutil
import venv
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import BenchArticle, markdown, scraped, write
from bench.environments import run
from bench.peers import Command, SiteCounts

REPOSITORY = Path(__file__).parents[2]

_SETTINGS = """\
[site]
title = "Bench"
base_url = "https://bench.example/"
[markdown]
engine = "{engine}"
"""


class Newsarchive:
    """newsarchive with its own theme and two workers."""

    def __init__(self, layout: str, engine: str = "python-markdown") -> None:
        self.name = f"newsarchive, {layout}"
        self._is_text = layout == "scraped text"
        self._engine = engine

    def install(self, tools: Path) -> str:
        """Install the checkout as it is now; return its version and commit."""
        python = tools / "newsarchive" / "bin" / "python"
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if not python.exists():
            venv.create(tools / "newsarchive", with_pip=True)
            run([*pip, f"{REPOSITORY}[commonmark]"])
        else:
            run([*pip, "--force-reinstall", "--no-deps", str(REPOSITORY)])
        commit = run(["git", "rev-parse", "--short", "HEAD"], REPOSITORY).strip()
        return f"{run([str(python), '-m', 'newsarchive', '--version']).split()[-1]} ({commit})"

    def prepare(self, articles: Iterable[BenchArticle], site: Path) -> None:
        """Write the settings and the articles."""
        write(site / "newsarchive.toml", _SETTINGS.format(engine=self._engine))
        for article in articles:
            self.add(article, site)

    def add(self, article: BenchArticle, site: Path) -> None:
        """Write one more article."""
        suffix, text = (".txt", scraped) if self._is_text else (".md", markdown)
        write(site / f"seeds/{article.stem}{suffix}", text(article))

    def command(self, tools: Path, site: Path) -> Command:
        """The command that builds the site with two workers."""
        python = str(tools / "newsarchive/bin/python")
        return Command((python, "-m", "newsarchive", "build", "-j", "2", "-q"), site)

    def clean(self, site: Path) -> None:
        """Remove the site and the catalogue."""
        for folder in ("build", ".newsarchive"):
            shutil.rmtree(site / folder, ignore_errors=True)

    def counts(self, site: Path) -> SiteCounts:
        """Count the pages; articles are at `2014/01/01/slug.html`."""
        built = site / "build"
        pages = (page.stem for page in built.glob("[0-9]*/*/*/*.html"))
        listings = [*built.glob("tags/*/index.html"), *built.glob("[0-9]*/[0-9]*/index.html")]
        feeds = sum(1 for _ in built.rglob("feed.xml"))
        return SiteCounts(
            sum(1 for stem in pages if stem != "index" and not stem.isdigit()), len(listings), feeds
        )
