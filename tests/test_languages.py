"""Sites in other languages: words, dates, digits, direction, and an archive's own translations."""

import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner, Result

from catalogues import LANGUAGES, said
from conftest import EVERY_DAY, Archive
from newsarchive.cli import main
from stories import story

ARTICLES = {
    "fa": ("کشتی رسید", "بندر", "دریا", "مریم احمدی", "متن خبر."),
    "": ("Ferry", "Harbour", "Sea", "Ida", "The story."),
}
"""Headline, tag, section, author and text, in Persian and otherwise."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Archive]:
    """A site in a language: 12 articles of 19 June 2023, one of 8 August 2021, one undated."""

    @cache
    def built(language: str) -> Archive:
        archive = Archive(tmp_path_factory.mktemp(language), EVERY_DAY)
        title = "روزنامه" if language == "fa" else "Gazette"
        archive.configure(
            f'[site]\ntitle = "{title}"\nlanguage = "{language}"\n'
            'base_url = "https://gazette.example/"\n[build]\npage_size = 10\n'
        )
        headline, tag, section, author, text = ARTICLES.get(language, ARTICLES[""])
        dates = [f"2023-06-19T{hour:02}:30:00Z" for hour in range(6, 18)]
        for number, date in enumerate([*dates, "2021-08-08", None]):
            name = f"{headline} {'آبجدهوزحطیکل'[number % 12] if language == 'fa' else number}"
            archive.write(
                f"{number}.md", story(name, date, [tag], text, section=section, author=author)
            )
        archive.build()
        return archive

    return built


def read(archive: Archive, address: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((archive.output / address).read_bytes())


def texts(archive: Archive, address: str, path: str) -> list[str]:
    """The texts of the elements of a page that an XPath expression finds."""
    return [" ".join(found.text_content().split()) for found in read(archive, address).xpath(path)]


def article_of(archive: Archive) -> str:
    (found,) = (
        path for path in (archive.output / "2021/08/08").glob("*.html") if path.stem != "index"
    )
    return found.relative_to(archive.output).as_posix()


NAVIGATION = ("Tags", "Sections", "Authors", "On this day", "Search")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_navigation_is_in_the_language(site: Callable[[str], Archive], language: str) -> None:
    archive = site(language)
    for address in ("index.html", "404.html", article_of(archive), "2023/06/19/2.html"):
        shown = texts(archive, address, "//header[@class='masthead']/nav//a")
        assert shown == [said(language, message) for message in NAVIGATION], address
        (skip,) = texts(archive, address, "//a[@class='skip']")
        assert skip == said(language, "Skip to content")
    (home, *_) = texts(archive, "2023/06/index.html", "//nav[@class='crumbs']//a")
    assert home == said(language, "Home")


def test_words_are_in_the_language(site: Callable[[str], Archive]) -> None:
    def first(language: str) -> str:
        return texts(site(language), "index.html", "//header[@class='masthead']/nav//a")[0]

    assert first("en") == "Tags"
    assert first("de") == "Schlagwörter"
    assert first("fr") == "Mots-clés"
    assert first("es") == "Etiquetas"
    assert first("fa") == "برچسب‌ها"


@pytest.mark.parametrize(
    ("language", "day", "month", "calendar_day"),
    [
        ("en", "August 8, 2021", "June 2023", "August 8"),
        ("en-GB", "8 August 2021", "June 2023", "8 August"),
        ("de", "8. August 2021", "Juni 2023", "8. August"),
        ("fr", "8 août 2021", "juin 2023", "8 août"),
        ("es", "8 de agosto de 2021", "junio de 2023", "8 de agosto"),
        ("fa", "۸ اوت ۲۰۲۱", "ژوئن ۲۰۲۳", "۸ اوت"),
    ],
)
def test_dates_and_months_are_in_the_language(
    site: Callable[[str], Archive], language: str, day: str, month: str, calendar_day: str
) -> None:
    archive = site(language)
    assert texts(archive, article_of(archive), "//article//time") == [day]
    assert texts(archive, "2023/06/index.html", "//h1") == [month]
    assert texts(archive, "on-this-day/08-08.html", "//h1") == [calendar_day]


@pytest.mark.parametrize(
    ("language", "articles", "tags"),
    [
        ("en", "14 articles", "1 tag"),
        ("de", "14 Artikel", "1 Schlagwort"),
        ("fr", "14 articles", "1 mot-clé"),
        ("es", "14 artículos", "1 etiqueta"),
        ("fa", "۱۴ مطلب", "۱ برچسب"),
    ],
)
def test_counts_have_the_plural_and_the_digits_of_the_language(
    site: Callable[[str], Archive], language: str, articles: str, tags: str
) -> None:
    facts = "//header[@class='listing']/p[@class='facts']/span"
    assert texts(site(language), "index.html", facts)[0] == articles
    assert texts(site(language), "tags/index.html", facts)[0] == tags


@pytest.mark.parametrize(
    ("language", "first_day", "blanks"),
    [
        # 1 June 2023 was a Thursday.
        ("en", "Sunday", 4),
        ("en-GB", "Monday", 3),
        ("de", "Montag", 3),
        ("fr", "lundi", 3),
        ("es", "lunes", 3),
        ("fa", "شنبه", 5),
    ],
)
def test_the_week_of_a_calendar_begins_on_the_usual_day_of_the_country(
    site: Callable[[str], Archive], language: str, first_day: str, blanks: int
) -> None:
    (calendar,) = read(site(language), "2023/06/index.html").xpath("//table[@class='calendar']")
    names = calendar.xpath("thead//abbr/@title")
    assert len(names) == 7
    assert names[0] == first_day
    days = ["".join(cell.itertext()).strip() for cell in calendar.xpath("tbody//td")]
    assert len(days) % 7 == 0
    assert days[: blanks + 1] == [""] * blanks + ["۱" if language == "fa" else "1"]


@pytest.mark.parametrize("language", ["en", "en-GB", *LANGUAGES])
def test_pages_say_their_language_and_direction(
    site: Callable[[str], Archive], language: str
) -> None:
    for address, content in site(language).site().items():
        if address.endswith(".html"):
            (root,) = re.findall(r"<html[^>]*>", content.decode())
            direction = ' dir="rtl"' if language == "fa" else ""
            assert root == f'<html lang="{language}"{direction}>', address


_FOREIGN = {
    *("RSS", "Atom", "JSON", "Feed", "APA", "BibTeX", "RIS", "Zotero", "EndNote", "Mendeley"),
    *("JavaScript", "UTC", "Chicago", "Lines", "CSV"),
}
"""Names of formats, programs and time zones, which stay as they are in every language."""


def test_a_site_in_persian_has_no_english_word_and_no_latin_digit(
    site: Callable[[str], Archive],
) -> None:
    archive = site("fa")
    addresses = [address for address in archive.site() if address.endswith(".html")]
    assert len(addresses) > 380
    seen: set[str] = set()
    for address in addresses:
        page = read(archive, address)
        # Citations are in English, and the names of files stay as they are.
        for left_out in page.xpath("//*[contains(@class, 'copied')] | //p[@class='origin']//bdi"):
            left_out.text = ""
            del left_out[:]
        for script in page.xpath("//script"):
            script.text = ""
        shown = [page.text_content()]
        shown += page.xpath("//@aria-label | //@title | //@alt | //@placeholder | //@data-none")
        shown += page.xpath("//meta[@name='description' or @property='og:title']/@content")
        latin = re.findall(r"[A-Za-z0-9]+", " ".join(shown))
        assert set(latin) <= _FOREIGN, address
        seen |= set(latin)
    assert {"RSS", "APA"} <= seen  # so the search above does find words


def test_without_a_catalogue_dates_are_in_the_language_and_words_in_english(
    site: Callable[[str], Archive],
) -> None:
    archive = site("it")
    assert texts(archive, "index.html", "//header[@class='masthead']/nav//a") == [*NAVIGATION]
    assert texts(archive, "2023/06/index.html", "//h1") == ["giugno 2023"]


# An archive's own words.

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def po(**messages: str) -> str:
    """A catalogue of some messages; the names of keywords have _ for blanks."""
    pairs = ((json.dumps(name.replace("_", " ")), text) for name, text in messages.items())
    return HEADER + "\n".join(
        f"msgid {name}\nmsgstr {json.dumps(text, ensure_ascii=False)}\n" for name, text in pairs
    )


def own_words(archive: Archive, language: str, text: str | bytes) -> Path:
    path = archive.directory / "locale" / f"{language}.po"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def in_language(archive: Archive, language: str) -> None:
    archive.configure(f'[site]\nlanguage = "{language}"\nbase_url = "https://gazette.example/"\n')


def navigation(archive: Archive) -> list[str]:
    return texts(archive, "index.html", "//header[@class='masthead']/nav//a")


def test_an_archive_can_bring_a_catalogue_for_a_language_the_theme_lacks(archive: Archive) -> None:
    in_language(archive, "pt")
    archive.write("a.md", story("Barco", "2021-08-08"))
    plural = (
        'msgid "%(shown)s article"\nmsgid_plural "%(shown)s articles"\n'
        'msgstr[0] "%(shown)s artigo"\nmsgstr[1] "%(shown)s artigos"\n'
    )
    own_words(archive, "pt", po(Tags="Etiquetas", On_this_day="Neste dia") + "\n" + plural)
    archive.build()
    assert navigation(archive) == ["Etiquetas", "Sections", "Authors", "Neste dia", "Search"]
    assert "<span>1 artigo</span>" in archive.page("index.html")
    archive.write("b.md", story("Ponte", "2021-08-08"))
    archive.build()
    assert "<span>2 artigos</span>" in archive.page("index.html")


def test_an_archives_own_catalogue_overrides_the_theme_message_by_message(archive: Archive) -> None:
    in_language(archive, "de")
    own_words(archive, "de", po(Tags="Themen"))
    archive.build()
    assert navigation(archive) == ["Themen", *(said("de", message) for message in NAVIGATION[1:])]


def test_the_catalogue_of_a_country_overrides_that_of_the_language(archive: Archive) -> None:
    in_language(archive, "de-AT")
    own_words(archive, "de-AT", po(Tags="Schlagworte"))
    own_words(archive, "de", po(Tags="Themen", Search="Finden"))
    archive.build()
    assert navigation(archive) == [
        "Schlagworte",
        *(said("de", message) for message in NAVIGATION[1:4]),
        "Finden",
    ]


def test_an_archive_in_english_can_change_words_as_well(archive: Archive) -> None:
    in_language(archive, "en")
    own_words(archive, "en", po(Tags="Topics"))
    archive.build()
    assert navigation(archive)[:2] == ["Topics", "Sections"]


def test_markup_in_a_catalogue_is_shown_as_text(archive: Archive) -> None:
    in_language(archive, "pt")
    own_words(archive, "pt", po(Tags="<script>alert(1)</script>"))
    archive.build()
    assert navigation(archive)[0] == "<script>alert(1)</script>"


def test_changed_words_rebuild_the_pages_and_read_no_article_again(archive: Archive) -> None:
    in_language(archive, "pt")
    path = archive.write("a.md", story("Barco", "2021-08-08", text="Primeiro."))
    own_words(archive, "pt", po(Tags="Etiquetas"))
    archive.build()
    assert archive.build().written == 0
    # A change that leaves size and time alone is not seen until the article is read again.
    before = path.stat()
    path.write_text(path.read_text().replace("Primeiro.", "Diferente"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    own_words(archive, "pt", po(Tags="Temas"))
    archive.build()
    pages = {address for address in archive.site() if address.endswith(".html")}
    assert archive.rebuilt == pages
    assert navigation(archive)[0] == "Temas"
    assert "Primeiro." in archive.page("2021/08/08/barco.html")
    archive.build(full=True)
    assert "Diferente" in archive.page("2021/08/08/barco.html")


def test_the_catalogue_of_a_language_not_in_use_changes_nothing(archive: Archive) -> None:
    in_language(archive, "pt")
    own_words(archive, "pt", po(Tags="Etiquetas"))
    archive.build()
    own_words(archive, "de", po(Tags="Themen"))
    assert archive.build().written == 0


def test_words_are_english_again_when_their_catalogue_is_removed(archive: Archive) -> None:
    in_language(archive, "pt")
    path = own_words(archive, "pt", po(Tags="Etiquetas"))
    archive.build()
    path.unlink()
    archive.build()
    assert navigation(archive) == [*NAVIGATION]


def build_command(archive: Archive) -> Result:
    return CliRunner().invoke(main, ["-C", str(archive.directory), "build"])


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(b"these are no words\n", id="no catalogue"),
        pytest.param(HEADER.encode() + b'msgid "Tags"\n', id="no translation"),
        pytest.param(HEADER.encode() + b'msgid "Tags"\nmsgstr "Etiquetas\n', id="no end"),
        pytest.param(po(Tags="Índice").encode("latin-1"), id="not UTF-8"),
        pytest.param(
            po(Tags="Temas").replace("utf-8", "klingon").encode(), id="unknown character set"
        ),
        pytest.param(
            po(Tags="Temas").replace("nplurals=2", "nplurals=x").encode(), id="no number of forms"
        ),
        pytest.param(
            HEADER.encode() + b'msgid "The archive of %(site)s"\nmsgstr "Arquivo %(sitio)s"\n',
            id="unknown placeholder",
        ),
        pytest.param(
            HEADER.encode() + b'msgid "The archive of %(site)s"\nmsgstr "100% arquivo"\n',
            id="lone percent sign",
        ),
    ],
)
def test_a_broken_catalogue_stops_the_build_and_is_named(archive: Archive, broken: bytes) -> None:
    in_language(archive, "pt")
    own_words(archive, "pt", po(Tags="Etiquetas"))
    archive.build()
    before = archive.site()
    path = own_words(archive, "pt", broken)
    ended = build_command(archive)
    assert ended.exit_code == 2, ended.exception
    assert str(path) in ended.output
    assert archive.site() == before
    # Once the catalogue is repaired, the build succeeds.
    own_words(archive, "pt", po(Tags="Temas"))
    assert build_command(archive).exit_code == 0
    assert navigation(archive)[0] == "Temas"
