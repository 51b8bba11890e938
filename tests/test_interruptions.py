"""Interruptions: the next build continues after a stopped build or a lost catalogue, and readers
never see half a site."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Archive, same_as_from_nothing
from newsarchive.build.output_folder import OutputFolder
from newsarchive.build.worker import Worker
from newsarchive.model.problems import ArchiveError
from stories import story


@pytest.fixture
def gazette(small_gazette: Archive) -> Archive:
    """A small archive over three months, built."""
    return small_gazette


@pytest.mark.parametrize("written_before", [0, 1, 5])
def test_the_next_build_repairs_an_interrupted_build(
    gazette: Archive, monkeypatch: pytest.MonkeyPatch, written_before: int
) -> None:
    (gazette.seeds / "ferry.md").unlink()
    gazette.write("buoy.md", story("Buoy", "2023-06-19T12:00Z", ["Harbour", "Buoys"]))
    with monkeypatch.context() as patch:
        interrupt(patch, OutputFolder, "put", written_before)
        with pytest.raises(KeyboardInterrupt):
            gazette.build()
    # The change is undone before the next build, so the files of the interrupted build are
    # leftovers, except at addresses where a reader may have seen the article.
    (gazette.seeds / "buoy.md").unlink()
    gazette.build()
    assert not (gazette.output / "tags/buoys/feed.xml").exists()
    assert "withdrawn" in gazette.page("2023/06/19/buoy.html")
    assert same_as_from_nothing(gazette)


def test_the_next_build_repairs_an_interrupted_first_build(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("tide.md", story("Tide"))
    with monkeypatch.context() as patch:
        interrupt(patch, Worker, "publish", 3)
        with pytest.raises(KeyboardInterrupt):
            archive.build()
    assert not (archive.output / "index.html").exists()  # the home page is written last
    archive.write("tide.md", story("High tide"))
    archive.build()
    assert same_as_from_nothing(archive)


def test_the_next_build_repairs_a_build_interrupted_while_it_removed_pages(
    gazette: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (gazette.seeds / "ferry.md").unlink()
    with monkeypatch.context() as patch:
        interrupt(patch, OutputFolder, "remove", 2)
        with pytest.raises(KeyboardInterrupt):
            gazette.build()
    gazette.build()
    assert same_as_from_nothing(gazette)


def test_while_a_catalogue_is_rebuilt_no_page_links_to_a_missing_page(
    gazette: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete_catalogue_of(gazette)
    gazette.write("buoy.md", story("Buoy", "2023-06-19T12:00Z"))
    written: list[str] = []
    put = OutputFolder.put

    def noting(self: OutputFolder, address: str, content: bytes) -> None:
        put(self, address, content)
        written.append(address)

    monkeypatch.setattr(OutputFolder, "put", noting)
    gazette.build()
    leading = {"2023/06/19/regatta.html", "2023/06/19/tide.html", "index.html"}
    assert leading <= set(written)
    assert all(written.index("2023/06/19/buoy.html") < written.index(page) for page in leading)


def test_a_deleted_output_folder_is_rebuilt(gazette: Archive) -> None:
    before = gazette.site()
    for path in sorted(gazette.output.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    gazette.output.rmdir()
    gazette.build()
    assert gazette.site() == before


def test_an_output_folder_with_only_its_marker_left_is_rebuilt(gazette: Archive) -> None:
    before = gazette.site()
    for path in sorted(gazette.output.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        elif not path.name.startswith("."):
            path.unlink()
    gazette.build()
    assert gazette.site() == before


def test_without_a_catalogue_nothing_is_rewritten_and_leftovers_are_removed(
    gazette: Archive,
) -> None:
    delete_catalogue_of(gazette)
    ledger = gazette.build()
    assert (ledger.written, ledger.removed) == (0, 0)

    delete_catalogue_of(gazette)
    (gazette.seeds / "ferry.md").unlink()
    (gazette.output / "notes.txt").write_text("by hand")
    gazette.build()
    assert gazette.notices == [
        "1 file in the output folder not made by newsarchive, such as notes.txt: left alone"
    ]
    assert not (gazette.output / "2022/index.html").exists()
    assert "withdrawn" in gazette.page("2022/12/31/ferry.html"), "the page itself knew its article"
    assert (gazette.output / "notes.txt").read_text() == "by hand"
    (gazette.output / "notes.txt").unlink()
    assert same_as_from_nothing(gazette)


@pytest.mark.parametrize("part", ["2023", "tags", "404.html"])
def test_a_missing_part_of_the_output_is_rebuilt(gazette: Archive, part: str) -> None:
    before = gazette.site()
    path = gazette.output / part
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    assert gazette.build().written > 0
    assert gazette.site() == before


def test_a_damaged_catalogue_is_rebuilt(gazette: Archive) -> None:
    before = gazette.site()
    for catalogue in (gazette.directory / ".newsarchive").glob("*.sqlite"):
        catalogue.write_bytes(b"not a database at all" * 1000)
    ledger = gazette.build()
    assert "the cache in .newsarchive is damaged" in gazette.notices[0]
    assert ledger.written == 0
    assert gazette.site() == before


def test_a_full_build_reads_everything_again_and_rewrites_what_differs(gazette: Archive) -> None:
    (gazette.output / "index.html").write_text("spoilt")
    assert gazette.build().written == 0
    ledger = gazette.build(full=True)
    assert (ledger.sources, ledger.written) == (5, 1)
    assert same_as_from_nothing(gazette)


def test_a_build_is_refused_while_another_is_running(gazette: Archive) -> None:
    from newsarchive.catalogue.store import catalogue_path, open_catalogue

    running = open_catalogue(catalogue_path(gazette.directory, gazette.output))
    try:
        with pytest.raises(ArchiveError, match="another build of this archive is running"):
            gazette.build()
    finally:
        running.close()


def interrupt(patch: pytest.MonkeyPatch, owner: type, method: str, calls_before: int) -> None:
    """Interrupt, as Ctrl-C does, the call of the method that follows so many others."""
    original: Callable[..., object] = getattr(owner, method)
    calls = 0

    def interrupted(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls > calls_before:
            raise KeyboardInterrupt
        return original(*arguments)

    patch.setattr(owner, method, interrupted)


def delete_catalogue_of(archive: Archive) -> None:
    """Delete the catalogue of the archive."""
    folder: Path = archive.directory / ".newsarchive"
    for path in folder.iterdir():
        path.unlink()
