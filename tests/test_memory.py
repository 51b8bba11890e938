"""Memory: it does not grow with the archive."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from conftest import Archive

ARTICLES = 20_000
TEXT = " ".join(["The ferry came in on the tide with forty people and a piano on board."] * 110)
"""8 KB: all articles together would take 160 MB, as text alone."""

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


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_build_of_20_000_articles_holds_few_of_them(archive: Archive) -> None:
    first = date(2015, 1, 1)
    for number in range(ARTICLES):
        day = first + timedelta(days=number // 20)
        header = f"Story {number}\n{day.isoformat()}T09:00:00Z\n\n"
        archive.write(f"{day.year}/{number}.txt", f"{header}{TEXT}\n\nTags: Tag {number % 40}\n")
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=archive.directory,
        capture_output=True,
        text=True,
        check=True,
    )
    main_process, largest_worker = map(int, done.stdout.split())
    assert len(list(archive.output.glob("2*/*/*/story*.html"))) == ARTICLES
    assert main_process < MOST
    assert 0 < largest_worker < MOST
