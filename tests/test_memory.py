"""Memory: it does not grow with the archive."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Archive
from soaking import IS_SOAKING

SENTENCE = "The ferry came in on the tide with forty people and a piano on board. "
ARTICLE_BYTES = 16_000
FEW, MANY = 300, 900
"""The numbers of articles in two archives: the second has 10 MB more of text."""
MOST_GROWTH = 5_000_000
"""Bytes by which the peak of the main process, or of a worker, may exceed that of few articles."""

ARTICLES = 20_000
"""Under `make soak`, with 8 KB each: all articles together would take 160 MB, as text alone."""
MOST = 150_000_000
"""Bytes that the main process, or a worker, may hold at its peak: half of it is SQLite's cache,
whose size is set, and most of the rest is the program and its libraries."""

BUILD = """
import resource
from newsarchive.cli import main
try:
    main(["build", "-j", "2", "-q"])
except SystemExit as end:
    assert not end.code, end.code
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(int(status["VmHWM"].split()[0]) * 1024)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""
"""Prints the peaks of the main process and of the largest worker. That of the main process is not
asked of getrusage, which adds what the process held that it was forked from (getrusage(2))."""


SMALL_CACHE = "from newsarchive.catalogue import store; store._CACHE_KIB = 4096"
"""Else SQLite keeps 64 MB of the catalogue, and these archives fit in it."""

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


def test_more_articles_take_no_more_memory(tmp_path: Path) -> None:
    few, many = (
        peaks(Archive(tmp_path / str(count)), count, ARTICLE_BYTES, a_day=2, before=SMALL_CACHE)
        for count in (FEW, MANY)
    )
    growth = [more - less for less, more in zip(few, many, strict=True)]
    assert max(growth) < MOST_GROWTH, (few, many)


@pytest.mark.skipif(not IS_SOAKING, reason="takes minutes: make soak")
def test_a_build_of_20_000_articles_keeps_few_of_them_in_memory(archive: Archive) -> None:
    main_process, largest_worker = peaks(archive, ARTICLES, 8_000, a_day=20)
    assert main_process < MOST
    assert 0 < largest_worker < MOST


def peaks(
    archive: Archive, count: int, size: int, *, a_day: int, before: str = ""
) -> tuple[int, int]:
    """The peaks of the main process and of the largest worker, in bytes, in a build of so many
    articles of this size."""
    text = (SENTENCE * (size // len(SENTENCE))).strip()
    first = date(2015, 1, 1)
    for number in range(count):
        day = first + timedelta(days=number // a_day)
        header = f"Story {number}\n{day.isoformat()}T09:00:00Z\n\n"
        archive.write(f"{day.year}/{number}.txt", f"{header}{text}\n\nTags: Tag {number % 40}\n")
    done = subprocess.run(
        [sys.executable, "-c", f"{before}\n{BUILD}"],
        cwd=archive.directory,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(list(archive.output.glob("2*/*/*/story*.html"))) == count
    main_process, largest_worker = map(int, done.stdout.split())
    return main_process, largest_worker
