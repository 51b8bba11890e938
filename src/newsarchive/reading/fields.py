"""Fields: the keys of front matter, and how their values become fields of an article."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsarchive.model.text import identity, one_line
from newsarchive.reading.frontmatter import Value

ID = ("id", "guid")
ADDRESS = ("source_url", "url", "link", "canonical", "canonical_url")
HEADLINE = ("headline", "title")
PUBLISHED = ("published", "date", "pubdate", "publishdate", "publish_date", "published_at")
MODIFIED = ("modified", "updated", "lastmod", "last_modified_at", "last_modified")
SUMMARY = ("summary", "description", "excerpt", "standfirst")
AUTHORS = ("authors", "author", "byline")
SECTION = ("section",)
CATEGORIES = ("categories", "category")
TAGS = ("tags", "keywords")
LANGUAGE = ("language", "lang", "locale")
IMAGE = ("image", "featured_image", "cover", "thumbnail")
IMAGE_CAPTION = ("image_caption",)
IMAGE_ALT = ("image_alt",)
SLUG = ("slug",)
DATELINE = ("dateline",)
DRAFT = ("draft",)
STATUS = ("status",)

KNOWN = frozenset(
    ID + ADDRESS + HEADLINE + PUBLISHED + MODIFIED + SUMMARY + AUTHORS + SECTION + CATEGORIES
    + TAGS + LANGUAGE + IMAGE + IMAGE_CAPTION + IMAGE_ALT + SLUG + DATELINE + DRAFT + STATUS
)  # fmt: skip

_SINGLE = frozenset(
    ID + ADDRESS + HEADLINE + PUBLISHED + MODIFIED + SUMMARY + SECTION + LANGUAGE + IMAGE + SLUG
    + IMAGE_CAPTION + IMAGE_ALT + DATELINE + DRAFT + STATUS
)  # fmt: skip

_YES = frozenset(["true", "yes", "on", "1"])
_NO = frozenset(["false", "no", "off", "0"])
# Only for texts from one_line(), with single spaces: a search tries runs of spaces at every length.
_BY = re.compile(r"\Aby ?:? ", re.IGNORECASE)
# A comma before "Jr." does not separate names.
_AND = re.compile(
    r" ?[,;،](?! ?(?:jr|sr|ii|iii|iv|phd|md)\b) ?(?:and )?| (?:and|&) ", re.IGNORECASE
)
_QUOTED = re.compile(r"""(["'])(.+)\1|“(.+)”|‘(.+)’""")
_TAG_COMMAS = re.compile(r"[,;،]")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter, read field by field."""

    values: Mapping[str, Value]

    def text(self, keys: Iterable[str]) -> str | None:
        """The text of the first key that has one, on one line; of a list, its first text. None if
        no key has a text."""
        for key in keys:
            text = _first_text(self.values.get(key))
            if text:
                return text
        return None

    def texts(self, keys: Iterable[str]) -> list[str]:
        """The texts of all the keys; a text is split at commas and semicolons."""
        return [text for key in keys for text in _texts(self.values.get(key))]

    def is_draft(self) -> bool:
        """True if the article is a draft: `draft: true`, `published: false`, or Pelican's `status`
        with `draft`, `hidden` or `private`."""
        published = (self.text(("published",)) or "").lower()
        status = (self.text(STATUS) or "").lower()
        draft = (self.text(DRAFT) or "").lower()
        return draft in _YES or published in _NO or status in ("draft", "hidden", "private")

    def dates(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """(key, text) of each key with a text that is meant as a date: `published: true` is not."""
        dates = [(key, text) for key in keys if (text := self.text((key,)))]
        return [(key, text) for key, text in dates if text.lower() not in _YES | _NO]

    def misfits(self) -> Iterator[tuple[str, str]]:
        """(key, warning) for each key with a list or a mapping instead of a text."""
        for key, value in self.values.items():
            if key in _SINGLE and isinstance(value, list) and len(value) > 1:
                yield key, "a list instead of one text; only its first text is used"
            if key in KNOWN and isinstance(value, dict) and _first_text(value) is None:
                yield key, "a mapping instead of a text; it is ignored"

    def extra(self) -> dict[str, Value]:
        """The front matter with keys that have no meaning for newsarchive."""
        return {key: value for key, value in self.values.items() if key not in KNOWN}


def split_authors(text: str) -> list[str]:
    """The names in a byline: "By A, B and C"."""
    return [
        name for name in map(one_line, _AND.split(_BY.sub("", one_line(text), count=1))) if name
    ]


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names without `#` and quotation marks around them, each once: a name that repeats an
    earlier one in another spelling is left out."""
    kept: dict[str, str] = {}
    for name in names:
        shown = one_line(name)
        if quoted := _QUOTED.fullmatch(shown):
            shown = next(filter(None, quoted.groups()[1:]))
        if shown := shown.lstrip("#").strip():
            kept.setdefault(identity(shown), shown)
    return tuple(kept.values())


def language_code(text: str | None) -> str | None:
    """The language code as HTML writes it: `pt-BR` for `pt_BR.UTF-8`. None if the text is no
    language code."""
    code = (text or "").strip().replace("_", "-").partition(".")[0]
    return code if _LANGUAGE_CODE.match(code) else None


def is_web_address(text: str) -> bool:
    """True if a text is an `http:` or `https:` URL with a host. "/2023/mole/", a permalink of Hugo,
    and "http://[", which is invalid, are not."""
    if not _WEB_ADDRESS.match(text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _first_text(value: Value | None) -> str | None:
    match value:
        case str():
            return one_line(value) or None
        case [first, *_]:
            return _first_text(first)
        case dict():
            # Such as image: {url: ...}, cover: {image: ...} and author: {name: ...}
            return _first_text(
                next(filter(None, map(value.get, ("name", "url", "src", "path", "image"))), None)
            )
    return None


def _texts(value: Value | None) -> list[str]:
    match value:
        case str():
            return _TAG_COMMAS.split(value.strip().removeprefix("[").removesuffix("]"))
        case list():
            return [text for part in value if (text := _first_text(part))]
        case dict():
            return [text] if (text := _first_text(value)) else []
    return []
