"""The settings of an archive: `newsarchive.toml`, its defaults, and what is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newsarchive.model import addresses
from newsarchive.model.problems import ConfigError
from newsarchive.model.text import cleaned

# RFC 3986, section 2: what is in no URL as it is.
_NOT_IN_URLS = re.compile(r"[\s<>\"'\\^`{|}]")

FILE_NAME = "newsarchive.toml"
REDIRECTS = "redirects.csv"
TAGS = "tags.toml"
MEMORY = ".newsarchive"
"""The folder, beside the settings, of what is remembered of earlier builds."""
FALLBACK_BASE_URL = "http://localhost:8000/"


def _setting(default: Any, takes: str) -> Any:
    """A field of a settings table: `takes` says in words what may be written there."""
    if isinstance(default, list):
        return field(default_factory=lambda: tuple(default), metadata={"takes": takes})
    return field(default=default, metadata={"takes": takes})


@dataclass(frozen=True, slots=True)
class Site:
    """`[site]`: what readers see of the archive as a whole."""

    title: str = _setting("News archive", "the archive's name, a text")
    description: str = _setting("", "one sentence on what the archive holds, a text")
    base_url: str = _setting(
        "", 'the address that the site is published at, a text such as "https://news.example/"'
    )
    language: str = _setting(
        "en", 'the language of most articles, a code such as "en", "fa" or "pt-BR"'
    )
    timezone: str = _setting(
        "UTC", 'the time zone of dates without one and of all days, such as "Europe/London"'
    )


@dataclass(frozen=True, slots=True)
class Build:
    """`[build]`: from where to where, and how much goes on one page."""

    sources: tuple[str, ...] = _setting(
        ["seeds"], 'folders that hold the articles, a list of texts such as ["seeds"]'
    )
    output: str = _setting("build", "the folder that the site is written to, a text")
    page_size: int = _setting(
        200, "how many articles a page lists at most, a whole number from 10 to 10000"
    )


@dataclass(frozen=True, slots=True)
class Markdown:
    """`[markdown]`: how Markdown is understood."""

    engine: str = _setting(
        "python-markdown",
        'the dialect, "python-markdown" or "commonmark"; the latter needs the extra that '
        "pip install 'newsarchive[commonmark]' brings",
    )


@dataclass(frozen=True, slots=True)
class Feeds:
    """`[feeds]`: what readers can subscribe to."""

    formats: tuple[str, ...] = _setting(
        ["rss", "atom", "json"],
        'the formats of the feeds of all articles, a list of "rss", "atom" and "json"; [] for none',
    )
    collection_formats: tuple[str, ...] = _setting(
        ["rss"],
        "the formats of the feeds of each tag, author and section, a list like that of formats",
    )
    history: bool = _setting(
        True, "whether the feeds of all articles lead on to those of every month, true or false"
    )
    entries: int = _setting(
        50, "how many of its newest articles a feed holds, a whole number from 1 to 1000"
    )
    full_text: str = _setting(
        "archive",
        'which feeds hold whole articles, others only summaries: "archive" (those of all '
        'articles), "all" or "none"',
    )
    id: str = _setting(
        "",
        "what the archive was called when its feeds began, a text: the ids of its feeds are made "
        "from it, or from [site] title",
    )
    hub: str = _setting(
        "",
        'the WebSub hub that is told of new articles, a text such as "https://hub.example/"',
    )


@dataclass(frozen=True, slots=True)
class Sitemaps:
    """`[sitemaps]`: what search engines are told; there are none without `[site] base_url`."""

    publish: bool = _setting(True, "whether there are sitemaps and a robots.txt, true or false")
    news: bool = _setting(
        False, "whether there is a sitemap for Google News of the newest two days, true or false"
    )


@dataclass(frozen=True, slots=True)
class Data:
    """`[data]`: the articles as data, beside the pages."""

    publish: bool = _setting(
        True, "whether the articles are published as JSON Lines and CSV, true or false"
    )
    body: bool = _setting(True, "whether the JSON Lines hold whole articles, true or false")
    articles_in_part: int = _setting(
        1000,
        "how many articles a file of a month holds at most, a whole number from 10 to 10000",
    )


@dataclass(frozen=True, slots=True)
class Tags:
    """`[tags]`: tags for articles that state none."""

    infer: str = _setting(
        "untagged",
        'which articles get tags from what they say: "untagged" (those that state none), "all" or '
        '"none"',
    )


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one archive. `directory` is where `newsarchive.toml` lies or would lie."""

    directory: Path
    site: Site = field(default_factory=Site)
    build: Build = field(default_factory=Build)
    markdown: Markdown = field(default_factory=Markdown)
    feeds: Feeds = field(default_factory=Feeds)
    sitemaps: Sitemaps = field(default_factory=Sitemaps)
    data: Data = field(default_factory=Data)
    tags: Tags = field(default_factory=Tags)

    @property
    def zone(self) -> ZoneInfo:
        """The archive's time zone."""
        return ZoneInfo(self.site.timezone)

    @property
    def base_url(self) -> str:
        """Where the site is published, in ASCII and with a slash at its end; a stand-in where not
        set."""
        return addresses.in_ascii(self.site.base_url or FALLBACK_BASE_URL).rstrip("/") + "/"

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.directory / self.build.output

    @property
    def own_paths(self) -> tuple[Path, ...]:
        """What makes the archive beside its sources, and is written by nobody but its owner."""
        names = ("templates", "static", "locale", MEMORY, FILE_NAME, REDIRECTS, TAGS)
        return tuple(self.directory.resolve() / name for name in names)


