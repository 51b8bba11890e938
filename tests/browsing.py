"""Built sites in a browser: the faults that `in_browser.py` finds in their pages."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

import pytest

TESTS = Path(__file__).parent
PATIENCE_SECONDS = 900
CHROMIUM = next(
    (
        path
        for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser"))
        if path.exists()
    ),
    None,
)
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="needs a browser: apt-get install chromium"
)
needs_axe = pytest.mark.skipif(
    not (TESTS / "node_modules" / "axe-core" / "axe.min.js").exists(),
    reason="needs axe-core: apt-get install npm, then npm ci --prefix tests --ignore-scripts",
)


class Seen(NamedTuple):
    """The number of pages checked, and their faults."""

    pages: int
    complaints: list[str]


class Browser:
    """A Chromium that checks pages of built sites until it is closed."""

    def __init__(self) -> None:
        self._errors = TemporaryFile()  # noqa: SIM115 - open as long as the process runs
        self._process = subprocess.Popen(
            [sys.executable, str(TESTS / "in_browser.py"), str(CHROMIUM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )

    def look(self, folder: Path, check: str, pages: Sequence[str] = ()) -> Seen:
        """Run one of the checks of `in_browser.py` on some pages of a built site, or on all."""
        asking, answering = self._process.stdin, self._process.stdout
        assert asking
        assert answering
        with _killed_after(PATIENCE_SECONDS, self._process):
            request = {"folder": str(folder), "check": check, "pages": pages}
            print(json.dumps(request), file=asking, flush=True)
            answer = answering.readline()
        assert answer, self._said()
        return Seen(**json.loads(answer))

    def close(self) -> None:
        """Close the browser."""
        with self._errors, _killed_after(PATIENCE_SECONDS, self._process):
            self._process.communicate()

    def _said(self) -> str:
        """The end of what the script wrote to standard error."""
        self._errors.seek(0)
        return self._errors.read().decode()[-2000:]


@contextmanager
def _killed_after(seconds: float, process: "subprocess.Popen[str]") -> Iterator[None]:
    """Kill the process if it takes longer."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def pages_of_every_kind(folder: Path, *, longest_only: bool = False) -> list[str]:
    """The shortest and the longest page of each kind of page in a site, or the longest alone.

    The form of the address gives the kind, so a new kind of page is checked too. Right-to-left
    pages, and pages that search engines do not index, are kinds of their own.
    """
    kinds: dict[tuple[str, bool, bool], list[Path]] = {}
    for path in sorted(folder.rglob("*.html")):
        address = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        kind = (_form(address), 'dir="rtl"' in text, 'content="noindex"' in text)
        if not address.startswith("media/"):
            kinds.setdefault(kind, []).append(path)
    chosen = set()
    for paths in kinds.values():
        paths.sort(key=lambda path: path.stat().st_size)
        chosen |= {paths[-1]} if longest_only else {paths[0], paths[-1]}
    return sorted(path.relative_to(folder).as_posix() for path in chosen)


def _form(address: str) -> str:
    """`2023/06/19/ferry.html` is `0/0/0/*.html`, `tags/ferry/index.html` is `tags/*/index.html`."""
    folder, *below = re.sub(r"\b[0-9]+\b", "0", address.removesuffix(".html")).split("/")
    names = (name if re.fullmatch(r"index|[0-]+", name) else "*" for name in below)
    return "/".join([folder, *names])
