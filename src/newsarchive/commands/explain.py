"""Explain: tells how one source was read, tagged and published."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import normpath

from newsarchive.catalogue.file_queries import FileQueries
from newsarchive.catalogue.ledger import ArticleStatus, article_status
from newsarchive.catalogue.queries import Queries
from newsarchive.catalogue.store import catalogue_path, open_snapshot
from newsarchive.config import TAGS, Config
from newsarchive.model import addresses
from newsarchive.model.article import Article
from newsarchive.model.changes import Changes
from newsarchive.model.problems import ConfigError, Problem
from newsarchive.model.text import identity
from newsarchive.outputs.articles import CHANGED, NEIGHBOUR_CHANGED
from newsarchive.outputs.kind import LISTED, Kind, Stale
from newsarchive.outputs.kinds import kinds_of
from newsarchive.outputs.plan import plan_changes
from newsarchive.outputs.settings import settings_of
from newsarchive.outputs.term_index import COUNTS_CHANGED
from newsarchive.reading import ReadingOptions, read_source
from newsarchive.reading.readers import HEAD_BYTES, READERS, reader_of, suffixes_of
from newsarchive.reading.source import Origin
from newsarchive.sources.scan import SourceFolder, source_folders
from newsarchive.tagging import tags_file
from newsarchive.tagging.inference import Tagging, TagMatch


@dataclass(frozen=True, slots=True)
class StatedTag:
    """A tag as an article states it, and the tag that it belongs to."""

    stated: str
    tag: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Published:
    """The outcome of the last build for an article."""

    outcome: ArticleStatus
    old_addresses: tuple[str, ...]
    """Addresses that redirect to it."""
    outputs: tuple[tuple[str, str], ...]
    """(address, reason) of each file that shows the article."""


@dataclass(frozen=True, slots=True)
class ExplainedArticle:
    """One article: the origin of each field, its tags with their evidence, and its outputs."""

    article: Article
    origins: tuple[Origin, ...]
    stated: tuple[StatedTag, ...]
    is_searched: bool
    """True if the article may get inferred tags."""
    found: tuple[TagMatch, ...]
    """All tags that its text mentions, including those that it does not get."""
    published: Published | None
    """None if no build has read the article yet."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One source in its present state."""

    name: str
    path: str
    articles: tuple[ExplainedArticle, ...]
    problems: tuple[Problem, ...]
    is_older: bool
    """True if the file changed after the last build."""


def explain(config: Config, path: str) -> Explained:
    """Explain the source at a path, the source with a name, or the source of the page at an address
    of the site. Raises ConfigError if there is none, or if it cannot be read, and ArchiveError if a
    build is running."""
    tagging = Tagging(
        tags_file.load(config.directory / TAGS), config.tags.infer, config.site.language
    )
    record = open_snapshot(catalogue_path(config.directory, config.output))
    try:
        folders = source_folders(config.directory, config.build.sources)
        name, file = _located(config, folders, path, record.connection)
        origins: list[Origin] = []
        articles: list[ExplainedArticle] = []
        problems: list[Problem] = []
        options = ReadingOptions(config.site.timezone, config.markdown.engine)
        for found in read_source(_content(file), name, str(file), options, origins):
            if isinstance(found, Problem):
                problems.append(found)
                continue
            published = _published(config, tagging, record.connection, found)
            articles.append(_explained(found, origins, tagging, published))
            origins.clear()
        connection = record.connection
        is_older = connection is not None and FileQueries(connection).has_changed(name, file)
    finally:
        record.close()
    return Explained(name, str(file), tuple(articles), tuple(problems), is_older)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error


