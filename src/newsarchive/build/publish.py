"""Publishing: brings the output folder up to date, in an order that never shows half a site.

1. New files, the home page last: no page links to them yet.
2. Replaced files: they may now link to the new ones.
3. Removals: no page links to these files any more.
4. The catalogue commits.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from newsarchive.build.deferred import Deferred
from newsarchive.build.output_folder import OutputFolder
from newsarchive.build.pool import Workers
from newsarchive.build.worker import Job, Setup
from newsarchive.catalogue import Catalogue
from newsarchive.catalogue.published import PublishedFile, PublishedFiles
from newsarchive.catalogue.queries import Queries
from newsarchive.model import addresses
from newsarchive.model.changes import Changes
from newsarchive.model.events import Ledger, Listener, Notice, Progress, Rebuilt
from newsarchive.model.problems import ArchiveError
from newsarchive.outputs.context import Context
from newsarchive.outputs.kind import Gone, Output, PageKind, Stale
from newsarchive.outputs.kinds import KINDS
from newsarchive.outputs.plan import plan_changes, plan_everything

PENDING = "pending"
"""The key of a fact: `yes` while the catalogue has changes that the site may not show yet."""

_DIGESTS = "digest of "
"""The prefix of the facts with the digest of each kind, as of the last build, by its name."""


@dataclass(slots=True)
class Publishing:
    """Publishes the outputs of one build."""

    catalogue: Catalogue
    outputs: PublishedFiles
    queries: Queries
    output_folder: OutputFolder
    workers: Workers
    setup: Setup
    ledger: Ledger
    tell: Listener
    digests: dict[str, str]
    """The digest of each kind of output."""
    distrusts: bool = False
    """True to compare the files in the output folder instead of the catalogue's digests. `publish`
    sets it if the folder may differ from the catalogue."""
    _under_way: dict[str, tuple[Output, str]] = field(default_factory=dict)
    """(output, reason) of each output that is being rendered, by address."""
    _has_published: bool = False
    """True if the output folder may have files that the catalogue does not know."""
    _has_begun: bool = False
    _done: int = 0
    """The number of rendered outputs."""
    _has_no_record: bool = False
    """True if the catalogue may not know which files earlier builds made."""

    def publish(self, changes: Changes) -> None:
        """Bring the output folder up to date and commit the catalogue. Raises ArchiveError."""
        # Copies have no marker: without a record they look like foreign files.
        self._has_no_record = len(self.outputs) == 0 or self.catalogue.publishing_flag.exists()
        self.distrusts = self.distrusts or self._distrusts_outputs()
        if self.distrusts:
            self.outputs.clear_digests()
            self._has_published = self.output_folder.is_marked()
        is_everything = self.distrusts or changes.everything
        known = self.catalogue.facts(_DIGESTS)
        stale = {name for name, digest in self.digests.items() if known.get(name) != digest}
        whole = set(self.digests) if is_everything else stale
        self._check_templates(whole)
        listed = _Listed() if is_everything else self._listed(changes)
        self._put(whole, listed)
        if is_everything:
            self._remove(self.outputs.unplanned())
        else:
            self._remove(self._left_over(stale | (known.keys() - self.digests.keys()), listed))
        if self.distrusts:
            self._sweep()
        self.ledger.unchanged = len(self.outputs) - self.ledger.written
        self.catalogue.save_facts(_DIGESTS, self.digests)
        self.catalogue.save_fact("build", str(self.outputs.build))
        self.catalogue.save_fact(PENDING, "")
        self.output_folder.end()
        self.catalogue.commit()
        self.catalogue.publishing_flag.unlink(missing_ok=True)

    def _check_templates(self, kinds: Iterable[str]) -> None:
        """Compile the templates of these kinds: a mistake in one ends the build before it changes
        the site. Raises ArchiveError."""
        pages = [kind for name in kinds if isinstance(kind := self.setup.kinds[name], PageKind)]
        if pages:
            settings = self.setup.settings
            connection, authority = self.catalogue.connection, self.queries.authority
            context = Context.of(connection, authority, settings.site, settings.theme)
            for kind in sorted(pages, key=lambda kind: kind.template):
                context.pages.check(kind.template)

    def _distrusts_outputs(self) -> bool:
        """True if the output folder may differ from the catalogue: the catalogue is new, a build
        stopped while it published, or the mark, or a file or folder at the top, is missing."""
        was_interrupted = self.catalogue.publishing_flag.exists()
        is_there = self.output_folder.is_marked() and all(
            map(self.output_folder.has, self.outputs.top_level())
        )
        return len(self.outputs) == 0 or was_interrupted or not is_there

    def _listed(self, changes: Changes) -> "_Listed":
        """The outputs that the changes affect. Copies of unchanged files are kept and left out."""
        listed = _Listed()
        for step in plan_changes(changes, self.setup.kinds.values(), self.queries):
            if isinstance(step, Gone) or not self._keep_copy(step.output):
                listed.add(step)
        return listed

    def _put(self, whole: set[str], listed: "_Listed") -> None:
        """Publish new outputs, then replaced ones."""
        deferred = Deferred(self.catalogue.connection)
        self._run(self._new(whole, listed, deferred))
        self._run(self._replaced(deferred))

    def _run(self, jobs: Generator[Job, None, None]) -> None:
        # If rendering fails, a query that is still open would keep the catalogue locked.
        with closing(jobs):
            for address, digest, written in self.workers.publish(jobs):
                output, reason = self._under_way.pop(address)
                self.outputs.save([PublishedFile(address, output.producer, output.state, digest)])
                if written:
                    self.ledger.written += 1
                    self.tell(Rebuilt(address, reason))
                self._done += 1
                self.tell(Progress("publish", self._done))

    def _new(
        self, whole: set[str], listed: "_Listed", deferred: Deferred
    ) -> Generator[Job, None, None]:
        """The jobs of the outputs that no page can link to yet. Defers the others."""
        for step in self._planned(whole, listed):
            output = step.output
            known = self.outputs.at(output.address)
            if self._is_done(output, known) or self._keep_copy(output, known):
                continue
            if self._is_new(output.address, known):
                yield self._job(step, None)
            else:
                deferred.add(step)

    def _replaced(self, deferred: Deferred) -> Generator[Job, None, None]:
        for step in deferred:
            known = self.outputs.at(step.output.address)
            if not self._is_done(step.output, known):
                yield self._job(step, known)

    def _job(self, step: Stale, known: PublishedFile | None) -> Job:
        self._begin()
        address = step.output.address
        self._under_way[address] = step.output, step.reason
        is_new = self._is_new(address, known)
        return Job(step.output, is_new, known.digest if known and known.digest else None)

    def _planned(self, whole: set[str], listed: "_Listed") -> Iterator[Stale]:
        """The planned outputs, by kind: all outputs of the kinds in `whole`, of the other kinds
        those that changes affect."""
        for name, kind in self.setup.kinds.items():
            if name in whole:
                yield from plan_everything([kind], self.queries, "every file is compared")
            else:
                yield from listed.stale(name)

    def _keep_copy(self, output: Output, known: PublishedFile | None = None) -> bool:
        """True if the output is a copy of an unchanged file: it then counts as planned."""
        if output.state is None:
            return False
        known = known or self.outputs.at(output.address)
        if known is None or known.state != output.state or known.producer != output.producer:
            return False
        self.outputs.save([known])
        return True

    def _is_done(self, output: Output, known: PublishedFile | None) -> bool:
        """True if this build has planned the output already. Raises ArchiveError if another output
        has its address: one would overwrite the other, and an article might be lost."""
        earlier = known.producer if known and known.is_planned else None
        if output.address in self._under_way:
            earlier = self._under_way[output.address][0].producer
        if earlier not in (None, output.producer):
            raise ArchiveError(
                f"{output.address}: two outputs have this address, {earlier} and "
                f"{output.producer}; this is a fault of newsarchive: please report it"
            )
        return earlier is not None

    def _is_new(self, address: str, known: PublishedFile | None) -> bool:
        """True if no page can link to the address yet, because nothing is published there according
        to the catalogue or, if it is not trusted, to the output folder."""
        if self.distrusts:
            return not (self._has_published and self.output_folder.has(address))
        return known is None

    def _left_over(self, kinds: Iterable[str], listed: "_Listed") -> Iterator[str]:
        """The addresses at which nothing is published any more: those of all outputs of `kinds`
        that this build did not plan, and those that the changes give up."""
        for kind in sorted(kinds):
            yield from self.outputs.unplanned_of(kind)
        for gone in listed.gone():
            if gone.address.endswith("/"):
                yield from self.outputs.unplanned(gone.address)
            else:
                known = self.outputs.at(gone.address)
                if known and not known.is_planned:
                    yield gone.address

    def _remove(self, left_over: Iterable[str]) -> None:
        for address in left_over:
            self._begin()
            if self.output_folder.remove(address):
                self.ledger.removed += 1
                self.tell(Rebuilt(address, "no longer part of the site"))
            self.outputs.remove(address)

    def _sweep(self) -> None:
        """Remove unrecorded files that earlier builds made, and report foreign files."""
        foreign = []
        markers = [marker for kind in KINDS for marker in kind.markers]
        for address in self.output_folder.files() if self._has_published else ():
            is_foreign = address != addresses.shown(address)
            if is_foreign or self.outputs.at(address) is None:
                if not is_foreign and self.output_folder.is_ours(
                    address, markers, by_folder=self._has_no_record
                ):
                    self._begin()
                    self.ledger.removed += self.output_folder.remove(address)
                    self.tell(Rebuilt(address, "left behind by an earlier build"))
                else:
                    foreign.append(address)
        if foreign:
            self.tell(
                Notice(
                    f"{len(foreign)} {'file' if len(foreign) == 1 else 'files'} in the output "
                    f"folder not made by newsarchive, such as {addresses.shown(min(foreign))}: "
                    f"left alone"
                )
            )

    def _begin(self) -> None:
        """Create the publishing flag, which stays until the catalogue has committed."""
        if not self._has_begun:
            self.catalogue.publishing_flag.touch()
            self.output_folder.begin()
            self._has_begun = True


class _Listed:
    """The outputs that changes affect, each once."""

    def __init__(self) -> None:
        self._steps: dict[str, Stale | Gone] = {}

    def add(self, step: Stale | Gone) -> None:
        """Add a step. Of two steps at one address the first counts, but a Stale before a Gone."""
        address = step.output.address if isinstance(step, Stale) else step.address
        earlier = self._steps.get(address)
        if earlier is None or (isinstance(earlier, Gone) and isinstance(step, Stale)):
            self._steps[address] = step

    def stale(self, kind: str) -> Iterator[Stale]:
        """The stale outputs of a kind."""
        for step in self._steps.values():
            if isinstance(step, Stale) and step.output.kind == kind:
                yield step

    def gone(self) -> Iterator[Gone]:
        """The addresses and folders that are gone."""
        for step in self._steps.values():
            if isinstance(step, Gone):
                yield step
