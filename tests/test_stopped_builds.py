"""A build stopped at every step that it takes, one after the other: what readers see stays whole,
and the next build ends as if nothing had happened."""

import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import Archive
from crawling import broken_links, reachable
from stopping import FINISHED, KILLED, REFUSED, stopped
from stories import story, with_base_url

BLOCKS = 8
"""The steps are shared out among so many tests, to run side by side."""

LEAST_STEPS = 190
"""How many steps each of the two builds has at least to be killed at."""
LEAST_STEPS_WITHOUT_ROOM = 130
"""How many of them the next build has before it needs no more room."""
LEAST_STEPS_READ_ONLY = 170
"""How many of them change the output folder."""

CALENDAR_DAYS = frozenset(
    [
        *("01-01", "05-01", "05-04", "05-05", "05-07", "05-10", "06-02", "06-05", "06-08", "06-11"),
        *("07-03", "07-06", "07-09", "07-12", "08-09"),
    ]
)
"""The days that articles are of, before and after."""

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning"),
    pytest.mark.usefixtures("short_calendar"),
]

Site = Mapping[str, bytes]


def write_before(archive: Archive) -> None:
    """An archive in which something of each kind lies."""
    archive.configure(with_base_url())
    for number in range(12):
        day = f"2023-{number % 3 + 5:02}-{number + 1:02}"
        tags = ["Harbour", ["Ferries", "Sport", "Tides"][number % 3]]
        archive.write(f"{number:02}.md", story(f"Story {number}", day, tags, section="Town"))
    archive.write("boat.md", story("Boat", "2023-05-05", text="![](boat.png)"))
    archive.write("boat.png", "a boat")
    archive.write("undated.md", story("Some day", None))


def write_after(archive: Archive) -> None:
    """New, changed, moved and removed articles, a new tag and one that goes."""
    archive.write("new.md", story("New", "2022-01-01", ["Harbour", "New"], author="Ida"))
    archive.write("01.md", story("Another headline", "2023-06-02", ["Harbour", "Sport"]))
    archive.write("02.md", story("Story 2", "2023-08-09", ["Harbour"]))
    archive.write("00.md", story("Story 0", "2023-05-01", ["Harbour", "Ferries"], "Changed."))
    archive.write("boat.png", "another boat")
    for gone in ("05.md", "08.md", "11.md"):  # the last of their tag
        (archive.seeds / gone).unlink()


class Trial:
    """One build, to be stopped again and again from the same beginning."""

    def __init__(self, archive: Archive, *, is_first: bool) -> None:
        self.archive = archive
        write_before(archive)
        if not is_first:
            archive.build()
        self.before = archive.site()
        if not is_first:
            write_after(archive)
        self.beginning = archive.directory.with_name("beginning")
        shutil.copytree(archive.directory, self.beginning)
        archive.build()
        self.after, self.redirects = archive.site(), self._redirects()

    def _redirects(self) -> str:
        path = self.archive.directory / "redirects.csv"
        return path.read_text("utf-8") if path.exists() else ""

    def begin_again(self) -> None:
        shutil.rmtree(self.archive.directory)
        shutil.copytree(self.beginning, self.archive.directory)

    def stop_at(self, step: int, error: int | None = None, inside: Path | None = None) -> int:
        """Stop the build at a step and look at what is left; how it ended."""
        self.begin_again()
        ended, said = stopped(self.archive.build, inside or self.archive.directory, step, error)
        assert ended in (FINISHED, REFUSED if error else KILLED), f"step {step}: {said}"
        if error and ended == REFUSED:
            assert os.strerror(error) in said
            assert "\n" not in said.strip(), "one line"
        assert_whole(self.archive.site(), self.before, self.after)
        self.archive.build()
        assert self.archive.site() == self.after, f"stopped at step {step}"
        assert self._redirects() == self.redirects, f"stopped at step {step}"
        return ended


def assert_whole(site: Site, before: Site, after: Site) -> None:
    """Each page is the old or the new one, and no link that a reader can come to is broken."""
    for address, content in site.items():
        if not address.startswith("."):
            assert content in (before.get(address), after.get(address)), address
    assert set(before) & set(after) <= set(site), "what was there and stays is there throughout"
    if "index.html" in site:
        pages = reachable(site)
        bad = [link for link in broken_links(site) if link.partition(" -> ")[0] in pages]
        assert bad == []


@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.parametrize("is_first", [True, False], ids=["first", "next"])
def test_killed_at_every_step(tmp_path: Path, is_first: bool, block: int) -> None:
    trial = Trial(Archive(tmp_path / "archive"), is_first=is_first)
    step = block + 1
    while trial.stop_at(step) == KILLED:
        step += BLOCKS
    assert step > LEAST_STEPS


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_disk_full_from_a_step_on(tmp_path: Path, block: int) -> None:
    trial = Trial(Archive(tmp_path / "archive"), is_first=False)
    step = 1 + block * 3
    while trial.stop_at(step, errno.ENOSPC) == REFUSED:
        step += BLOCKS * 3
    assert step > LEAST_STEPS_WITHOUT_ROOM


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_output_read_only_from_a_step_on(tmp_path: Path, block: int) -> None:
    trial = Trial(Archive(tmp_path / "archive"), is_first=False)
    step = 1 + block * 3
    while trial.stop_at(step, errno.EROFS, trial.archive.output) == REFUSED:
        step += BLOCKS * 3
    assert step > LEAST_STEPS_READ_ONLY
