"""The cost of feeds compared with article pages, in an archive with many tags."""

import random
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from bench.corpus import BenchArticle, articles
from bench.peers.newsarchive import Newsarchive
from newsarchive import config
from newsarchive.build.pipeline import BuildOptions, build
from newsarchive.build.worker import Job, JobResult, Worker

_FEEDS = ("feed", "feed-document", "feed-list")


def measure_feeds(size: int, tags: int, work: Path) -> dict[str, object]:
    """Measure the processor time, in seconds, in which a build in one process queries, renders and
    writes the outputs of each kind, and count these. `size` is the number of articles."""
    site = work / "feeds"
    shutil.rmtree(site, ignore_errors=True)
    Newsarchive("scraped text").prepare(_with_tags(size, tags), site)
    seconds: defaultdict[str, float] = defaultdict(float)
    files: defaultdict[str, int] = defaultdict(int)
    publish = Worker.publish

    def timed(worker: Worker, job: Job) -> JobResult:
        begun = time.process_time()
        result = publish(worker, job)
        kind = getattr(job.planned, "kind", "file")
        seconds[kind] += time.process_time() - begun
        files[kind] += 1
        return result

    with patch.object(Worker, "publish", timed):
        build(config.load(site), BuildOptions(jobs=1), lambda _: None)
    kinds = {
        kind: {"seconds": seconds[kind], "files": files[kind]}
        for kind in sorted(seconds, key=lambda one: -seconds[one])
    }
    return {
        "size": size,
        "tags": tags,
        "kinds": kinds,
        "feeds": sum(seconds[kind] for kind in _FEEDS),
        "articles": seconds["article"],
    }


def _with_tags(size: int, tags: int) -> Iterator[BenchArticle]:
    """The usual articles, each with four tags out of `tags`."""
    for article in articles(size):
        chance = random.Random(-1 - article.number)  # noqa: S311 - not for secrets
        numbers = dict.fromkeys(chance.randrange(tags) for _ in range(4))
        yield replace(article, tags=tuple(f"Subject {number}" for number in numbers))
