"""The settings of an archive: `newsarchive.toml`, its defaults and its error messages."""

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

# Characters that no URL may hold unencoded (RFC 3986, section 2).
_NOT_IN_URLS = re.compile(r"[\s<>\"'\\^`{|}]")

FILE_NAME = "newsarchive.toml"
REDIRECTS = "redirects.csv"
TAGS = "tags.toml"
CACHE_FOLDER = ".newsarchive"
"""The folder beside `newsarchive.toml` for the catalogue, a cache of earlier builds."""
FALLBACK_BASE_URL = "http://localhost:8000/"


def _setting(default: Any, takes: str) -> Any:
    """A field of a settings table. `takes` says in words which values are allowed."""
    if isinstance(default, list):
        return field(default_factory=lambda: tuple(default), metadata={"takes": takes})
    return field(default=default, metadata={"takes": takes})


@dataclass(frozen=True, slots=True)
class Site:
    """`[site]`: the name, address, language and time zone of the archive."""

    title: str = _setting("News archive", "a text: the name of the archive")
    description: str = _setting("", "a text: one sentence about the archive")
    base_url: str = _setting(
        "", 'a URL such as "https://news.example/": the address of the published site'
    )
    language: str = _setting(
        "en", 'a language code such as "en", "fa" or "pt-BR": the language of most articles'
    )
    timezone: str = _setting(
        "UTC", 'a time zone such as "Europe/London": it decides on which day an article appears'
    )


@dataclass(frozen=True, slots=True)
class Build:
    """`[build]`: the folders of the articles and of the site, and the length of a page."""

    sources: tuple[str, ...] = _setting(
        ["seeds"], 'a list of folders such as ["seeds"]: the folders with the articles'
    )
    output: str = _setting("build", "a folder: the site is written to it")
    page_size: int = _setting(200, "a whole number from 10 to 10000: the most articles on one page")


@dataclass(frozen=True, slots=True)
class Markdown:
    """`[markdown]`: the dialect of Markdown."""

    engine: str = _setting(
        "python-markdown",
        '"python-markdown" or "commonmark": the dialect of Markdown; for "commonmark" run '
        "pip install 'newsarchive[commonmark]' first",
    )


@dataclass(frozen=True, slots=True)
class Feeds:
    """`[feeds]`: the feeds that readers can subscribe to."""

    formats: tuple[str, ...] = _setting(
        ["rss", "atom", "json"],
        'a list of "rss", "atom" and "json", [] for none: the formats of the archive\'s feeds',
    )
    collection_formats: tuple[str, ...] = _setting(
        ["rss"],
        'a list of "rss", "atom" and "json", [] for none: the formats of the feeds of each tag, '
        "author and section",
    )
    history: bool = _setting(
        True, "true or false: whether the archive's feeds go back to the first article"
    )
    entries: int = _setting(50, "a whole number from 1 to 1000: the number of articles in a feed")
    full_text: str = _setting(
        "archive",
        '"archive", "all" or "none": which feeds hold whole articles and not only summaries',
    )
    id: str = _setting(
        "",
        "a text: the name from which the ids of the feeds are made, or empty to use [site] title",
    )
    hub: str = _setting(
        "",
        'a URL such as "https://hub.example/": the WebSub hub of the feeds',
    )


@dataclass(frozen=True, slots=True)
class Sitemaps:
    """`[sitemaps]`: files for search engines, which need `[site] base_url`."""

    publish: bool = _setting(True, "true or false: whether to publish sitemaps and robots.txt")
    news: bool = _setting(
        False, "true or false: whether to publish a sitemap of the newest days for Google News"
    )


@dataclass(frozen=True, slots=True)
class Data:
    """`[data]`: the articles as data files."""

    publish: bool = _setting(
        True, "true or false: whether to publish the articles as JSON Lines and CSV"
    )
    body: bool = _setting(True, "true or false: whether the JSON Lines hold whole articles")
    articles_in_part: int = _setting(
        1000,
        "a whole number from 10 to 10000: the most articles in one JSON Lines file",
    )


@dataclass(frozen=True, slots=True)
class Tags:
    """`[tags]`: tags that newsarchive infers from the text of articles."""

    infer: str = _setting(
        "untagged",
        '"untagged", "all" or "none": which articles get tags inferred from their text',
    )


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one archive. `directory` is the folder of `newsarchive.toml`."""

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
        """The address of the published site, in ASCII and with a slash at its end. Without the
        setting it is FALLBACK_BASE_URL."""
        return addresses.in_ascii(self.site.base_url or FALLBACK_BASE_URL).rstrip("/") + "/"

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.directory / self.build.output

    @property
    def own_paths(self) -> tuple[Path, ...]:
        """The owner's files and folders beside the sources. No build may write its output there."""
        names = ("templates", "static", "locale", CACHE_FOLDER, FILE_NAME, REDIRECTS, TAGS)
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
    ("addresses", "withdrawn"): "old addresses now always answer. Delete the table [addresses]; "
    'to forget an article, see "Remove every trace of an article" in docs/articles.md',
}
"""Settings of earlier versions, and what to do without them."""


def load(directory: Path) -> Config:
    """The settings of the archive in `directory`, or the defaults if it has no newsarchive.toml.

    Raises ConfigError.
    """
    path = directory / FILE_NAME
    if not directory.is_dir():
        raise ConfigError(f"{directory}: no such folder")
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        written = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    tables = {}
    for name, table in written.items():
        for key in table if isinstance(table, dict) else ():
            if why := _REMOVED.get((name, key)):
                raise ConfigError(f"{path}: [{name}] {key} was removed: {why}")
        if name not in TABLES:
            raise ConfigError(f"{path}: [{name}]: no such table{_nearest(name, TABLES)}")
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: {name} must be a table: write [{name}]")
        tables[name] = _table(path, name, table)
    return _checked(Config(directory, **tables), str(path))


def overridden(
    config: Config, sources: Sequence[str], output: str | None, base_url: str | None
) -> Config:
    """The settings with those of the command line, whose paths start from the current folder.

    Raises ConfigError.
    """
    # Paths of the configuration start from its own folder.
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
        raise ConfigError(f"the command line: {option} is empty: name a folder")


def _checked(config: Config, where: str) -> Config:
    """The settings, if every value is allowed. `where` is their file, for the ConfigError."""
    for name, kind in TABLES.items():
        table = getattr(config, name)
        for setting in fields(kind):
            value = getattr(table, setting.name)
            is_valid = _VALID.get((name, setting.name))
            if is_valid and not is_valid(value):
                raise ConfigError(
                    f"{where}: [{name}] {setting.name} = {_shown(value)}: expected "
                    f"{setting.metadata['takes']}"
                )
    return config


def _table(path: Path, name: str, table: dict[str, Any]) -> Any:
    kind: Any = TABLES[name]
    known = {setting.name: setting for setting in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path}: [{name}] {key}: no such setting{_nearest(key, known)}")
        if not _is_like(value, getattr(kind(), key)):
            takes = known[key].metadata["takes"]
            raise ConfigError(f"{path}: [{name}] {key} = {_shown(value)}: expected {takes}")
        if isinstance(value, str) and cleaned(value) != value:
            raise ConfigError(f"{path}: [{name}] {key} contains a control character: remove it")
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
    return f"; choose from {', '.join(known)}"


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
