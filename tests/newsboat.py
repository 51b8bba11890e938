"""Reads feeds with newsboat, a feed reader for terminals: it loads them from a server, and its
cache shows what it has read."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

NEWSBOAT = shutil.which("newsboat")
_FILES = {"url": "urls", "cache": "cache.db", "config": "config"}

needs_newsboat = pytest.mark.skipif(
    NEWSBOAT is None, reason="needs newsboat: apt-get install newsboat"
)


@dataclass(frozen=True)
class Entry:
    """An entry as newsboat shows it."""

    feed: str
    guid: str
    headline: str
    author: str
    """Of several dc:creator, the last one: newsboat knows one author."""
    link: str
    published: datetime
    """In UTC; for an entry without a date, the time when it was loaded. Newsboat reads a date
    before 1970 as one after 2100, because its seconds are unsigned."""
    text: str
    """The content, or the description where there is none."""
    unread: bool


class Reader:
    """Newsboat with its default settings and its own folder for all its files."""

    def __init__(self, folder: Path, feeds: Sequence[str]) -> None:
        self._folder = folder
        folder.mkdir(parents=True)
        (folder / "urls").write_text("".join(f"{feed}\n" for feed in feeds), encoding="utf-8")
        (folder / "config").write_text(f'error-log "{folder / "errors"}"\n', encoding="utf-8")
        self._feeds = list(feeds)

    def reload(self) -> list[Entry]:
        """Load all feeds and return the content of the cache. Fails if newsboat cannot load a feed;
        it accepts truncated XML."""
        self._run("reload")
        # Newsboat itself does not fail when a feed is missing or is no feed.
        errors = self._folder / "errors"
        told = errors.read_text(encoding="utf-8") if errors.exists() else ""
        assert not told, told
        known = {feed for (feed,) in self._ask("SELECT rssurl FROM rss_feed")}
        assert known == set(self._feeds), f"newsboat has loaded {known}"
        return self.entries()

    def entries(self) -> list[Entry]:
        """The entries of all feeds, the newest first."""
        rows = self._ask(
            "SELECT feedurl, guid, title, author, url, pubDate, content, unread FROM rss_item"
            " WHERE NOT deleted ORDER BY pubDate DESC, id"
        )
        return [
            Entry(
                feed, guid, title, author, link, datetime.fromtimestamp(date, UTC), text, bool(new)
            )
            for feed, guid, title, author, link, date, text, new in rows
        ]

    def titles(self) -> dict[str, str]:
        """The titles of the feeds, by address."""
        return dict(self._ask("SELECT rssurl, title FROM rss_feed"))

    def unread(self) -> int:
        """The number of unread entries by newsboat's count."""
        count, _, words = self._run("print-unread").partition(" ")
        assert words.startswith("unread"), f"newsboat says {count} {words}"
        return int(count)

    def mark_all_read(self) -> None:
        """Mark all entries as read in the cache, as a key does: there is no command-line option."""
        with closing(sqlite3.connect(self._cache)) as cache, cache:
            cache.execute("UPDATE rss_item SET unread = 0")

    @property
    def _cache(self) -> Path:
        return self._folder / "cache.db"

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._cache)) as cache:
            return list(cache.execute(query))

    def _run(self, command: str) -> str:
        """Run newsboat, without the user's settings or proxy, and return what it prints."""
        assert NEWSBOAT is not None
        own = [f"--{name}-file={self._folder / file}" for name, file in _FILES.items()]
        done = subprocess.run(
            [NEWSBOAT, "--quiet", *own, f"--execute={command}"],
            env={"HOME": str(self._folder), "LANG": "C.UTF-8", "TERM": "dumb", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of a folder on this machine; the folder may come later."""
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        # Files change within a second here, and dates in HTTP have no fractions of seconds.
        del self.headers["If-Modified-Since"]
        super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Print nothing: the tests' output is for failures."""
