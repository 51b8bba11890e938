"""Hostile articles: nothing in them runs, loads from elsewhere or breaks out of its place."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

from browsing import Browser, needs_browser
from conftest import Archive
from stories import with_base_url
from vectors import FIELDS, VECTORS

KEYS = ("title", "author", "section", "tags", "summary", "url", "image", "lang", "id", "slug")
FORBIDDEN = {
    *(
        "script",
        "style",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "form",
        "input",
    ),
    *(
        "button",
        "select",
        "textarea",
        "base",
        "svg",
        "math",
        "video",
        "audio",
        "template",
        "portal",
    ),
    *("noscript", "source", "track", "dialog", "marquee"),
}
"""Elements that no page has, except those that the theme puts outside of articles."""

_OWN_SCRIPT = re.compile(r"[./]*/static/[a-z]+\.js|static/[a-z]+\.js")
_SAVED = ("data:application/x-bibtex;", "data:application/x-research-info-systems;")
"""The beginnings of the links to citation files, which browsers save."""


def _without_the_theme(tree: ElementTree.Element) -> None:
    """Remove the theme's scripts, chart and form fields from a page, and nothing of an article."""
    for child in list(tree):
        attributes, tag = dict(child.attrib), child.tag
        is_script = tag == "script" and not child.text and set(attributes) == {"src", "defer"}
        is_data = tag == "script" and attributes == {"type": "application/ld+json"}
        if (
            (is_script and _OWN_SCRIPT.fullmatch(attributes["src"]))
            or (is_data and "<" not in (child.text or ""))
            or (tag == "svg" and tree.get("class") == "histogram")
            or (tag == "search" and attributes.get("class") in ("search", "filter"))
            or (tag == "noscript" and tree.get("id") == "content")
        ):
            tree.remove(child)
        elif tag != "article":
            _without_the_theme(child)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive of hostile articles, each in Markdown and as plain text, built."""
    archive = Archive(tmp_path_factory.mktemp("hostile"))
    archive.configure(with_base_url())
    for kind, texts in VECTORS.items():
        for number, text in enumerate(texts):
            name = f"{kind}-{number:02}"
            archive.write(
                f"{name}.md", f"---\ntitle: {name}\ndate: 2023-06-19\n---\n{text}\n\nEnd.\n"
            )
            archive.write(f"{name}.txt", f"{name} plain\n2023-06-20\n\n{text}\n\nEnd.\n")
    for key in KEYS:
        for number, value in enumerate(FIELDS):
            fields = {"title": f"{key}-{number}", "date": "2023-06-21", key: value}
            lines = [f"{field}: {json.dumps(given)}" for field, given in fields.items()]
            text = "\n".join(["---", *lines, "---", "Text.", ""])
            archive.write(f"field-{key}-{number}.md", text)
    for number, value in enumerate(FIELDS):
        archive.write(f"headline-{number}.txt", f"{value}\n2023-06-22\n\nBy {value}\n\nText.\n")
    archive.build()
    return archive


def test_there_are_at_least_150_different_attacks() -> None:
    assert sum(map(len, VECTORS.values())) >= 150
    assert all(len(set(texts)) == len(texts) for texts in VECTORS.values())


def test_every_hostile_article_is_published_merged_or_skipped(hostile: Archive) -> None:
    ledger = hostile.build(full=True)
    count = 2 * sum(map(len, VECTORS.values())) + (len(KEYS) + 1) * len(FIELDS)
    assert ledger.articles == ledger.published + ledger.merged + len(ledger.skipped) == count
    # `image` alone of the fields is shown as nothing at all where it is no address.
    assert len(ledger.skipped) <= 1


def test_no_page_has_anything_that_runs_or_loads(hostile: Archive) -> None:
    for address, content in hostile.site().items():
        if address.endswith(".html") and not address.startswith("media/"):
            tree = html5lib.parse(content.decode(), namespaceHTMLElements=False)
            _without_the_theme(tree)
            faults = list(_faults(tree, own_page=True))
            assert faults == [], address


def test_no_feed_has_anything_that_runs_or_loads(hostile: Archive) -> None:
    entries = 0
    for address, content in hostile.site().items():
        if address.endswith(".xml"):
            root = ElementTree.fromstring(content)
            for element in root.iter():
                name = element.tag.rpartition("}")[2]
                text = element.text or ""
                if name == "encoded":
                    entries += 1
                    tree = html5lib.parseFragment(text, namespaceHTMLElements=False)
                    assert list(_faults(tree, own_page=False)) == [], address
                if name in ("link", "comments") and text:
                    assert urlsplit(text).scheme in ("http", "https"), address
    assert entries


def _faults(tree: ElementTree.Element, *, own_page: bool) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in FORBIDDEN or (element.tag in ("link", "meta") and not own_page):
            yield f"<{element.tag}>"
        if element.tag == "a" and element.get("href", "").startswith(("http:", "https:")):
            # In feeds, links to the site itself are absolute too.
            foreign = not (element.get("href") or "").startswith("https://gazette.example/")
            if foreign and "noopener" not in element.get("rel", ""):
                yield f"no noopener: {element.get('href')}"
        for name, value in element.attrib.items():
            yield from _faults_of_attribute(element, str(name), value)


def _faults_of_attribute(element: ElementTree.Element, name: str, value: str) -> Iterator[str]:
    tag = str(element.tag)
    shown = f"<{tag} {name}={value!r}>"
    if name.startswith("on") or name in (
        "style",
        "srcdoc",
        "srcset",
        "ping",
        "background",
        "action",
    ):
        yield shown
    if tag == "meta" and name == "http-equiv" and value != "Content-Security-Policy":
        yield shown
    if name in ("href", "src", "xlink:href", "data", "poster"):
        scheme = re.match(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*)\s*:", value, re.I)
        allowed = ("https",) if tag == "img" else ("http", "https", "mailto")
        is_saved = tag == "a" and value.startswith(_SAVED) and "download" in element.attrib
        if scheme and scheme[1].lower() not in allowed and not is_saved:
            yield shown
        if (
            tag in ("link", "script")
            and scheme
            and not value.startswith("https://gazette.example/")
        ):
            yield shown


def test_nothing_outside_the_archive_is_written_or_read(hostile: Archive) -> None:
    top = {path.name for path in hostile.directory.iterdir()}
    assert top <= {"newsarchive.toml", "seeds", "build", ".newsarchive", "redirects.csv"}
    for content in hostile.site().values():
        assert b"root:x:0" not in content


@needs_browser
def test_a_browser_opens_every_page_and_nothing_runs(browser: Browser, hostile: Archive) -> None:
    # Only those days of the calendar that have articles; 404.html does not work from a folder.
    pages = [
        path.relative_to(hostile.output).as_posix()
        for path in hostile.output.rglob("*.html")
        if path.parent.name != "on-this-day" or path.with_suffix(".js").exists()
    ]
    pages.remove("404.html")
    seen = browser.look(hostile.output, "from-folder", pages)
    assert seen.complaints == []
    assert seen.pages == len(pages) > 200


@needs_browser
def test_the_browser_reports_a_script_and_a_foreign_request(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "run.html").write_text("<script>alert(1)</script>")
    (tmp_path / "load.html").write_text('<img src="http://127.0.0.1:9/x.png">')
    told = browser.look(tmp_path, "from-folder").complaints
    assert "run.html: console: alert" in told
    assert "load.html: request: http://127.0.0.1:9/x.png" in told
