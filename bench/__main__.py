"""`python -m bench`: measures, and writes docs/benchmarks.md from the results."""

import json
import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median

import click

from bench import corpus, report
from bench.corpus import BenchArticle
from bench.feeds import measure_feeds
from bench.measure import Run, measured
from bench.peers import Command, Peer
from bench.peers.hugo import Hugo
from bench.peers.newsarchive import REPOSITORY, Newsarchive
from bench.posts import measure_posts
from bench.tags import measure_tags

OURS = (Newsarchive("scraped text"), Newsarchive("Markdown"))
LARGEST_COPY = 100_000
"""The most articles of a site that is also copied with `cp`: the disk may have no room for more."""

_MANY_TAGS = 3_000

RESULTS = REPOSITORY / "bench" / "results"


@click.command()
@click.option("--size", default=10_000, help="Number of articles.")
@click.option("--rounds", default=5, help="Number of runs of each fast generator.")
@click.option("--with-hugo/--without-hugo", default=True, help="Measure Hugo as well.")
@click.option("--text-only", is_flag=True, help="Measure newsarchive with scraped text only.")
@click.option("--with-slow", is_flag=True, help="Measure Eleventy, Pelican and Nikola once each.")
@click.option("--tags", "only_tags", is_flag=True, help="Measure only tags.")
@click.option("--feeds", "only_feeds", is_flag=True, help="Measure only feeds, with 3,000 tags.")
@click.option("--posts", type=click.Path(path_type=Path), help="A folder of Jekyll posts.")
@click.option("--work", default=REPOSITORY / "bench" / "work", type=click.Path(path_type=Path))
def main(
    size: int,
    rounds: int,
    with_hugo: bool,
    text_only: bool,
    with_slow: bool,
    only_tags: bool,
    only_feeds: bool,
    posts: Path | None,
    work: Path,
) -> None:
    """Measure newsarchive and other generators, and write docs/benchmarks.md."""
    work = work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    tools = work / "tools"
    hugo: tuple[Peer, ...] = (Hugo(),) if with_hugo and not (only_tags or only_feeds) else ()
    ours = OURS[:1] if text_only else OURS
    slow = slow_peers() if with_slow else ()
    versions = {}
    for peer in (*ours, *hugo, *slow):
        versions[peer.name] = peer.install(tools)
    if only_tags:
        results = measure_tags(size, tools, work, rounds)
        _save("tags", results | {"machine": machine(), "versions": versions})
    elif only_feeds:
        results = measure_feeds(size, _MANY_TAGS, work)
        _save("feeds", results | {"machine": machine(), "versions": versions})
    elif posts:
        results = measure_posts(posts.resolve(), work, rounds)
        _save("posts", results | {"machine": machine(), "versions": versions})
    else:
        _save(str(size), _measure_size(size, rounds, ours, hugo, slow, work, versions))
    report.write(RESULTS, REPOSITORY / "docs")


def slow_peers() -> tuple[Peer, ...]:
    """The generators that take minutes and therefore run once."""
    from bench.peers.eleventy import Eleventy
    from bench.peers.nikola import Nikola
    from bench.peers.pelican import Pelican

    return Eleventy(), Pelican(), Nikola()


