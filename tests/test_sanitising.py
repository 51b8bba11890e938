"""Sanitising: nothing in an article runs, loads from elsewhere, or breaks the page around it."""

import re
from html import escape, unescape
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Archive
from newsarchive.model.references import resolved
from newsarchive.model.text import cleaned
from newsarchive.reading.html.sanitise import TAGS, Links, _clean, _is_plain, sanitised
from sources import markdown
from stories import story, with_base_url


def safe(html: str, source: str = "2023/story.md", source_url: str | None = None) -> str:
    """Some HTML after sanitising."""
    return sanitised(html, Links(source, source_url))


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<script>alert(1)</script>One", "One"),
        ("<p>One<style>p{}</style></p>", "<p>One</p>"),
        ('<p onclick="alert(1)" style="x" class="y" id="z">One</p>', "<p>One</p>"),
        ("<form action=x><input name=a><button>One</button></form>", "One"),
        ("<svg><script>alert(1)</script></svg><p>One</p>", "<p>One</p>"),
        ("<object data=x></object><embed><p>One</p>", "<p>One</p>"),
        ("<base href=https://evil.example/><meta http-equiv=refresh><p>One</p>", "<p>One</p>"),
        ("<noscript><p>Two</p></noscript><template>Two</template><p>One</p>", "<p>One</p>"),
        ("<!-- <b> --><p>One</p>", "<p>One</p>"),
        ("<p>One <unknown>two</unknown></p>", "<p>One two</p>"),
    ],
)
def test_html_that_could_run_or_load_something_is_removed(html: str, left: str) -> None:
    assert safe(html) == left


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "http://[",
    ],
)
def test_links_to_unsafe_addresses_are_removed(address: str) -> None:
    assert safe(f'<p><a href="{address}">One</a></p>') == "<p>One</p>"
    assert safe(f'<p><img src="{address}" alt="One"></p>') == "<p>One</p>"


@pytest.mark.parametrize("scheme", ["https", "http", "mailto", "tel", "irc"])
def test_links_to_the_web_are_kept(scheme: str) -> None:
    left = f'<a href="{scheme}:x" rel="noopener">One</a>'
    assert safe(f'<a href="{scheme}:x" target=_blank>One</a>') == left


def test_character_references_give_only_characters_allowed_in_a_page() -> None:
    assert safe("<p>a&#1;b&#x2;c&#3d&#xB;e&#150;f&#x20AC;g&#xFFFE;h</p>") == "<p>abcde–f€gh</p>"
    assert "\x02" not in safe('<p title="&#2;x&#3;&#3;">One</p>')


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_an_article_cannot_forge_a_reference_to_a_file(archive: Archive, engine: str) -> None:
    archive.configure(f'{with_base_url()}[markdown]\nengine = "{engine}"\n')
    forged = (
        "[One](&#2;/etc/passwd&#3;&#3;) ![two](&#x02;/etc/passwd&#x03;&#x03;) &#2;three&#3;&#3;"
    )
    archive.write("a.md", story("Mole", text=forged))
    ledger = archive.build()
    assert (ledger.published, ledger.missing_files) == (1, [])
    for address in ("2023/06/19/mole.html", "feed.xml"):
        text = archive.page(address)
        assert cleaned(text) == text
        assert "passwd" not in text and "three" in text


def test_links_without_a_protocol_and_images_over_http_become_https() -> None:
    assert 'href="https://host.example/a"' in safe('<a href="//host.example/a">One</a>')
    assert 'src="https://host.example/a.png"' in safe('<img src="http://host.example/a.png">')


def test_a_link_that_leads_nowhere_becomes_its_text() -> None:
    assert safe('<p><a href="../../../../etc/passwd.txt">One <b>two</b></a></p>') == (
        "<p>One <b>two</b></p>"
    )
    assert safe("<p><a>One</a> <a name=x>two</a></p>") == "<p>One two</p>"
    assert safe('<a href="#somewhere">One</a>') == "One"


def test_a_link_to_a_missing_place_in_the_text_becomes_its_text() -> None:
    assert safe('<p>One<a href="#fn:1">1</a></p>') == "<p>One1</p>"
    led_to = (
        '<p>One<a href="#fn:1" rel="noopener">1</a></p><p>Two <a id="fn:1" rel="noopener"></a></p>'
    )
    assert safe('<p>One<a href="#fn:1">1</a></p><p>Two <a id="fn:1"></a></p>') == led_to


@pytest.mark.parametrize(
    ("outer", "left"),
    [
        ("", ["https://b.example/"]),
        ('href="plan.pdf"', ["media/plan.pdf"]),
        ('href="missing.pdf"', []),
        ('href="https://a.example/"', ["https://a.example/"]),
    ],
)
def test_only_one_of_two_nested_links_is_kept(outer: str, left: list[str]) -> None:
    # In a table cell, HTML's own rules allow a link inside a link.
    inner = '<table><tr><td><a href="https://b.example/">two</a></td></tr></table>'
    html = safe(f"<div><a {outer}>one {inner} three</a></div>", "story.md")
    shown = resolved(html, {"missing.pdf"}, "media/{}".format)
    html5lib.HTMLParser(strict=True).parse(f"<!DOCTYPE html><title>x</title><body>{shown}")
    assert re.findall('href="([^"]*)"', shown) == left
    assert re.sub("<[^>]*>", "", shown) == "one two three"


