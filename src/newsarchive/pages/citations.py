"""Citations of an article in APA, Chicago, BibTeX and RIS.

The rules are those of APA, 7th edition, section 10.1 (newspaper articles); the Chicago Manual of
Style, 17th edition, section 14.191; the entry types and fields of BibTeX; and the RIS specification
of 2011. Citations are in English, whatever the archive's language.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from newsarchive.model import addresses
from newsarchive.model.dates import MONTH_NAMES
from newsarchive.model.text import base_language
from newsarchive.pages.views import ArticleView, SiteView

_ORGANISATION = re.compile(
    r"\b(?:agency|association|authority|board|bureau|club|committee|correspondent|council|desk|"
    r"department|editor(?:s|ial)?|foundation|group|institute|ministry|network|news|newsroom|office|"
    r"press|project|reporters?|reuters|service|society|staff|team|trust|union|university|wire)\b",
    re.IGNORECASE,
)
"""Words in a byline that names an organisation, not a person."""

_PARTICLES = frozenset(
    [
        *("al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le"),
        *("ten", "ter", "van", "von", "zu", "zum", "zur"),
    ]
)
"""Particles that belong to the family name."""

_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)+")
_TITLE = re.compile(r"(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Lord|Lady)\.? (?=\S+ )")
_SUFFIX = re.compile(r",? ((?:Jr|Sr)\.?|II|III|IV)\Z")
_GIVEN = re.compile(r"[^\s.]+")
_CLOSING = "”’»\"'"
_QUOTATION = re.compile(r"[“\"]([^“”\"]*)[”\"]")

_APA_AUTHORS = 20
"""The most authors that APA lists in full. Of more, it lists the first 19 and the last."""
_CHICAGO_AUTHORS = 10
"""The most authors that Chicago lists in full."""
_CHICAGO_AUTHORS_OF_MANY = 7
"""The number of authors that Chicago lists before "et al." if there are more."""

_SPECIAL = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "&%$#_"},
        # BibTeX counts every brace, even after a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's macros for the months."""

_LANGUAGES = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "ngerman",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "he": "hebrew",
    "hi": "hindi",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
}
"""The names of languages in the LaTeX packages babel and polyglossia."""

_PLAIN = "-._~/:,;@$*()!="
# For ASCII text, translate() with this table takes a tenth of the time of quote().
_QUOTED = {code: quote(chr(code), safe=_PLAIN) for code in range(128)}
_STEM = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """The citation of an article in four styles."""

    apa: Markup
    chicago: Markup
    bibtex: str
    ris: str
    bibtex_link: str
    """A `data:` URL, which a browser saves as a file."""
    ris_link: str
    name: str
    """The name of the files that these links save, without suffix."""


