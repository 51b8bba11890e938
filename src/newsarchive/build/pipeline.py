"""The pipeline: the stages of a build, one after the other."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from newsarchive.build.output_folder import OutputFolder
from newsarchive.build.pool import Workers, default_jobs
from newsarchive.build.publish import PENDING, Publishing
from newsarchive.build.reading import ReadTask, tasks_of
from newsarchive.build.redirects import keep_addresses, recall
from newsarchive.build.worker import Setup
from newsarchive.catalogue import ledger
from newsarchive.catalogue.published import PublishedFiles
from newsarchive.catalogue.queries import Queries
from newsarchive.catalogue.retagging import Retagging
from newsarchive.catalogue.store import Catalogue, catalogue_path, open_catalogue, remove_catalogue
from newsarchive.catalogue.tag_warnings import tag_warnings
from newsarchive.catalogue.writer import CatalogueWriter
from newsarchive.config import CACHE_FOLDER, TAGS, Config
from newsarchive.model.changes import Changes
from newsarchive.model.environment import environment_digest
from newsarchive.model.events import Ledger, Listener, Notice, Progress
from newsarchive.model.limits import Limits
from newsarchive.model.problems import ArchiveError, ConfigError
from newsarchive.model.text import base_language
from newsarchive.outputs.digests import digests_of
from newsarchive.outputs.kinds import kinds_of
from newsarchive.outputs.settings import settings_of
from newsarchive.reading import ReadingOptions
from newsarchive.reading.readers import READERS, Reader, reader_of, suffixes_of
from newsarchive.sources.compare import KnownSource, Same, Vanished, compared
from newsarchive.sources.scan import Ignored, SourceFile, Unreadable, scan, source_folders
from newsarchive.tagging import tags_file
from newsarchive.tagging.authority import Authority
from newsarchive.tagging.inference import Tagging

_NO_ROOM = (
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM),
)
"""I/O errors that do not mean the catalogue is damaged: the low eight bits of SQLite's codes."""

_AUTHORITY = "authority"
"""The key of the fact with the tags of `tags.toml` as of the last build."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Options of a build that are not settings of the archive."""

    jobs: int = 0
    """The number of worker processes; 0 for one per processor."""
    full: bool = False
    """True to read and compare everything, whatever the catalogue says."""
    strict: bool = False
    """True to publish nothing if an article was skipped."""
    limits: Limits = field(default_factory=Limits)
    """Sizes that only tests change."""
    readers: tuple[Reader, ...] = READERS
    """The input formats."""


def build(config: Config, options: BuildOptions, listener: Listener) -> Ledger:
    """Bring the site up to date with its sources. Returns the ledger.

    Raises ArchiveError if it cannot: every page is then intact, and the next build continues.
    """
    try:
        return _built(config, options, listener)
    except sqlite3.DatabaseError as error:
        _raise_if_no_room(error)
        # A cache is not repaired: everything is read again.
        reason = f"the cache in {CACHE_FOLDER} was damaged ({error}): reading everything again"
        listener(Notice(reason))
    remove_catalogue(catalogue_path(config.directory, config.output))
    try:
        return _built(config, options, listener)
    except sqlite3.DatabaseError as error:
        _raise_if_no_room(error)
        raise ArchiveError(
            f"neither the old cache nor a new one works: {error}; this is a fault of newsarchive: "
            f"please report it"
        ) from error


def _raise_if_no_room(error: sqlite3.DatabaseError) -> None:
    code = getattr(error, "sqlite_errorcode", None)  # errors of the module itself have none
    if code is not None and code & 0xFF in _NO_ROOM:
        raise ArchiveError(
            f"the cache in {CACHE_FOLDER} cannot be read or written: {error}; check that the disk "
            f"works and is not full, then build again"
        ) from error


def _built(config: Config, options: BuildOptions, listener: Listener) -> Ledger:
    run = _Build(config, options, listener)
    try:
        return run.run()
    finally:
        run.catalogue.close()