@pytest.mark.parametrize("character", ["%00", "%02", "%03", "%0a", "%1F", "%7f", "%C2%85"])
def test_control_characters_in_a_link_stop_no_build_and_reach_no_page(
    archive: Archive, character: str
) -> None:
    name = f"a{character}b.png"
    text = f"The ![mole]({name}) and [plan](/{name}). <img src='//a.example/{name}'>"
    archive.write("a.md", story("Mole", text=text, image=f'"{name}"'))
    archive.write("b.md", story("Tide"))
    ledger = archive.build()
    assert ledger.published == 2
    assert not ledger.missing_files
    assert "and plan." in archive.page("2023/06/19/mole.html")
    for address, content in archive.site().items():
        if address.endswith((".html", ".xml")):
            assert cleaned(content.decode()) == content.decode(), address
    # Other servers may name their files as they like.
    assert f'src="https://a.example/{name}"' in archive.page("2023/06/19/mole.html")


def test_a_file_name_may_have_spaces_and_zero_width_joiners() -> None:
    links = Links("story.md")
    sanitised('<img src="a%20%20b.png"><img src="%D9%85%E2%80%8C%D9%87.png">', links)
    assert list(links.files) == ["a  b.png", "م\u200cه.png"]


def test_code_that_shows_a_link_is_the_same_in_pages_and_feeds(archive: Archive) -> None:
    archive.configure(with_base_url())
    archive.write("a.md", story("Mole", text='Write `<a href="#top">` above[^1].\n\n[^1]: So.'))
    archive.build()
    shown = '<code>&lt;a href="#top"&gt;</code>'
    assert shown in archive.page("2023/06/19/mole.html")
    feed = unescape(archive.page("feed.xml"))
    assert 'href="https://gazette.example/2023/06/19/mole.html#fn:1"' in feed
    assert shown in feed


def test_a_link_to_a_missing_file_becomes_its_text(archive: Archive) -> None:
    archive.write("a.md", story("Mole", text="See [the plan](plan.pdf) and ![a *map*](map.png)."))
    archive.build()
    page = archive.page("2023/06/19/mole.html")
    assert "<p>See the plan and" in page
    assert "<img" not in page


def test_embedded_frames_become_links() -> None:
    left = safe('<iframe width=9 src="https://films.example/7?a=1&b=2"></iframe>')
    assert left == (
        '<a href="https://films.example/7?a=1&amp;b=2" rel="noopener">'
        "https://films.example/7?a=1&amp;b=2</a>"
    )


def test_files_are_found_beside_the_article_and_below_the_source_folder() -> None:
    links = Links("2023/story.md")
    sanitised('<img src="a.png"><img src="/b.png"><a href="../c.pdf?x#y">c</a>', links)
    assert list(links.files) == ["2023/a.png", "b.png", "c.pdf"]
    outside = Links("story.md")
    assert "\x02" not in sanitised('<img src="../a.png"><img src="/../../b.png">', outside)
    assert not outside.files


def test_files_cannot_lie_outside_of_a_further_source_folder() -> None:
    links = Links("~blog/2023/story.md")
    sanitised('<img src="/a.png"><img src="../../../b.png"><img src="../c.png">', links)
    assert list(links.files) == ["~blog/a.png", "~blog/c.png"]


def test_wrongly_nested_html_is_corrected() -> None:
    assert safe("<p>One<p>two") == "<p>One</p><p>two</p>"
    assert safe("<p><div>One</div></p>").count("<p>") == safe("<p><div>One</div></p>").count("</p>")
    assert safe("<b><i>One</b></i>") == "<b><i>One</i></b>"
    assert safe("</div></main></body>One") == "One"


def test_invalid_values_of_attributes_are_removed() -> None:
    assert safe('<img src="https://a.example/b" width="9" height="9px" alt="x">') == (
        '<img src="https://a.example/b" width="9" alt="x" loading="lazy">'
    )
    table = safe('<table><tr><td colspan="2" rowspan="x">One</td></tr></table>')
    assert '<td colspan="2">One</td>' in table


# A file of the theme, or JSON-LD without any "<" from an article.
_OWN_SCRIPT = re.compile(
    r'<script src="[./]*static/[a-z]+\.js" defer></script>'
    r'|<script type="application/ld\+json">[^<]*</script>'
)


@pytest.mark.parametrize("field", ["title", "summary", "author", "section", "tags", "dateline"])
def test_no_field_of_an_article_can_add_markup(archive: Archive, field: str) -> None:
    hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>\\" onload=alert(1) x=\\"'
    matter = {"title": "Mole", "date": "2023-06-19", field: f'"{hostile}"'}
    lines = "\n".join(f"{key}: {value}" for key, value in matter.items())
    archive.write("a.md", f"---\n{lines}\n---\nText.\n")
    assert archive.build().published == 1
    for address, content in archive.site().items():
        if address.endswith(".html"):
            page = _OWN_SCRIPT.sub("", content.decode())
            assert "script" not in elements_of(page), address
            assert not [name for name in attributes_of(content.decode()) if name.startswith("on")]


