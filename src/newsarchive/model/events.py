"""Events: what a build tells its listeners while it goes on, and the ledger it ends with."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

from newsarchive.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """A stage has come so far: `done` things of it, of an unknown number."""

    stage: str
    done: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the build as a whole that its owner should know."""

    text: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """An output was written or removed, and why; for `-v`."""

    address: str
    reason: str


Event = Progress | Notice | Rebuilt
Listener = Callable[[Event], None]


@dataclass(slots=True)
class Ledger:
    """The account of a build: articles = published + drafts + merged + len(set_aside)."""

    sources: int = 0
    """Files read as articles."""
    ignored: int = 0
    """Hidden and backup files, and files that are neither articles nor belong to one."""
    articles: int = 0
    published: int = 0
    drafts: int = 0
    merged: int = 0
    mentioned: int = 0
    """Published articles that have tags from what they say."""
    set_aside: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    missing_files: list[Problem] = field(default_factory=list)
    """Files that articles refer to and that are not there; warnings too, but often very many."""
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    moved: list[str] = field(default_factory=list)
    """Addresses that lead on to where their page is from this build on."""
    withdrawn: list[str] = field(default_factory=list)
    """Addresses of what is published no more: their pages say so, or lead to a list."""
    is_refused: bool = False
    """Whether nothing was published, because something was set aside under `--strict`."""
    seconds: dict[str, float] = field(default_factory=dict)
    unread_kinds: Counter[str] = field(default_factory=Counter)
    """How many ignored files there are of each suffix that newsarchive does not read."""

    def report(self) -> Mapping[str, object]:
        """The ledger as `--report` writes it."""
        report = asdict(self)
        del report["unread_kinds"], report["missing_files"], report["is_refused"]
        report["set_aside"] = [_told(problem) for problem in self.set_aside]
        report["warnings"] = [_told(problem) for problem in self.warnings + self.missing_files]
        report["seconds"] = {stage: round(spent, 3) for stage, spent in self.seconds.items()}
        return report


def _told(problem: Problem) -> dict[str, object]:
    return {"path": problem.path, "line": problem.line, "reason": problem.reason}


FAULTS = (
    *("interrupted", "missing", "changed", "foreign", "unreadable", "not well-formed"),
    *("duplicate id", "missing image", "broken link"),
)
"""The kinds of fault, in the order in which they are told: what is gone goes before what leads
there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one file of the site."""

    kind: str
    address: str
    reason: str


@dataclass(slots=True)
class Checked:
    """What was looked over, and what was found."""

    pages: int = 0
    feeds: int = 0
    """Feeds, sitemaps and other XML."""
    files: int = 0
    """All files, those included."""
    links: int = 0
    """Links within the site that were followed."""
    notices: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def report(self) -> dict[str, object]:
        """The same for programs."""
        return asdict(self)
