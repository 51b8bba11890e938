"""The ledger: every source and every article is counted, and each problem names its source."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Archive
from newsarchive.model.events import Ledger
from stories import story


def balances(ledger: Ledger) -> bool:
    """True if all articles found are published, drafts, merged or skipped."""
    parts = ledger.published + ledger.drafts + ledger.merged + len(ledger.skipped)
    return ledger.articles == parts


def test_every_article_is_published_a_draft_merged_or_skipped(archive: Archive) -> None:
    archive.write("mole.md", story("The mole"))
    archive.write("copy.md", story("The mole"))
    archive.write("draft.md", story("Not yet", draft="true"))
    archive.write("blank.txt", " \n\n")
    archive.write("broken.md", "---\ntitle: [one\n---\nText.\n")
    archive.write("tide.txt", "The tide\n\nIt came.\n")
    ledger = archive.build()
    assert (ledger.sources, ledger.articles) == (6, 6)
    assert (ledger.published, ledger.drafts, ledger.merged) == (2, 1, 1)
    assert balances(ledger)
    places = [(problem.path.rpartition("/")[2], problem.line) for problem in ledger.skipped]
    assert places == [("blank.txt", None), ("broken.md", 3)]
    assert "blank" in ledger.skipped[0].reason
    assert "front matter" in ledger.skipped[1].reason


def test_the_ledger_is_the_same_when_nothing_is_read_again(archive: Archive) -> None:
    archive.write("mole.md", story("The mole", "2023-06-19T09:00:00 GMT+25"))
    archive.write("blank.txt", "")
    archive.write("notes.pdf", "not an article")
    first = archive.build()
    second = archive.build()
    assert second.written == 0
    for ledger in (first, second):
        ledger.seconds.clear()
        ledger.written = ledger.unchanged = 0
    assert first == second


def test_hidden_backup_and_other_files_are_ignored_and_counted(archive: Archive) -> None:
    archive.write("mole.md", story("The mole", text="![](mole.png)"))
    archive.write("mole.png", b"image")
    for name in (".hidden.md", "mole.md~", "mole.md.bak", "#mole.md#", "table.csv", "Thumbs.db"):
        archive.write(name, "beside the point")
    archive.write(".git/config.md", "a whole folder counts as one")
    ledger = archive.build()
    assert (ledger.sources, ledger.articles, ledger.published) == (1, 1, 1)
    assert ledger.ignored == 7
    assert dict(ledger.unread_suffixes) == {".csv": 1}


def test_a_missing_image_is_reported_and_its_article_published(archive: Archive) -> None:
    archive.write("mole.md", story("The mole", text="![The mole at dawn](mole.png)\n\nText."))
    ledger = archive.build()
    (problem,) = ledger.missing_files
    assert problem.path.endswith("mole.md")
    assert "mole.png" in problem.reason
    page = archive.page("2023/06/19/the-mole.html")
    assert "The mole at dawn" in page
    assert "<img" not in page


def test_an_article_without_a_date_is_listed_as_undated(archive: Archive) -> None:
    archive.write("lost.txt", "Lost and found\n\nA hat.\n")
    os.utime(archive.seeds / "lost.txt", ns=(1, 1))  # the file's time is no date of the article
    ledger = archive.build()
    assert ledger.published == 1
    assert "Lost and found" in archive.page("undated/index.html")
    assert not [address for address in archive.site() if address.startswith("19")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_read_permission_is_skipped_until_it_can_be_read(archive: Archive) -> None:
    path = archive.write("mole.md", story("The mole"))
    path.chmod(0)
    ledger = archive.build()
    assert balances(ledger)
    assert [problem.path for problem in ledger.skipped] == [str(path)]
    path.chmod(0o644)
    assert archive.build().published == 1


def test_a_file_that_vanishes_while_it_is_read_is_skipped_and_tried_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive.write("mole.md", story("The mole"))
    with monkeypatch.context() as patch:
        patch.setattr("newsarchive.build.reading.open", _no_such_file, raising=False)
        ledger = archive.build()
    assert balances(ledger)
    assert ledger.skipped[0].path == str(path)
    assert "cannot be read" in ledger.skipped[0].reason
    assert archive.build().published == 1


def test_an_error_in_a_reader_skips_one_source_and_no_other(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive.write("a.txt", "The mole\n\nText.\n")
    archive.write("b.md", story("The tide"))

    def mistaken(*_: object) -> None:
        raise ZeroDivisionError("of the test")

    monkeypatch.setattr("newsarchive.reading.scraped.blocks_of", mistaken)
    ledger = archive.build()
    assert balances(ledger)
    assert ledger.published == 1
    (problem,) = ledger.skipped
    assert problem.path == str(path)
    assert "please report it" in problem.reason and "of the test" in problem.reason


def _no_such_file(*_: object) -> None:
    raise FileNotFoundError(2, "No such file or directory")


_NAMES = st.sampled_from(["a.md", "b.md", "c.txt", "d.text", "e/f.markdown", "e/g.png", ".h.md"])
_CONTENTS = st.sampled_from(
    [
        b"",
        b"\xff\xfe",
        b"---\ntitle: A\n",
        b"---\ntitle: [\n---\n",
        b"---\ntitle: A\ndraft: true\n---\nText.\n",
        b"---\ntitle: A\nid: same\n---\nText.\n",
        b"---\ntitle: B\nid: same\ndate: 2023-06-19\n---\nText.\n",
        b"A\n\nText.\n",
        b"A\nFeb 30, 2023 10:00 UTC\n\nText.\n",
    ]
) | st.binary(max_size=40)


@given(files=st.dictionaries(_NAMES, _CONTENTS))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_ledger_of_any_files_balances(archive: Archive, files: dict[str, bytes]) -> None:
    for path in sorted(archive.seeds.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, content in files.items():
        archive.write(name, content)
    ledger = archive.build()
    assert balances(ledger)
    articles = [name for name in files if not name.startswith(".") and not name.endswith(".png")]
    assert ledger.sources == len(articles)
    is_empty = all(name.startswith(".") for name in files)  # which is skipped as one
    assert (
        ledger.articles == len(articles) + is_empty
    )  # each of these files holds one, or is skipped
    # All examples share one archive: earlier ones left redirects and pages of withdrawn articles.
    site = archive.site().items()
    pages = [address for address, page in site if _is_article(address) and b"noindex" not in page]
    assert len(pages) == ledger.published


def _is_article(address: str) -> bool:
    top, _, rest = address.partition("/")
    is_page = address.endswith(".html") and not address.endswith("index.html")
    return bool(rest) and is_page and (top.isdigit() or top == "undated")
