"""Sources that hold many articles: they stream, and one changed article is one change."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Archive, same_as_from_nothing
from lines_reader import LINES
from newsarchive.reading.readers import READERS
from soaking import IS_SOAKING
from stories import story, with_base_url


def article(number: int, **fields: object) -> dict[str, object]:
    """An article of a day in 2023."""
    date = f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return {
        "title": f"Story {number}",
        "date": date,
        "text": f"Text {number}.",
        "tags": [f"Topic {number % 3}"],
        **fields,
    }


def write(archive: Archive, articles: list[dict[str, object]]) -> Path:
    """Write the articles as one source."""
    lines = (json.dumps(one) for one in articles)
    return archive.write("export.lines", "".join(f"{line}\n" for line in lines))


@pytest.fixture
def export(archive: Archive) -> Archive:
    """An archive of one source with sixty articles, and one article in a file of its own, built."""
    archive.readers = (*READERS, LINES)
    archive.configure(with_base_url())
    archive.write("mole.md", story("The mole", "2023-05-05", ["Topic 1"]))
    write(archive, [article(number) for number in range(60)])
    ledger = archive.build()
    assert (ledger.sources, ledger.published) == (2, 61)
    return archive


def pages(archive: Archive) -> set[str]:
    """The pages of articles that the last build wrote or removed."""
    return {
        address.rpartition("/")[2]
        for address in archive.rebuilt
        if address.endswith(".html") and "/story-" in f"/{address.rpartition('/')[2]}"
    }


def test_each_article_of_a_source_has_a_page(export: Archive) -> None:
    assert "<p>Text 17.</p>" in export.page("2023/06/18/story-17.html")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_changed_article_rewrites_no_page_of_another_article(export: Archive, jobs: int) -> None:
    write(export, [article(n, **({"text": "New."} if n == 17 else {})) for n in range(60)])
    export.build(jobs=jobs)
    assert "<p>New.</p>" in export.page("2023/06/18/story-17.html")
    # Its neighbours do not show its text, and those with the same tag show no summary.
    assert pages(export) == {"story-17.html"}
    assert same_as_from_nothing(export)


def test_another_order_of_articles_rewrites_nothing(export: Archive) -> None:
    articles = [article(number) for number in range(60)]
    random.Random(7).shuffle(articles)
    write(export, articles)
    ledger = export.build()
    assert (ledger.written, ledger.removed) == (0, 0)
    assert same_as_from_nothing(export)


def test_a_new_or_removed_article_leaves_most_pages_unchanged(export: Archive) -> None:
    write(export, [article(number) for number in range(60) if number != 30])
    ledger = export.build()
    assert ledger.published == 60
    assert ledger.withdrawn == ["2023/07/03/story-30.html"]
    assert same_as_from_nothing(export)
    write(export, [article(number) for number in [99, *range(60)]])
    export.build()
    assert {"story-30.html", "story-99.html"} <= pages(export)
    assert len(pages(export)) < 15, "the others are as they were"
    assert same_as_from_nothing(export)


def test_equal_articles_are_merged_and_others_with_their_headline_are_published(
    export: Archive,
) -> None:
    articles = [article(1), article(1), article(1, text="Another text."), article(2, id="two")]
    write(export, articles)
    ledger = export.build()
    assert (ledger.published, ledger.merged) == (4, 1)
    assert same_as_from_nothing(export)
    write(export, articles[::-1])
    assert export.build().written == 0
    assert same_as_from_nothing(export)


def test_an_article_that_moves_leaves_a_redirect(export: Archive) -> None:
    named = [article(number, id=f"post-{number}") for number in range(60)]
    write(export, named)
    export.build()
    named[17]["date"] = "2023-06-19"
    write(export, named)
    export.build()
    assert "story-17.html" in export.page("2023/06/18/story-17.html")
    assert "<p>Text 17.</p>" in export.page("2023/06/19/story-17.html")
    assert same_as_from_nothing(export)


def test_problems_name_the_line_and_affect_no_other_article(export: Archive) -> None:
    lines = [json.dumps(article(number)) for number in range(4)]
    undated = json.dumps({"title": "Undated", "text": "Text."})
    path = export.write("export.lines", "\n".join([*lines[:2], "{broken", undated, *lines[2:], ""]))
    ledger = export.build()
    assert ledger.published == 6
    assert [(one.path, one.line) for one in ledger.skipped] == [(str(path), 3)]
    assert [(one.path, one.line) for one in ledger.warnings] == [(str(path), 4)]
    export.write("export.lines", "\n".join([undated, *lines, "{broken", ""]))
    ledger = export.build()
    assert [one.line for one in ledger.skipped] == [6]
    assert [one.line for one in ledger.warnings] == [1]
    assert ledger.written == 0, "the same articles on other lines"


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\ud800", "\ufffe", "\u2028", "\n"])
def test_no_character_of_an_article_harms_the_site(export: Archive, bad: str) -> None:
    text = f"a{bad}b"
    awkward = article(60, title=f"Ferry {text}", text=text, tags=[text], id=text)
    write(export, [*(article(number) for number in range(60)), {**awkward, text: [{text: text}]}])
    ledger = export.build()
    assert (ledger.published, ledger.skipped) == (62, [])
    assert "Ferry a" in export.page("2023/01/05/index.html")
    assert same_as_from_nothing(export)


def test_an_article_without_a_headline_is_skipped_with_its_line(export: Archive) -> None:
    nested: list[object] = []
    for _ in range(60):
        nested = [nested]
    bad = [article(1, title=""), article(2, title="\x00 \u200b"), article(3, deep=nested)]
    path = write(export, [article(0), *bad, article(4, score=float("nan"))])
    ledger = export.build()
    assert ledger.published == 3
    assert [(one.path, one.line) for one in ledger.skipped] == [(str(path), n) for n in (2, 3, 4)]
    assert ["headline" in one.reason for one in ledger.skipped] == [True, True, False]


def test_the_first_bytes_decide_the_format_of_a_source(export: Archive) -> None:
    export.write("notes.lines", "These are the lines of a poem,\nand no articles.\n")
    ledger = export.build()
    assert ledger.sources == 2
    assert ledger.unread_suffixes == {".lines": 1}


def test_the_digest_of_an_article_is_of_its_own_part_of_the_source(export: Archive) -> None:
    (line,) = [
        one
        for one in export.page("2023/06/articles.jsonl").splitlines()
        if json.loads(one)["headline"] == "Story 17"
    ]
    data = json.loads(line)
    assert data["source"] == "export.lines"
    assert "position" not in data
    from hashlib import sha256

    record = f"{json.dumps(article(17))}\n".encode()
    assert data["sha256"] == sha256(record).hexdigest()


_MEASURE = """
import json, resource, sys
from dataclasses import replace
from pathlib import Path
from conftest import Archive
from lines_reader import LINES
from newsarchive.reading.readers import READERS

