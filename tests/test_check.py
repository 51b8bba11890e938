"""`newsarchive check`: it finds each kind of fault, and none in a built site."""

import json
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from conftest import EVERY_DAY, REPOSITORY, Archive
from newsarchive import config
from newsarchive.commands.check import check
from newsarchive.model.events import Checked
from newsarchive.model.problems import ArchiveError, ConfigError
from stories import story

PAGE = "2023/06/19/regatta.html"


@pytest.fixture
def gazette(small_gazette: Archive) -> Archive:
    """A small archive over three months, built."""
    return small_gazette


def checked(archive: Archive) -> Checked:
    return check(config.load(archive.directory))


def found(archive: Archive) -> list[tuple[str, str]]:
    """The kind and the address of each fault."""
    return [(fault.kind, fault.address) for fault in checked(archive).faults]


def edit(archive: Archive, address: str, change: Callable[[str], str]) -> None:
    path = archive.output / address
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def test_a_built_site_has_no_faults(gazette: Archive) -> None:
    gazette.write("regatta.md", story("Race", "2023-06-19T10:00Z", text="![](boat.png)"))
    gazette.write("boat.png", "a boat")
    (gazette.seeds / "ferry.md").unlink()
    gazette.build()
    before = gazette.site()
    seen = checked(gazette)
    assert seen.faults == []
    assert seen.files == len(before) - 1  # the folder's marker is hidden
    assert seen.pages == len([name for name in before if name.endswith(".html")])
    assert seen.feeds == len(
        [name for name in before if name.endswith((".xml", ".atom", ".opml", ".json"))]
    )
    assert gazette.site() == before


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda page: page.replace("</h1>", "!</h1>"), ("changed", PAGE)),
        (lambda page: page.replace("<h1>", '<h1 id="content">'), ("duplicate id", PAGE)),
        (lambda page: page.replace("<h1>", '<a href="x.html">x</a><h1>'), ("broken link", PAGE)),
        (lambda page: page.replace("<h1>", '<a href="#x">x</a><h1>'), ("broken link", PAGE)),
        (
            lambda page: page.replace("<h1>", '<a href="../../../index.html#x">x</a><h1>'),
            ("broken link", PAGE),
        ),
        (
            lambda page: page.replace("<h1>", '<a href="https://gazette.example/x">x</a><h1>'),
            ("broken link", PAGE),
        ),
        (
            lambda page: page.replace("<h1>", '<a href="../../../../x.html">x</a><h1>'),
            ("broken link", PAGE),
        ),
        (lambda page: page.replace("<h1>", '<img src="x.png"><h1>'), ("missing image", PAGE)),
        (lambda _: "", ("not well-formed", PAGE)),
    ],
)
def test_check_finds_a_page_edited_by_hand(
    gazette: Archive, change: Callable[[str], str], fault: tuple[str, str]
) -> None:
    edit(gazette, PAGE, change)
    faults = found(gazette)
    assert fault in faults
    assert set(faults) <= {fault, ("changed", PAGE)}
    gazette.build(full=True)
    assert found(gazette) == []


def test_links_to_the_web_and_to_existing_places_are_no_fault(gazette: Archive) -> None:
    links = (
        '<a href="https://elsewhere.example/x">x</a><a href="mailto:a@b.example">x</a>'
        '<a href="#content">x</a><a href="tide.html#content">x</a><a href="../">x</a>'
        '<a href="https://gazette.example/tags/">x</a><a href="regatta.html?x=1">x</a>'
    )
    edit(gazette, PAGE, lambda page: page.replace("<h1>", f"{links}<h1>"))
    assert found(gazette) == [("changed", PAGE)]


def test_a_missing_page_is_reported_before_the_links_to_it(gazette: Archive) -> None:
    (gazette.output / PAGE).unlink()
    first, second = checked(gazette).faults
    assert (first.kind, first.address) == ("missing", PAGE)
    assert second.kind == "broken link"
    assert f"{PAGE} does not exist; " in second.reason


