"""Reads the citations on the page of an article, and BibTeX as BibTeX does."""

import re
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib

from conftest import Archive


@dataclass(frozen=True)
class Cited:
    """The citations on the page of an article; text in italics is between stars."""

    styles: dict[str, str]
    bibtex: str
    bibtex_link: str
    ris_link: str
    downloads: tuple[str | None, str | None]

    @property
    def entry(self) -> "Entry":
        """The entry of the BibTeX file."""
        return bibtex_entry(saved(self.bibtex_link))

    @property
    def ris(self) -> list[tuple[str, str]]:
        """The tags and values of the RIS file."""
        lines = saved(self.ris_link).split("\r\n")
        return [(line[:2], line[6:]) for line in lines if line]


@dataclass(frozen=True)
class Entry:
    """A BibTeX entry; values are without their outer braces."""

    kind: str
    key: str
    fields: dict[str, str]


def page_of(archive: Archive, address: str) -> Element:
    tree: Element = html5lib.parse(archive.page(address), namespaceHTMLElements=False)
    return tree


def cited(archive: Archive, address: str) -> Cited:
    (box,) = page_of(archive, address).iterfind(".//details[@class='cite']")
    assert [summary.text for summary in box.iterfind("summary")] == ["Cite this article"]
    headings = [heading.text or "" for heading in box.iterfind("h2")]
    shown = [part for part in box if part.get("class") == "copied"]
    styles = {heading: text_of(part) for heading, part in zip(headings, shown, strict=True)}
    bib, ris = box.iterfind("p[@class='files']/a")
    return Cited(
        styles,
        "".join(shown[-1].itertext()),
        bib.get("href") or "",
        ris.get("href") or "",
        (bib.get("download"), ris.get("download")),
    )


def text_of(part: Element) -> str:
    text = part.text or ""
    for child in part:
        assert child.tag == "i", f"<{child.tag}> in a citation"
        text += f"*{child.text}*{child.tail or ''}"
    return text.strip()


def saved(link: str) -> str:
    """The text of the file that a browser saves from a data: link (RFC 2397)."""
    kind, _, content = link.partition(",")
    assert re.fullmatch(r"data:application/[\w-]+(\.[\w-]+)*;charset=utf-8", kind)
    # The characters of a URL (RFC 3986, appendix A), without the one that begins a fragment.
    assert re.fullmatch(r"(?:[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|%[0-9A-F]{2})*", content)
    return unquote(content, errors="strict")


def bibtex_entry(text: str) -> Entry:
    """An entry as BibTeX reads it: every brace counts, even after a backslash."""
    opening = re.match(r"@(\w+)\{([^\s,{}]+),\s*", text)
    assert opening, text
    at, fields = opening.end(), {}
    while text[at] != "}":
        name = re.compile(r"(\w+) = ").match(text, at)
        assert name, f"no field at {text[at:]!r}"
        end = value_end(text, name.end())
        fields[name[1]] = text[name.end() : end]
        gap = re.compile(r",\s*").match(text, end)
        assert gap, f"no comma at {text[end:]!r}"
        at = gap.end()
    assert text[at:] == "}\n"
    return Entry(opening[1], opening[2], fields)


def value_end(text: str, start: int) -> int:
    if text[start] != "{":
        bare = re.compile(r"\w+").match(text, start)
        assert bare, f"no value at {text[start:]!r}"
        return bare.end()
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return at + 1
    raise AssertionError(f"a brace that nothing closes: {text[start:]!r}")


_COMMANDS = {
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
}


def printed(value: str) -> str:
    """The text that LaTeX prints for a field's value. Fails on an unescaped special character."""

    def of(piece: re.Match[str]) -> str:
        command, mark, other = piece.groups()
        assert not other, f"LaTeX takes {other!r} for a command in {value!r}"
        return mark or _COMMANDS[command or ""]

    while value.startswith("{") and value_end(value, 0) == len(value):
        value = value[1:-1]
    return re.sub(r"\\([a-z]+)\{\}|\\([&%$#_{}])|([&%$#_{}~^\\])", of, value)
