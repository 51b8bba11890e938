"""Events: what a build tells its listeners while it goes on, and the ledger it ends with."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

from newsarchive.problems import Problem

STAGES = ("scan", "read", "plan", "publish")


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
    set_aside: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    unread_kinds: Counter[str] = field(default_factory=Counter)
    """How many ignored files there are of each suffix that newsarchive does not read."""

    def report(self) -> Mapping[str, object]:
        """The ledger as `--report` writes it."""
        report = asdict(self)
        del report["unread_kinds"]
        for name in ("set_aside", "warnings"):
            report[name] = [
                {"path": problem.path, "line": problem.line, "reason": problem.reason}
                for problem in getattr(self, name)
            ]
        report["seconds"] = {stage: round(spent, 3) for stage, spent in self.seconds.items()}
        return report
