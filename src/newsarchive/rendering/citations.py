"""Citations: an article as others cite it, in the styles that they use.

The rules are those of the styles: APA, 7th edition, section 10.1 (newspaper articles); the Chicago
Manual of Style, 17th edition, section 14.191; BibTeX's entry types and fields; RIS as its
specification of 2011 has it. All of them are written in English, whatever the archive's language.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from newsarchive import addresses
from newsarchive.dates import MONTH_NAMES
from newsarchive.rendering.views import ArticleView, SiteView
from newsarchive.text import base_language

_ORGANISATION = re.compile(
    r"\b(?:agency|association|authority|board|bureau|club|committee|correspondent|council|desk|"
    r"department|editor(?:s|ial)?|foundation|group|institute|ministry|network|news|newsroom|office|"
    r"press|project|reporters?|reuters|service|society|staff|team|trust|union|university|wire)\b",
    re.IGNORECASE,
)
"""Words by which a byline is told from a person's name."""

_PARTICLES = frozenset(
    [
        *("al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le"),
        *("ten", "ter", "van", "von", "zu", "zum", "zur"),
    ]
)
"""Small words that a family name begins with."""

_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)+")
_SPECIAL = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "&%$#_{}"},
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)
_PLAIN = "-._~/:,;@$*()!="
# Looked up, the characters of a text in ASCII take a tenth of the time of quote.
_QUOTED = {code: quote(chr(code), safe=_PLAIN) for code in range(128)}
_STEM = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """An article in four styles."""

    apa: Markup
    chicago: Markup
    bibtex: str
    ris: str
    bibtex_link: str
    """A `data:` URL that a browser saves as a file."""
    ris_link: str
    name: str
    """The name for such a file, without its ending."""


@dataclass(frozen=True, slots=True)
class _Name:
    given: str
    family: str

    @property
    def inverted(self) -> str:
        """Ashdown, Nell."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def plain(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def with_initials(self) -> str:
        """Ashdown, N. J."""
        if not self.given:
            return self.family
        initials = " ".join(
            "-".join(f"{part[0]}." for part in name.split("-") if part)
            for name in self.given.split()
        )
        return f"{self.family}, {initials}"


def citation(page: ArticleView, site: SiteView) -> Citation:
    """How to cite an article."""
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
    """A person's given and family name; an organisation, and a name in a script that puts the
    family first or is not parted by blanks, stays whole."""
    words = author.split(" ")
    is_latin = all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in author)
    if not is_latin or not _NAME.fullmatch(author) or _ORGANISATION.search(author):
        return _Name("", author)
    if author.startswith(("The ", "the ")) or not words[-1][:1].isupper():
        return _Name("", author)
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return _Name(" ".join(words[:first]), " ".join(words[first:]))


def _joined(names: Sequence[str], last: str) -> str:
    if len(names) < 3:
        return last.join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def _ended(text: str) -> str:
    """The text with a full stop, unless it ends in a mark already."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _apa(page: ArticleView, site: SiteView, names: Sequence[_Name], url: str) -> Markup:
    day = page.published
    date = f"({day.year}, {MONTH_NAMES[day.month - 1]} {day.day})" if day else "(n.d.)"
    authors = _joined([name.with_initials for name in names], ", & ")
    title = _ended(page.headline)
    opening = f"{_ended(authors)} {date}. {title}" if authors else f"{title} {date}."
    return Markup(f"{escape(opening)} <i>{escape(site.title)}</i>. {escape(url)}")  # noqa: S704


def _chicago(page: ArticleView, site: SiteView, names: Sequence[_Name], url: str) -> Markup:
    shown = [name.plain if place else name.inverted for place, name in enumerate(names)]
    authors = _joined(shown, ", and ")
    day = page.published
    date = f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}" if day else "n.d."
    opening = f"{_ended(authors)} " if authors else ""
    title = f"{opening}“{_ended(page.headline)}”"
    end = f"{_ended(date)} {url}." if url else _ended(date)
    return Markup(f"{escape(title)} <i>{escape(site.title)}</i>, {escape(end)}")  # noqa: S704


def _bibtex(page: ArticleView, site: SiteView, names: Sequence[_Name], url: str) -> str:
    fields = {
        "author": " and ".join(
            _escaped(name.inverted) if name.given else f"{{{_escaped(name.family)}}}"
            for name in names
        ),
        # The second pair of braces keeps capitals as they are.
        "title": f"{{{_escaped(page.headline)}}}",
        "journal": _escaped(site.title),
        "url": url,
    }
    day = page.published
    if day:
        fields |= {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
        fields["date"] = day.date().isoformat()
    if page.language or site.language:
        fields["langid"] = page.language or site.language
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(page, names)},", *lines, "}"]) + "\n"


def _key(page: ArticleView, names: Sequence[_Name]) -> str:
    """A key such as `ashdown2021storm`; the id decides where nothing is left of the names."""
    author = _ascii(names[0].family) if names else ""
    year = str(page.published.year) if page.published else ""
    word = next((word for word in _STEM.findall(_plain(page.headline)) if len(word) > 3), "")
    return f"{author}{year}{word}" or page.id.rpartition(":")[2]


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
    # The specification ends lines as Windows does.
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*lines, ("ER", "")])


def _link(kind: str, text: str) -> str:
    quoted = text.translate(_QUOTED) if text.isascii() else quote(text, safe=_PLAIN)
    return f"data:{kind};charset=utf-8,{quoted}"
