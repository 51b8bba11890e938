"""The report: writes docs/benchmarks.md and its chart from the results of real runs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.chart import Line, chart

_HEAD = """\
# Benchmarks

`make bench` writes this page. Every number is from a real run; do not edit it by hand.

**The articles** are generated from a seed, so they are the same in every run. Each has 12
paragraphs, about 6.5 KB, and 4 of 400 tags. They cover 10 years.

**The task:** each generator builds a page for each article, each tag (with a feed of 50 summaries)
and each month. It runs in an environment of its own, and `bench/` counts the pages it made.
newsarchive also makes a page for each day, for each author, and for each year of a tag that does
not fit on one page.

**The numbers** are medians of all runs; the generators take turns (A B A B). Times are seconds of
wall time with two workers or processors. Memory is the peak of the proportional set sizes of all
processes, added up.
"""


def write(results: Path, docs: Path) -> None:
    """Write the page and the chart from all results."""
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
        ("from nothing", "From nothing"),
        ("one new article", "One new article"),
        ("nothing changed", "Nothing changed"),
    ):
        found = run["runs"].get(scene, {})
        if not found:
            continue
        ours = found[name]["wall"]
        rows = [
            (
                who,
                f"{numbers['wall']:.2f}",
                f"{numbers['cpu']:.2f}",
                f"{numbers['memory'] / 1e6:,.0f}",
                str(len(numbers["walls"])),
                f"{numbers['wall'] / ours:.2f}",
            )
            for who, numbers in found.items()
        ]
        heads = (heading, "seconds", "processor seconds", "MB", "runs", "times newsarchive's time")
        lines += [*_table(heads, rows), ""]
    lines += [
        f"One new article writes {run['written_for_one_article']} files. The sites hold: "
        + "; ".join(
            f"{who} {counts['articles']:,} articles, {counts['listings']:,} pages of tags and "
            f"months, {counts['feeds']:,} feeds"
            for who, counts in run["outputs"].items()
        )
        + ".",
        "",
    ]
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
    heads = ("From nothing", "seconds", "MB", "times newsarchive's time", "article pages")
    heading = f"## {run['posts']} real posts of a project's news site"
    return "\n".join([heading, "", _conditions(run), "", *_table(heads, rows), ""])


def _of_feeds(run: Mapping[str, Any]) -> str:
    shown = list(run["kinds"].items())
    rows = [(kind, f"{told['files']:,}", f"{told['seconds']:.2f}") for kind, told in shown[:12]]
    return "\n".join(
        [
            f"## Feeds of {run['size']:,} articles with {run['tags']:,} tags",
            "",
            _conditions(run),
            "",
            f"To gather, render and write takes {run['articles']:.2f} seconds of processor time "
            f"for articles and {run['feeds']:.2f} for feeds, "
            f"{run['feeds'] / run['articles']:.2f} times as much, in one process. The twelve kinds "
            f"of output that take the most time:",
            "",
            *_table(("Kind", "files", "seconds"), rows),
            "",
        ]
    )


def _of_tags(run: Mapping[str, Any]) -> str:
    cost = run["inference"]
    rows = [
        (scene, f"{told['wall']:.2f}", f"{told['read']:.2f}", f"{told['written']:,.0f}")
        for scene, told in run["builds"].items()
    ]
    heads = ("Build", "seconds", "of which reading", "files written")
    return "\n".join(
        [
            f"## Inferred tags of {run['size']:,} articles that state none",
            "",
            _conditions(run),
            "",
            f"To infer the tags of an article of {cost['bytes']:,} bytes takes {cost['infer']:.0f} "
            f"microseconds and finds {cost['tags']:.1f} tags; to read it takes "
            f"{cost['read']:.0f} "
            f"(medians of {run['rounds']} rounds over 1,000 articles, in one process).",
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
            ("Seconds from nothing", lines("wall", 1, names)),
            ("Megabytes at the peak", lines("memory", 1e6, generators)),
        ],
        "articles",
    )
