"""Hugo, from the package `hugo`."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import BenchArticle, markdown, write
from bench.environments import python_environment
from bench.peers import Command, SiteCounts

_SETTINGS = """\
baseURL = "https://bench.example/"
title = "Bench"
disableKinds = ["section"]
[taxonomies]
tag = "tags"
month = "months"
[services.rss]
limit = 50
[permalinks]
posts = "/:year/:month/:day/:slug/"
"""

_ARTICLE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<article><h1>{{ .Title }}</h1>
<time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">
{{ .Date.Format "2 January 2006" }}</time>
{{ .Content }}
<ul>{{ range .GetTerms "tags" }}
<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</article></body></html>
"""

_LISTING = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<h1>{{ .Title }}</h1>
<ul>{{ range first 200 .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
<time>{{ .Date.Format "2 January 2006" }}</time><p>{{ .Summary }}</p></li>
{{ end }}</ul></body></html>
"""

_FEED = """\
{{- $pages := first 50 .Pages -}}
{{- $whole := not (eq .Data.Singular "tag") -}}
{{- if .IsHome }}{{ $pages = first 50 .Site.RegularPages }}{{ end -}}
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{{ .Title }}</title><link>{{ .Permalink }}</link>
{{ range $pages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><guid>{{ .Permalink }}</guid>
<description>{{ .Summary | plainify }}</description>
{{ if $whole }}<content:encoded>{{ .Content | html }}</content:encoded>{{ end }}</item>
{{ end }}</channel></rss>
"""


class Hugo:
    """Hugo with the fewest templates for an archive."""

    name = "Hugo"

    def install(self, tools: Path) -> str:
        """Install the package if it is missing; return its version."""
        return python_environment(tools / "hugo", "hugo")

    def prepare(self, articles: Iterable[BenchArticle], site: Path) -> None:
        """Write the sources; months are a taxonomy, because Hugo has no month pages of its own."""
        write(site / "hugo.toml", _SETTINGS)
        write(site / "layouts/_default/single.html", _ARTICLE)
        write(site / "layouts/_default/list.html", _LISTING)
        write(site / "layouts/_default/rss.xml", _FEED)
        for article in articles:
            self.add(article, site)

    def add(self, article: BenchArticle, site: Path) -> None:
        """Write one more article."""
        months = f'months: ["{article.published:%Y-%m}"]\n'
        write(site / f"content/posts/{article.stem}.md", markdown(article, months))

    def command(self, tools: Path, site: Path) -> Command:
        """The command that builds the site, with two processors for the Go runtime."""
        binary = str(tools / "hugo/bin/hugo")
        return Command((binary, "--quiet"), site, {"GOMAXPROCS": "2"})

    def clean(self, site: Path) -> None:
        """Remove the site and Hugo's caches."""
        for folder in ("public", "resources"):
            shutil.rmtree(site / folder, ignore_errors=True)

    def counts(self, site: Path) -> SiteCounts:
        """Count the pages; articles are at `2014/01/01/slug/`, months at `months/2014-01/`."""
        public = site / "public"
        listings = sum(
            1 for kind in ("tags", "months") for _ in public.glob(f"{kind}/*/index.html")
        )
        return SiteCounts(
            sum(1 for _ in public.glob("[0-9]*/*/*/*/index.html")),
            listings,
            sum(1 for _ in public.rglob("index.xml")),
        )
