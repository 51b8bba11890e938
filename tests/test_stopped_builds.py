"""A build stopped at any of its steps: the site stays intact for readers, and the next build ends
as if nothing had happened. `make soak` tries every step; other runs try the steps around each
change of phase, and a sample of the others."""

import errno
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from conftest import Archive
from crawling import broken_links, reachable
from soaking import IS_SOAKING
from stopping import FINISHED, KILLED, REFUSED, phases, stopped
from stories import story, with_base_url

BLOCKS = 4
"""The number of tests that share the steps, to run side by side."""

NEAR = 2
"""The number of steps tried before and after each change of phase."""
SAMPLED = 16
"""The number of other steps tried, the same in every test run."""

LEAST_STEPS = 190
"""The least number of steps at which each of the two builds can be killed."""
LEAST_STEPS_OF_TEMPLATES = 30
"""The least number of steps that save compiled templates when none are saved yet."""
LEAST_STEPS_WITHOUT_ROOM = 130
"""The least number of steps that the next build takes before it needs no more room."""
LEAST_STEPS_READ_ONLY = 170
"""The least number of steps that change the output folder."""

CALENDAR_DAYS = frozenset(
    [
        *("01-01", "05-01", "05-04", "05-05", "05-07", "05-10", "06-02", "06-05", "06-08", "06-11"),
        *("07-03", "07-06", "07-09", "07-12", "08-09"),
    ]
)
"""The days of the articles, before and after the changes."""

pytestmark = [
    pytest.mark.soak,
    pytest.mark.filterwarnings("ignore:.*use of fork.*:DeprecationWarning"),
]

Site = Mapping[str, bytes]


def write_before(archive: Archive) -> None:
    """Write articles of every kind."""
    archive.configure(with_base_url())
    for number in range(12):
        day = f"2023-{number % 3 + 5:02}-{number + 1:02}"
        tags = ["Harbour", ["Ferries", "Sport", "Tides"][number % 3]]
        archive.write(f"{number:02}.md", story(f"Story {number}", day, tags, section="Town"))
    archive.write("boat.md", story("Boat", "2023-05-05", text="![](boat.png)"))
    archive.write("boat.png", "a boat")
    archive.write("undated.md", story("Some day", None))


def write_after(archive: Archive) -> None:
    """Add, change, move and remove articles; add a tag and remove one."""
    archive.write("new.md", story("New", "2022-01-01", ["Harbour", "New"], author="Ida"))
    archive.write("01.md", story("Another headline", "2023-06-02", ["Harbour", "Sport"]))
    archive.write("02.md", story("Story 2", "2023-08-09", ["Harbour"]))
    archive.write("00.md", story("Story 0", "2023-05-01", ["Harbour", "Ferries"], "Changed."))
    archive.write("boat.png", "another boat")
    for gone in ("05.md", "08.md", "11.md"):  # the last of their tag
        (archive.seeds / gone).unlink()


class Trial:
    """One build, stopped again and again from the same starting point."""

    def __init__(self, directory: Path, *, is_first: bool, compiles: bool = False) -> None:
        self.archive = archive = Archive(directory, CALENDAR_DAYS)
        if compiles:
            archive.templates = None
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

    def phases(self, inside: Path | None = None) -> list[str]:
        """The phase of each step that the build takes below a folder."""
        self.begin_again()
        return phases(self.archive.build, inside or self.archive.directory)

    def begin_again(self) -> None:
        shutil.rmtree(self.archive.directory)
        shutil.copytree(self.beginning, self.archive.directory, copy_function=_taken)

    def stop_at(self, step: int, error: int | None = None, inside: Path | None = None) -> int:
        """Stop the build at a step, check what is left, and return how the build ended."""
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


def _taken(source: str, target: str) -> None:
    """Restore a file of the starting point. A hard link is enough outside the cache: a build writes
    a new file and moves it into place, and changes only the files of its cache in place."""
    if "/.newsarchive/" in source:
        shutil.copy2(source, target)
    else:
        os.link(source, target)


def assert_whole(site: Site, before: Site, after: Site) -> None:
    """Check that each page is the old or the new one, and that no reachable link is broken."""
    for address, content in site.items():
        if not address.startswith("."):
            assert content in (before.get(address), after.get(address)), address
    assert set(before) & set(after) <= set(site), "what was there and stays is there throughout"
    if "index.html" in site:
        pages = reachable(site)
        bad = [link for link in broken_links(site) if link.partition(" -> ")[0] in pages]
        assert bad == []


def tried(phases: Sequence[str], near: int = NEAR, sampled: int = SAMPLED) -> list[int]:
    """The steps to stop at, counted from 1."""
    steps = range(1, len(phases) + 1)
    if IS_SOAKING:
        return list(steps)
    changes = [step for step in steps[1:] if phases[step - 1] != phases[step - 2]]
    beside = {step for change in changes for step in range(change - near, change + near)}
    chosen = {1, len(phases)} | beside & set(steps)
    others = sorted(set(steps) - chosen)
    return sorted(chosen | set(Random(19).sample(others, min(sampled, len(others)))))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The first build of an archive."""
    return Trial(tmp_path_factory.mktemp("first") / "archive", is_first=True)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """A build after changes."""
    return Trial(tmp_path_factory.mktemp("next") / "archive", is_first=False)


@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.parametrize("which", ["first", "after"])
def test_killed_at_every_step(which: str, block: int, request: pytest.FixtureRequest) -> None:
    trial: Trial = request.getfixturevalue(which)
    found = trial.phases()
    assert len(found) > LEAST_STEPS
    for step in tried(found)[block::BLOCKS]:
        assert trial.stop_at(step) == KILLED
    assert trial.stop_at(len(found) + 1) == FINISHED


def test_killed_while_compiled_templates_are_saved(tmp_path: Path) -> None:
    trial = Trial(tmp_path / "archive", is_first=True, compiles=True)
    found = trial.phases()
    writing = found.index("write")
    # Templates are compiled before the first file of the site is written.
    keeping = [step for step, phase in enumerate(found, 1) if phase == "memory" and step < writing]
    assert len(keeping) > LEAST_STEPS_OF_TEMPLATES
    for step in keeping if IS_SOAKING else keeping[-8::2]:
        assert trial.stop_at(step) == KILLED


def test_the_disk_full_from_a_step_on(after: Trial) -> None:
    assert last_refused(after, errno.ENOSPC) > LEAST_STEPS_WITHOUT_ROOM


def test_the_output_read_only_from_a_step_on(after: Trial) -> None:
    last = last_refused(after, errno.EROFS, after.archive.output)
    assert last > LEAST_STEPS_READ_ONLY


def last_refused(trial: Trial, error: int, inside: Path | None = None) -> int:
    """The last step from which on an error makes the build fail. The build fails from all earlier
    steps, too."""
    steps = tried(trial.phases(inside), near=1, sampled=SAMPLED // 2)
    ends = [trial.stop_at(step, error, inside) for step in steps]
    refused = ends.count(REFUSED)
    assert ends == [REFUSED] * refused + [FINISHED] * (len(ends) - refused)
    return steps[refused - 1]
