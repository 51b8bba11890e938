"""A folder of real posts: newsarchive with both Markdown engines, and Hugo."""

import re
import shutil
from dataclasses import asdict
from pathlib import Path
from statistics import median

from bench.corpus import write
from bench.measure import Run, measured
from bench.peers import Command, Peer
from bench.peers.hugo import Hugo
from bench.peers.newsarchive import Newsarchive

_UNPUBLISHED = re.compile(r"^published: false *$", re.MULTILINE)
_IMPOSSIBLE_OFFSET = re.compile(r"^(date: .*?)[ :-]*\+1[4-9]:[0-9]{2} *$", re.MULTILINE)


def measure_posts(posts: Path, work: Path, rounds: int) -> dict[str, object]:
    """Build a folder of Jekyll posts with each of them, in turn."""
    tools = work / "tools"
    peers: list[tuple[str, Peer]] = [
        ("newsarchive, Python-Markdown", Newsarchive("Markdown")),
        ("newsarchive, CommonMark", Newsarchive("Markdown", "commonmark")),
        ("Hugo", Hugo()),
    ]
    sites = {name: work / f"posts-{number}" for number, (name, _) in enumerate(peers)}
    for name, peer in peers:
        shutil.rmtree(sites[name], ignore_errors=True)
        peer.prepare([], sites[name])
        if name == "Hugo":
            _copy_for_hugo(posts, sites[name] / "content" / "posts")
        else:
            shutil.copytree(posts, sites[name] / "seeds")
    runs: dict[str, list[Run]] = {name: [] for name, _ in peers}
    outputs = {}
    for _ in range(rounds):
        for name, peer in peers:
            peer.clean(sites[name])
            command = peer.command(tools, sites[name])
            if name == "Hugo":  # it exits with an error for a bad post, but builds the others
                command = Command(
                    ("sh", "-c", f"{' '.join(command.words)} || true"),
                    command.folder,
                    command.environment,
                )
            runs[name].append(measured(command, work / "log"))
            outputs[name] = asdict(peer.counts(sites[name]))
    return {
        "posts": sum(1 for _ in posts.rglob("*.md")),
        "rounds": rounds,
        "outputs": outputs,
        "runs": {
            name: {
                "wall": round(median(run.wall for run in of_peer), 3),
                "memory": int(median(run.memory for run in of_peer)),
            }
            for name, of_peer in runs.items()
        },
    }


def _copy_for_hugo(posts: Path, content: Path) -> None:
    """Copy posts and correct what Hugo refuses: offsets above +14:00, and `published: false`, which
    it reads as a date."""
    for path in sorted(posts.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        text = _UNPUBLISHED.sub("draft: true", text)
        text = _IMPOSSIBLE_OFFSET.sub(r"\1", text)
        if text.strip():
            write(content / path.relative_to(posts), text)
