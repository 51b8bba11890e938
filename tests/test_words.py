"""Every word in the theme's templates and scripts can be translated."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from conftest import REPOSITORY

# The places of words in templates and scripts.

_GAP = "\ufffc"
"""Takes the place of an expression."""

_HUMAN = re.compile(
    r"aria-(label|description|valuetext|roledescription)|title|alt|placeholder|label"
)
"""Attributes that readers see or hear; data-... attributes hold words for scripts."""

_ATTRIBUTE_OF_MACRO = re.compile(f' (?:lang|dir)="{_GAP}"')
"""Attributes that a macro writes into an element begun elsewhere."""

_HUMAN_META = ("description", "og:description", "og:title")

_FILTERS_OF_CODE = {"link", "path", "url", "iso", "moment", "replace"}
"""Filters whose arguments are no words; for the first three, nor are the values they filter."""

_CODE = frozenset(
    [
        *("article", "author", "section", "tag", "website", "year", "second"),
        *("tags", "sections", "mentioned", "companions", "chart", "search", "front-page"),
        *("feed.xml", "https:"),
    ]
)
"""Kinds, ids and classes that templates pass to macros."""


class _Literals(HTMLParser):
    """Collects the words in the text of a page, and in attributes for people."""

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
    """The words of a template that cannot be translated."""
    environment = Environment(
        extensions=["jinja2.ext.i18n"], autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    tree = environment.parse(template)
    skeleton = _ATTRIBUTE_OF_MACRO.sub("", "".join(_skeleton(tree)))
    return _Literals(skeleton).words + list(_constants(tree))


def _skeleton(node: nodes.Node) -> Iterator[str]:
    """The text that a template writes, with a gap for each expression."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Expr):
            yield _GAP if isinstance(node, nodes.Output) else ""
        else:
            yield from _skeleton(child)


def _constants(node: nodes.Node) -> Iterator[str]:
    """The texts in expressions that a page may show."""
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
            # A message is a literal text; anything else is an expression like others.
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
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
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
def test_other_parts_of_a_template_are_not_reported(template: str) -> None:
    assert bare_words(template) == []


_LITERAL = re.compile(
    r"""/\*.*?\*/ | //[^\n]*
    | (?:(?<=[(=!,:])|(?<=[(=!,:]\s)) /(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*
    | "(?P<double>(?:[^"\\\n]|\\.)*)" | '(?P<single>(?:[^'\\\n]|\\.)*)'
    | `(?P<template>(?:[^`\\]|\\.)*)`""",
    re.VERBOSE | re.DOTALL,
)
"""Comments and regular expressions, which are ignored, and texts."""

_CODE_OF_SCRIPTS = frozenset(
    [
        *("use strict", "NFD", "NFC", "ss", "button", "click", "input", "script", "auto", "p a"),
        *("a", "li", "ol", "time", "before", "at", "after", "days", "headlines", "index"),
        # Options of Intl, and the time of a day in UTC.
        *("gregory", "UTC", "numeric", "long", "T00:00Z"),
    ]
)
"""Names that scripts use for parts of a page, its events and their own files."""

_SELECTOR_OR_ADDRESS = re.compile(r"[.\[#][\w\-=\]]+|[\w\-]*/[\w\-./]*|[\w\-]*\.(js|html)")


def words_of_script(script: str) -> list[str]:
    """The texts of a script that are no part of its code, so that a reader would see them."""
    found: list[str] = []
    for literal in _LITERAL.finditer(script):
        if (template := literal["template"]) is not None:
            pieces, inner = _parted(template)
            found += [word for code in inner for word in words_of_script(code)]
        else:
            pieces = [literal["double"] or literal["single"] or ""]
        for piece in pieces:
            # The script puts {day} into words from the page.
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
def test_no_script_contains_words_for_readers(path: Path) -> None:
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


def test_the_code_of_a_script_is_not_reported() -> None:
    script = """/* Says "hello". */
    const plain = text.replace(/[\\p{M}"]/gu, "").split("/");
    box.querySelector("[role=status]").textContent = some ? "" : box.dataset.none;
    link.href = `${top}on-this-day/${name}.html`;
    more.textContent = all.replace("{day}", today.toLocaleDateString(language, { month: "long" }));
    """
    assert words_of_script(script) == []
