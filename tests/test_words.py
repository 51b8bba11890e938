"""The site's words: in the language of the archive, and none that cannot be translated."""

import importlib.util
import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import lxml.html
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result
from jinja2 import Environment, nodes

from conftest import REPOSITORY, Archive
from newsarchive.cli import main
from stories import story

# Where words may stand in templates and scripts.

_GAP = "\ufffc"
"""Stands for what an expression writes."""

_HUMAN = re.compile(
    r"aria-(label|description|valuetext|roledescription)|title|alt|placeholder|label"
)
"""Attributes that readers see or hear; those named data-... hold words for scripts."""

_ATTRIBUTE_OF_MACRO = re.compile(f' (?:lang|dir)="{_GAP}"')
"""What a macro writes into an element that others begin."""

_HUMAN_META = ("description", "og:description", "og:title")

_FILTERS_OF_CODE = {"link", "path", "url", "iso", "moment", "replace"}
"""Filters whose arguments, and for the first three what they are applied to, are no words."""

_CODE = frozenset(
    [
        *("article", "author", "section", "tag", "website", "year", "second"),
        *("tags", "sections", "mentioned", "companions", "chart", "search", "front-page"),
        *("feed.xml", "https:"),
    ]
)
"""Kinds, ids and classes that templates give to macros."""


class _Literals(HTMLParser):
    """The words that stand in the text of a page, and in attributes for people."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.feed(markup)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += _words_in(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        name = attributes.get("name") or attributes.get("property")
        for attribute, value in attributes.items():
            is_told = tag == "meta" and attribute == "content" and name in _HUMAN_META
            if is_told or attribute.startswith("data-") or _HUMAN.fullmatch(attribute):
                self.words += _words_in(value)


def _words_in(text: str) -> list[str]:
    return [part.strip() for part in text.split(_GAP) if re.search(r"[^\W\d_]", part)]


def bare_words(template: str) -> list[str]:
    """The words of a template that no translator can get at."""
    environment = Environment(
        extensions=["jinja2.ext.i18n"], autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    tree = environment.parse(template)
    skeleton = _ATTRIBUTE_OF_MACRO.sub("", "".join(_skeleton(tree)))
    return _Literals(skeleton).words + list(_constants(tree))


def _skeleton(node: nodes.Node) -> Iterator[str]:
    """What a template writes, with a gap for each expression."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Expr):
            yield _GAP if isinstance(node, nodes.Output) else ""
        else:
            yield from _skeleton(child)


