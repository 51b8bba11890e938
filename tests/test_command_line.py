"""The commands as a person runs them: their output, their files and their exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsarchive import __version__
from newsarchive.cli import main

ARTICLE = "A headline\nJun 19, 2023 09:39 UTC\n\nThe first paragraph.\n\nThe second one.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """An archive made by `init`."""
    assert run("init", tmp_path / "archive").exit_code == 0
    return tmp_path / "archive"


def test_version_and_help_are_printed() -> None:
    assert __version__ in run("--version").output
    for command in ("init", "build", "serve"):
        assert command in run("--help").output


def test_the_command_line_starts_without_the_libraries_that_building_needs() -> None:
    # --version and --help must be quick, and importing the rest takes most of a second.
    script = "import sys, newsarchive.cli; print([m for m in %r if m in sys.modules])"
    heavy = ["jinja2", "markdown", "feedgen", "babel", "rich", "nh3", "watchfiles", "sqlite3"]
    done = subprocess.run(
        [sys.executable, "-c", script % heavy], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_init_then_build_publishes_the_sample(started: Path) -> None:
    built = run("-C", started, "build")
    assert built.exit_code == 0
    assert "1 published" in built.output
    page = started / "build/2024/01/01/an-archive-begins-with-one-article.html"
    assert "<h2>Where things go</h2>" in page.read_text()


def test_init_does_not_change_an_existing_archive(started: Path) -> None:
    before = (started / "newsarchive.toml").read_text()
    again = run("init", started)
    assert again.exit_code == 2
    assert "this folder already has an archive" in again.output
    assert (started / "newsarchive.toml").read_text() == before


def test_init_keeps_existing_articles(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "mine.txt").write_text(ARTICLE)
    assert run("init", tmp_path).exit_code == 0
    assert [path.name for path in (tmp_path / "seeds").iterdir()] == ["mine.txt"]


def test_without_newsarchive_toml_the_folder_seeds_is_built_into_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(ARTICLE)
    monkeypatch.chdir(tmp_path)
    built = run("build")
    assert built.exit_code == 0
    assert (tmp_path / "build/2023/06/19/a-headline.html").is_file()
    assert "base_url is not set: feeds use http://localhost:8000/" in built.output


def test_options_set_the_sources_the_output_and_the_base_url(
    started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, headline in (("one", "First"), ("two", "Second")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(ARTICLE.replace("A headline", headline))
    monkeypatch.chdir(tmp_path)  # base of paths on the command line
    built = run(
        "-C", "archive", "build", "-s", "one", "--source", "two", "-o", "site",
        "--base-url", "https://news.example",
    )  # fmt: skip
    assert built.exit_code == 0, built.output
    assert "base_url is not set" not in built.output
    feed = (tmp_path / "site/feed.xml").read_text()
    assert "https://news.example/2023/06/19/first.html" in feed
    assert "https://news.example/2023/06/19/second.html" in feed
    assert not (started / "build").exists()


def test_the_report_accounts_for_everything(started: Path, tmp_path: Path) -> None:
    seeds = started / "seeds"
    (seeds / "empty.txt").write_text("")
    (seeds / "draft.md").write_text("---\ntitle: Not yet\ndraft: true\n---\nText.\n")
    (seeds / "copy.txt").write_text((seeds / "sample.txt").read_text())
    (seeds / ".hidden.txt").write_text("x")
    (seeds / "image.md").write_text("---\ntitle: T\n---\n![A](gone.png)\n")
    report = tmp_path / "report.json"
    built = run("-C", started, "build", "--report", report)
    told = json.loads(report.read_text())
    assert set(told) == {
        "sources", "ignored", "articles", "published", "drafts", "merged", "mentioned", "skipped",
        "warnings", "written", "unchanged", "removed", "moved", "withdrawn", "seconds",
    }  # fmt: skip
    assert (told["sources"], told["articles"], told["ignored"]) == (5, 5, 1)
    assert (told["published"], told["drafts"], told["merged"]) == (2, 1, 1)
    empty = {"path": str(seeds / "empty.txt"), "line": None, "reason": "the file is empty"}
    assert told["skipped"] == [empty]
    assert [warning["path"] for warning in told["warnings"]] == [str(seeds / "image.md")]
    assert "gone.png" in told["warnings"][0]["reason"]
    assert set(told["seconds"]) == {"read", "publish"}
    assert f"{seeds / 'empty.txt'}: the file is empty" in built.output
    assert "5 articles: 2 published, 1 draft, 1 merged, 1 skipped" in built.output


def test_strict_publishes_nothing_when_an_article_is_skipped(started: Path) -> None:
    (started / "seeds" / "empty.txt").write_text("")
    built = run("-C", started, "build", "--strict")
    assert built.exit_code == 1
    assert "empty.txt: the file is empty" in built.output
    assert "nothing was published: --strict was given" in built.output
    assert not (started / "build").exists()
    assert run("-C", started, "build").exit_code == 0


def test_quiet_prints_only_skipped_articles(started: Path) -> None:
    assert run("-C", started, "build", "-q").output == ""
    (started / "seeds" / "empty.txt").write_text("")
    assert "empty.txt" in run("-C", started, "build", "-q").output


def test_verbose_says_why_each_file_was_written(started: Path) -> None:
    run("-C", started, "build")
    (started / "seeds" / "new.txt").write_text(ARTICLE)
    built = run("-C", started, "build", "-v")
    assert "2023/06/19/a-headline.html: the article is new or has changed" in built.output
    assert "index.html: an article in it is new" in built.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "-s", "nowhere"], "nowhere: no such folder; name the folder with the articles"),
        (["build", "--base-url", "news.example"], "the command line: [site] base_url"),
        (["build", "-j", "0"], "0 is not in the range"),
        (["build", "--outptu", "x"], "No such option '--outptu'"),
        (["-C", "/nowhere/at/all", "build"], "no such folder"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_to_do(
    started: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(started)
    failed = run(*arguments)
    assert failed.exit_code == 2
    assert message in failed.output
    assert "Traceback" not in failed.output


def test_a_second_build_at_the_same_time_is_refused(started: Path) -> None:
    from newsarchive import config
    from newsarchive.catalogue.store import catalogue_path, open_catalogue

    settings = config.load(started)
    held = open_catalogue(catalogue_path(settings.directory, settings.output))
    try:
        failed = run("-C", started, "build")
    finally:
        held.close()
    assert failed.exit_code == 2
    assert "another build of this archive is running" in failed.output
    assert run("-C", started, "build").exit_code == 0


def test_a_mistake_in_a_template_is_reported_with_its_file_and_line(started: Path) -> None:
    (started / "templates").mkdir()
    (started / "templates" / "article.html").write_text("<p>\n{{ page.headlin }}\n{% if %}\n")
    failed = run("-C", started, "build")
    assert failed.exit_code == 2
    assert (
        f"{started / 'templates' / 'article.html'}:3: the template cannot be used" in failed.output
    )
    (started / "templates" / "article.html").write_text("<p>\n{{ page.headlin }}\n")
    failed = run("-C", started, "build")
    assert failed.exit_code == 2
    assert "article.html:2: the template cannot be used" in failed.output
    assert "headlin" in failed.output


def test_output_that_goes_to_no_terminal_has_no_colour_or_animation(started: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newsarchive", "-C", str(started), "build"],
        capture_output=True,
        env={**os.environ, "TERM": "xterm-256color"},
        check=True,
    )
    assert b"\x1b" not in done.stdout + done.stderr
