"""Writes docs/benchmarks.md and its chart from the results of real runs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.chart import Line, chart

_HEAD = """\
# Benchmarks

`make bench` writes this page. Every number is from a real run; do not edit it by hand.

How long newsarchive and other generators take to build the same archive, and how much memory:

- **Articles.** Random text from a fixed seed: 12 paragraphs and about 6.5 KB an article, with 4 of
  400 tags, spread over 10 years. newsarchive reads them as scraped text and as Markdown.
- **Sites.** Each generator is installed into its own environment and builds a page for each
  article, each tag (with a feed of 50 summaries) and each month. These pages and feeds are counted.
  newsarchive builds more than that: pages for days, for authors, and for the years of large tags.
- **Times.** "Seconds" are the time that you wait, with two workers or processors: the median of all
  runs. The generators run in turn (A B A B). "Processor seconds" add up the work of all processors.
- **Memory.** The peak of all processes together in MB, as the sum of their proportional set sizes.
- **`cp -r`** copies the finished site: a measure of what the disk alone takes.
"""


def write(results: Path, docs: Path) -> None:
    """Write the page and the chart from all files in `results`."""
    runs = [json.loads(path.read_text()) for path in results.glob("[0-9]*.json")]
    runs.sort(key=lambda run: run["size"])
    posts = results / "posts.json"
    parts = [_HEAD]
    for run in runs:
        parts.append(_of_size(run))
    if posts.exists():
        parts.append(_of_posts(json.loads(posts.read_text())))
    tags = results / "tags.json"
    if tags.exists():
        parts.append(_of_tags(json.loads(tags.read_text())))
    feeds = results / "feeds.json"
    if feeds.exists():
        parts.append(_of_feeds(json.loads(feeds.read_text())))
    distances = results / "distances.md"
    if distances.exists():
        parts.append(distances.read_text())
    if len(runs) > 1:
        parts.append(
            "## Time and memory against size\n\n![Seconds and megabytes against the number of "
            "articles; both axes are logarithmic](benchmarks.svg)\n"
        )
        (docs / "benchmarks.svg").write_text(_chart(runs), encoding="utf-8")
    (docs / "benchmarks.md").write_text("\n".join(parts), encoding="utf-8")


def _of_size(run: Mapping[str, Any]) -> str:
    name = "newsarchive, scraped text"
    lines = [f"## {run['size']:,} articles", "", _conditions(run), ""]
    for scene, heading in (
        ("from nothing", "Full build"),
        ("one new article", "One new article"),
        ("nothing changed", "Nothing changed"),
    ):
        by_name = run["runs"].get(scene, {})
        if not by_name:
            continue
        ours = by_name[name]["wall"]
        rows = [
            (
                who,
                f"{numbers['wall']:.2f}",
                f"{numbers['cpu']:.2f}",
                f"{numbers['memory'] / 1e6:,.0f}",
                str(len(numbers["walls"])),
                f"{numbers['wall'] / ours:.2f}",
            )
            for who, numbers in by_name.items()
        ]
        heads = (heading, "seconds", "processor seconds", "MB", "runs", "relative to newsarchive")
        lines += [*_table(heads, rows), ""]
    counts = [
        (who, f"{site['articles']:,}", f"{site['listings']:,}", f"{site['feeds']:,}")
        for who, site in run["outputs"].items()
    ]
    lines += [*_table(("Site", "articles", "tag and month pages", "feeds"), counts), ""]
    lines += [f"newsarchive writes {run['written_for_one_article']} files for a new article.", ""]
    return "\n".join(lines)


def _of_posts(run: Mapping[str, Any]) -> str:
    ours = run["runs"]["newsarchive, Python-Markdown"]["wall"]
    rows = [
        (
            who,
            f"{numbers['wall']:.2f}",
            f"{numbers['memory'] / 1e6:,.0f}",
            f"{numbers['wall'] / ours:.2f}",
            f"{run['outputs'][who]['articles']:,}",
        )
        for who, numbers in run["runs"].items()
    ]
    heads = ("Full build", "seconds", "MB", "relative to newsarchive", "article pages")
    heading = f"## {run['posts']} real posts of a project's news site"
    return "\n".join([heading, "", _conditions(run), "", *_table(heads, rows), ""])


def _of_feeds(run: Mapping[str, Any]) -> str:
    longest = list(run["kinds"].items())[:12]
    rows = [(kind, f"{cost['files']:,}", f"{cost['seconds']:.2f}") for kind, cost in longest]
    return "\n".join(
        [
            f"## Feeds of {run['size']:,} articles with {run['tags']:,} tags",
            "",
            _conditions(run),
            "",
            f"Processor time in one process to query, render and write: article pages "
            f"{run['articles']:.2f} s, feeds {run['feeds']:.2f} s "
            f"({run['feeds'] / run['articles']:.2f} times as much). The twelve kinds of output "
            f"that take longest:",
            "",
            *_table(("Kind", "files", "seconds"), rows),
            "",
        ]
    )


def _of_tags(run: Mapping[str, Any]) -> str:
    cost = run["inference"]
    rows = [
        (scene, f"{build['wall']:.2f}", f"{build['read']:.2f}", f"{build['written']:,.0f}")
        for scene, build in run["builds"].items()
    ]
    heads = ("Build", "seconds", "reading", "files written")
    return "\n".join(
        [
            f"## Tag inference in {run['size']:,} articles without tags",
            "",
            _conditions(run),
            "",
            f"Inferring the tags of an article of {cost['bytes']:,} bytes takes "
            f"{cost['infer']:.0f} microseconds and finds {cost['tags']:.1f} tags; reading the "
            f"article takes {cost['read']:.0f} (medians of {run['rounds']} rounds over 1,000 "
            f"articles, in one process).",
            "",
            *_table(heads, rows),
            "",
        ]
    )


def _conditions(run: Mapping[str, Any]) -> str:
    machine = run["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
    return (
        f"{machine['date']}; {machine['processors']}, {machine['memory']}, {machine['system']}, "
        f"Python {machine['python']}; {versions}."
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def _chart(runs: Sequence[Mapping[str, Any]]) -> str:
    names = list(dict.fromkeys(name for run in runs for name in run["runs"]["from nothing"]))

    def lines(what: str, unit: float, who: Iterable[str]) -> list[Line]:
        return [
            Line(
                name,
                [
                    (run["size"], run["runs"]["from nothing"][name][what] / unit)
                    for run in runs
                    if name in run["runs"]["from nothing"]
                ],
            )
            for name in who
        ]

    generators = [name for name in names if not name.startswith("cp ")]
    return chart(
        [
            ("Seconds of a full build", lines("wall", 1, names)),
            ("Megabytes of memory, peak", lines("memory", 1e6, generators)),
        ],
        "articles",
    )
