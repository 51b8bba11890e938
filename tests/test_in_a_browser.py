"""Pages in a browser: they open without errors from a folder and a server, and everyone can read
them, on any screen, in any colours and with the keyboard alone."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

from browsing import Browser, needs_axe, needs_browser, pages_of_every_kind
from conftest import Archive
from stories import story

pytestmark = needs_browser


@pytest.mark.parametrize("check", ["from-folder", "over-http", "without-scripts"])
def test_pages_open_without_errors(browser: Browser, built_site: Archive, check: str) -> None:
    nothing_is_wrong(browser, built_site, check)


@pytest.mark.soak
@needs_axe
def test_pages_follow_the_accessibility_rules(browser: Browser, built_site: Archive) -> None:
    nothing_is_wrong(browser, built_site, "accessibility", longest_only=True)


def test_no_page_scrolls_sideways_on_the_narrowest_phone(
    browser: Browser, built_site: Archive
) -> None:
    nothing_is_wrong(browser, built_site, "narrow")


def test_pages_can_be_used_with_the_keyboard_alone(browser: Browser, built_site: Archive) -> None:
    nothing_is_wrong(browser, built_site, "keyboard", longest_only=True)


def test_the_scripts_do_what_readers_expect(browser: Browser, built_site: Archive) -> None:
    if built_site.directory.name == "harbour-gazette":
        found = browser.look(built_site.output, "used", ["search.html"])
        assert not found.complaints, "\n".join(["", *found.complaints])


def test_code_in_a_table_is_no_wider_than_the_page(browser: Browser, archive: Archive) -> None:
    line = "A paragraph that was indented, and so is code. " * 40
    image = '<a href="https://x.example/"><img src="https://images.invalid/Suse_Box.png"></a>'
    rows = f"<tr><td>{image}</td><td><pre><code>{line}</code></pre></td></tr>" * 20
    archive.write("a.md", story("Mole", text=f"<table>{rows}</table>"))
    archive.build()
    for check in ("keyboard", "narrow"):
        found = browser.look(archive.output, check, ["2023/06/19/mole.html"])
        assert not found.complaints, "\n".join(["", *found.complaints])


def nothing_is_wrong(
    browser: Browser, site: Archive, check: str, *, longest_only: bool = False
) -> None:
    """Fail with a list of what is wrong with one or two pages of every kind."""
    pages = pages_of_every_kind(site.output, longest_only=longest_only)
    found = browser.look(site.output, check, pages)
    assert found.pages >= len(pages) - 1
    assert not found.complaints, "\n".join(["", *found.complaints])


def test_pages_of_every_kind_are_checked(built_site: Archive) -> None:
    pages = pages_of_every_kind(built_site.output)
    assert {"index.html", "404.html", "tags/index.html"} <= set(pages)
    for listing in ("*", "*/*", "*/*/*", "tags/*", "authors/*"):
        assert any(fnmatch(page, f"{listing}/index.html") for page in pages)
    texts = [built_site.page(page) for page in pages]
    if built_site.directory.name == "harbour-gazette":
        assert any('<article dir="rtl">' in text for text in texts)
        assert any("This page has moved" in text for text in texts)
        assert any("This article was withdrawn" in text for text in texts)


FAULTY = """<!DOCTYPE html><html lang="en"><title>Faulty</title>
<body><a href="#content">Skip</a>
<div style="width: 400px"><a href="a.html" style="outline: 0">Same</a></div>
<div style="width: 0; overflow: hidden"><a href="b.html">Hidden</a></div>
<a href="d.html" style="position: absolute; top: -9em">Above</a>
<a href="c.html" id="sticky" style="color: #ccc">Pale</a>
<div id="content"></div><button>After</button>
<script>sticky.onkeydown = event => event.preventDefault();</script>
<img src="/missing.txt" alt="">
"""


@pytest.mark.parametrize(
    ("check", "says"),
    [
        ("from-folder", ["faulty.html: request: file:///missing.txt"]),
        ("over-http", ["the server has no /missing.txt"]),
        pytest.param("accessibility", ["(dark, 1280 pixels): color-contrast"], marks=needs_axe),
        ("narrow", ['faulty.html: 408 pixels wide, for <div style="width: 400px">']),
        (
            "keyboard",
            [
                "Same</a> looks the same with the focus",
                "Hidden</a> has the focus behind",
                "Above</a> has the focus out of sight",
                "Pale</a> keeps the focus",
                "Tab never comes to <button>",
            ],
        ),
        ("without-scripts", ["faulty.html: shows nothing"]),
    ],
)
def test_each_check_finds_the_faults_of_a_faulty_page(
    browser: Browser, tmp_path: Path, check: str, says: list[str]
) -> None:
    (tmp_path / "faulty.html").write_text(FAULTY)
    told = "\n".join(browser.look(tmp_path, check).complaints)
    assert [fault for fault in says if fault not in told] == []
