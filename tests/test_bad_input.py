"""Bad input: any file is published sensibly or skipped with a reason, and affects no other
article."""

import errno
import os
from pathlib import Path

import pytest

from conftest import Archive
from newsarchive.model.problems import Problem
from stories import story


def markdown(front_matter: str = "", body: str = "Text.", headline: str = "Ferry") -> str:
    return f"---\ntitle: {headline}\n{front_matter}\n---\n{body}\n"


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)

SKIPPED = {
    "empty": ("a.txt", "", "the file is empty"),
    "only blanks": ("a.md", " \n\t\n", "the file is blank"),
    "no headline": ("a.md", "---\ndate: 2023-01-01\n---\n", "no headline found: add a title"),
    "broken YAML": ("a.md", "---\ntitle: [\n---\nText.\n", "the front matter is not YAML"),
    "aliases": ("a.md", markdown(BOMB), "is not allowed; write the value itself"),
    "no end": ("a.md", "---\ntitle: x\n", "the front matter has no end"),
    "nothing to be seen": ("a.txt", "\u200b\n", "this line has no visible characters"),
    "an invisible headline": ("a.md", '---\ntitle: "\\u200b"\n---\n', "no headline found"),
    "deep TOML": ("a.md", "+++\na" + ".a" * 2000 + "=1\n+++\nx\n", "nested more than 50 levels"),
    "a lone surrogate in YAML": ("a.md", markdown(headline='"\\ud800"'), "not YAML"),
}

PUBLISHED = {
    "no date": ("a.txt", "Ferry\n\nText.\n", None),
    "30 February": ("a.md", markdown("date: 2023-02-30"), "February 2023 has 28 days"),
    "year 0": ("a.md", markdown("date: 0000-00-00"), "the year 0 cannot be right"),
    "year 1": ("a.md", markdown("date: 0001-01-01"), "the year 1 cannot be right"),
    "year 9999": ("a.md", markdown("date: 9999-12-31"), None),
    "offset": ("a.md", markdown("date: 2023-06-19T10:00:00+15:30"), "impossible UTC offset"),
    "twelve hours": ("a.md", markdown("date: 19 June 2023 11:59 PM"), None),
    "day first": ("a.md", markdown("date: 31/12/2022"), None),
    "French month": ("a.md", markdown("date: 19 juin 2023"), "cannot be read as a date"),
    "two dates": ("a.md", markdown("date: 2023-06-19\npublished: 2022-01-01"), "a different day"),
    "two date lines": ("a.txt", "Ferry\nJune 19, 2023\nMay 1, 2022\n\nText.\n", "a different day"),
    "two date lines of a day": ("a.txt", "Ferry\nJune 19, 2023\n2023-06-19 08:00\n\nText.\n", None),
    "two dates of one day": ("a.md", markdown("date: 2023-06-19\npubdate: 2023-06-19 08:00"), None),
    "a list for a date": ("a.md", markdown("date: [2023-06-19, 2023-06-20]"), "a list instead of"),
    "a mapping for a date": ("a.md", markdown("date: {a: 1}"), "a mapping instead of a text"),
    "a list for a headline": ("a.md", markdown(headline="[Ferry, Mole]"), "a list instead of one"),
    "a mapping for an author": ("a.md", markdown("author: {x: y}"), "a mapping instead of a text"),
    "a YAML tag": ("a.md", markdown(headline='!!python/object/apply:os.system ["id"]'), None),
    "byte order mark": ("a.md", b"\xef\xbb\xbf" + markdown().encode(), None),
    "CRLF": ("a.md", markdown().replace("\n", "\r\n"), None),
    "CR": ("a.md", markdown().replace("\n", "\r"), None),
    "UTF-16": ("a.txt", "Ferry\n\nText ä.\n".encode("utf-16"), None),
    "UTF-16 without a mark": ("a.txt", "Ferry\n\nText.\n".encode("utf-16-le"), None),
    "Windows-1252": ("a.txt", b"Ferry \x93sails\x94 again in the morning\n\nText.\n", "1252"),
    "Latin-1": ("a.txt", "Fährt wieder hinaus in den Morgen\n\nText.\n".encode("latin-1"), "1252"),
    "mixed": ("a.txt", b"Ferry\n\nThe caf\xc3\xa9 and the caf\xe9 at the quay.\n", "UTF-8"),
    "NUL and controls": ("a.txt", b"Fer\0ry\n\nTe\x07xt\x1b.\n", "NUL"),
    "C1 controls": ("a.txt", "Ferry\x85\x9f\n\nTe\x80xt.\n", None),
    "a lone surrogate": ("a.txt", b"Ferry\n\nA lone \xed\xa0\x80 in the text of it.\n", "UTF-8"),
    "a bad byte in UTF-8": ("a.txt", "Fährt wieder\n\nÄÖÜ äöü ".encode() + b"caf\xe9", "1 byte"),
    "half a character at the end": (
        "a.txt",
        ("Fährt wieder\n\n" + "ä" * 50).encode()[:-1],
        "1 byte",
    ),
    "characters in halves": ("a.txt", b"Smile \xed\xa0\xbd\xed\xb8\x80 again\n\nText.\n", "halves"),
    "a tag in a sentence": ("a.md", markdown(body="The <title> tag.\n\nMore."), None),
    "an impossible date in TOML": (
        "a.md",
        '+++\ntitle = "T"\ndate = 2023-02-30 # then\n+++\nx\n',
        "February 2023 has 28",
    ),
    "brackets in brackets": ("a.md", markdown(body="[" * 5000 + "]" * 5000), "nested too deeply"),
    "blanks in a byline": ("a.txt", "Head\nBy A" + " " * 20_000 + "x\n\nText.\n", None),
    "blanks in an author": ("a.md", markdown(f'author: "A{chr(0xA0) * 20_000}x"'), None),
    "bylines upon bylines": ("a.txt", "Head\n" + "By A | " * 3000 + "x\n\nText.\n", None),
    "comments in a headline": ("a.md", markdown(headline='"' + "<!-- " * 40_000 + '"'), None),
    "backticks for a headline": ("a.md", "`a " * 20_000 + "\n\nText.\n", None),
    "forbidden characters": ("a.md", markdown(body="x &#xD800; &#0; &#xFFFE; ]]> \ufffe"), None),
    "long headline": ("a.md", markdown(headline="word " * 80), None),
    "punctuation": ("a.md", markdown(headline='"!!!"'), None),
    "emoji": ("a.md", markdown(headline='"😀😀"'), None),
    "Persian": ("a.md", markdown(headline="سلام دنیا"), None),
    "Chinese": ("a.md", markdown(headline="北京新闻"), None),
    "override": ("a.md", markdown(headline='"abc \u202e def"'), None),
    "markup": ("a.md", markdown(headline='"A <b>bold</b> boat"'), None),
    "20 MB": ("a.txt", "Ferry\n\n" + ("Words here. " * 80 + "\n\n") * 21_000, None),
    "a line of 2 MB": ("a.txt", "Ferry\n\n" + "word " * 400_000, None),
    "20 MB of Markdown": ("a.md", markdown(body="*Words* here. " * 1_450_000), "longer than"),
    "a line of 2 MB of Markdown": ("a.md", markdown(body="*word* " * 290_000), "longer than"),
    "3,000 elements of HTML": ("a.md", markdown(body="<div>" * 3000), "nested too deeply"),
    "5,000 emphases in HTML": ("a.md", markdown(body="<b><i>" * 2500 + "x"), "nested too deeply"),
    "5,000 quotations": ("a.md", markdown(body="> " * 5000 + "x"), "nested too deeply"),
    "5,000 brackets": ("a.md", markdown(body="[" * 5000), "nested too deeply"),
    **{
        f"slug {slug[:12]}": ("a.md", markdown(f"slug: {slug}\ntags: [{slug}]"), None)
        for slug in ("index", "con", "..", ".well-known", "a/b", "C", "C++", '""', "x" * 300)
    },
}


