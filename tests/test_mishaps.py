"""Mishaps: mistakes that people make with an archive, and the messages about them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Archive, same_as_from_nothing
from newsarchive.model.problems import ArchiveError, ConfigError
from sources import found_in
from stories import story

ENOUGH = 400
"""Articles that take two workers seconds."""


def newsarchive(archive: Archive, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in an archive."""
    command = [sys.executable, "-m", "newsarchive", *words]
    return subprocess.run(
        command, cwd=archive.directory, capture_output=True, text=True, check=False
    )


@pytest.fixture
def small(archive: Archive) -> Archive:
    """An archive of two articles, built."""
    archive.write("mole.md", story("Mole", "2022-01-01", ["Harbour"]))
    archive.write("tide.md", story("Tide", "2023-06-19", ["Harbour"]))
    archive.build()
    return archive


def catalogue_of(archive: Archive) -> Path:
    (path,) = (archive.directory / ".newsarchive").glob("*.sqlite")
    return path


def test_a_damaged_catalogue_is_discarded_with_a_notice(small: Archive) -> None:
    with catalogue_of(small).open("r+b") as file:
        file.seek(16384)
        file.write(b"\xaa" * 200_000)
    small.write("light.md", story("Light"))
    ledger = small.build()
    assert ledger.published == 3
    assert any("the cache in .newsarchive was damaged (" in notice for notice in small.notices)
    assert "Light" in small.page("index.html")


def test_nothing_is_written_through_a_link_in_the_output(small: Archive, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    (small.output / "2022").rename(victim)
    (small.output / "2022").symlink_to(victim)
    (victim / "index.html").write_text("mine")
    with pytest.raises(ArchiveError, match="2022: this is a symbolic link"):
        small.build(full=True)
    (small.seeds / "mole.md").unlink()
    with pytest.raises(ArchiveError, match="2022: this is a symbolic link"):
        small.build()
    (small.output / "2022").unlink()
    small.build()
    assert (victim / "index.html").read_text() == "mine"


@pytest.mark.parametrize("report", ["seeds/mole.md", "newsarchive.toml", "build/feed.xml"])
def test_a_report_cannot_overwrite_a_file_of_the_archive(small: Archive, report: str) -> None:
    small.configure("[site]\n")
    before = (small.directory / report).read_bytes()
    done = newsarchive(small, "build", "--report", report)
    assert done.returncode == 2
    assert f"Error: {report}: the report cannot be written into" in done.stderr
    assert (small.directory / report).read_bytes() == before


@pytest.mark.parametrize(
    "output", [".", "seeds", "static", "templates/x", ".newsarchive/x", "newsarchive.toml", ".."]
)
def test_a_site_cannot_be_written_among_the_files_of_its_archive(
    archive: Archive, output: str
) -> None:
    archive.write("mole.md", story("Mole"))
    with pytest.raises(ConfigError, match="this cannot be the output folder"):
        archive.build(output=output)
    assert [path.name for path in archive.seeds.iterdir()] == ["mole.md"]


def test_an_output_folder_inside_a_source_folder_is_allowed(archive: Archive) -> None:
    archive.write("mole.md", story("Mole"))
    assert archive.build(output="seeds/site").published == 1
    assert archive.build(output="seeds/site").sources == 1


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ('base_url = "https://[::1/"', "base_url"),
        ('base_url = "https://x y/"', "base_url"),
        ('base_url = "https://me:secret@news.example/"', "base_url"),
        ('base_url = "https://news.example:99999/"', "base_url"),
        ('title = "a\\u0007b"', "control character"),
    ],
)
def test_impossible_settings_are_refused(archive: Archive, settings: str, says: str) -> None:
    archive.configure(f"[site]\n{settings}\n")
    done = newsarchive(archive, "build")
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["-o", "-s"])
def test_an_option_with_an_empty_value_is_refused(small: Archive, option: str) -> None:
    done = newsarchive(small, "build", option, "")
    assert done.returncode == 2
    assert "is empty: name a folder" in done.stderr


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (b"\xff\xfe", "templates/article.html: the template is not UTF-8"),
        (b'{% include "article.html" %}', "it includes or extends itself"),
    ],
)
def test_a_template_that_cannot_be_used_stops_the_build(
    small: Archive, template: bytes, says: str
) -> None:
    path = small.directory / "templates" / "article.html"
    path.parent.mkdir()
    path.write_bytes(template)
    with pytest.raises(ArchiveError, match=says):
        small.build()


def test_a_symbolic_link_out_of_static_is_refused(small: Archive, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    static = small.directory / "static"
    static.mkdir()
    (static / "logo.svg").symlink_to(tmp_path / "secret")
    with pytest.raises(ArchiveError, match=r"logo\.svg: a symbolic link out of static/"):
        small.build()


def test_a_file_in_the_place_of_the_cache_folder_stops_the_build(archive: Archive) -> None:
    archive.write("mole.md", story("Mole"))
    (archive.directory / ".newsarchive").write_text("x")
    with pytest.raises(ArchiveError, match=r"\.newsarchive: the cache cannot be written"):
        archive.build()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("title: Police: man held", "needs quotation marks"),
        ("title: @home", "needs quotation marks"),
        ('title: "Unclosed\ndate: 2023-06-19', "this quotation mark is not closed"),
        ("date: {{ .Date }}", "needs quotation marks"),
        ("title: a\n\tdate: b", "use spaces"),
    ],
)
def test_mistakes_in_front_matter_are_explained_in_words(line: str, says: str) -> None:
    _, (problem,) = found_in(f"---\n{line}\n---\nText.\n", "a.md")
    assert says in problem.reason
    assert problem.line == (3 if "\t" in line else 2)