def _constants(node: nodes.Node) -> Iterator[str]:
    """The texts in expressions that may come to be shown."""
    match node:
        case nodes.Const(value=str() as text):
            if text not in _CODE and re.search(r"[^\W\d_]", text):
                yield text
            return
        case nodes.TemplateData() | nodes.Compare() | nodes.Test():
            return
        case nodes.Extends() | nodes.Import() | nodes.FromImport() | nodes.Include():
            return
        case nodes.Call(node=nodes.Name(name="_" | "gettext" | "ngettext")):
            # A message is a text that stands there itself; all else is an expression like others.
            messages = [arg for arg in node.args if isinstance(arg, nodes.Const)]
            children = [child for child in node.iter_child_nodes() if child not in messages]
        case nodes.Filter(name="link" | "path" | "url", node=nodes.Const()):
            return
        case nodes.Filter(name=name) if name in _FILTERS_OF_CODE:
            children = [node.node] if node.node else []
        case nodes.Getitem():
            children = [node.node]
        case nodes.Pair():
            children = [node.value]
        case _:
            children = list(node.iter_child_nodes())
    for child in children:
        yield from _constants(child)


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "templates").glob("**/*.html")), ids=lambda path: path.name
)
def test_no_template_has_a_word_that_is_not_translated(path: Path) -> None:
    assert bare_words(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{{ count }} articles</p>", ["articles"]),
        ("<p{% if a %} class='b'{% endif %}>By {{ name }}</p>", ["By"]),
        ("{% if a %}<p>Yes</p>{% else %}<p>&ndash; No</p>{% endif %}", ["Yes", "– No"]),
        ("{% macro m(x) %}<b>Bold</b>{{ x }}{% endmacro %}", ["Bold"]),
        ("{% block b %}{% for a in b %}und{% endfor %}{% endblock %}", ["und"]),
        ("<title>{{ x }} – Archiv</title>", ["– Archiv"]),
        ('<nav aria-label="Archive"></nav>', ["Archive"]),
        ('<abbr title="{{ x }} of May">{{ x }}</abbr>', ["of May"]),
        ('<img alt="A boat" src="a.png">', ["A boat"]),
        ('<input placeholder="Words">', ["Words"]),
        ('<ul data-none="Nothing found"></ul>', ["Nothing found"]),
        ('<meta name="description" content="All of {{ x }}">', ["All of"]),
        ('<meta property="og:title" content="News">', ["News"]),
        ('{{ "Undated" }}', ["Undated"]),
        ('{{ "Tags" if a == "tag" }}', ["Tags"]),
        ('{{ a or "No title" }}', ["No title"]),
        ('{{ a|default("No title") }}', ["No title"]),
        ('{{ "Part"|upper }}', ["Part"]),
        ('{{ "Part " ~ number }}', ["Part "]),
        ('{{ show.tags(tags, "tags", "All tags") }}', ["All tags"]),
        ('{{ _("By %(name)s", name="nobody") }}', ["nobody"]),
        ('{{ _("One" if a else "Two") }}', ["One", "Two"]),
        ('{% set heading = "Search" %}{{ heading }}', ["Search"]),
        ('{% trans x=a or "none" %}By {{ x }}{% endtrans %}', ["none"]),
    ],
)
def test_a_bare_word_in_a_template_is_found(template: str, found: list[str]) -> None:
    assert bare_words(template) == found


@pytest.mark.parametrize(
    "template",
    [
        '<p class="facts" id="{{ id }}">{{ _("Hello") }}, {{ _("By %(x)s", x=y) }} – 2.</p>',
        "{% trans count=n %}{{ count }} article{% pluralize %}{{ count }} articles{% endtrans %}",
        "{% trans a=b %}By <b>{{ a }}</b>{% endtrans %}",
        '{% extends "base.html" %}{% import "macros.html" as show %}{# A note #}',
        '<a href="{{ "tags/index.html"|link }}" rel="next">{{ a|iso("day") }}</a>',
        '{% if a == "tag" %}{{ b["name"] }}{% endif %}',
        '<meta name="viewport" content="width=device-width"><ul data-top="{{ a }}" data-x></ul>',
    ],
)
def test_what_is_no_bare_word_is_let_be(template: str) -> None:
    assert bare_words(template) == []


_LITERAL = re.compile(
    r"""/\*.*?\*/ | //[^\n]*
    | (?:(?<=[(=!,:])|(?<=[(=!,:]\s)) /(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*
    | "(?P<double>(?:[^"\\\n]|\\.)*)" | '(?P<single>(?:[^'\\\n]|\\.)*)'
    | `(?P<template>(?:[^`\\]|\\.)*)`""",
    re.VERBOSE | re.DOTALL,
)
"""Comments and regular expressions, which are passed over, and texts."""

_CODE_OF_SCRIPTS = frozenset(
    [
        *("use strict", "NFD", "NFC", "ss", "button", "click", "input", "script", "auto", "p a"),
        *("a", "li", "ol", "time", "before", "at", "after", "days", "headlines", "index"),
        # Options of Intl, and the time of a day in UTC.
        *("gregory", "UTC", "numeric", "long", "T00:00Z"),
    ]
)
"""What scripts call the parts of a page, its events and their own files."""

_SELECTOR_OR_ADDRESS = re.compile(r"[.\[#][\w\-=\]]+|[\w\-]*/[\w\-./]*|[\w\-]*\.(js|html)")


