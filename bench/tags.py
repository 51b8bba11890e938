"""The cost of tag inference for an article, and of a change of tags.toml for an archive."""

import json
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench.corpus import BenchArticle, articles, scraped, write
from bench.measure import measured
from bench.peers import Command
from bench.peers.newsarchive import Newsarchive
from newsarchive.model.article import Article
from newsarchive.reading import ReadingOptions, read_source
from newsarchive.tagging.inference import Tagging

_SAMPLE = 1_000
_BYTES = 8_000
_PLACES = [
    *(
        "Norway",
        "the Norwegian",
        "Oslo",
        "Kenya",
        "Nairobi",
        "the Kenyan",
        "Peru",
        "Lima",
        "Canada",
    ),
    *("Vietnam", "Hanoi", "the US", "China", "Beijing", "Russia", "Moscow", "the United Nations"),
    *("NATO", "the EU", "Ghana", "Accra", "Chile", "Cuba", "Havana", "Estonia", "Tallinn", "Iran"),
]
_RARE = "the Skerrow light"
_ONE_IN = 100
"""One article in this many has the name that the change of tags.toml is about."""


def measure_tags(size: int, tools: Path, work: Path, rounds: int) -> dict[str, object]:
    """Measure an archive of articles without tags: inference in each, and builds after changes."""
    site = work / "tags"
    shutil.rmtree(site, ignore_errors=True)
    peer = Newsarchive("scraped text")
    peer.prepare(_untagged(size), site)
    return {
        "size": size,
        "rounds": rounds,
        "inference": _inference(rounds),
        "builds": _builds(peer, tools, site, work, rounds),
    }


def _untagged(size: int) -> Iterator[BenchArticle]:
    """Articles of 8 KB without tags; every third paragraph has a country or an organisation."""
    for article in articles(size):
        chance = random.Random(-1 - article.number)  # noqa: S311
        paragraphs = [*article.paragraphs]
        while sum(map(len, paragraphs)) < _BYTES:
            paragraphs.append(paragraphs[len(paragraphs) % 5])
        for place in range(0, len(paragraphs), 3):
            paragraphs[place] += f" So it was in {chance.choice(_PLACES)} that week."
        if article.number % _ONE_IN == 0:
            paragraphs[-1] += f" They met at {_RARE}, and left {_RARE} at dawn."
        yield replace(article, tags=(), paragraphs=tuple(paragraphs))


def _inference(rounds: int) -> dict[str, object]:
    """The microseconds that reading an article of 8 KB takes, and inferring its tags."""
    tagging = Tagging(infer="untagged")
    options = ReadingOptions("UTC")
    sources = [(scraped(one).encode(), f"{one.stem}.txt") for one in _untagged(_SAMPLE)]

    def read() -> list[Article]:
        found = (read_source(content, name, name, options) for content, name in sources)
        return [one for each in found for one in each if isinstance(one, Article)]

    read_articles = read()
    tagging.inferred((), "", "", None)  # builds the automaton
    spent: dict[str, list[float]] = {"read": [], "infer": []}
    tags = 0
    for _ in range(rounds):
        begun = time.perf_counter()
        read()
        middle = time.perf_counter()
        tags = sum(
            len(tagging.inferred(one.tags, one.headline, one.body, one.language))
            for one in read_articles
        )
        spent["read"].append((middle - begun) / _SAMPLE)
        spent["infer"].append((time.perf_counter() - middle) / _SAMPLE)
    return {
        "bytes": sum(len(content) for content, _ in sources) // _SAMPLE,
        "tags": tags / _SAMPLE,
        "read": round(1e6 * median(spent["read"]), 1),
        "infer": round(1e6 * median(spent["infer"]), 1),
    }


def _builds(
    peer: Newsarchive, tools: Path, site: Path, work: Path, rounds: int
) -> dict[str, dict[str, float]]:
    """The medians of builds after each change: `wall` and `read` in seconds, `written` in files."""
    command = peer.command(tools, site)
    report_file = work / "report.json"
    command = Command((*command.words, "--report", str(report_file)), command.folder)
    settings = (site / "newsarchive.toml").read_text("utf-8")
    scenes: dict[str, list[dict[str, float]]] = {}

    def build(scene: str) -> None:
        run = measured(command, work / "log")
        report = json.loads(report_file.read_text())
        scenes.setdefault(scene, []).append(
            {"wall": run.wall, "read": report["seconds"]["read"], "written": report["written"]}
        )

    for _ in range(rounds):
        for mode in ("none", "untagged"):
            write(site / "newsarchive.toml", f'{settings}[tags]\ninfer = "{mode}"\n')
            write(site / "tags.toml", '[[tag]]\nname = "Rock lights"\n')
            peer.clean(site)
            build(f"from nothing, infer = {mode}")
        build("nothing changed")
        write(site / "tags.toml", '[[tag]]\nname = "Rock lights"\naliases = ["Skerrow Light Ho"]\n')
        build("an alias that no article names")
        write(site / "tags.toml", f'[[tag]]\nname = "Rock lights"\naliases = ["{_RARE}"]\n')
        build(f"an alias that one article in {_ONE_IN} names")
        write(
            site / "tags.toml",
            f'[[tag]]\nname = "Rock lights"\naliases = ["{_RARE}"]\ndescription = "A rock."\n',
        )
        build("a description")
    return {
        scene: {key: round(median(run[key] for run in runs), 3) for key in runs[0]}
        for scene, runs in scenes.items()
    }