@pytest.mark.parametrize("body", ["> " * 60 + "x", "- " * 60 + "x", "<div>" * 600 + "x"])
def test_the_limit_of_nesting_does_not_depend_on_the_number_of_jobs(
    archive: Archive, body: str
) -> None:
    for number in range(210):
        text = f"{body} {number}" if number % 70 == 0 else "x"
        archive.write(f"{number}.md", story(f"Deep {number}", text=text))
    warnings = archive.build(jobs=1).warnings
    assert len(warnings) == 3 and "nested too deeply" in warnings[0].reason
    archive.build(output="again", jobs=2)
    assert archive.site() == archive.site("again")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_when_their_build_is_ended(archive: Archive, how: signal.Signals) -> None:
    for number in range(ENOUGH):
        archive.write(f"{number}.md", story(f"Story {number}", text="*Text* " * 200))
    command = [sys.executable, "-m", "newsarchive", "build", "-j", "2", "-q"]
    process = subprocess.Popen(command, cwd=archive.directory, stderr=subprocess.PIPE, text=True)
    workers = wait_for(lambda: children_of(process.pid)[1:])
    time.sleep(0.5)  # A signal that comes while a process forks can be lost in it.
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert process.returncode == (130 if how is signal.SIGTERM else -how), said
    assert "Traceback" not in said
    wait_for(lambda: not any(is_running(worker) for worker in workers))
    assert_the_next_build_is_whole(archive)


def assert_the_next_build_is_whole(archive: Archive) -> None:
    """Fail if the next build, of twenty articles, leaves something of the stopped one."""
    for path in sorted(archive.seeds.iterdir())[20:]:
        path.unlink()
    assert archive.build().published == 20
    assert same_as_from_nothing(archive)


def children_of(pid: int) -> list[int]:
    """The processes that a process started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def is_running(pid: int) -> bool:
    """True if a process is running."""
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def wait_for(condition: object, seconds: float = 30) -> list[int]:
    """Wait until the condition is true; return its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():  # type: ignore[operator]
            return found  # type: ignore[no-any-return]
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} seconds; process {os.getpid()}")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_a_lost_worker_is_reported_in_one_line(archive: Archive) -> None:
    for number in range(ENOUGH):
        archive.write(f"{number}.md", story(f"Story {number}", text="*Text* " * 200))
    command = [sys.executable, "-m", "newsarchive", "build", "-j", "2", "-q"]
    process = subprocess.Popen(command, cwd=archive.directory, stderr=subprocess.PIPE, text=True)
    workers = wait_for(lambda: children_of(process.pid)[1:])
    os.kill(workers[0], signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said.startswith("Error: a worker process was killed")
    assert said.count("\n") == 1
    assert_the_next_build_is_whole(archive)


def test_a_catalogue_that_was_edited_is_not_used(small: Archive) -> None:
    path = catalogue_of(small)
    path.write_bytes(path.read_bytes().replace(b"Harbour", b"Harbxur"))
    os.utime(path, (1, 1))
    small.write("light.md", story("Light"))
    small.build()
    assert "the cache in .newsarchive is damaged" in "".join(small.notices)
    assert not [name for name, page in small.site().items() if b"Harbxur" in page]


def test_a_catalogue_that_has_no_room_to_grow_is_kept(small: Archive) -> None:
    script = (
        "import resource, sys; from pathlib import Path; from newsarchive.cli import main; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); "
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); main(['build'])"
    )
    small.write("light.md", story("Light", text="word " * 20000))
    before = catalogue_of(small).read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=small.directory, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert "damaged" not in done.stderr
    assert catalogue_of(small).read_bytes() == before
    assert small.build().published == 3


def test_foreign_files_in_the_output_are_left_alone(small: Archive) -> None:
    for name in ("media/mine.png", "static/mine.css"):
        (small.output / name).parent.mkdir(exist_ok=True)
        (small.output / name).write_text("mine")
    os.mkfifo(small.output / "pipe.html")
    (small.output / "away").symlink_to("/etc")
    small.build(full=True)
    assert "4 files in the output folder not made by newsarchive" in "".join(small.notices)
    assert (small.output / "media/mine.png").read_text() == "mine"


def test_a_file_in_the_way_of_a_page_is_named(small: Archive) -> None:
    (small.output / "2021").write_text("mine")
    small.write("light.md", story("Light", "2021-01-01"))
    with pytest.raises(
        ArchiveError,
        match="build/2021: not made by newsarchive, and in the way of 2021/01/01/light",
    ):
        small.build()
    (small.output / "2021").unlink()
    assert small.build().published == 3


def test_a_symbolic_link_out_of_templates_is_refused(small: Archive) -> None:
    (small.directory / "templates").mkdir()
    (small.directory / "templates" / "article.html").symlink_to("/etc/passwd")
    with pytest.raises(ArchiveError, match="a symbolic link out of templates/"):
        small.build()
