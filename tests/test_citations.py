"""Cite this article: the citations below an article's text, and the files to save.

The expected values follow the published styles: APA's manual, 7th edition (9.7 to 9.12 on authors,
10.1 on newspaper articles); the Chicago Manual of Style, 17th edition (14.76, 14.94, 14.191, 14.199
and, on particles, 8.5 and 14.21); BibTeX's manual (btxdoc) and that of biblatex for its fields; and
the RIS specification of 2011.
"""

import re
from urllib.parse import unquote

import pytest

from citing import Cited, cited, page_of, printed, saved
from conftest import Archive
from stories import story, with_base_url

HOSTILE = '"><script>alert(1)</script>'
MARKS = r"Salt & pepper: 100% of $5 #1 snake_case {braces} ~ ^ \ done"

AUTHORS = {
    "one": "Nell Ashdown",
    "two": "Nell Ashdown and Owen Pike",
    "three": "Ruth Tallis, Owen Pike and Nell J. Ashdown",
    "desk": "Harbour desk",
    "agency": "Associated Press",
    "initials": "ME",
    "particle": "Vincent van Gogh",
    "persian": "مریم احمدی",
    "hyphen": "Jean-Luc Godard",
    "junior": "Martin Luther King Jr.",
    "dotted": "J.K. Rowling",
    "many": ", ".join(f"Ida {chr(65 + n)}bbott" for n in range(21)),
}
"""Bylines, by the headline of the article that has each."""

HEADLINES = {
    "question": "Who rang the bell?",
    "stop": "It was the mole.",
    "quoted": "Mayor: “I quit”",
    "marks": MARKS,
    "brace": "A brace } that closes nothing",
    "hostile": HOSTILE,
    "percent": "%22%0D%0AER - 100%",
    "letters": "Überflutung am Kai: ein Bärenjahr",
}
"""Headlines of articles by the harbour desk, by the name of their file."""


