"""`[markdown] engine = "commonmark"`: the dialect of Hugo and GitHub."""

from importlib.util import find_spec

import html5lib
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import Archive
from newsarchive import config
from newsarchive.model.problems import ConfigError
from newsarchive.model.text import cleaned
from newsarchive.reading.html.sanitise import Links, sanitised
from newsarchive.reading.markup.conversion import (
    COMMONMARK,
    is_plain_prose,
    prose_to_html,
    to_html,
)
from stories import story
from test_markdown import LINES

ENGINE = '[markdown]\nengine = "commonmark"\n'


def html_of(text: str) -> str:
    """The sanitised HTML of a text in CommonMark."""
    return sanitised(to_html(text, COMMONMARK), Links("a.md"))


def test_an_archive_chooses_its_dialect(archive: Archive) -> None:
    body = "On board:\n1. boats\n   - oars\n\nMole\n: A wall."
    archive.write("a.md", story("Mole", text=body))
    archive.build()
    assert "<dd>A wall.</dd>" in archive.page("2023/06/19/mole.html")
    archive.configure(ENGINE)
    archive.build()
    page = archive.page("2023/06/19/mole.html")
    assert "<p>Mole\n: A wall.</p>" in page
    assert "<ol>\n<li>boats\n<ul>\n<li>oars</li>" in page


def test_commonmark_has_tables_strikethrough_and_raw_html() -> None:
    assert "<th>Boat</th>" in html_of("| Boat | Year |\n|---|---|\n| Kittiwake | 1961 |")
    assert html_of("~~Old~~ new.") == "<p><del>Old</del> new.</p>"
    assert (
        html_of("<div>\n\n*One*\n\n</div><script>x</script>")
        == "<div>\n<p><em>One</em></p>\n</div>"
    )


def test_footnotes_link_to_the_note_and_back() -> None:
    html = html_of(
        "One[^a b], two[^2], one again[^a b].\n\n[^a b]: The *first*.\n\n[^2]: Second.\n"
    )
    assert html.count('<sup id="fnref:1"><a href="#fn:1"') == 1
    assert html.count('<a href="#fn:1"') == 2
    assert '<div class="footnote"><p><sup id="fn:1"><a href="#fnref:1"' in html
    assert "</sup> The <em>first</em>.</p>" in html
    html5lib.HTMLParser(strict=True).parse(f"<!DOCTYPE html><title>x</title><body>{html}")


def test_wordpress_captions_and_quotations_marked_twice_are_tidied() -> None:
    figure = html_of("[caption caption='At dawn']![](https://a.example/x.png)[/caption]")
    assert "<figcaption>At dawn</figcaption></figure>" in figure
    quoted = html_of("<blockquote>\n> One.\n>\n> Two.\n</blockquote>")
    assert quoted == "<blockquote>\n<p>One.</p>\n<p>Two.</p>\n</blockquote>"


def test_deeply_nested_text_is_converted() -> None:
    assert "x" in html_of("> " * 5000 + "x")
    assert html_of("[" * 5000)


def test_an_unknown_or_uninstalled_engine_is_reported_with_what_to_do(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.configure('[markdown]\nengine = "goldmark"\n')
    with pytest.raises(ConfigError, match=r'\[markdown\] engine = "goldmark".*"commonmark"'):
        config.load(archive.directory)
    archive.configure(ENGINE)
    assert config.load(archive.directory).markdown.engine == COMMONMARK
    without = {"pyromark": None}
    monkeypatch.setattr(config, "find_spec", lambda name: without.get(name, find_spec(name)))
    with pytest.raises(ConfigError, match=r"newsarchive\[commonmark\]"):
        config.load(archive.directory)


@given(st.lists(LINES, max_size=8).map("\n".join).map(cleaned))
def test_plain_prose_gives_the_same_html_as_the_converter(text: str) -> None:
    assume(is_plain_prose(text))
    # The unused link definition makes the text markup and leaves no trace in the HTML.
    converted = html_of(f"{text}\n\n[unused]: https://example.org/")
    assert sanitised(prose_to_html(text), Links("a.md")) == converted