def build_beside_others(archive: Archive, name: str, content: str | bytes) -> Archive:
    archive.write(name, content)
    archive.write("z.md", story("Another story", "2023-06-19"))
    ledger = archive.build()
    assert ledger.articles == ledger.published + len(ledger.skipped) == 2
    assert "Another story" in archive.page("2023/06/19/another-story.html")
    assert all(not part.startswith(".") for name in archive.site() for part in name.split("/")[1:])
    assert all(len(part.encode()) <= 255 for name in archive.site() for part in name.split("/"))
    return archive


@pytest.mark.parametrize("case", SKIPPED)
def test_a_file_that_cannot_be_published_is_skipped_with_a_reason(
    archive: Archive, case: str
) -> None:
    name, content, reason = SKIPPED[case]
    build_beside_others(archive, name, content)
    (problem,) = archive.build().skipped
    assert problem.path == str(archive.seeds / name)
    assert reason in problem.reason


@pytest.mark.parametrize("case", PUBLISHED)
def test_an_odd_file_is_published_with_a_warning_where_it_is_doubtful(
    archive: Archive, case: str
) -> None:
    name, content, doubt = PUBLISHED[case]
    build_beside_others(archive, name, content)
    ledger = archive.build()
    assert ledger.published == 2
    if doubt is None:
        assert ledger.warnings == []
    else:
        assert any(doubt in warning.reason for warning in ledger.warnings), ledger.warnings
        assert all(warning.path == str(archive.seeds / name) for warning in ledger.warnings)


@pytest.mark.parametrize(("name", "reason"), [("a.md", "vanished"), ("b.txt", "Input/output")])
def test_a_file_that_cannot_be_read_is_skipped_and_tried_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, name: str, reason: str
) -> None:
    archive.write("z.md", story("Another story", "2023-06-19"))
    path = archive.write(name, story("Ferry"))
    real = open

    def failing(opened: object, *more: object, **options: object) -> object:
        if str(opened) == str(path):
            if reason == "vanished":
                path.unlink()
            else:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(opened, *more, **options)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr("newsarchive.build.reading.open", failing, raising=False)
        ledger = archive.build()
    assert (ledger.articles, ledger.published) == (2, 1)
    (problem,) = ledger.skipped
    assert problem.path == str(path)
    told = os.strerror(errno.ENOENT) if reason == "vanished" else reason
    assert f"cannot be read: {told}" in problem.reason
    path.write_text(story("Ferry"))
    assert archive.build().published == 2