@pytest.fixture(scope="module")
def gazette(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Articles of one day by all kinds of authors, and some without author or date."""
    archive = Archive(tmp_path_factory.mktemp("citations"))
    archive.configure(with_base_url())
    for name, author in AUTHORS.items():
        archive.write(f"{name}.md", story(f"Storm {name}", "2021-10-21", author=f'"{author}"'))
    for name, headline in HEADLINES.items():
        # A headline in plain text is taken literally.
        archive.write(f"{name}.txt", f"{headline}\nBy Harbour desk\nOct 21, 2021\n\nThe story.\n")
    archive.write("unsigned.md", story("Ferry sails again", "2021-10-21"))
    archive.write("undated.md", story("Bell found", None, author="Nell Ashdown"))
    archive.write("neither.md", story("Whose bell", None))
    archive.write(
        "full.md",
        story("Moor", "2021-10-09T23:30:00Z", ["Bog", "Heath"], section="Country", language="de"),
    )
    ledger = archive.build()
    assert not ledger.skipped
    assert not ledger.warnings
    return archive


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive without a base_url."""
    archive = Archive(tmp_path_factory.mktemp("no-address"))
    archive.configure('[site]\ntitle = "Gazette & Herald"\n')
    origin = "https://old.example/storm?a=1&b=%7B"
    archive.write(
        "first.md", story("First", "2021-10-21", author="Nell Ashdown", source_url=f'"{origin}"')
    )
    archive.write("own.md", story("Own", "2021-10-21", author="Nell Ashdown"))
    archive.write(
        "brace.md", story("Brace", "2021-10-21", source_url='"https://old.example/a}b_c"')
    )
    archive.write("ferry.md", story("کشتی رسید", "2021-10-21", author='"مریم احمدی"'))
    archive.write("storm.md", story("توفان آمد", "2021-10-22", author='"مریم احمدی"'))
    archive.build()
    return archive


def of_day(name: str) -> str:
    return f"2021/10/21/{name}.html"


def by(archive: Archive, name: str) -> Cited:
    return cited(archive, of_day(f"storm-{name}"))


def with_headline(archive: Archive, name: str) -> Cited:
    """The citation of the article that was read from a file of HEADLINES."""
    pages = (archive.output / "2021/10/21").glob("*.html")
    (address,) = (
        page.relative_to(archive.output).as_posix()
        for page in pages
        if f"<bdi>{name}.txt</bdi>" in page.read_text(encoding="utf-8")
    )
    return cited(archive, address)


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("one", "Ashdown, N."),
        ("two", "Ashdown, N., & Pike, O."),
        ("three", "Tallis, R., Pike, O., & Ashdown, N. J."),
        ("desk", "Harbour desk."),
        ("agency", "Associated Press."),
        ("initials", "ME."),
        ("particle", "van Gogh, V."),
        ("persian", "مریم احمدی."),
        ("hyphen", "Godard, J.-L."),
        ("junior", "King, M. L., Jr."),
        ("dotted", "Rowling, J. K."),
    ],
)
def test_an_article_is_cited_in_apa_style(gazette: Archive, name: str, authors: str) -> None:
    assert by(gazette, name).styles["APA"] == (
        f"{authors} (2021, October 21). Storm {name}. *Gazette*. "
        f"https://gazette.example/2021/10/21/storm-{name}.html"
    )


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("one", "Ashdown, Nell."),
        ("two", "Ashdown, Nell, and Owen Pike."),
        ("three", "Tallis, Ruth, Owen Pike, and Nell J. Ashdown."),
        ("desk", "Harbour desk."),
        ("agency", "Associated Press."),
        ("initials", "ME."),
        # "du Maurier, Daphne": a bibliography keeps the small letter of a particle (8.5, 14.21).
        ("particle", "van Gogh, Vincent."),
        ("persian", "مریم احمدی."),
        ("hyphen", "Godard, Jean-Luc."),
        ("junior", "King, Martin Luther, Jr."),
    ],
)
def test_an_article_is_cited_in_chicago_style(gazette: Archive, name: str, authors: str) -> None:
    assert by(gazette, name).styles["Chicago"] == (
        f"{authors} “Storm {name}.” *Gazette*, October 21, 2021. "
        f"https://gazette.example/2021/10/21/storm-{name}.html."
    )


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("one", "{Ashdown, Nell}"),
        ("two", "{Ashdown, Nell and Pike, Owen}"),
        ("three", "{Tallis, Ruth and Pike, Owen and Ashdown, Nell J.}"),
        # BibTeX splits no name within a second pair of braces.
        ("desk", "{{Harbour desk}}"),
        ("agency", "{{Associated Press}}"),
        ("initials", "{{ME}}"),
        ("particle", "{van Gogh, Vincent}"),
        ("persian", "{{مریم احمدی}}"),
        ("junior", "{King, Jr., Martin Luther}"),
    ],
)
def test_bibtex_gets_the_names_of_authors_in_a_form_that_it_splits_correctly(
    gazette: Archive, name: str, authors: str
) -> None:
    entry = by(gazette, name).entry
    assert entry.kind == "article"
    assert entry.fields["author"] == authors


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("one", ["Ashdown, Nell"]),
        ("two", ["Ashdown, Nell", "Pike, Owen"]),
        ("three", ["Tallis, Ruth", "Pike, Owen", "Ashdown, Nell J."]),
        ("desk", ["Harbour desk"]),
        ("agency", ["Associated Press"]),
        ("initials", ["ME"]),
        ("particle", ["van Gogh, Vincent"]),
        ("persian", ["مریم احمدی"]),
        ("junior", ["King, Martin Luther, Jr."]),
    ],
)
def test_ris_has_a_line_for_each_author(gazette: Archive, name: str, authors: list[str]) -> None:
    assert [value for tag, value in by(gazette, name).ris if tag == "AU"] == authors


def test_apa_names_no_more_than_twenty_authors(gazette: Archive) -> None:
    # The first nineteen, an ellipsis without an ampersand, and the last.
    names = [f"{chr(65 + n)}bbott, I." for n in range(21)]
    authors = f"{', '.join(names[:19])}, . . . {names[-1]} (2021,"
    assert by(gazette, "many").styles["APA"].startswith(authors)


def test_chicago_names_seven_of_more_than_ten_authors(gazette: Archive) -> None:
    names = ["Abbott, Ida", *(f"Ida {chr(65 + n)}bbott" for n in range(1, 7))]
    shown = by(gazette, "many").styles["Chicago"]
    assert shown.startswith(f"{', '.join(names)}, et al. “Storm many.”")


def test_an_article_without_an_author_is_cited_without_one(gazette: Archive) -> None:
    found = cited(gazette, of_day("ferry-sails-again"))
    url = "https://gazette.example/2021/10/21/ferry-sails-again.html"
    assert found.styles["APA"] == f"Ferry sails again. (2021, October 21). *Gazette*. {url}"
    assert "author" not in found.entry.fields
    assert "AU" not in dict(found.ris)


