"""Publishing: from changes to a site that shows them, in an order that never shows half of it.

New files come first, while nothing leads to them yet, the home page last of them; then the files
that are replaced, which may now lead to the new ones; then the removals, when nothing leads to
what is removed; the catalogue commits after that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version

from newsarchive.build.output_folder import OutputFolder, digest_of
from newsarchive.build.pool import FileCopy, Job, Setup, Workers
from newsarchive.catalogue import Catalogue
from newsarchive.catalogue.published import Published, PublishedOutputs
from newsarchive.catalogue.queries import Queries
from newsarchive.model import addresses
from newsarchive.model.changes import Changes
from newsarchive.model.events import Ledger, Listener, Notice, Progress, Rebuilt
from newsarchive.model.problems import ArchiveError
from newsarchive.pages.theme import TEMPLATES, code_digest
from newsarchive.planning.changes import plan_changes, plan_everything
from newsarchive.planning.outputs import KINDS, Gone, Output, Stale

_LIBRARIES = ("babel", "feedgen", "jinja2", "lxml")
"""What shapes the bytes of an output, besides newsarchive itself."""

_SCRIPTS = ("days", "headlines", "calendar-day-script")
"""The kinds of output that only newsarchive's own code shapes."""

_FEEDS = ("feed", "feed-document", "feed-list")
_OF_DATA = ("articles-data", "articles-table", "archive-data")
_SITEMAPS = ("sitemap", "page-sitemap", "sitemap-index", "news-sitemap", "robots")

PENDING = "pending"
"""The catalogue's state while it holds changes that the site may not show yet."""


