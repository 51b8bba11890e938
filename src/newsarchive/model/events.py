"""Events: the messages of a running build to its listeners, and the ledger at its end."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

from newsarchive.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a stage: `done` tasks, out of an unknown number."""

    stage: str
    done: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A message about the build as a whole."""

    text: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A file of the site that was written or removed, with the reason. `-v` prints these."""

    address: str
    reason: str


Event = Progress | Notice | Rebuilt
Listener = Callable[[Event], None]


@dataclass(slots=True)
class Ledger:
    """The result of a build. articles = published + drafts + merged + len(skipped)."""

    sources: int = 0
    """Files read as articles."""
    ignored: int = 0
    """Hidden and backup files, and files that are not articles and that no article uses."""
    articles: int = 0
    published: int = 0
    drafts: int = 0
    merged: int = 0
    mentioned: int = 0
    """Published articles with inferred tags."""
    skipped: list[Problem] = field(default_factory=list)
    """Skipped articles with their reasons. A file or folder that cannot be read counts as one."""
    warnings: list[Problem] = field(default_factory=list)
    missing_files: list[Problem] = field(default_factory=list)
    """Files that articles refer to and that do not exist, one problem each. There may be very
    many."""
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    moved: list[str] = field(default_factory=list)
    """Addresses that redirect since this build."""
    withdrawn: list[str] = field(default_factory=list)
    """Addresses of articles and collections that this build withdrew."""
    is_refused: bool = False
    """True if nothing was published, because an article was skipped under `--strict`."""
    seconds: dict[str, float] = field(default_factory=dict)
    """The time that each stage took, in seconds."""
    unread_suffixes: Counter[str] = field(default_factory=Counter)
    """The number of ignored files of each suffix that newsarchive does not read."""

    def report(self) -> Mapping[str, object]:
        """The ledger as `--report` writes it."""
        report = asdict(self)
        del report["unread_suffixes"], report["missing_files"], report["is_refused"]
        report["skipped"] = [_place_and_reason(problem) for problem in self.skipped]
        report["warnings"] = [
            _place_and_reason(problem) for problem in self.warnings + self.missing_files
        ]
        report["seconds"] = {stage: round(spent, 3) for stage, spent in self.seconds.items()}
        return report


def _place_and_reason(problem: Problem) -> dict[str, object]:
    return {"path": problem.path, "line": problem.line, "reason": problem.reason}


FAULTS = (
    *("interrupted", "missing", "changed", "foreign", "unreadable", "not well-formed"),
    *("duplicate id", "missing image", "broken link"),
)
"""The kinds of fault in the order of the report: a missing file comes before links to it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of one file of the site."""

    kind: str
    address: str
    reason: str


@dataclass(slots=True)
class Checked:
    """The result of a check."""

    pages: int = 0
    feeds: int = 0
    """Feeds, sitemaps and other XML."""
    files: int = 0
    """All files, pages and feeds included."""
    links: int = 0
    """Links within the site."""
    notices: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def report(self) -> dict[str, object]:
        """The result as `--json` prints it."""
        return asdict(self)