def test_chicago_puts_the_newspaper_in_the_place_of_a_missing_author(gazette: Archive) -> None:
    # "New York Times. “In Texas, Ad Heats Up Race for Governor.” July 30, 2002." (14.199)
    assert cited(gazette, of_day("ferry-sails-again")).styles["Chicago"] == (
        "*Gazette*. “Ferry sails again.” October 21, 2021. "
        "https://gazette.example/2021/10/21/ferry-sails-again.html."
    )


def test_an_undated_article_is_cited_without_a_date(gazette: Archive) -> None:
    found = cited(gazette, "undated/bell-found.html")
    url = "https://gazette.example/undated/bell-found.html"
    assert found.styles["APA"] == f"Ashdown, N. (n.d.). Bell found. *Gazette*. {url}"
    assert found.styles["Chicago"] == f"Ashdown, Nell. “Bell found.” *Gazette*, n.d. {url}."
    assert not {"year", "month", "day", "date"} & set(found.entry.fields)
    assert not {"PY", "DA"} & set(dict(found.ris))


def test_without_author_and_date_the_headline_comes_first(gazette: Archive) -> None:
    shown = cited(gazette, "undated/whose-bell.html").styles
    url = "https://gazette.example/undated/whose-bell.html"
    assert shown["APA"] == f"Whose bell. (n.d.). *Gazette*. {url}"


@pytest.mark.parametrize(
    ("name", "apa", "chicago"),
    [
        ("question", "Who rang the bell? *Gazette*.", "“Who rang the bell?” *Gazette*,"),
        ("stop", "It was the mole. *Gazette*.", "“It was the mole.” *Gazette*,"),
    ],
)
def test_a_headline_that_ends_in_punctuation_gets_no_full_stop(
    gazette: Archive, name: str, apa: str, chicago: str
) -> None:
    shown = with_headline(gazette, name).styles
    assert apa in shown["APA"]
    assert chicago in shown["Chicago"]


def test_chicago_puts_a_quotation_in_a_headline_in_single_quotation_marks(gazette: Archive) -> None:
    # The full stop goes before both marks (14.94, 6.9).
    shown = with_headline(gazette, "quoted").styles
    assert "Mayor: “I quit.” *Gazette*." in shown["APA"]
    assert "“Mayor: ‘I quit.’” *Gazette*," in shown["Chicago"]


@pytest.mark.parametrize("name", HEADLINES)
def test_bibtex_and_ris_keep_every_character_of_a_headline(gazette: Archive, name: str) -> None:
    found = with_headline(gazette, name)
    assert printed(found.entry.fields["title"]) == HEADLINES[name]
    assert dict(found.ris)["TI"] == HEADLINES[name]


def test_bibtex_escapes_special_characters(gazette: Archive) -> None:
    title = with_headline(gazette, "marks").entry.fields["title"]
    assert r"Salt \& pepper: 100\% of \$5 \#1 snake\_case" in title
    assert r"\textasciitilde{} \textasciicircum{} \textbackslash{} done" in title


def test_bibtex_has_the_title_journal_address_and_date(gazette: Archive) -> None:
    fields = by(gazette, "one").entry.fields
    # A title within two pairs of braces keeps its capitals.
    assert fields["title"] == "{{Storm one}}"
    assert fields["journal"] == "{Gazette}"
    assert fields["url"] == "{https://gazette.example/2021/10/21/storm-one.html}"
    assert (fields["year"].strip("{}"), fields["date"]) == ("2021", "{2021-10-21}")


def test_bibtex_has_the_month_as_a_three_letter_abbreviation(gazette: Archive) -> None:
    # "You should use the standard three-letter abbreviation" (btxdoc): a style puts it in words.
    assert by(gazette, "one").entry.fields["month"] == "oct"


def test_bibtex_names_the_language_as_latex_does(gazette: Archive) -> None:
    # biblatex, 2.2.3: langid is the name that babel or polyglossia has for it.
    assert by(gazette, "one").entry.fields["langid"] == "{english}"
    german = cited(gazette, "2021/10/09/moor.html").entry.fields["langid"]
    assert german in ("{german}", "{ngerman}")


