"""Publishing: from changes to a site that shows them, in an order that never shows half of it.

New files come first, while nothing leads to them yet, the home page last of them; then the files
that are replaced, which may now lead to the new ones; then the removals, when nothing leads to
what is removed; the catalogue commits after that.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version

from newsarchive import addresses
from newsarchive.catalogue import Catalogue
from newsarchive.catalogue.answers import Answers
from newsarchive.catalogue.changes import Changes
from newsarchive.catalogue.outputs import Outputs
from newsarchive.events import Ledger, Listener, Notice, Progress, Rebuilt
from newsarchive.gather import Gatherer
from newsarchive.plan import KINDS, Gone, Output, Stale, plan_changes, plan_everything
from newsarchive.problems import ArchiveError
from newsarchive.publish import Publisher, digest_of
from newsarchive.rendering.theme import TEMPLATES, code_digest
from newsarchive.rendering.views import FileView
from newsarchive.workers import Job, Setup, Workers

_LIBRARIES = ("babel", "feedgen", "jinja2", "lxml")
"""What shapes the bytes of an output, besides newsarchive itself."""

Plan = Callable[[], Iterable[Stale | Gone]]
"""Called once for the new outputs and once for those that are replaced."""


@dataclass(slots=True)
class Publishing:
    """One build's publishing: the stages and stores that it brings together."""

    catalogue: Catalogue
    outputs: Outputs
    answers: Answers
    gatherer: Gatherer
    publisher: Publisher
    workers: Workers
    setup: Setup
    page_size: int
    feed_entries: int
    ledger: Ledger
    tell: Listener
    _digests: dict[str, str] = field(default_factory=dict)
    _reasons: dict[str, str] = field(default_factory=dict)
    _distrusts: bool = False
    _has_begun: bool = False

    def publish(self, changes: Changes) -> None:
        """Bring the output folder up to date and commit the catalogue. Raises ArchiveError."""
        self._digests = self._digests_of_kinds()
        stale = {
            kind for kind, digest in self._digests.items() if self.catalogue.state(kind) != digest
        }
        self._distrusts = self._distrusts_outputs()
        if self._distrusts:
            self.outputs.forget_all()
        has_changes = changes != Changes()
        everything = (
            self._distrusts
            or changes.everything
            or "structure" in stale
            or bool(stale and has_changes)
        )
        plan: Plan
        if everything or stale:
            kinds = KINDS if everything else stale
            plan = lambda: plan_everything(self.answers, self.page_size, kinds)  # noqa: E731
        else:
            found = plan_changes(changes, self.answers, self.page_size)
            listed = sorted(dict.fromkeys(found), key=_rank)
            plan = lambda: listed  # noqa: E731
        self._put(plan, with_media=everything or has_changes)
        if everything:
            self._remove(self.outputs.unseen())
        else:
            self._remove(self._left_over(plan(), with_media=has_changes))
        if self._distrusts:
            self._sweep()
        self.ledger.unchanged = len(self.outputs) - self.ledger.written
        for kind, digest in self._digests.items():
            self.catalogue.remember(kind, digest)
        self.publisher.end()
        self.catalogue.commit()
        self.catalogue.publishing_flag.unlink(missing_ok=True)

    def _distrusts_outputs(self) -> bool:
        """Whether the catalogue may not know what the output folder holds: it is new, a build was
        interrupted while it published, or the folder was emptied."""
        was_interrupted = self.catalogue.publishing_flag.exists()
        return len(self.outputs) == 0 or was_interrupted or not self.publisher.is_marked()

    def _digests_of_kinds(self) -> dict[str, str]:
        """For each kind of output the digest of all but its view that shapes its bytes, and under
        `structure` that of what decides which outputs there are."""
        common = [code_digest(), self.setup.site, *map(version, _LIBRARIES)]
        digests = {"structure": [self.page_size], "feed": [*common, self.feed_entries]}
        for kind, template in TEMPLATES.items():
            digests[kind] = [*common, self.setup.theme.template_digest(template)]
        return {
            kind: blake2b(repr(digest).encode(), digest_size=16).hexdigest()
            for kind, digest in digests.items()
        }

    def _put(self, plan: Plan, with_media: bool) -> None:
        """Publish what is new, then what is replaced."""
        for are_new in (True, False):
            jobs = self._jobs(plan, with_media, are_new)
            for done, result in enumerate(self.workers.publish(jobs), 1):
                self.outputs.keep(result.address, result.fingerprint, result.digest)
                reason = self._reasons.pop(result.address)
                if result.written:
                    self.ledger.written += 1
                    self.tell(Rebuilt(result.address, reason))
                self.tell(Progress("publish", done))

    def _jobs(self, plan: Plan, with_media: bool, are_new: bool) -> Iterator[Job]:
        for planned, reason in self._candidates(plan, with_media):
            address, kind = planned.address, _kind(planned)
            known = self.outputs.known(address)
            # What was new is not new any more in the second round, but it has been seen.
            if self._is_new(address, known) != are_new or not self._see(planned):
                continue
            shown = planned if isinstance(planned, FileView) else self.gatherer.view(planned)
            digest = blake2b(self._digests.get(kind, "").encode(), digest_size=16)
            digest.update(repr(shown).encode())
            fingerprint = digest.digest()
            if known and known[0] == fingerprint:
                continue
            self._begin()
            self._reasons[address] = reason
            yield Job(shown, fingerprint, known[1] if known else None)

    def _is_new(self, address: str, known: object) -> bool:
        """Whether no page can lead to the address yet: nothing was published there, by the
        catalogue or, where that does not know, by the output folder."""
        return known is None and not (self._distrusts and self.publisher.has(address))

    def _see(self, planned: Output | FileView) -> bool:
        """Whether an output is met for the first time. Raises ArchiveError where another has its
        address: it would be overwritten, and with it an article lost."""
        if isinstance(planned, FileView):
            producer = f"the file {planned.path}"
        else:
            producer = f"{planned.kind} {planned.key}"
        earlier = self.outputs.see(planned.address, producer)
        if earlier not in (None, producer):
            raise ArchiveError(
                f"{planned.address}: two outputs want this address, {earlier} and {producer}; "
                f"this is a mistake in newsarchive, please report it"
            )
        return earlier is None

    def _candidates(self, plan: Plan, with_media: bool) -> Iterator[tuple[Output | FileView, str]]:
        """Every output that may have to be made, with the reason."""
        for name, path in self.setup.theme.static_files():
            state = digest_of(path.read_bytes()).hex()
            yield FileView(addresses.static(name), str(path), state), "the theme's file has changed"
        if with_media:
            for name, source, state in self.answers.files():
                view = FileView(addresses.media(name), source, state)
                yield view, "the file is new or has changed"
        for planned in plan():
            if isinstance(planned, Stale):
                yield planned.output, planned.reason

    def _left_over(self, plan: Iterable[Stale | Gone], with_media: bool) -> Iterator[str]:
        """The addresses that nothing is published at any more."""
        yield from self.outputs.unseen(addresses.static(""))
        if with_media:
            yield from self.outputs.unseen(addresses.media(""))
        for gone in plan:
            if isinstance(gone, Gone) and gone.address.endswith("/"):
                yield from self.outputs.unseen(gone.address)
            elif isinstance(gone, Gone) and self.outputs.is_unseen(gone.address):
                yield gone.address

    def _remove(self, left_over: Iterable[str]) -> None:
        for address in left_over:
            self._begin()
            if self.publisher.remove(address):
                self.ledger.removed += 1
                self.tell(Rebuilt(address, "nothing is published here any more"))
            self.outputs.forget(address)

    def _sweep(self) -> None:
        """Remove what an earlier build left that the catalogue did not know of."""
        foreign = []
        for address in self.publisher.files():
            if self.outputs.known(address) is None:
                if self.publisher.is_ours(address):
                    self._begin()
                    self.ledger.removed += self.publisher.remove(address)
                    self.tell(Rebuilt(address, "an earlier build left it"))
                else:
                    foreign.append(address)
        if foreign:
            self.tell(
                Notice(
                    f"{len(foreign)} files in the output folder were not made by newsarchive and "
                    f"stay, such as {min(foreign)}"
                )
            )

    def _begin(self) -> None:
        """Leave a sign, until the catalogue has committed, that the output is being changed."""
        if not self._has_begun:
            self.catalogue.publishing_flag.touch()
            self.publisher.begin()
            self._has_begun = True


def _kind(planned: Output | FileView) -> str:
    return "file" if isinstance(planned, FileView) else planned.kind


def _rank(planned: Stale | Gone) -> int:
    return KINDS.index(planned.output.kind) if isinstance(planned, Stale) else len(KINDS)