TABLES = {
    "site": Site,
    "build": Build,
    "markdown": Markdown,
    "feeds": Feeds,
    "sitemaps": Sitemaps,
    "data": Data,
    "tags": Tags,
}
"""The tables of `newsarchive.toml` and the dataclass of each."""

_REMOVED = {
    ("addresses", "withdrawn"): f"old addresses now always answer; to forget an article, delete "
    f"its line from {REDIRECTS}",
}
"""Settings of earlier versions, and what to do without them."""


def load(directory: Path) -> Config:
    """The settings of the archive in `directory`; the defaults where it has no newsarchive.toml.

    Raises ConfigError.
    """
    path = directory / FILE_NAME
    if not directory.is_dir():
        raise ConfigError(f"{directory}: there is no such folder")
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        written = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is not TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    tables = {}
    for name, table in written.items():
        for key in table if isinstance(table, dict) else ():
            if why := _REMOVED.get((name, key)):
                raise ConfigError(f"{path}: [{name}] {key} was removed: {why}")
        if name not in TABLES:
            raise ConfigError(f"{path}: [{name}] is no table of settings{_nearest(name, TABLES)}")
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: {name} is a table and is written [{name}]")
        tables[name] = _table(path, name, table)
    return _checked(Config(directory, **tables), str(path))


def overridden(
    config: Config, sources: Sequence[str], output: str | None, base_url: str | None
) -> Config:
    """The settings with those of the command line, whose paths start from the current folder.

    Raises ConfigError.
    """
    # Seen from another folder, a path given here would lead elsewhere.
    start = Path() if config.directory == Path() else Path.cwd()
    build, site = config.build, config.site
    if sources:
        _refuse_empty("-s/--source", sources)
        build = replace(build, sources=tuple(str(start / source) for source in sources))
    if output is not None:
        _refuse_empty("-o/--output", [output])
        build = replace(build, output=str(start / output))
    if base_url:
        site = replace(site, base_url=base_url)
    return _checked(replace(config, build=build, site=site), "the command line")


def _refuse_empty(option: str, paths: Sequence[str]) -> None:
    if not all(path.strip() for path in paths):
        raise ConfigError(f"the command line: {option} is empty; it takes a folder")


def _checked(config: Config, where: str) -> Config:
    """The settings, once every value is one that can be used; `where` they were written."""
    for name, kind in TABLES.items():
        table = getattr(config, name)
        for setting in fields(kind):
            value = getattr(table, setting.name)
            is_valid = _VALID.get((name, setting.name))
            if is_valid and not is_valid(value):
                raise ConfigError(
                    f"{where}: [{name}] {setting.name} = {_shown(value)}: it takes "
                    f"{setting.metadata['takes']}"
                )
    return config


def _table(path: Path, name: str, table: dict[str, Any]) -> Any:
    kind: Any = TABLES[name]
    known = {setting.name: setting for setting in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path}: [{name}] {key} is no setting{_nearest(key, known)}")
        if not _is_like(value, getattr(kind(), key)):
            takes = known[key].metadata["takes"]
            raise ConfigError(f"{path}: [{name}] {key} = {_shown(value)}: it takes {takes}")
        if isinstance(value, str) and cleaned(value) != value:
            raise ConfigError(f"{path}: [{name}] {key} holds a control character; take it out")
        values[key] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _is_like(value: Any, default: Any) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    return type(value) is type(default)


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; there are {', '.join(known)}"


def _shown(value: Any) -> str:
    match value:
        case str():
            return f'"{value}"'
        case bool():
            return str(value).lower()
        case tuple():
            return str(list(value))
    return str(value)


def _is_base_url(value: str) -> bool:
    if not value:
        return True
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    usual = parts.scheme in ("http", "https") and parts.hostname and port != 0
    more = parts.query or parts.fragment or "@" in parts.netloc
    return bool(usual and not more and not _NOT_IN_URLS.search(value))


def _are_formats(value: Sequence[str]) -> bool:
    return len(set(value)) == len(value) and set(value) <= {"rss", "atom", "json"}


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):  # a folder; a path; ZoneInfoNotFoundError
        return False
    return True


def _is_language(value: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(value, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True


def _is_engine(value: str) -> bool:
    has_commonmark = find_spec("pyromark") is not None
    return value == "python-markdown" or (value == "commonmark" and has_commonmark)


_VALID: dict[tuple[str, str], Callable[[Any], bool]] = {
    ("site", "base_url"): _is_base_url,
    ("site", "language"): _is_language,
    ("site", "timezone"): _is_zone,
    ("site", "title"): lambda value: bool(value.strip()),
    ("build", "sources"): lambda value: bool(value) and all(value),
    ("build", "output"): lambda value: bool(value.strip()),
    ("markdown", "engine"): _is_engine,
    ("build", "page_size"): lambda value: 10 <= value <= 10000,
    ("feeds", "formats"): _are_formats,
    ("feeds", "collection_formats"): _are_formats,
    ("feeds", "hub"): lambda value: _is_base_url(value.replace("?", "/", 1)),
    ("data", "articles_in_part"): lambda value: 10 <= value <= 10_000,
    ("feeds", "entries"): lambda value: 1 <= value <= 1000,
    ("tags", "infer"): lambda value: value in ("untagged", "all", "none"),
    ("feeds", "full_text"): lambda value: value in ("archive", "all", "none"),
}