_RUNS = re.compile(r"\s*(?:javascript|data|vbscript):", re.IGNORECASE)


class _Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def elements_of(html: str) -> set[str]:
    """The names of all elements."""
    return _Seen(html).elements


def attributes_of(html: str) -> set[str]:
    """The names of all attributes."""
    return _Seen(html).attributes


HARMLESS = {"href", "src", "alt", "rel", "title", "lang", "dir", "id", "class", "width", "height",
            "loading", "colspan", "rowspan", "scope", "span", "start", "type", "value", "reversed",
            "open", "datetime"}  # fmt: skip

HOSTILE = st.sampled_from(
    ["<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>", "</a>",
     "<svg/onload=alert(1)>", "<math><mtext>", "<style>@import 'x'", "</style>", "<!--", "-->",
     "<p", "<p>", "<div>", "</p>", "<table>", "<tr>", "<td>", "<noscript>", "<template>", "<title>",
     '"', "'", ">", "<", "&lt;script&gt;", "&#x3c;", "\\x3c", "<h1>", "<h5>", "<iframe src='x'>",
     "<iframe src=javascript:alert(1)>", "<textarea>", "<plaintext>", "<a id='fn:1' href='#fn:2'>",
     "text", " ", "<b>", "<select>", "<ol type=a>", "<li>", "<figure>", "<img src='a.png'>",
     "<a href='https://a.example/1'>", "<a title=\"'<b\" href='mailto: &quot;'>", "<td rowspan=3>",
     "<img src='https://a.example/Old_&quot;&gt;Quay&#39;.png'>"]
)  # fmt: skip


@given(st.lists(HOSTILE, max_size=14).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_html_becomes_harmless_and_valid(html: str) -> None:
    left = safe(html)
    assert elements_of(left) <= TAGS
    assert attributes_of(left) <= HARMLESS
    assert not [link for link in _Seen(left).links if _RUNS.match(link)]
    shown = left.replace("\x02", "").replace("\x03", "")
    html5lib.HTMLParser(strict=True).parse(f"<!DOCTYPE html><title>x</title><body>{shown}")
    # Sanitising clean HTML again changes nothing.
    again = safe(left.replace("\x022023/a.png\x03\x03", "a.png"))
    assert again == left


@given(st.lists(HOSTILE, max_size=10).map("".join))
@settings(max_examples=100, deadline=None)
def test_any_markdown_becomes_harmless_html(body: str) -> None:
    left = markdown("title: x", f"One\n\n{body}").body
    assert elements_of(left) <= TAGS
    assert attributes_of(left) <= HARMLESS


@given(st.lists(st.text(st.sampled_from("ab <>&;\"'\n\xa0.é𝄞amp"), min_size=1), max_size=5))
def test_html_that_is_taken_as_clean_is_unchanged_by_sanitising(texts: list[str]) -> None:
    for html in (
        "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts),
        "\n".join(f"<p>{text}</p>" for text in texts),
    ):
        if _is_plain(html):
            assert _clean(html, None) == html


def test_only_paragraphs_of_plain_text_are_taken_as_clean() -> None:
    assert _is_plain("<p>One &amp; two.</p>\n<p>Three &lt; four</p>")
    for html in (
        "",
        "text",
        "<p>One<p>two</p></p>",
        "<p>&nbsp;</p>",
        "<p><b>x</b></p>",
        "<p>a</p>b",
    ):
        assert not _is_plain(html), html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("### One\n\n### Two\n\n#### Three", "h2 h2 h3"),
        ("## One\n\n#### Two\n\n### Three\n\n## Four", "h2 h3 h3 h2"),
        ("##### One\n\n## Two\n\n### Three", "h2 h2 h3"),
        ("<h3>One <h5>Two</h5></h3>\n\n<h3>Three</h3>", "h2 h3 h2"),
    ],
)
def test_headings_skip_no_level(archive: Archive, written: str, shown: str) -> None:
    archive.write("a.md", f"---\ntitle: A\ndate: 2023-06-19\n---\n{written}\n")
    archive.build()
    text = archive.page("2023/06/19/a.html").partition('<div class="text">')[2]
    body = text.partition("</article>")[0]
    assert " ".join(re.findall(r"<(h[1-6])", body)) == shown


def test_tables_and_code_that_scroll_can_be_reached_by_keyboard(archive: Archive) -> None:
    body = "| A | B |\n|--|--|\n| 1 | 2 |\n\n    code\n"
    archive.write("a.md", f"---\ntitle: A\ndate: 2023-06-19\n---\n{body}\n")
    archive.build()
    page = archive.page("2023/06/19/a.html")
    assert '<table tabindex="0">' in page
    assert '<pre tabindex="0">' in page