def special_files(seeds: Path) -> dict[str, str]:
    """Make links, a pipe and a file with an odd name; return the reason for skipping each."""
    (seeds / "out.md").symlink_to("/etc/passwd")
    (seeds / "device.md").symlink_to("/dev/zero")
    (seeds / "circle.md").symlink_to("circle.md")
    (seeds / "itself").symlink_to(".")
    os.mkfifo(seeds / "pipe.md")
    with open(os.path.join(os.fsencode(seeds), b"\xff\xfe.md"), "wb") as file:
        file.write(markdown().encode())
    return {
        "out.md": "not followed: a link out of the source folder",
        "device.md": "not followed: a link out of the source folder",
        "circle.md": "cannot be read",
        "itself": "not followed: a link to a folder",
        "pipe.md": "not a regular file",
        "\\xff\\xfe.md": "the file name is not UTF-8",
    }


def test_special_files_are_skipped_and_do_not_hang_the_build(archive: Archive) -> None:
    says = special_files(archive.seeds)
    archive.write("folder.txt/inside.md", story("Inside", "2023-06-19"))
    archive.write("new\nline.md", story("New line", "2023-06-19"))
    for name in ("a.md~", ".#a.md", "#a.md#", "a.md.bak", ".hidden.md"):
        archive.write(name, "left by an editor")
    ledger = archive.build()
    assert (ledger.published, ledger.ignored) == (2, 5)
    told = {problem.path.rpartition("/")[2]: problem for problem in ledger.skipped}
    assert told.keys() == says.keys()
    for name, reason in says.items():
        assert reason in told[name].reason
        assert isinstance(told[name], Problem)


def test_headlines_that_differ_only_by_case_or_accent_get_different_addresses(
    archive: Archive,
) -> None:
    for number, headline in enumerate(["Éclair", "eclair", "ECLAIR", "E\u0301clair"]):
        archive.write(f"{number}.md", story(headline, "2023-06-19", text=f"No {number}."))
    assert archive.build().published == 4
    pages = [path.name for path in (archive.output / "2023/06/19").iterdir()]
    assert len({name.casefold() for name in pages}) == 5


def test_a_file_that_changes_while_it_is_read_is_read_again_by_the_next_build(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive.write("a.md", story("Before", "2023-06-19"))
    real = open

    def changing(name: object, mode: str = "r", *more: object, **options: object) -> object:
        file = real(name, mode, *more, **options)  # type: ignore[call-overload]
        if str(name) == str(path):
            path.write_text(story("After the change", "2023-06-19"))
        return file

    with monkeypatch.context() as patch:
        patch.setattr("newsarchive.build.reading.open", changing, raising=False)
        assert archive.build().articles == 1
    archive.build()
    assert "After the change" in archive.page("index.html")


def test_text_that_is_not_all_utf8_is_read_as_it_was_meant(archive: Archive) -> None:
    archive.write("a.txt", "Fährt wieder\n\nÄÖÜ äöü ".encode() + b"caf\xe9 zu.\n")
    archive.write("b.txt", b"Smile \xed\xa0\xbd\xed\xb8\x80 again\n\nText.\n")
    archive.write("c.md", story("Tags", text="The <title> tag and <script>.\n\nAnd more."))
    archive.build()
    assert "<p>ÄÖÜ äöü café zu.</p>" in archive.page("undated/fährt-wieder.html")
    assert "Smile 😀 again" in archive.page("undated/index.html")
    page = archive.page("2023/06/19/tags.html")
    assert "The &lt;title&gt; tag and &lt;script&gt;." in page
    assert "And more." in page


def test_a_folder_with_the_prefix_of_another_source_is_skipped(archive: Archive) -> None:
    archive.configure('[build]\nsources = ["seeds", "other"]\n')
    archive.write("~other/x.txt", "One\n\nText.\n")
    archive.write("../other/x.txt", "Two\n\nText.\n")
    ledger = archive.build()
    assert (ledger.published, len(ledger.skipped)) == (1, 1)
    assert "the files of another source folder have this prefix" in ledger.skipped[0].reason


def test_an_article_replaced_by_a_link_to_outside_is_skipped_and_not_withdrawn(
    archive: Archive,
) -> None:
    archive.write("z.md", story("Another story", "2023-06-19"))
    path = archive.write("a.md", story("Ferry", "2023-06-19"))
    archive.build()
    path.unlink()
    path.symlink_to("/etc/passwd")
    for _ in range(2):
        ledger = archive.build()
        assert [problem.path for problem in ledger.skipped] == [str(path)]
        assert ledger.articles == 2
        assert "temporarily unavailable" in archive.page("2023/06/19/ferry.html")


def test_a_file_name_cannot_add_a_line_to_a_message() -> None:
    told = str(Problem("a\n\x1b[31mred\u202e.md", 3, "why"))
    assert told == "a\\n\\x1b[31mred\\u202e.md:3: why"