def words_of_script(script: str) -> list[str]:
    """The texts of a script that are no part of its code: a reader would see them."""
    found: list[str] = []
    for literal in _LITERAL.finditer(script):
        if (template := literal["template"]) is not None:
            pieces, inner = _parted(template)
            found += [word for code in inner for word in words_of_script(code)]
        else:
            pieces = [literal["double"] or literal["single"] or ""]
        for piece in pieces:
            # {day} is put into the words that the page brings.
            text = re.sub(r"\{\w+\}", "", piece)
            is_code = piece in _CODE_OF_SCRIPTS or _SELECTOR_OR_ADDRESS.fullmatch(piece)
            if re.search(r"[^\W\d_]", text) and not is_code:
                found.append(piece.strip())
    return found


def _parted(template: str) -> tuple[list[str], list[str]]:
    """The texts of a template literal, and the code between them."""
    texts, inner, at = [], [], 0
    while (begin := template.find("${", at)) >= 0:
        end, depth = begin + 2, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(template[end], 0)
            end += 1
        texts.append(template[at:begin])
        inner.append(template[begin + 2 : end - 1])
        at = end
    return [*texts, template[at:]], inner


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "static").glob("**/*.js")), ids=lambda path: path.name
)
def test_no_script_has_a_word_for_readers(path: Path) -> None:
    assert words_of_script(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('button.textContent = "Copy";', ["Copy"]),
        ("status.textContent = found ? 'Found' : 'None';", ["Found", "None"]),
        ("status.textContent = `${found} articles`;", ["articles"]),
        ('status.textContent += ` ${more.replace("{month}", "May")}`;', ["May"]),
        ('make("a", { textContent: "Next page" });', ["Next page"]),
        ('field.placeholder = "words"; // a comment with "quotes"', ["words"]),
        ('x.replace(/"/g, ""); alert("It\'s gone");', ["It's gone"]),
    ],
)
def test_a_word_in_a_script_is_found(script: str, found: list[str]) -> None:
    assert words_of_script(script) == found


def test_the_code_of_a_script_is_let_be() -> None:
    script = """/* Says "hello". */
    const plain = text.replace(/[\\p{M}"]/gu, "").split("/");
    box.querySelector("[role=status]").textContent = some ? "" : box.dataset.none;
    link.href = `${top}on-this-day/${name}.html`;
    more.textContent = all.replace("{day}", today.toLocaleDateString(language, { month: "long" }));
    """
    assert words_of_script(script) == []


# The catalogues.

LANGUAGES = ("de", "es", "fa", "fr")


