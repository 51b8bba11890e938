"""An archive to try things on: articles in, a built site out."""

import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from browsing import Browser
from newsarchive import config
from newsarchive.build.pipeline import BuildOptions, build
from newsarchive.model.events import Event, Ledger, Notice, Rebuilt
from newsarchive.model.limits import Limits
from newsarchive.model.periods import CALENDAR
from newsarchive.pages.theme import Theme
from newsarchive.reading.readers import READERS
from stories import story, with_base_url

REPOSITORY = Path(__file__).parents[1]

USUAL_DAYS = frozenset(
    ["01-01", "03-04", "06-01", "06-18", "06-19", "06-20", "06-21", "08-02", "10-21", "12-31"]
)
"""The days of the calendar in the archives of most tests. Pages of days without articles are all
alike, and 366 of them take eight times as long as the rest of a small site. A module with articles
on other days names those in CALENDAR_DAYS."""
EVERY_DAY = None
"""The whole calendar, for tests of it."""

SLOW_FILES = (
    *("test_any_changes.py", "test_stopped_builds.py", "test_in_a_browser.py", "test_mishaps.py"),
    *("test_large_sources.py", "test_hostile_articles.py", "test_valid_html.py"),
    *("test_languages.py", "test_bad_input.py", "test_check.py", "test_links.py"),
    *("test_overviews.py", "test_sitemaps.py", "test_former_addresses.py"),
    *("test_feed_history.py", "test_installation.py", "test_memory.py", "test_serve.py"),
    *("test_command_line.py", "test_data_files.py", "test_earlier_coverage.py"),
    *("test_markdown.py", "test_feed_formats.py", "test_redirects_file.py", "test_retagging.py"),
    *("test_interruptions.py", "test_newsboat.py"),
)
"""The files of tests that take longest, the longest first. `make test` begins with them, so that no
processor waits at the end for a long test; `make test-quick` leaves them out."""


