"""Scan: the files in the source folders, and which of them changed."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.sources.compare import Same, Vanished, compared
from newsarchive.sources.scan import (
    Found,
    Ignored,
    SourceFile,
    SourceFolder,
    Unreadable,
    scan,
    source_folders,
)


def tree(root: Path, *names: str) -> Path:
    """A folder with files of these names."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return root


def found_in(root: Path, *passed_over: Path) -> list[Found]:
    """Everything that a scan of one folder finds."""
    return list(scan([SourceFolder(root, "")], passed_over))


def names(found: list[Found]) -> list[str]:
    """The names of the files found."""
    return [file.name for file in found if isinstance(file, SourceFile)]


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    wanted = ["a-b.md", "a.md", "a/z.md", "a0.md", "b/c/d.txt", "b/c.txt", "Ü.md"]
    found = names(found_in(tree(tmp_path, *wanted)))
    assert found == sorted(wanted)


def test_hidden_and_backup_files_are_counted_and_not_read(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", ".git/config", "a.md~", "#a.md#", "b.bak", ".DS_Store", "Thumbs.db")
    found = found_in(tmp_path)
    assert names(found) == ["a.md"]
    assert sum(isinstance(one, Ignored) for one in found) == 6


def test_the_output_folder_inside_a_source_folder_is_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "build/index.html", "deep/build/b.md")
    assert names(found_in(tmp_path, tmp_path / "build")) == ["a.md", "deep/build/b.md"]


def test_links_stay_inside_of_the_source_folder(tmp_path: Path) -> None:
    root = tree(tmp_path / "seeds", "a.md", "folder/b.md")
    outside = tree(tmp_path / "elsewhere", "secret.md")
    (root / "inside.md").symlink_to(root / "a.md")
    (root / "outside.md").symlink_to(outside / "secret.md")
    (root / "loop").symlink_to(root)
    (root / "dead.md").symlink_to(root / "nowhere")
    found = found_in(root)
    assert names(found) == ["a.md", "folder/b.md", "inside.md"]
    reasons = {one.name: one.problem.reason for one in found if isinstance(one, Unreadable)}
    assert set(reasons) == {"outside.md", "loop", "dead.md"}
    assert "out of the source folder" in reasons["outside.md"]
    assert "link to a folder" in reasons["loop"]


def test_a_path_that_is_neither_file_nor_folder_is_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (found,) = found_in(tmp_path)
    assert isinstance(found, Unreadable)
    assert found.name == "pipe.md"
    assert found.problem.skipped
    assert "not a regular file" in found.problem.reason


def test_a_file_whose_name_is_not_utf8_is_skipped(tmp_path: Path) -> None:
    try:
        with open(os.fsencode(tmp_path) + b"/gr\xf6\xdfe.md", "wb"):
            pass
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    (found,) = found_in(tmp_path)
    assert isinstance(found, Unreadable)
    assert found.problem.path.endswith(r"gr\xf6\xdfe.md")
    assert "not UTF-8" in found.problem.reason


def test_an_empty_source_folder_is_reported_because_it_may_not_be_mounted(tmp_path: Path) -> None:
    tree(tmp_path, "first/a.md", "second/.DS_Store")
    folders = source_folders(tmp_path, ["first", "second"])
    (found,) = [one for one in scan(folders, []) if isinstance(one, Unreadable)]
    assert (found.name, found.problem.path) == ("~second/", str(tmp_path / "second"))
    assert "no files found in this folder" in found.problem.reason


def test_further_source_folders_have_prefixes_of_their_own(tmp_path: Path) -> None:
    for folder in ("news", "old/news", "blog"):
        tree(tmp_path / folder, "a.md")
    folders = source_folders(tmp_path, ["news", "old/news", "blog", "news"])
    assert [folder.prefix for folder in folders] == ["", "~news/", "~blog/"]
    assert names(list(scan(folders, []))) == ["a.md", "~blog/a.md", "~news/a.md"]


def test_only_changed_files_are_read_again(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "c.md", "d.md")
    a, c, d = (file for file in found_in(tmp_path) if isinstance(file, SourceFile))
    known = [
        ("a.md", a.size, a.mtime_ns, True),
        ("b.md", 1, 1, True),
        ("c.md", c.size, c.mtime_ns - 1, True),
        ("e.md", 1, 1, True),
    ]
    assert list(compared([a, c, d], known)) == [Vanished("b.md"), c, d, Vanished("e.md"), Same(1)]


_STATES = st.dictionaries(
    st.text("abc/.", max_size=4).map("{}.md".format) | st.just("image.png"),
    st.integers(min_value=0, max_value=2),
    max_size=8,
)


@given(before=_STATES, now=_STATES)
def test_every_file_is_the_same_changed_new_or_vanished(
    before: dict[str, int], now: dict[str, int]
) -> None:
    files = [SourceFile(name, name, size, 0) for name, size in sorted(now.items())]
    known = [(name, size, 0, name.endswith(".md")) for name, size in sorted(before.items())]
    told = list(compared(files, known))
    assert {one.name for one in told if isinstance(one, Vanished)} == set(before) - set(now)
    same = {name for name, size in now.items() if before.get(name) == size}
    assert told[-1] == Same(sum(name.endswith(".md") for name in same))
    assert {one.name for one in told if isinstance(one, SourceFile)} == set(now) - same