@pytest.fixture(scope="module")
def make_catalogues() -> ModuleType:
    """docs/make_catalogues.py, which translators bring the catalogues up to date with."""
    path = REPOSITORY / "docs" / "make_catalogues.py"
    spec = importlib.util.spec_from_file_location("make_catalogues", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def catalogue(language: str) -> Catalog:
    with (REPOSITORY / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def translated(language: str) -> list[Message]:
    """The messages of a catalogue, without its header."""
    return [message for message in catalogue(language) if message.id]


def ids_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms_of(message: Message) -> tuple[str, ...]:
    forms = message.string or ""
    return (forms,) if isinstance(forms, str) else tuple(forms)


def named(message: Message) -> str:
    return ids_of(message)[0]


def test_there_are_catalogues_of_four_languages() -> None:
    found = {path.stem for path in (REPOSITORY / "locale").glob("*.po")}
    assert found >= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_the_messages_of_the_site(
    make_catalogues: ModuleType, language: str
) -> None:
    wanted = {(message.id, message.context) for message in make_catalogues.messages()}
    assert len(wanted) > 50
    assert ("Skip to content", None) in wanted
    assert (("%(shown)s tag", "%(shown)s tags"), None) in wanted
    found = {(message.id, message.context) for message in catalogue(language)}
    assert found - wanted == set(), "no longer used: run docs/make_catalogues.py"
    assert wanted - found == set(), "missing: run docs/make_catalogues.py and translate"
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    for message in translated(language):
        assert all(form.strip() for form in forms_of(message)), named(message)
        assert not message.fuzzy, named(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_what_language_it_is_of(language: str) -> None:
    assert catalogue(language).locale_identifier == language
    assert catalogue(language).charset.lower() == "utf-8"


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_placeholders_of_their_message(language: str) -> None:
    for message in translated(language):
        for form in forms_of(message):
            assert placeholders(form) == placeholders(ids_of(message)[-1]), named(message)
            assert not re.search(r"%(?!\(\w+\)s|%)", form), f"a lone % in {form!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_markup_of_their_message(language: str) -> None:
    def tags(text: str) -> list[str]:
        return sorted(re.findall(r"<[^>]*>|&\w+;", text))

    for message in translated(language):
        for form in forms_of(message):
            assert tags(form) == tags(ids_of(message)[-1]), named(message)
            assert "<" not in re.sub(r"<[^>]*>", "", form), named(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_as_many_plural_forms_as_the_header_says(language: str) -> None:
    header = re.search(
        r"nplurals=(\d+)", (REPOSITORY / f"locale/{language}.po").read_text(encoding="utf-8")
    )
    assert header
    plurals = [message for message in translated(language) if isinstance(message.id, tuple)]
    assert len(plurals) >= 4
    for message in plurals:
        assert len(forms_of(message)) == int(header[1]), named(message)


# Sites in languages.


def said(language: str, message: str) -> str:
    """A message as the theme's catalogue of a language has it."""
    found = catalogue(language).get(message)
    assert found is not None
    assert found.string != message
    return forms_of(found)[0]


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
        archive = Archive(tmp_path_factory.mktemp(language))
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


def test_the_words_are_those_of_the_language(site: Callable[[str], Archive]) -> None:
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
def test_the_week_of_a_calendar_begins_as_in_the_country(
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
    *("RSS", "APA", "BibTeX", "RIS", "Zotero", "EndNote", "Mendeley", "JavaScript", "UTC"),
    "Chicago",
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
        # Citations are in English, and a file is called what it is called.
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
    assert {"RSS", "APA"} <= seen  # so that what is sought would be found


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


def test_an_archive_brings_words_of_its_own_language(archive: Archive) -> None:
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


def test_an_archives_own_word_goes_before_the_themes_message_by_message(archive: Archive) -> None:
    in_language(archive, "de")
    own_words(archive, "de", po(Tags="Themen"))
    archive.build()
    assert navigation(archive) == ["Themen", *(said("de", message) for message in NAVIGATION[1:])]


def test_words_of_a_country_go_before_those_of_the_language(archive: Archive) -> None:
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


def test_what_a_catalogue_says_is_text_and_no_markup(archive: Archive) -> None:
    in_language(archive, "pt")
    own_words(archive, "pt", po(Tags="<script>alert(1)</script>"))
    archive.build()
    assert navigation(archive)[0] == "<script>alert(1)</script>"


def test_changed_words_make_the_pages_anew_and_read_no_article_again(archive: Archive) -> None:
    in_language(archive, "pt")
    path = archive.write("a.md", story("Barco", "2021-08-08", text="Primeiro."))
    own_words(archive, "pt", po(Tags="Etiquetas"))
    archive.build()
    assert archive.build().written == 0
    # An article that is changed so that it does not show is as it was until it is read again.
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


def test_the_words_of_another_language_change_nothing(archive: Archive) -> None:
    in_language(archive, "pt")
    own_words(archive, "pt", po(Tags="Etiquetas"))
    archive.build()
    own_words(archive, "de", po(Tags="Themen"))
    assert archive.build().written == 0


def test_words_that_are_taken_away_are_english_again(archive: Archive) -> None:
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
def test_a_broken_catalogue_ends_the_build_and_is_named(archive: Archive, broken: bytes) -> None:
    in_language(archive, "pt")
    own_words(archive, "pt", po(Tags="Etiquetas"))
    archive.build()
    before = archive.site()
    path = own_words(archive, "pt", broken)
    ended = build_command(archive)
    assert ended.exit_code == 2, ended.exception
    assert str(path) in ended.output
    assert archive.site() == before
    # Once it is mended, all is well.
    own_words(archive, "pt", po(Tags="Temas"))
    assert build_command(archive).exit_code == 0
    assert navigation(archive)[0] == "Temas"
