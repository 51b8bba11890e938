"""An archive to try things on: articles in, a built site out."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsarchive import config
from newsarchive.build.pipeline import BuildOptions, build
from newsarchive.model import periods
from newsarchive.model.events import Event, Ledger, Notice, Rebuilt
from newsarchive.model.limits import Limits
from newsarchive.reading.readers import READERS
from stories import story, with_base_url

REPOSITORY = Path(__file__).parents[1]


class Archive:
    """A folder with `newsarchive.toml`, articles in `seeds/` and the site in `build/`."""

    calendar = periods.CALENDAR
    """The days of the calendar that have a page."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.seeds = directory / "seeds"
        self.output = directory / "build"
        self.events: list[Event] = []
        self.limits = Limits(calendar=self.calendar)
        self.readers = READERS
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
        return build(
            settings,
            BuildOptions(jobs, full, limits=self.limits, readers=self.readers, **options),
            self.events.append,
        )

    @property
    def rebuilt(self) -> set[str]:
        """The addresses that the last build wrote or removed."""
        return {event.address for event in self.events if isinstance(event, Rebuilt)}

    @property
    def notices(self) -> list[str]:
        """What the last build said of itself."""
        return [event.text for event in self.events if isinstance(event, Notice)]

    def page(self, address: str) -> str:
        """The text of a built file."""
        return (self.output / address).read_text(encoding="utf-8")

    def site(self, output: str = "build") -> dict[str, bytes]:
        """All files of a built site, by address."""
        root = self.directory / output
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="module")
def short_calendar(request: pytest.FixtureRequest) -> Iterator[None]:
    """A calendar of the days that a module names in CALENDAR_DAYS ("06-19") and no others, for
    tests that build hundreds of times: the pages of days without articles are all alike."""
    with pytest.MonkeyPatch.context() as patch:
        wanted = request.module.CALENDAR_DAYS
        patch.setattr(
            Archive, "calendar", tuple(day for day in periods.CALENDAR if day.iso[5:] in wanted)
        )
        yield


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive without articles."""
    return Archive(tmp_path / "archive")


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
    """Whether the site is, byte for byte, what a build into another folder gives."""
    fresh = f"from-nothing-{len(list(archive.directory.glob('from-nothing-*')))}"
    archive.build(output=fresh)
    return archive.site() == archive.site(fresh)


@pytest.fixture(scope="session", params=["seed", "harbour-gazette"])
def built_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The seed of the repository, and the example archive, each built; in the latter an article
    has moved and one was withdrawn since it was first built, so there are pages that say so."""
    folder = tmp_path_factory.mktemp("built") / request.param
    if request.param == "seed":
        archive = Archive(folder)
        archive.configure('[site]\nbase_url = "https://gazette.example/"\n')
        shutil.copytree(REPOSITORY / "seeds", archive.seeds, dirs_exist_ok=True)
        archive.build()
        return archive
    ignore = shutil.ignore_patterns("build", ".newsarchive")
    shutil.copytree(REPOSITORY / "examples" / request.param, folder, ignore=ignore)
    archive = Archive(folder)
    archive.build()
    moving, withdrawn = sorted(archive.seeds.glob("2018/2018-0[57]*.md"))
    moving.write_text(moving.read_text("utf-8").replace("2018-05-14", "2018-05-15"), "utf-8")
    withdrawn.unlink()
    archive.build()
    return archive