archive = Archive(Path(sys.argv[1]))
archive.readers = (*READERS, LINES)
archive.limits = replace(archive.limits, calendar=())
ledger = archive.build(jobs=int(sys.argv[2]))
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
# getrusage(2) adds what the process held that this one was forked from.
own_peak = int(status["VmHWM"].split()[0]) // 1024
peak_of_workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(json.dumps([ledger.published, own_peak, peak_of_workers]))
"""


def measured(archive: Archive, jobs: int) -> tuple[int, int]:
    """The number of articles that a build publishes, and the peak memory of its largest process in
    megabytes. The site has as few kinds of pages as possible, so reading is most of the work."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(archive.directory), str(jobs)],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    published, *peaks = json.loads(done.stdout)
    return published, max(peaks)


def write_many(archive: Archive, count: int, characters: int) -> None:
    """Write a source of so many articles of so many characters each."""
    archive.configure("[feeds]\nformats = []\ncollection_formats = []\n[data]\npublish = false\n")
    text = "The ferry was late again. " * (characters // 26)
    with (archive.seeds / "export.lines").open("w") as file:
        for number in range(count):
            day = f"{1990 + number % 30}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            file.write(json.dumps({"title": f"Story {number}", "date": day, "text": text}) + "\n")


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("jobs", [1, 2])
def test_memory_stays_flat(archive: Archive, jobs: int) -> None:
    count = 20_000 if IS_SOAKING else 4_000
    write_many(archive, count, 8_000)
    published, peak = measured(archive, jobs)
    assert published == count
    assert peak < 150
