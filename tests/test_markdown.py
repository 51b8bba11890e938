"""Markdown with front matter, as people bring it from Jekyll, Hugo, Pelican and WordPress."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import Archive
from newsarchive.model.text import cleaned
from newsarchive.reading.markup.conversion import is_plain_prose, prose_to_html, to_html
from sources import article_in, found_in, markdown

YAML = (
    "---\ntitle: The mole\ndate: 2023-06-19 09:39:00 +0200\ntags: [Harbour, Storms]\n---\nText.\n"
)
TOML = """+++
title = "The mole"
date = 2023-06-19T09:39:00+02:00
tags = ["Harbour", "Storms"]
+++
Text.
"""
PELICAN = "Title: The mole\nDate: 2023-06-19 09:39:00 +0200\nTags: Harbour, Storms\n\nText.\n"


@pytest.mark.parametrize("text", [YAML, TOML, PELICAN, f"\n\n{YAML}", YAML.replace("\n", "\r\n")])
def test_front_matter_is_read_in_each_dialect(text: str) -> None:
    article = article_in(text, "mole.md")
    assert article.headline == "The mole"
    assert article.published and article.published.isoformat() == "2023-06-19T09:39:00+02:00"
    assert article.tags == ("Harbour", "Storms")
    assert article.body == "<p>Text.</p>"


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "A.MD"])
def test_without_front_matter_the_first_heading_or_line_is_the_headline(name: str) -> None:
    assert article_in("# The *mole*\n\nText.\n", name).headline == "The mole"
    assert article_in("The mole\n========\n\nText.\n", name).headline == "The mole"
    plain = article_in("The [mole](https://example.org/)\n\nText.\n", name)
    assert (plain.headline, plain.body) == ("The mole", "<p>Text.</p>")


def test_a_text_between_two_rules_is_no_front_matter() -> None:
    article = article_in("---\nA sentence about nothing.\n---\n\nText.\n", "a.md")
    assert "Text." in article.body


@pytest.mark.parametrize(
    ("keys", "field", "expected"),
    [
        (("id", "guid"), "id", "value"),
        (("headline", "title"), "headline", "value"),
        (("summary", "description", "excerpt", "standfirst"), "summary", "value"),
        (("authors", "author", "byline"), "authors", ("value",)),
        (("section", "categories", "category"), "section", "value"),
        (("tags", "keywords"), "tags", ("value",)),
        (("dateline",), "dateline", "value"),
        (("slug",), "slug", "value"),
    ],
)
def test_each_field_is_read_under_all_its_names(
    keys: tuple[str, ...], field: str, expected: object
) -> None:
    for key in keys:
        written = f"{key}: value" if field == "headline" else f"title: x\n{key}: value"
        assert getattr(markdown(written), field) == expected, key
        assert getattr(markdown(written.replace(key, key.upper())), field) == expected, key


@pytest.mark.parametrize("useless", ["", "[]", "''", '", "'])
def test_a_key_without_a_name_does_not_hide_the_author(useless: str) -> None:
    article = markdown(f"title: x\nauthors: {useless}\nauthor: Ruth Tallis")
    assert article.authors == ("Ruth Tallis",)


@pytest.mark.parametrize(
    "key", ["published", "date", "pubdate", "publishdate", "publish_date", "published_at"]
)
def test_the_date_of_publication_is_read_under_all_its_names(key: str) -> None:
    article = markdown(f"title: x\n{key}: 2023-06-19")
    assert article.published and article.published.date().isoformat() == "2023-06-19"
    assert article.precision == "day"


@pytest.mark.parametrize(
    "key", ["modified", "updated", "lastmod", "last_modified_at", "last_modified"]
)
def test_the_date_of_modification_is_read_under_all_its_names(key: str) -> None:
    article = markdown(f"title: x\n{key}: 2023-06-19T10:00:00Z")
    assert article.modified and article.modified.hour == 10


@pytest.mark.parametrize("key", ["source_url", "url", "link", "canonical", "canonical_url"])
def test_the_original_address_is_the_id_if_none_is_given(key: str) -> None:
    article = markdown(f"title: x\n{key}: https://gazette.example/mole")
    assert article.source_url == article.id == "https://gazette.example/mole"
    path = markdown(f"title: x\n{key}: /mole/")
    assert (path.source_url, path.id) == (None, "story.md")


@pytest.mark.parametrize("address", ["/mole/", "http://[", "https://"])
def test_an_invalid_address_does_not_hide_a_valid_one(address: str) -> None:
    article = markdown(f"title: x\nurl: '{address}'\nlink: https://gazette.example/mole")
    assert article.id == "https://gazette.example/mole"


def test_an_invalid_address_does_not_affect_the_files_of_the_text() -> None:
    article = markdown("title: x\nurl: 'http://['", "![The mole](mole.png)")
    assert (article.source_url, article.files) == (None, ("mole.png",))


@pytest.mark.parametrize("key", ["language", "lang", "locale"])
def test_the_language_is_read_under_all_its_names_and_written_as_in_html(key: str) -> None:
    assert markdown(f"title: x\n{key}: pt_BR.UTF-8").language == "pt-BR"
    assert markdown(f"title: x\n{key}: the usual").language is None


@pytest.mark.parametrize("key", ["image", "featured_image", "cover", "thumbnail"])
@pytest.mark.parametrize("written", ["{}", "[{}]", "{{url: {}}}", "{{src: {}, alt: x}}"])
def test_the_lead_image_is_read_under_all_its_names_and_in_all_its_forms(
    key: str, written: str
) -> None:
    image = "https://example.org/a.png"
    assert markdown(f"title: x\n{key}: {written.format(image)}").image == image


def test_a_lead_image_that_the_text_shows_is_not_shown_twice() -> None:
    body = "![The mole](https://example.org/a.png)"
    assert markdown("title: x\nimage: https://example.org/a.png", body).image is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2009-11-16 10:00:00 +0100", "2009-11-16T10:00:00+01:00"),
        ("2009-11-16 10:00:00", "2009-11-16T10:00:00+01:00"),
        ('"Mon, 16 Nov 2009 10:00:00 GMT"', "2009-11-16T10:00:00+00:00"),
        ("16 November 2009", "2009-11-16T00:00:00+01:00"),
    ],
)
def test_dates_are_read_with_and_without_an_offset(date: str, expected: str) -> None:
    text = f"---\ntitle: x\ndate: {date}\n---\nText.\n"
    article = article_in(text, "a.md", timezone="Europe/Berlin")
    assert article.published and article.published.isoformat() == expected


@pytest.mark.parametrize("name", ["2009-11-16-mole.md", "2009/11/16/mole.md", "2009/11/16-mole.md"])
def test_a_date_is_read_from_the_name_of_the_file_or_folder(name: str) -> None:
    article = article_in("---\ntitle: x\n---\nText.\n", name)
    assert article.published and article.published.date().isoformat() == "2009-11-16"
    assert article.precision == "day"


def test_a_date_that_cannot_be_read_is_reported_with_key_and_line() -> None:
    text = "---\ntitle: x\ndate: yesterday\n---\nText.\n"
    (article,), (problem,) = found_in(text, "2009-11-16-mole.md")
    assert article.published and article.published.year == 2009
    assert (problem.line, problem.skipped) == (3, False)
    assert problem.reason.startswith("date: ")
    assert "the date in the path is used" in problem.reason


@pytest.mark.parametrize(
    ("front_matter", "is_draft"),
    [
        ("published: false", True),
        ("draft: true", True),
        ("draft: yes", True),
        ("status: draft", True),
        ("published: true", False),
        ("draft: false", False),
        ("published: 2011-01-01", False),
    ],
)
def test_a_draft_flag_is_told_apart_from_a_date(front_matter: str, is_draft: bool) -> None:
    article = markdown(f"title: x\n{front_matter}")
    assert article.draft is is_draft
    assert bool(article.published) is ("2011" in front_matter)


def test_a_file_in_jekylls_drafts_folder_is_a_draft() -> None:
    assert markdown("title: x", name="_drafts/a.md").draft


@pytest.mark.parametrize(
    ("written", "section", "tags"),
    [
        ("tags: [Sea, Harbour]", None, ("Sea", "Harbour")),
        ("tags: Sea, Harbour", None, ("Sea", "Harbour")),
        ("tags:\n- Sea\n- harbour\n- Harbour", None, ("Sea", "harbour")),
        ("tags:", None, ()),
        ("tags: []", None, ()),
        ("tags: 2023", None, ("2023",)),
        ("categories: [Town, Sea]\ntags: Harbour", "Town", ("Harbour", "Sea")),
        ("categories: Town\ntags: Town", "Town", ("Town",)),
        ("section: Sport\ncategories: [Town]", "Sport", ("Town",)),
        ("categories:", None, ()),
    ],
)
def test_tags_and_categories_may_be_a_list_a_text_or_empty(
    written: str, section: str | None, tags: tuple[str, ...]
) -> None:
    article = markdown(f"title: x\n{written}")
    assert (article.section, article.tags) == (section, tags)


def test_values_stay_as_they_were_written() -> None:
    article = markdown("title: No\ntags: [11.10, yes, 1e3]\nedition: 007\nplace: {town: Saltmere}")
    assert article.headline == "No"
    assert article.tags == ("11.10", "yes", "1e3")
    assert article.extra == {"edition": "007", "place": {"town": "Saltmere"}}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("---\ntitle: [one\n---\nText.\n", 3, "not YAML"),
        ("\n---\ntitle: x\n  date: y\n---\nText.\n", 4, "not YAML"),
        ("+++\ntitle = x\n+++\nText.\n", 2, "not TOML"),
        ("---\ntitle: x\n\nText without end.\n", 1, "has no end"),
        ("---\na: &a [x]\nb: *a\n---\nText.\n", 3, "the alias *a is not allowed"),
        (f"---\ntitle: {'[' * 200}{']' * 200}\n---\nText.\n", 2, "levels deep"),
        ("---\ndate: 2023-06-19\n---\n", 3, "no headline"),
    ],
)
def test_an_article_that_cannot_be_read_is_skipped_with_line_and_reason(
    text: str, line: int, says: str
) -> None:
    articles, (problem,) = found_in(text, "a.md")
    assert not articles
    assert problem.skipped
    assert problem.path == "seeds/a.md"
    assert says in problem.reason
    assert problem.line == line


def test_markdown_has_tables_footnotes_and_definition_lists() -> None:
    body = markdown(
        "title: x",
        "| Boat | Year |\n|---|---|\n| Kittiwake | 1961 |\n\n"
        "Ran aground[^1].\n\n[^1]: In fog.\n\nMole\n: A wall in the sea.\n\n~~Old~~ new.",
    ).body
    assert "<th>Boat</th>" in body and "<td>1961</td>" in body
    assert '<sup id="fnref:1"><a href="#fn:1"' in body and '<li id="fn:1">' in body
    assert "<dt>Mole</dt>" in body and "<dd>A wall in the sea.</dd>" in body
    assert "<del>Old</del> new." in body


def test_raw_html_is_kept_as_far_as_it_is_safe() -> None:
    body = markdown(
        "title: x",
        '<figure><img src="https://example.org/a.png" onerror="alert(1)">'
        "<figcaption>The mole</figcaption></figure>\n\n<p align=center>One <b>two</b></p>",
    ).body
    assert '<img src="https://example.org/a.png" alt="" loading="lazy">' in body
    assert "<figcaption>The mole</figcaption>" in body
    assert "<p>One <b>two</b></p>" in body
    assert "onerror" not in body and "align" not in body


@pytest.mark.parametrize("code", ["{{ page.title }}", "{% include x.html %}", "{{< figure >}}"])
def test_template_code_is_shown_as_text(archive: Archive, code: str) -> None:
    archive.write("a.md", f"---\ntitle: 'On {code}'\ndate: 2023-06-19\n---\nWrite {code} here.\n")
    ledger = archive.build()
    assert ledger.published == 1
    (page,) = (path for path in archive.output.glob("2023/06/19/on*.html"))
    shown = page.read_text().replace("&lt;", "<").replace("&gt;", ">")
    assert f"<p>Write {code} here.</p>" in shown
    assert f">On {code}</h1>" in shown


def test_a_wordpress_caption_becomes_a_figure() -> None:
    image = "![Mole](https://example.org/a.png)"
    before = markdown("title: x", f'[caption id="a" width="9" caption="At dawn"]{image}[/caption]')
    since = markdown("title: x", f'[caption id="a" width="9"]{image} At *dawn*[/caption]')
    figure = '<figure><img alt="Mole" src="https://example.org/a.png" loading="lazy"><figcaption>'
    assert f"{figure}At dawn</figcaption></figure>" in before.body
    assert f"{figure}At <em>dawn</em></figcaption></figure>" in since.body


def test_other_leftovers_of_wordpress_are_removed() -> None:
    body = markdown("title: x", "One.\n\n[gallery ids=1,2]\n\n<!--more-->\n\nTwo.").body
    assert body == "<p>One.</p>\n<p>Two.</p>"


def test_a_list_may_follow_a_paragraph_and_nest_by_two_spaces() -> None:
    body = markdown("title: x", "On board:\n- boats\n  - oars\n- crews").body
    assert body.startswith("<p>On board:</p>\n<ul>\n<li>boats<ul>\n<li>oars</li>")


@pytest.mark.parametrize(
    "written",
    [
        "<blockquote>\n> He said so.\n>\n> Twice.\n</blockquote>",
        "<blockquote>\n\n> He said so.\n>\n> Twice.\n\n</blockquote>",
        "<blockquote>> He said so.\n>\n> Twice.</blockquote>",
        "> He said so.\n>\n> Twice.",
    ],
)
def test_a_quotation_that_is_marked_twice_becomes_one_quotation(written: str) -> None:
    body = markdown("title: x", f"Before.\n\n{written}\n\nAfter.").body
    assert "&gt;" not in body
    quotation = "<blockquote>\n<p>He said so.</p>\n<p>Twice.</p>\n</blockquote>"
    assert body == f"<p>Before.</p>\n{quotation}\n<p>After.</p>"


def test_a_quotation_in_a_code_block_is_left_alone() -> None:
    code = "<blockquote>\n> He said so.\n</blockquote>"
    body = markdown("title: x", f"Write:\n\n```html\n{code}\n```\n\nOr not.").body
    shown = code.replace("<", "&lt;").replace(">", "&gt;")
    assert f"<pre><code>{shown}\n</code></pre>" in body


def test_a_raw_quotation_without_marks_is_left_alone() -> None:
    body = markdown("title: x", "<blockquote>He said so.</blockquote>\n\nAfter.").body
    assert "<blockquote>" in body and "He said so." in body
    assert body.endswith("</blockquote>\n<p>After.</p>")


def test_headings_begin_one_level_below_the_headline() -> None:
    assert "<h2>One</h2>\n<h3>Two</h3>" in markdown("title: x", "# One\n\n## Two").body
    assert "<h2>Two</h2>" in markdown("title: x", "## Two").body


def test_a_headline_loses_its_html_tags_and_nothing_else() -> None:
    assert markdown('title: "The <em>mole</em> &amp; the <sea>"').headline == "The mole & the <sea>"


@pytest.mark.parametrize("body", ["[" * 5000, "> " * 5000 + "x", "<div>" * 5000, "*" * 9000 + "x"])
def test_an_article_that_is_nested_too_deeply_is_published(body: str) -> None:
    (article,), problems = found_in(f"---\ntitle: x\n---\n{body}\n", "a.md")
    assert article.headline == "x"
    assert not any(problem.skipped for problem in problems)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("word *em* " * 10_000, "a paragraph is longer than 20,000 characters"),
        ("word *em*\n\n" * 500_000, "the text is longer than 1,000,000 characters"),
    ],
)
def test_an_article_too_long_for_markdown_is_published_as_plain_text(body: str, why: str) -> None:
    (article,), (problem,) = found_in(f"---\ntitle: x\n---\n{body}\n", "a.md")
    assert problem.reason.startswith(why)
    assert problem.reason.endswith("; the article is published as plain text")
    assert not problem.skipped
    assert len(article.body) > len(body) / 2
    assert "<p>*Fine*</p>" not in found_in("---\ntitle: y\n---\n*Fine*\n", "b.md")[0][0].body


def test_an_article_on_which_the_converter_fails_is_published_as_plain_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object) -> str:
        raise RuntimeError("OrderedDict mutated during iteration")

    with monkeypatch.context() as patch:
        patch.setattr("newsarchive.reading.markup.conversion.Markdown.convert", failing)
        (article,), (problem,) = found_in("---\ntitle: x\n---\n*Text*\n", "a.md")
    assert problem.reason == (
        "the Markdown cannot be converted (RuntimeError: OrderedDict mutated during iteration); "
        "the article is published as plain text"
    )
    assert article.body == "<p>*Text*</p>"


def test_text_without_markup_may_have_any_length() -> None:
    paragraph = "Nothing but words here " * 40
    (article,), problems = found_in(
        f"---\ntitle: x\n---\n{(paragraph.strip() + chr(10) * 2) * 8000}", "a.md"
    )
    assert problems == []
    assert article.body.count("<p>") == 8000


WORDS = st.sampled_from(
    ["The", "ferry", "1945.", "'so'", '"Said"', "“so”", "naïve", "a:", "b-c", "—", "(c)", "#4",
     "x+y", "=", "3)", "e.g.", "http://x.org/?a=1", "{{ x }}", "{% y %}", "C++", "$1", "!", "100%",
     "\xa0", ":", "-", "^", "  "]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join) | st.just("") | st.text(max_size=9)


@given(st.lists(LINES, max_size=8).map("\n".join).map(cleaned))
def test_plain_prose_gives_the_same_html_as_the_converter(text: str) -> None:
    assume(is_plain_prose(text))
    # The unused link definition makes the text markup and leaves no trace in the HTML.
    assert prose_to_html(text) == to_html(f"{text}\n\n[unused]: https://example.org/")