def test_a_file_that_no_build_made_is_foreign(gazette: Archive) -> None:
    (gazette.output / "notes.txt").write_text("by hand")
    assert found(gazette) == [("foreign", "notes.txt")]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda feed: feed.replace("</rss>", ""), "not well-formed"),
        (lambda feed: feed.replace("regatta.html", "gone.html"), "broken link"),
        (lambda feed: feed.replace("</item>", "</item><item><guid>x</guid></item>", 2), None),
    ],
)
def test_check_finds_a_feed_edited_by_hand(
    gazette: Archive, change: Callable[[str], str], kind: str | None
) -> None:
    edit(gazette, "feed.xml", change)
    assert {kind_of for kind_of, _ in found(gazette)} == {"changed", kind or "duplicate id"}


@pytest.mark.parametrize(
    ("address", "change", "kind"),
    [
        ("feed.json", lambda feed: feed + "}", "not well-formed"),
        ("feed.json", lambda feed: feed.replace("regatta.html", "gone.html"), "broken link"),
        ("feed.json", lambda feed: re.sub('urn:uuid:[^"]+', "urn:x", feed), "duplicate id"),
        ("archive.json", lambda told: told.replace("06/articles", "07/articles"), "broken link"),
    ],
)
def test_check_finds_json_edited_by_hand(
    gazette: Archive, address: str, change: Callable[[str], str], kind: str
) -> None:
    edit(gazette, address, change)
    assert {kind_of for kind_of, _ in found(gazette)} == {"changed", kind}


def test_a_missing_file_in_a_stylesheet_is_a_broken_link(gazette: Archive) -> None:
    style = gazette.directory / "static" / "style.css"
    style.parent.mkdir()
    style.write_text('body { background: url("paper.png") }')
    gazette.build()
    assert found(gazette) == [("broken link", "static/style.css")]


def test_an_interrupted_build_is_reported(gazette: Archive) -> None:
    (flag,) = [(gazette.directory / ".newsarchive").glob("*.sqlite")]
    next(flag).with_suffix(".publishing").touch()
    assert found(gazette) == [("interrupted", "")]


def test_links_are_checked_without_a_catalogue(gazette: Archive) -> None:
    for path in (gazette.directory / ".newsarchive").glob("*.sqlite*"):
        path.unlink()
    (gazette.output / PAGE).unlink()
    assert {kind for kind, _ in found(gazette)} == {"broken link"}
    assert checked(gazette).notices
    for path in (gazette.directory / ".newsarchive").iterdir():
        assert path.suffix != ".sqlite", "a check makes no record"


def test_without_a_site_check_says_to_run_build(archive: Archive) -> None:
    with pytest.raises(ConfigError, match="no site found: run newsarchive build first"):
        checked(archive)


def test_build_and_check_are_refused_while_a_build_is_running(gazette: Archive) -> None:
    script = (
        "import sys; from newsarchive.catalogue.store import open_catalogue; from pathlib import "
        "Path; held = open_catalogue(Path(sys.argv[1])); print('held', flush=True); input()"
    )
    (catalogue,) = (gazette.directory / ".newsarchive").glob("*.sqlite")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(catalogue)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdin and holder.stdout
        assert holder.stdout.readline() == "held\n"
        message = rf"another build of this archive is running \(process {holder.pid}\)"
        with pytest.raises(ArchiveError, match=message):
            gazette.build()
        with pytest.raises(ArchiveError, match=message):
            checked(gazette)
        holder.kill()
    # The lock of a killed build is free again.
    assert gazette.build().written == 0
    assert found(gazette) == []


def test_the_command_prints_columns_or_json_and_exits_with_1(gazette: Archive) -> None:
    def run(*options: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "newsarchive", "check", *options]
        return subprocess.run(
            command, cwd=gazette.directory, capture_output=True, text=True, check=False
        )

    done = run()
    assert done.returncode == 0
    assert done.stdout.startswith("No faults in build: ")
    (gazette.output / "notes.txt").write_text("by hand")
    done = run()
    assert done.returncode == 1
    assert done.stdout.startswith("foreign  notes.txt: no build made this file: to publish it, put")
    assert done.stderr == "Error: 1 fault in build\n"
    done = run("--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert [fault["kind"] for fault in report["faults"]] == ["foreign"]


def test_the_example_archive_has_no_faults(tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = Archive(tmp_path_factory.mktemp("example"), EVERY_DAY)
    (archive.directory / "newsarchive.toml").write_text(
        f'[build]\nsources = ["{REPOSITORY / "examples" / "harbour-gazette" / "seeds"}"]\n'
    )
    archive.build()
    assert found(archive) == []
