"""Pelican, from the package `pelican`."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import BenchArticle, write
from bench.environments import python_environment
from bench.peers import Command, SiteCounts

_SETTINGS = """\
PATH = "content"
OUTPUT_PATH = "output"
SITENAME = "Bench"
SITEURL = "https://bench.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
AUTHOR = "Bench"
THEME = "theme"
DEFAULT_PAGINATION = False
DIRECT_TEMPLATES = ["index"]
ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/{slug}.html"
TAG_URL = TAG_SAVE_AS = "tag/{slug}.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
FEED_ALL_RSS = "feed.xml"
TAG_FEED_RSS = "tag/{slug}.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = True
"""

_ARTICLE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ article.title }}</title></head><body>
<article><h1>{{ article.title }}</h1>
<time datetime="{{ article.date.isoformat() }}">{{ article.locale_date }}</time>
{{ article.content }}
<ul>{% for tag in article.tags %}<li><a href="{{ SITEURL }}/{{ tag.url }}">{{ tag }}</a></li>
{% endfor %}</ul></article></body></html>
"""

_LISTING = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ tag or SITENAME }}</title></head><body>
<ul>{% for article in articles[:200] %}<li><a href="{{ SITEURL }}/{{ article.url }}">
{{ article.title }}</a> <time>{{ article.locale_date }}</time>{{ article.summary }}</li>
{% endfor %}</ul></body></html>
"""


class Pelican:
    """Pelican with a theme of two templates. It writes no sitemap of its own."""

    name = "Pelican"

    def install(self, tools: Path) -> str:
        """Install the package with Markdown if it is missing; return its version."""
        return python_environment(tools / "pelican", "pelican[markdown]")

    def prepare(self, articles: Iterable[BenchArticle], site: Path) -> None:
        """Write the sources; articles have header lines, because Pelican alone reads no YAML."""
        write(site / "pelicanconf.py", _SETTINGS)
        write(site / "theme/templates/article.html", _ARTICLE)
        for name in ("index", "tag", "period_archives"):
            write(site / f"theme/templates/{name}.html", _LISTING)
        (site / "theme/static").mkdir(exist_ok=True)
        for article in articles:
            self.add(article, site)

    def add(self, article: BenchArticle, site: Path) -> None:
        """Write one more article."""
        header = (
            f"Title: {article.headline}\nDate: {article.published.isoformat()}\n"
            f"Tags: {', '.join(article.tags)}\n"
        )
        text = "\n\n".join([header, *article.paragraphs]) + "\n"
        write(site / f"content/{article.stem}.md", text)

    def command(self, tools: Path, site: Path) -> Command:
        """The command that builds the site, in one process: it has no option for more."""
        return Command((str(tools / "pelican/bin/pelican"), "-q", "-s", "pelicanconf.py"), site)

    def clean(self, site: Path) -> None:
        """Remove the site and Pelican's caches."""
        for folder in ("output", "cache", "__pycache__"):
            shutil.rmtree(site / folder, ignore_errors=True)

    def counts(self, site: Path) -> SiteCounts:
        """Count the pages; articles are at `2014/01/01/slug.html`."""
        output = site / "output"
        listings = [*output.glob("tag/*.html"), *output.glob("[0-9]*/[0-9]*/index.html")]
        return SiteCounts(
            sum(1 for _ in output.glob("[0-9]*/*/*/*.html")),
            len(listings),
            sum(1 for _ in output.rglob("*.xml")),
        )
