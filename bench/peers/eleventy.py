"""Eleventy, from the npm package `@11ty/eleventy`."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import BenchArticle, markdown, write
from bench.environments import run
from bench.peers import Command, SiteCounts

_PACKAGE = "@11ty/eleventy"

_SETTINGS = """\
module.exports = (config) => {
  config.addFilter("newest", (posts, count) => posts.slice(-count).reverse());
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("summary", (html) => html.replace(/<[^>]*>/g, "").slice(0, 280));
  config.addCollection("months", (all) => {
    const months = new Map();
    for (const post of all.getFilteredByGlob("posts/**/*.md")) {
      const month = post.date.toISOString().slice(0, 7).replace("-", "/");
      months.set(month, [...(months.get(month) || []), post]);
    }
    return [...months].map(([name, posts]) => ({ name, posts }));
  });
  return { dir: { input: ".", output: "_site" } };
};
"""

_POSTS = """\
module.exports = {
  layout: "article.njk",
  permalink: (data) =>
    `${data.page.date.toISOString().slice(0, 10).replaceAll("-", "/")}/${data.page.fileSlug}.html`,
};
"""

_ARTICLE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<article><h1>{{ title }}</h1><time datetime="{{ page.date | iso }}">{{ page.date | day }}</time>
{{ content | safe }}
<ul>{% for tag in tags %}<li><a href="/tags/{{ tag | slugify }}/">{{ tag }}</a></li>{% endfor %}
</ul></article></body></html>
"""

_LISTING = """\
---
%s
eleventyExcludeFromCollections: true
---
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bench</title></head><body>
<ul>{%% for post in %s | newest(200) %%}<li><a href="{{ post.url }}">{{ post.data.title }}</a>
<time>{{ post.date | day }}</time><p>{{ post.templateContent | summary }}</p></li>
{%% endfor %%}</ul></body></html>
"""

_FEED = """\
---
%s
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Bench</title><link>https://bench.example/</link>
{%% for post in %s | newest(50) %%}<item><title>{{ post.data.title }}</title>
<link>https://bench.example{{ post.url }}</link><pubDate>{{ post.date.toUTCString() }}</pubDate>
<description>{{ post.templateContent | summary }}</description>
%s</item>
{%% endfor %%}</channel></rss>
"""

_WHOLE = "<content:encoded>{{ post.templateContent | escape }}</content:encoded>"

_TAGS = """\
pagination: { data: collections, size: 1, alias: tag, filter: [all, months] }
permalink: "tags/{{ tag | slugify }}/%s\""""

_MONTHS = """\
pagination: { data: collections.months, size: 1, alias: month }
permalink: "{{ month.name }}/index.html\""""


class Eleventy:
    """Eleventy with the fewest templates for an archive. It writes no sitemap of its own."""

    name = "Eleventy"

    def install(self, tools: Path) -> str:
        """Install the package if it is missing; return its version."""
        folder = tools / "eleventy"
        manifest = folder / "node_modules" / _PACKAGE / "package.json"
        if not manifest.exists():
            folder.mkdir(parents=True, exist_ok=True)
            run(["npm", "install", "--silent", "--no-audit", "--prefix", str(folder), _PACKAGE])
        version: str = json.loads(manifest.read_text())["version"]
        return version

    def prepare(self, articles: Iterable[BenchArticle], site: Path) -> None:
        """Write the sources; months are a collection defined in the settings."""
        write(site / "eleventy.config.cjs", _SETTINGS)
        write(site / "posts/posts.11tydata.cjs", _POSTS)
        write(site / "_includes/article.njk", _ARTICLE)
        write(site / "index.njk", _LISTING % ('permalink: "index.html"', "collections.all"))
        write(site / "feed.njk", _FEED % ('permalink: "feed.xml"', "collections.all", _WHOLE))
        write(site / "tags.njk", _LISTING % (_TAGS % "index.html", "collections[tag]"))
        write(site / "tagfeeds.njk", _FEED % (_TAGS % "feed.xml", "collections[tag]", ""))
        write(site / "months.njk", _LISTING % (_MONTHS, "month.posts"))
        for article in articles:
            self.add(article, site)

    def add(self, article: BenchArticle, site: Path) -> None:
        """Write one more article."""
        write(site / f"posts/{article.stem}.md", markdown(article))

    def command(self, tools: Path, site: Path) -> Command:
        """The command that builds the site, in one process: it has no option for more."""
        program = tools / "eleventy/node_modules" / _PACKAGE / "cmd.cjs"
        return Command(("node", str(program), "--quiet"), site)

    def clean(self, site: Path) -> None:
        """Remove the site."""
        shutil.rmtree(site / "_site", ignore_errors=True)

    def counts(self, site: Path) -> SiteCounts:
        """Count the pages; articles are at `2014/01/01/slug.html`."""
        built = site / "_site"
        listings = [*built.glob("tags/*/index.html"), *built.glob("[0-9]*/[0-9]*/index.html")]
        return SiteCounts(
            sum(1 for _ in built.glob("[0-9]*/*/*/*.html")),
            len(listings),
            sum(1 for _ in built.rglob("feed.xml")),
        )