def test_two_articles_cited_together_have_different_bibtex_keys(unpublished: Archive) -> None:
    # BibTeX stops at a repeated entry.
    pages = [*unpublished.output.glob("2021/10/2?/کشتی*"), *unpublished.output.glob("*/*/*/توفان*")]
    addresses = [page.relative_to(unpublished.output).as_posix() for page in pages]
    keys = [cited(unpublished, address).entry.key for address in addresses]
    assert len(keys) == 2
    assert keys[0] != keys[1]


@pytest.mark.parametrize("name", [*AUTHORS, *HEADLINES])
def test_the_links_save_the_citations_that_the_page_shows(gazette: Archive, name: str) -> None:
    found = by(gazette, name) if name in AUTHORS else with_headline(gazette, name)
    assert list(found.styles) == ["APA", "Chicago", "BibTeX"]
    assert found.bibtex_link.startswith("data:application/x-bibtex;")
    assert saved(found.bibtex_link) == found.bibtex
    assert found.ris_link.startswith("data:application/x-research-info-systems;")
    assert all(re.fullmatch(r"\S+\.(bib|ris)", saved_as or "") for saved_as in found.downloads)


@pytest.mark.parametrize("name", [*AUTHORS, *HEADLINES])
def test_the_lines_of_ris_follow_its_specification(gazette: Archive, name: str) -> None:
    found = by(gazette, name) if name in AUTHORS else with_headline(gazette, name)
    text = saved(found.ris_link)
    lines = text.split("\r\n")
    assert lines.pop() == ""  # every line ends in CR and LF
    assert "\n" not in "".join(lines)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert lines[0] == "TY  - NEWS"
    assert lines[-1] == "ER  - "
    tags = [line[:2] for line in lines]
    assert tags.count("TY") == tags.count("ER") == 1


def test_ris_has_every_field_of_the_article(gazette: Archive) -> None:
    assert cited(gazette, "2021/10/09/moor.html").ris == [
        ("TY", "NEWS"),
        ("TI", "Moor"),
        ("T2", "Gazette"),
        ("PY", "2021"),
        ("DA", "2021/10/09/"),
        ("SE", "Country"),
        *(("KW", "Bog"), ("KW", "Heath")),
        ("LA", "de"),
        ("UR", "https://gazette.example/2021/10/09/moor.html"),
        ("ER", ""),
    ]


def test_without_a_base_url_the_original_address_is_cited(unpublished: Archive) -> None:
    found = cited(unpublished, of_day("first"))
    url = "https://old.example/storm?a=1&b=%7B"
    assert found.styles["APA"].endswith(f"First. *Gazette & Herald*. {url}")
    assert found.styles["Chicago"].endswith(f"*Gazette & Herald*, October 21, 2021. {url}.")
    assert found.entry.fields["url"] == f"{{{url}}}"  # verbatim: \url takes it literally
    assert found.entry.fields["journal"] == r"{Gazette \& Herald}"
    assert dict(found.ris)["UR"] == url


def test_without_base_url_and_original_address_no_address_is_cited(unpublished: Archive) -> None:
    found = cited(unpublished, of_day("own"))
    assert found.styles["APA"] == "Ashdown, N. (2021, October 21). Own. *Gazette & Herald*."
    chicago = "Ashdown, Nell. “Own.” *Gazette & Herald*, October 21, 2021."
    assert found.styles["Chicago"] == chicago
    assert "url" not in found.entry.fields
    assert "UR" not in dict(found.ris)
    assert "localhost" not in "".join([*found.styles.values(), saved(found.ris_link)])


def test_a_brace_in_an_address_does_not_break_the_bibtex_entry(unpublished: Archive) -> None:
    url = cited(unpublished, of_day("brace")).entry.fields["url"][1:-1]
    assert unquote(url) == "https://old.example/a}b_c"


def test_a_hostile_headline_cannot_break_out_of_its_citation(gazette: Archive) -> None:
    found = with_headline(gazette, "hostile")
    assert f"{HOSTILE}." in found.styles["APA"]
    assert f"“{HOSTILE}.”" in found.styles["Chicago"]
    page = page_of(gazette, of_day("script-alert-1-script"))
    (box,) = page.iterfind(".//details[@class='cite']")
    assert {part.tag for part in box.iter()} == {"details", "summary", "h2", "p", "i", "pre", "a"}
    assert {name for part in box.iter() for name in part.attrib} == {
        *("class", "data-copy", "data-copied", "dir", "tabindex", "href", "download"),
    }
    scripts = [script for script in page.iter("script") if script.get("src") is None]
    assert [script.get("type") for script in scripts] == ["application/ld+json"]
