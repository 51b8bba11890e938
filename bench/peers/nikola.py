"""Nikola, from the package `nikola`."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import BenchArticle, markdown, write
from bench.environments import python_environment
from bench.peers import Command, SiteCounts

_SETTINGS = """\
BLOG_TITLE = "Bench"
BLOG_AUTHOR = "Bench"
BLOG_EMAIL = "bench@bench.example"
BLOG_DESCRIPTION = "Bench"
SITE_URL = "https://bench.example/"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
THEME = "base"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": [".md"]}
MARKDOWN_EXTENSIONS = ["markdown.extensions.tables", "markdown.extensions.footnotes"]
CREATE_MONTHLY_ARCHIVE = True
CREATE_DAILY_ARCHIVE = False
ARCHIVES_ARE_INDEXES = False
INDEX_DISPLAY_POST_COUNT = 200
FEED_LENGTH = 50
FEED_TEASERS = True
PRETTY_URLS = False
USE_BUNDLES = False
SHOW_SOURCELINK = False
COPY_SOURCES = False
GENERATE_ATOM = False
"""


class Nikola:
    """Nikola with its plainest theme, whose tag pages list only titles."""

    name = "Nikola"

    def install(self, tools: Path) -> str:
        """Install the package if it is missing; return its version."""
        return python_environment(tools / "nikola", "nikola", "jinja2", "ruamel.yaml")

    def prepare(self, articles: Iterable[BenchArticle], site: Path) -> None:
        """Write the settings and the articles."""
        write(site / "conf.py", _SETTINGS)
        for article in articles:
            self.add(article, site)

    def add(self, article: BenchArticle, site: Path) -> None:
        """Write one more article; its file name is its slug."""
        slug = f"slug: {article.published:%Y-%m-%d}-{article.number:07d}\n"
        write(site / f"posts/{article.stem}.md", markdown(article, slug))

    def command(self, tools: Path, site: Path) -> Command:
        """The command that builds the site with two processes."""
        program = str(tools / "nikola/bin/nikola")
        return Command((program, "build", "-v", "0", "-n", "2"), site)

    def clean(self, site: Path) -> None:
        """Remove the site and Nikola's caches."""
        for folder in ("output", "cache", "__pycache__"):
            shutil.rmtree(site / folder, ignore_errors=True)
        for path in site.glob(".doit.db*"):
            path.unlink()

    def counts(self, site: Path) -> SiteCounts:
        """Count the pages; articles are in `posts/`, tags at `categories/slug.html`."""
        output = site / "output"
        tags = [path for path in output.glob("categories/*.html") if path.stem != "index"]
        months = [*output.glob("[0-9]*/[0-9]*/index.html")]
        return SiteCounts(
            sum(1 for _ in output.glob("posts/**/*.html")),
            len(tags) + len(months),
            sum(1 for path in output.rglob("*.xml") if not path.stem.startswith("sitemap")),
        )