def _located(
    config: Config,
    folders: tuple[SourceFolder, ...],
    path: str,
    connection: sqlite3.Connection | None,
) -> tuple[str, Path]:
    """(name, file) of a source. Raises ConfigError if there is none, or if newsarchive does not
    read such files."""
    found = _of_file(config, folders, path) or _of_name(folders, path)
    if found:
        return found[0], _refuse_unread(found[1])
    address = normpath(path).lstrip("/")
    if connection and (page := FileQueries(connection).source_of_page(address)):
        return page
    raise ConfigError(
        f"{path}: no such source in {', '.join(str(folder.path) for folder in folders)}, and no "
        f"article at this address: name a source file, or the address of an article's page"
    )


def _of_file(
    config: Config, folders: tuple[SourceFolder, ...], path: str
) -> tuple[str, Path] | None:
    """(name, file) of the source at a path, relative to the current folder or to the archive's;
    None if there is none."""
    for file in (Path(path), config.directory / path):
        real = Path(os.path.abspath(file))
        for folder in folders:
            top = os.path.abspath(folder.path)
            if file.is_file() and real.is_relative_to(top):
                return folder.prefix + real.relative_to(top).as_posix(), file
    return None


def _of_name(folders: tuple[SourceFolder, ...], path: str) -> tuple[str, Path] | None:
    """(name, file) of the source with this name; None if there is none."""
    for folder in folders:
        file = folder.path / path.removeprefix(folder.prefix)
        is_name = path.startswith(folder.prefix) and not normpath(path).startswith(("..", "/"))
        if is_name and file.is_file():
            return path, file
    return None


def _refuse_unread(file: Path) -> Path:
    if file.name.startswith("."):
        raise ConfigError(f"{file}: newsarchive ignores hidden files")
    if reader_of(file.name, lambda: _content(file)[:HEAD_BYTES]) is None:
        raise ConfigError(
            f"{file}: not an article: newsarchive reads files that end in "
            f"{', '.join(suffixes_of(READERS))}"
        )
    return file


def _explained(
    article: Article, origins: list[Origin], tagging: Tagging, published: Published | None
) -> ExplainedArticle:
    stated = []
    for name in article.tags:
        tag = tagging.authority.tag_of(identity(name))
        stated.append(StatedTag(name, tag.name if tag else name, bool(tag and tag.hidden)))
    own = {identity(one.tag) for one in stated}
    found = tagging.matches(article.headline, article.body, article.language)
    return ExplainedArticle(
        article,
        tuple(origins),
        tuple(stated),
        tagging.is_searched(article.tags),
        tuple(
            replace(one, reason="the article states it") if identity(one.tag) in own else one
            for one in found
        ),
        published,
    )


def _published(
    config: Config, tagging: Tagging, connection: sqlite3.Connection | None, article: Article
) -> Published | None:
    found = article_status(connection, article.source, article.id) if connection else None
    if connection is None or found is None:
        return None
    if found.status != "published":
        return Published(found, (), ())
    queries = Queries(connection, tagging.authority)
    return Published(
        found,
        queries.redirects_to(found.id),
        tuple(_outputs(queries, found.key, kinds_of(settings_of(config)).values())),
    )


def _outputs(queries: Queries, key: int, kinds: Iterable[Kind]) -> Iterator[tuple[str, str]]:
    """(address, reason) of every output that a change of the article would make stale."""
    stored, place = queries.article(key), queries.place(key)
    assert place is not None, "the article is published"
    place = replace(place, collections=stored.collections + stored.mentioned)
    reasons: dict[str, str] = {}
    for step in plan_changes(Changes(left=(place,), taken=(place,)), kinds, queries):
        if isinstance(step, Stale):
            reasons.setdefault(step.output.address, _WHY.get(step.reason, step.reason))
    yield from reasons.items()
    for name in stored.fields.get("files", ()):
        if name not in stored.missing:
            yield addresses.media(name), "the article shows this file or links to it"


_WHY = {
    CHANGED: "the article's page",
    NEIGHBOUR_CHANGED: "the article is its neighbour",
    LISTED: "it lists the article",
    COUNTS_CHANGED: "it counts the article",
}
"""The planner's reasons, reworded for one article."""