@dataclass(slots=True)
class Publishing:
    """One build's publishing: the stages and stores that it brings together."""

    catalogue: Catalogue
    outputs: PublishedOutputs
    queries: Queries
    output_folder: OutputFolder
    workers: Workers
    setup: Setup
    ledger: Ledger
    tell: Listener
    digests: dict[str, str]
    """For each kind of output the digest of all but the catalogue that shapes its bytes."""
    distrusts: bool = False
    """Whether to compare the output folder's files, whatever the catalogue says of them; always
    where it may not hold what the catalogue says."""
    _under_way: dict[str, tuple[str, str | None, str]] = field(default_factory=dict)
    """Producer, state and reason of what is being rendered, by address."""
    _has_published: bool = False
    """Whether there is anything in the output folder that the catalogue may not know of."""
    _has_begun: bool = False
    _has_no_record: bool = False

    def publish(self, changes: Changes) -> None:
        """Bring the output folder up to date and commit the catalogue. Raises ArchiveError."""
        stale = {
            kind for kind, digest in self.digests.items() if self.catalogue.state(kind) != digest
        }
        # Then what was copied into the site by an earlier build cannot be told from other files.
        self._has_no_record = len(self.outputs) == 0 or self.catalogue.publishing_flag.exists()
        self.distrusts = self.distrusts or self._distrusts_outputs()
        if self.distrusts:
            self.outputs.distrust()
            self._has_published = self.output_folder.is_marked()
        everything = self.distrusts or changes.everything or "structure" in stale
        listed: dict[str, Stale | Gone] = {}
        if not everything:
            for step in plan_changes(changes, self.queries, self.setup.scope):
                earlier = listed.get(_address(step))
                if earlier is None or (isinstance(earlier, Gone) and isinstance(step, Stale)):
                    listed[_address(step)] = step
        plan = _Plan(
            sorted(listed.values(), key=_rank),
            frozenset(KINDS if everything else stale),
            with_static=everything or "static" in stale,
            with_media=everything or changes != Changes(),
        )
        self._put(plan)
        self._remove(self.outputs.unplanned() if everything else self._left_over(plan))
        if self.distrusts:
            self._sweep()
        self.ledger.unchanged = len(self.outputs) - self.ledger.written
        for kind, digest in self.digests.items():
            self.catalogue.remember(kind, digest)
        self.catalogue.remember("build", str(self.outputs.build))
        self.catalogue.remember(PENDING, "")
        self.output_folder.end()
        self.catalogue.commit()
        self.catalogue.publishing_flag.unlink(missing_ok=True)

    def _distrusts_outputs(self) -> bool:
        """Whether the catalogue may not know what the output folder holds: it is new, a build was
        interrupted while it published, or a file or folder at its top was removed."""
        was_interrupted = self.catalogue.publishing_flag.exists()
        is_there = self.output_folder.is_marked() and all(
            map(self.output_folder.has, self.outputs.top())
        )
        return len(self.outputs) == 0 or was_interrupted or not is_there

    def _put(self, plan: "_Plan") -> None:
        """Publish what is new, then what is replaced."""
        done = 0
        for are_new in (True, False):
            jobs = self._jobs(plan, are_new)
            for batch in self.workers.publish(jobs):
                kept = []
                for address, digest, written in batch:
                    producer, state, reason = self._under_way.pop(address)
                    kept.append(Published(address, producer, state, digest))
                    if written:
                        self.ledger.written += 1
                        self.tell(Rebuilt(address, reason))
                self.outputs.keep(kept)
                done += len(batch)
                self.tell(Progress("publish", done))

    def _jobs(self, plan: "_Plan", are_new: bool) -> Iterator[Job]:
        for planned, reason in self._candidates(plan):
            address, producer = planned.address, planned.producer
            known = self.outputs.known(address)
            if self._is_done(address, producer, known) or self._is_new(address, known) != are_new:
                continue
            state = planned.state if isinstance(planned, FileCopy) else None
            if known and state and known.state == state:
                self.outputs.keep([known])
                continue
            self._begin()
            self._under_way[address] = producer, state, reason
            digest = known.digest if known and known.digest else None
            yield Job(planned, are_new, digest)

    def _is_done(self, address: str, producer: str, known: Published | None) -> bool:
        """Whether this build has dealt with an output before. Raises ArchiveError where another
        has its address: it would be overwritten, and with it an article lost."""
        earlier = known.producer if known and known.is_planned else None
        if address in self._under_way:
            earlier = self._under_way[address][0]
        if earlier not in (None, producer):
            raise ArchiveError(
                f"{address}: two outputs want this address, {earlier} and {producer}; "
                f"this is a mistake in newsarchive, please report it"
            )
        return earlier is not None

    def _is_new(self, address: str, known: Published | None) -> bool:
        """Whether no page can lead to the address yet: nothing was published there, by the
        catalogue or, where that does not know, by the output folder."""
        if self.distrusts:
            return not (self._has_published and self.output_folder.has(address))
        return known is None

    def _candidates(self, plan: "_Plan") -> Iterator[tuple[Output | FileCopy, str]]:
        """Every output that may have to be made, with the reason."""
        if plan.with_static:
            for name, path in self.setup.theme.static_files():
                state = digest_of(path.read_bytes()).hex()
                yield FileCopy(addresses.static(name), str(path), state), "the theme's file changed"
        if plan.with_media:
            for name, source, state in self.queries.files.referred_to():
                copy = FileCopy(addresses.media(name), source, state)
                yield copy, "the file is new or has changed"
        for step in plan.listed:
            if isinstance(step, Stale):
                yield step.output, step.reason
        for step in plan_everything(self.queries, self.setup.scope, plan.kinds):
            if isinstance(step, Stale):
                yield step.output, step.reason

    def _left_over(self, plan: "_Plan") -> Iterator[str]:
        """The addresses that nothing is published at any more."""
        if plan.with_static:
            yield from self.outputs.unplanned(addresses.static(""))
        if plan.with_media:
            yield from self.outputs.unplanned(addresses.media(""))
        for gone in plan.listed:
            if isinstance(gone, Gone) and gone.address.endswith("/"):
                yield from self.outputs.unplanned(gone.address)
            elif isinstance(gone, Gone):
                known = self.outputs.known(gone.address)
                if known and not known.is_planned:
                    yield gone.address

    def _remove(self, left_over: Iterable[str]) -> None:
        for address in left_over:
            self._begin()
            if self.output_folder.remove(address):
                self.ledger.removed += 1
                self.tell(Rebuilt(address, "nothing is published here any more"))
            self.outputs.forget(address)

    def _sweep(self) -> None:
        """Remove what an earlier build left that the catalogue did not know of."""
        foreign = []
        for address in self.output_folder.files() if self._has_published else ():
            is_foreign = address != addresses.shown(address)
            if is_foreign or self.outputs.known(address) is None:
                if not is_foreign and self.output_folder.is_ours(
                    address, by_folder=self._has_no_record
                ):
                    self._begin()
                    self.ledger.removed += self.output_folder.remove(address)
                    self.tell(Rebuilt(address, "an earlier build left it"))
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
        """Leave a sign, until the catalogue has committed, that the output is being changed."""
        if not self._has_begun:
            self.catalogue.publishing_flag.touch()
            self.output_folder.begin()
            self._has_begun = True


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a build looks at: the listed outputs, and all outputs of some kinds."""

    listed: list[Stale | Gone]
    kinds: frozenset[str]
    with_static: bool
    with_media: bool


def digests_of_kinds(setup: Setup) -> dict[str, str]:
    """For each kind of output the digest of all but the catalogue that shapes its bytes, and
    under `structure` that of what decides which outputs there are.

    Raises ArchiveError where a template cannot be read.
    """
    words = setup.theme.words_digest(setup.site.language)
    common = [code_digest(), setup.site, words, *map(version, _LIBRARIES)]
    static = [(name, digest_of(path.read_bytes())) for name, path in setup.theme.static_files()]
    digests = {
        "structure": [setup.scope],
        "static": [static],
        **{kind: [*common, setup.feeds] for kind in _FEEDS},
        **{kind: [*common, setup.data] for kind in _OF_DATA},
        **dict.fromkeys(_SITEMAPS, common),
        **{kind: [code_digest()] for kind in _SCRIPTS},
    }
    for kind, template in TEMPLATES.items():
        digests[kind] = [*common, setup.theme.template_digest(template)]
    return {
        kind: blake2b(repr(digest).encode(), digest_size=16).hexdigest()
        for kind, digest in digests.items()
    }


def _address(step: Stale | Gone) -> str:
    return step.output.address if isinstance(step, Stale) else step.address


def _rank(step: Stale | Gone) -> int:
    return KINDS.index(step.output.kind) if isinstance(step, Stale) else len(KINDS)