@dataclass(frozen=True, slots=True)
class _Name:
    given: str
    family: str
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """The name as in "Ashdown, Nell" and "King, Martin Luther, Jr."."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix)))

    @property
    def plain(self) -> str:
        """The name as in "Nell Ashdown"."""
        return " ".join(filter(None, (self.given, self.family, self.suffix)))

    @property
    def with_initials(self) -> str:
        """The name as in "Ashdown, N. J." and "King, M. L., Jr."."""
        initials = " ".join(
            "-".join(f"{part[0]}." for part in name.split("-") if part)
            for name in _GIVEN.findall(self.given)
        )
        return ", ".join(filter(None, (self.family, initials, self.suffix)))

    @property
    def in_bibtex(self) -> str:
        """The name as in "Ashdown, Nell" and "King, Jr., Martin Luther". An organisation is in
        braces, so that BibTeX does not split it."""
        if not self.given:
            return f"{{{_escaped(self.family)}}}"
        return _escaped(", ".join(filter(None, (self.family, self.suffix, self.given))))


def citation(page: ArticleView, site: SiteView) -> Citation:
    """The citation of an article."""
    names = [_name_of(author.name) for author in page.authors]
    url = addresses.url(site.base_url, page.address) if site.has_base_url else page.source_url or ""
    bibtex, ris = _bibtex(page, site, names, url), _ris(page, site, names, url)
    return Citation(
        _apa(page, site, names, url),
        _chicago(page, site, names, url),
        bibtex,
        ris,
        _link("application/x-bibtex", bibtex),
        _link("application/x-research-info-systems", ris),
        page.address.rpartition("/")[2].removesuffix(".html"),
    )


def _name_of(author: str) -> _Name:
    """The given and the family name of a person. An organisation is not split, nor is a name that
    is not in Latin script, which may begin with the family name or have no spaces."""
    is_latin = author.isascii() or all(
        not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in author
    )
    if not is_latin or _ORGANISATION.search(author) or author.startswith(("The ", "the ")):
        return _Name("", author)
    suffix = _SUFFIX.search(author)
    name = _TITLE.sub("", author[: suffix.start()] if suffix else author)
    words = name.split(" ")
    if not _NAME.fullmatch(name) or not words[-1][:1].isupper():
        return _Name("", author)
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    family = " ".join(words[first:])
    return _Name(" ".join(words[:first]), family, suffix[1] if suffix else "")


def _joined(names: Sequence[str], last: str) -> str:
    if len(names) < 3:
        return last.join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def _ended(text: str) -> str:
    """The text with a full stop, before any closing quotation marks, unless it has a `.`, `?`, `!`
    or `…` there."""
    words = text.rstrip(_CLOSING)
    return text if words.endswith((".", "?", "!", "…")) else f"{words}.{text[len(words) :]}"


def _apa(page: ArticleView, site: SiteView, names: Sequence[_Name], url: str) -> Markup:
    day = page.published
    date = f"({day.year}, {MONTH_NAMES[day.month - 1]} {day.day})" if day else "(n.d.)"
    shown = [name.with_initials for name in names]
    if len(shown) > _APA_AUTHORS:
        authors = f"{', '.join(shown[: _APA_AUTHORS - 1])}, . . . {shown[-1]}"
    else:
        authors = _joined(shown, ", & ")
    title = _ended(page.headline)
    opening = f"{_ended(authors)} {date}. {title}" if authors else f"{title} {date}."
    stop = "" if site.title.endswith(".") else "."
    return Markup(  # noqa: S704
        f"{escape(opening)} <i>{escape(site.title)}</i>{stop} {escape(url)}".rstrip()
    )


def _chicago(page: ArticleView, site: SiteView, names: Sequence[_Name], url: str) -> Markup:
    shown = [name.plain if place else name.inverted for place, name in enumerate(names)]
    if len(shown) > _CHICAGO_AUTHORS:
        authors = f"{', '.join(shown[:_CHICAGO_AUTHORS_OF_MANY])}, et al."
    else:
        authors = _joined(shown, ", and ")
    day = page.published
    date = f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}" if day else "n.d."
    end = f"{_ended(date)} {url}." if url else _ended(date)
    # A quotation inside a quotation gets single quotation marks.
    title = _QUOTATION.sub(r"‘\1’", page.headline)
    title = f"“{_ended(title)}”"
    journal = f"<i>{escape(site.title)}</i>"
    if authors:
        text = f"{escape(f'{_ended(authors)} {title}')} {journal}, {escape(end)}"
    else:
        stop = "" if site.title.endswith(".") else "."
        text = f"{journal}{stop} {escape(f'{title} {end}')}"
    return Markup(text)  # noqa: S704


def _bibtex(page: ArticleView, site: SiteView, names: Sequence[_Name], url: str) -> str:
    fields = {
        "author": " and ".join(name.in_bibtex for name in names),
        # The second pair of braces keeps BibTeX from changing capitals.
        "title": f"{{{_escaped(page.headline)}}}",
        "journal": _escaped(site.title),
        "url": url.replace("{", "%7B").replace("}", "%7D"),
        "langid": _LANGUAGES.get(base_language(page.language or site.language), ""),
    }
    day = page.published
    if day:
        fields |= {"date": day.date().isoformat(), "year": str(day.year), "day": str(day.day)}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines += [f"  month = {_MONTHS[day.month - 1]},"] if day else []
    return "\n".join([f"@article{{{_key(page, names)},", *lines, "}"]) + "\n"


def _key(page: ArticleView, names: Sequence[_Name]) -> str:
    """A key such as `ashdown2021storm`: family name, year, and a word of the headline. If one of
    these is missing, a part of the id is added, to make the key unique."""
    author = _ascii(names[0].family) if names else ""
    year = str(page.published.year) if page.published else ""
    word = next((word for word in _STEM.findall(_plain(page.headline)) if len(word) > 3), "")
    key = f"{author}{year}{word}"
    return key if author and year and word else f"{key}{page.id.rpartition(':')[2][:8]}"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return decomposed.encode("ascii", "ignore").decode()


def _ascii(text: str) -> str:
    return "".join(_STEM.findall(_plain(text)))


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def _ris(page: ArticleView, site: SiteView, names: Sequence[_Name], url: str) -> str:
    lines = [("TY", "NEWS"), *(("AU", name.inverted) for name in names)]
    lines += [("TI", page.headline), ("T2", site.title)]
    if page.published:
        lines += [("PY", f"{page.published:%Y}"), ("DA", f"{page.published:%Y/%m/%d}/")]
    lines += [("SE", page.section.name)] if page.section else []
    lines += [("KW", tag.name) for tag in page.tags]
    lines += [("LA", base_language(page.language or site.language))]
    lines += [("UR", url)] if url else []
    # The specification requires CR LF at the end of a line.
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*lines, ("ER", "")])


def _link(kind: str, text: str) -> str:
    quoted = text.translate(_QUOTED) if text.isascii() else quote(text, safe=_PLAIN)
    return f"data:{kind};charset=utf-8,{quoted}"