class Archive:
    """A folder with `newsarchive.toml`, articles in `seeds/` and the site in `build/`."""

    templates: Path | None = None
    """The folder for compiled templates; None for the folder that users have."""

    def __init__(self, directory: Path, calendar_days: Collection[str] | None = USUAL_DAYS) -> None:
        self.directory = directory
        self.seeds = directory / "seeds"
        self.output = directory / "build"
        self.events: list[Event] = []
        self.readers = READERS
        self.limits = Limits()
        if calendar_days is not EVERY_DAY:
            calendar = tuple(day for day in CALENDAR if day.iso[5:] in calendar_days)
            self.limits = Limits(calendar=calendar)
        self.seeds.mkdir(parents=True, exist_ok=True)

    def configure(self, text: str) -> None:
        """Write newsarchive.toml."""
        (self.directory / "newsarchive.toml").write_text(text, encoding="utf-8")

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file below `seeds/`."""
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def build(
        self, output: str | None = None, jobs: int = 1, full: bool = False, **options: bool
    ) -> Ledger:
        """Build the site; the events of this build are in `events`."""
        settings = config.load(self.directory)
        if output is not None:
            settings = replace(settings, build=replace(settings.build, output=output))
        self.events.clear()
        more = BuildOptions(jobs, full, limits=self.limits, readers=self.readers, **options)
        with templates_in(self.templates):
            return build(settings, more, self.events.append)

    @property
    def rebuilt(self) -> set[str]:
        """The addresses that the last build wrote or removed."""
        return {event.address for event in self.events if isinstance(event, Rebuilt)}

    @property
    def notices(self) -> list[str]:
        """The notices of the last build."""
        return [event.text for event in self.events if isinstance(event, Notice)]

    def page(self, address: str) -> str:
        """The text of a built file."""
        return (self.output / address).read_text(encoding="utf-8")

    def site(self, output: str = "build") -> dict[str, bytes]:
        """All files of a built site, by address."""
        root = self.directory / output
        found = {}
        for folder, _, names in os.walk(root):
            below = "" if folder == str(root) else folder.removeprefix(f"{root}/") + "/"
            for name in names:
                with open(f"{folder}/{name}", "rb") as file:
                    found[below + name] = file.read()
        return dict(sorted(found.items()))


@contextmanager
def templates_in(templates: Path | None) -> Iterator[None]:
    """Make builds keep compiled templates in this folder; None for the folder that users have."""
    with pytest.MonkeyPatch.context() as patch:
        if templates is not None:
            of = Theme.of
            patch.setattr(Theme, "of", lambda directory, _=None: of(directory, templates))
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One folder of compiled templates for all archives: compiling them takes four times as long as
    the rest of a small build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Archive, "templates", tmp_path_factory.mktemp("templates"))
        yield


@pytest.fixture
def archive(tmp_path: Path, request: pytest.FixtureRequest) -> Archive:
    """An archive without articles."""
    return Archive(tmp_path / "archive", days_of(request))


def days_of(request: pytest.FixtureRequest) -> Collection[str] | None:
    """The days of the calendar that the module of a test needs."""
    days: Collection[str] | None = getattr(request.module, "CALENDAR_DAYS", USUAL_DAYS)
    return days


@pytest.fixture
def small_gazette(archive: Archive) -> Archive:
    """A small archive over three months, built."""
    archive.configure(with_base_url())
    archive.write("ferry.md", story("Ferry", "2022-12-31T10:00Z", ["Ferries"]))
    archive.write("mole.md", story("North mole", "2023-06-01T10:00Z", ["Harbour"], author="Ida"))
    archive.write("regatta.md", story("Regatta", "2023-06-19T10:00Z", ["Sport"], section="Town"))
    archive.write("tide.md", story("Tide", "2023-06-19T18:00Z", ["Harbour"]))
    archive.write("light.md", story("Light", "2023-08-02T10:00Z", ["harbour", "Light"]))
    archive.build()
    return archive


def same_as_from_nothing(archive: Archive) -> bool:
    """True if a build into a new folder gives the same site, byte for byte."""
    fresh = f"from-nothing-{len(list(archive.directory.glob('from-nothing-*')))}"
    archive.build(output=fresh)
    return archive.site() == archive.site(fresh)


@pytest.fixture(scope="session", params=["seed", "harbour-gazette"])
def built_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The seed of the repository and the example archive, each built. In the example, an article
    moved and another was withdrawn after the first build, so it has pages that say so."""
    folder = tmp_path_factory.mktemp("built") / request.param
    if request.param == "seed":
        archive = Archive(folder, EVERY_DAY)
        archive.configure('[site]\nbase_url = "https://gazette.example/"\n')
        shutil.copytree(REPOSITORY / "seeds", archive.seeds, dirs_exist_ok=True)
        archive.build()
        return archive
    ignore = shutil.ignore_patterns("build", ".newsarchive")
    shutil.copytree(REPOSITORY / "examples" / request.param, folder, ignore=ignore)
    archive = Archive(folder, EVERY_DAY)
    archive.build()
    moving, withdrawn = sorted(archive.seeds.glob("2018/2018-0[57]*.md"))
    moving.write_text(moving.read_text("utf-8").replace("2018-05-14", "2018-05-15"), "utf-8")
    withdrawn.unlink()
    archive.build()
    return archive


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    browser = Browser()
    yield browser
    browser.close()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: tests of the browser, of the server and of the
    installation spend half their time waiting."""
    return (os.cpu_count() or 1) + 1


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of slow files."""
    if item.path.name in SLOW_FILES:
        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of slow files first."""
    places = {name: place for place, name in enumerate(SLOW_FILES)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how long `.ci/run` took, from the time of its start in this variable."""
    if began := os.environ.get("NEWSARCHIVE_CI_BEGAN"):
        minutes, seconds = divmod(round(time.time() - float(began)), 60)
        terminalreporter.write_line(f".ci/run took {minutes} min {seconds} s")