def _measure_size(
    size: int,
    rounds: int,
    ours: tuple[Newsarchive, ...],
    hugo: tuple[Peer, ...],
    slow: tuple[Peer, ...],
    work: Path,
    versions: dict[str, str],
) -> dict[str, object]:
    tools = work / "tools"
    fast = (*ours, *hugo)
    counts = {}
    # One article is held back and added later, between the others.
    held_back = next(islice(corpus.articles(size + 1), size // 2, None))
    for peer in (*fast, *slow):
        site = _site(work, peer)
        shutil.rmtree(site, ignore_errors=True)
        click.echo(f"{peer.name}: writing {size:,} articles")
        peer.prepare(_without(held_back, size), site)
    runs: dict[str, dict[str, list[Run]]] = {}

    def add_run(scene: str, name: str, run: Run) -> None:
        runs.setdefault(scene, {}).setdefault(name, []).append(run)
        click.echo(f"{scene}, {name}: {run.wall:.2f} s, {run.memory / 1e6:.0f} MB")

    for number in range(rounds):
        for peer in fast:
            site = _site(work, peer)
            peer.clean(site)
            add_run("from nothing", peer.name, measured(peer.command(tools, site), work / "log"))
            counts[peer.name] = asdict(peer.counts(site))
            if peer is ours[0] and size <= LARGEST_COPY:
                add_run("from nothing", "cp -r of that site", _copied(site / "build", work))
        if number == 0:
            for peer in slow:
                site = _site(work, peer)
                peer.clean(site)
                add_run(
                    "from nothing", peer.name, measured(peer.command(tools, site), work / "log")
                )
                counts[peer.name] = asdict(peer.counts(site))
    for number in range(rounds):
        for peer in (ours[0], *hugo):
            command = peer.command(tools, _site(work, peer))
            add_run("nothing changed", peer.name, measured(command, work / "log"))
            peer.add(_renamed(held_back, number), _site(work, peer))
            add_run("one new article", peer.name, measured(command, work / "log"))
    _check_counts(size, counts)
    written = _files_written(ours[0], held_back, rounds, work)
    return {
        "size": size,
        "rounds": rounds,
        "machine": machine(),
        "versions": versions,
        "outputs": counts,
        "written_for_one_article": written,
        "runs": {
            scene: {name: _summary(of_peer) for name, of_peer in by_name.items()}
            for scene, by_name in runs.items()
        },
    }


def _files_written(peer: Newsarchive, held_back: BenchArticle, number: int, work: Path) -> int:
    """The number of files that a build writes for one new article."""
    site = _site(work, peer)
    peer.add(_renamed(held_back, number), site)
    command = peer.command(work / "tools", site)
    report_file = work / "report.json"
    words = (*command.words, "--report", str(report_file))
    measured(Command(words, command.folder, command.environment), work / "log")
    return int(json.loads(report_file.read_text())["written"])


def _check_counts(size: int, counts: dict[str, dict[str, int]]) -> None:
    """Raise ClickException unless every site has all articles, and a listing and a feed per tag."""
    tags = len({tag for article in corpus.articles(size) for tag in article.tags})
    for name, site in counts.items():
        if site["articles"] != size or site["listings"] < tags or site["feeds"] < tags:
            raise click.ClickException(
                f"{name} built another site than the others: {site}, {tags} tags"
            )


def _copied(site: Path, work: Path) -> Run:
    copy = work / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    run = measured(Command(("cp", "-r", str(site), str(copy)), work), work / "log")
    shutil.rmtree(copy)
    return run


def _without(held_back: BenchArticle, size: int) -> Iterator[BenchArticle]:
    return (article for article in corpus.articles(size + 1) if article.number != held_back.number)


def _renamed(article: BenchArticle, number: int) -> BenchArticle:
    """Another article of the same day."""
    return BenchArticle(
        article.number * 100 + number,
        f"{article.headline} {number}",
        article.published,
        article.tags,
        article.paragraphs,
    )


def _site(work: Path, peer: Peer) -> Path:
    return work / peer.name.replace(", ", "-").replace(" ", "-").lower()


def _summary(runs: list[Run]) -> dict[str, object]:
    return {
        "wall": round(median(run.wall for run in runs), 3),
        "cpu": round(median(run.cpu for run in runs), 3),
        "memory": int(median(run.memory for run in runs)),
        "walls": [round(run.wall, 3) for run in runs],
    }


def machine() -> dict[str, str]:
    """The machine that ran the benchmark, and the date."""
    information = Path("/proc/cpuinfo").read_text()
    model = next(
        (
            line.partition(":")[2].strip()
            for line in information.splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processors": f"{os.cpu_count()} x {model}",
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _save(name: str, results: dict[str, object]) -> None:
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
