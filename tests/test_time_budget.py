"""Time budgets: no article holds up a build, however long it takes to read."""

import re
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from conftest import Archive
from newsarchive.reading import readers, scraped
from newsarchive.reading.markup import conversion
from newsarchive.reading.readers import Record
from newsarchive.reading.source import Source
from newsarchive.reading.time_limit import TimeLimitError, time_limit
from stories import story

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "ITIMER_VIRTUAL"), reason="this system has no timer of processor time"
)


def for_ever(*_: object) -> Iterator[object]:
    while True:
        pass
    yield


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_that_takes_markdown_too_long_is_published_as_plain_text(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    convert = conversion.Markdown.convert

    def endless(self: conversion.Markdown, text: str) -> str:
        return str(list(for_ever())) if "endless" in text else convert(self, text)

    monkeypatch.setattr(conversion.Markdown, "convert", endless)
    monkeypatch.setattr(conversion, "SECONDS", 0.05)
    for number in range(250 if jobs > 1 else 2):
        archive.write(f"{number}.md", story(f"Story {number}", text="*In time*"))
    path = archive.write("slow.md", story("Slow", text="*endless* <b>work</b>"))
    ledger = archive.build(jobs=jobs)
    assert ledger.published == ledger.sources
    (warning,) = ledger.warnings
    assert (warning.path, warning.line) == (str(path), 4)
    assert "takes more than 0.05 seconds; the article is published as plain" in warning.reason
    (page,) = archive.output.rglob("slow.html")
    assert "*endless* &lt;b&gt;work&lt;/b&gt;" in page.read_text()
    (page,) = archive.output.rglob("story-1.html")
    assert "<em>In time</em>" in page.read_text()


def test_an_article_that_cannot_be_read_in_time_is_skipped(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = scraped.read_scraped

    def endless(record: Record, source: Source) -> Iterator[object]:
        return for_ever() if b"Slow" in record.content else read(record, source)

    monkeypatch.setattr(scraped, "read_scraped", endless)
    readers._loaded.cache_clear()
    archive.limits = replace(archive.limits, reading_seconds=0.05)
    archive.write("slow.txt", "Slow\n\nText.\n")
    archive.write("other.txt", "Other\n\nText.\n")
    ledger = archive.build()
    assert ledger.published == 1
    readers._loaded.cache_clear()
    (problem,) = ledger.skipped
    assert problem.reason == "reading it took over 0.05 seconds"


def test_a_regular_expression_that_never_ends_is_stopped() -> None:
    with pytest.raises(TimeLimitError), time_limit(0.05):
        re.match(r"(a+)+$", "a" * 60 + "b")


def test_a_budget_within_another_leaves_the_outer_one_its_rest() -> None:
    with pytest.raises(TimeLimitError), time_limit(0.2):
        with time_limit(30):
            pass
        list(for_ever())
    with time_limit(30), pytest.raises(TimeLimitError), time_limit(0.05):
        list(for_ever())
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    assert signal.getsignal(signal.SIGVTALRM) == signal.SIG_DFL