def _refuse_output(config: Config, sources: Iterable[Path]) -> None:
    """Raises ConfigError if the output folder is inside the archive's own files, or contains
    them."""
    output = config.output.resolve()
    top = config.directory.resolve()
    inside = next((path for path in config.own_paths if output.is_relative_to(path)), None)
    around = next(
        (path for path in [top, *map(Path.resolve, sources)] if path.is_relative_to(output)), None
    )
    if inside or around:
        what = f"it is in {inside}" if inside else f"it contains {around}"
        raise ConfigError(
            f"{config.output}: this cannot be the output folder, because {what}; choose another "
            f"with -o/--output or [build] output"
        )


class _Build:
    def __init__(self, config: Config, options: BuildOptions, listener: Listener) -> None:
        self.config = config
        self.options = options
        self.tell = listener
        self.ledger = Ledger()
        self.folders = source_folders(config.directory, config.build.sources)
        for folder in self.folders:
            if not folder.path.is_dir():
                raise ConfigError(
                    f"{folder.path}: no such folder; name the folder with the articles by "
                    f"-s/--source or [build] sources"
                )
        _refuse_output(config, [folder.path for folder in self.folders])
        authority = tags_file.load(config.directory / TAGS)
        self.output_folder = OutputFolder(config.output)
        self.output_folder.check()
        path = catalogue_path(config.directory, config.output)
        was_there = path.exists()
        self.catalogue: Catalogue = open_catalogue(path)
        if self.catalogue.is_new and was_there:
            self.tell(
                Notice(
                    f"the cache in {CACHE_FOLDER} is damaged, or of another version of "
                    f"newsarchive: reading everything again"
                )
            )
        if self.catalogue.is_new and self.output_folder.is_marked():
            recall(self.catalogue.connection, self.output_folder)
        self.settings = settings_of(config, path.parent, options.limits)
        self.setup = Setup(
            ReadingOptions(config.site.timezone, config.markdown.engine, options.readers),
            self.settings,
            kinds_of(self.settings),
            str(config.output),
            path,
            Tagging(authority, config.tags.infer, config.site.language),
        )
        self.authority_before = Authority.from_json(self.catalogue.fact(_AUTHORITY) or "")

    def run(self) -> Ledger:
        if not self.config.site.base_url:
            self.tell(
                Notice(
                    f"[site] base_url is not set: feeds use {self.config.base_url}; set it to the "
                    f"URL of the published site"
                )
            )
        language = self.config.site.language
        if base_language(language) != "en" and not self.settings.theme.translation_files(language):
            self.tell(
                Notice(
                    f"[site] language = {language}: no translation, so menus and labels are in "
                    f"English; docs/templates.md says how to add "
                    f"locale/{base_language(language)}.po"
                )
            )
        digests = digests_of(self.setup.kinds.values(), self.settings)
        with Workers(self.setup, self.options.jobs or default_jobs()) as workers:
            with self._timed("read"):
                changes = self._take_in(workers)
            self._account()
            if self.options.strict and self.ledger.skipped:
                self.ledger.is_refused = True
                return self.ledger
            with self._timed("publish"):
                self._publish(changes, digests, workers)
        return self.ledger

    def _publish(self, changes: Changes, digests: dict[str, str], workers: Workers) -> None:
        connection = self.catalogue.connection
        changes, kept = keep_addresses(
            self.config,
            self.catalogue,
            self.authority_before,
            self.setup.tagging.authority,
            changes,
            self.tell,
        )
        for warning in tag_warnings(
            connection,
            self.config.directory / TAGS,
            self.authority_before,
            self.setup.tagging.authority,
        ):
            self.tell(Notice(warning))
        self.ledger.moved = [row.address for row in kept.moved]
        self.ledger.withdrawn = [row.address for row in kept.withdrawn]
        if self.catalogue.fact(PENDING):
            # The last build stored changes in the catalogue and stopped before it published them.
            changes = replace(changes, everything=True)
        if changes != Changes():
            self.catalogue.save_fact(PENDING, "yes")
            self.catalogue.commit()
        build = int(self.catalogue.fact("build") or 0) + 1
        Publishing(
            self.catalogue,
            PublishedFiles(connection, build),
            Queries(connection, self.setup.tagging.authority),
            self.output_folder,
            workers,
            self.setup,
            self.ledger,
            self.tell,
            digests,
            distrusts=self.options.full,
        ).publish(changes)

    def _take_in(self, workers: Workers) -> Changes:
        """Scan the sources, read those that changed, and store their articles in the catalogue."""
        tagging, connection = self.setup.tagging, self.catalogue.connection
        listed_changes = self.settings.limits.listed_changes
        writer = CatalogueWriter(connection, tagging.authority, listed_changes)
        digest = self._reading_digest()
        known: Iterable[KnownSource] = ()
        if self.catalogue.fact("reading") == digest and not self.options.full:
            known = self.catalogue.known_sources()
            if self.authority_before != tagging.authority:
                Retagging(connection, writer, self.authority_before, tagging).retag()
        else:
            writer.forget_everything()
        self.catalogue.save_fact("reading", digest)
        self.catalogue.save_fact(_AUTHORITY, tagging.authority.to_json())
        writer.forget_problems_of_scan()
        done = 0
        for result in workers.read(self._tasks(known, writer)):
            if result.is_first:
                writer.begin_source(result.file, result.sha256)
            writer.take(result.file.name, result.articles, result.problems)
            if result.is_last:
                writer.end_source(result.file, result.sha256)
                done += 1
                self.tell(Progress("read", done))
        return writer.settle()

    def _tasks(self, known: Iterable[KnownSource], writer: CatalogueWriter) -> Iterator[ReadTask]:
        """The tasks that read the changed sources."""
        options, seconds = self.setup.reading, self.settings.limits.reading_seconds
        for file, reader in self._changed(known, writer):
            yield from tasks_of(file, reader, options, seconds)

    def _changed(
        self, known: Iterable[KnownSource], writer: CatalogueWriter
    ) -> Iterator[tuple[SourceFile, Reader]]:
        """The changed sources with their readers. Other changed files are saved, and vanished ones
        forgotten."""
        for found in compared(self._files(writer), known):
            match found:
                case Vanished(name):
                    writer.forget_source(name)
                case Same(articles):
                    self.ledger.sources += articles
                case SourceFile():
                    if reader := reader_of(found.name, found.head, self.setup.reading.readers):
                        self.ledger.sources += 1
                        yield found, reader
                    else:
                        writer.forget_source(found.name)
                        writer.keep_file(found)

    def _files(self, writer: CatalogueWriter) -> Iterator[SourceFile]:
        leave = (self.config.output, self.catalogue.path.parent)
        for found in scan(self.folders, leave, suffixes_of(self.setup.reading.readers)):
            if isinstance(found, SourceFile):
                yield found
            elif isinstance(found, Unreadable):
                writer.report(found.name, found.problem, is_of_scan=True)
            elif isinstance(found, Ignored):
                self.ledger.ignored += 1

    def _account(self) -> None:
        """Fill in the ledger, which counts every article that was found."""
        connection = self.catalogue.connection
        for problem in ledger.problems(connection):
            (self.ledger.skipped if problem.skipped else self.ledger.warnings).append(problem)
        self.ledger.missing_files = list(ledger.missing_files(connection))
        for name in ledger.unused_files(connection):
            self.ledger.ignored += 1
            self.ledger.unread_suffixes[Path(name).suffix.lower() or "no suffix"] += 1
        counts = ledger.counts(connection)
        self.ledger.published = counts.get("published", 0)
        self.ledger.drafts = counts.get("draft", 0)
        self.ledger.merged = counts.get("merged", 0)
        self.ledger.mentioned = ledger.with_mentions(connection)
        self.ledger.articles = sum(counts.values()) + len(self.ledger.skipped)

    def _reading_digest(self) -> str:
        """The digest of everything beside the sources that can change what is read from them."""
        inputs = (
            environment_digest(),
            asdict(self.setup.reading),
            (self.setup.tagging.infer, self.setup.tagging.language),
            [(str(folder.path), folder.prefix) for folder in self.folders],
        )
        return blake2b(repr(inputs).encode(), digest_size=16).hexdigest()

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.ledger.seconds[stage] = time.perf_counter() - begun
