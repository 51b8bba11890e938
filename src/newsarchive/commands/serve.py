"""Serve: serves the site on this machine, rebuilds it on every change, and reloads open pages."""

import os
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from newsarchive.build.pipeline import BuildOptions, build
from newsarchive.commands.reporter import SHOWN, lines_of
from newsarchive.config import CACHE_FOLDER, Config
from newsarchive.model import addresses
from newsarchive.model.events import Event, Ledger, Notice
from newsarchive.model.problems import ArchiveError, Problem

HOST = "127.0.0.1"
_EVENTS = "/-/events"
_SCRIPT_PATH = "/-/reload.js"
_SCRIPT = f'new EventSource("{_EVENTS}").onmessage = () => location.reload();\n'.encode()
_SCRIPT_TAG = f'<script src="{_SCRIPT_PATH}"></script></body>'.encode()
_HEARTBEAT_SECONDS = 5
_IDLE_MILLISECONDS = 1000
"""The watch yields after this long without a change, for the first time soon after it began."""


class Reloads:
    """Tells waiting browsers that the site has changed."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self.count = 0

    def announce(self) -> None:
        """Wake the waiting browsers: the site has changed."""
        with self._condition:
            self.count += 1
            self._condition.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until the number of changes is no longer `seen`, or for this many seconds. Returns
        the number of changes."""
        with self._condition:
            self._condition.wait_for(lambda: self.count != seen, seconds)
            return self.count


class Server(ThreadingHTTPServer):
    """Serves one output folder on the loopback address."""

    daemon_threads = True

    def __init__(self, port: int, output: Path, reloads: Reloads) -> None:
        super().__init__((HOST, port), partial(_Handler, directory=str(output)))
        self.reloads = reloads

    @property
    def url(self) -> str:
        """The URL to open in a browser."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def hosts(self) -> set[str]:
        """The Host headers that a browser on this machine sends. With any other, a foreign page may
        have pointed its own name at this machine, to read the site (DNS rebinding)."""
        port = self.server_address[1]
        return {f"{name}:{port}" for name in (HOST, "localhost")} | {HOST, "localhost"}


class _Handler(SimpleHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        if not self._is_allowed():
            return
        path = self.path.partition("?")[0]
        if path == _EVENTS:
            self._send_events()
        elif path == _SCRIPT_PATH:
            self._send(HTTPStatus.OK, "text/javascript", _SCRIPT)
        else:
            self._send_file()

    def do_HEAD(self) -> None:
        if self._is_allowed():
            self._send_file()

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing, because a line for each request would hide the messages of builds."""

    def _is_allowed(self) -> bool:
        if self.headers.get("Host", "") in self.server.hosts():
            return True
        self._send(
            HTTPStatus.FORBIDDEN,
            "text/plain",
            b"This server answers this machine only.\n",
        )
        return False

    def _send_file(self) -> None:
        path = Path(self.translate_path(self.path))
        if os.path.isdir(path):
            address = self.path.partition("?")[0].strip("/")
            if address and not self.path.partition("?")[0].endswith("/"):
                self._redirect(f"/{address}/")
                return
            path /= "index.html"
        status = HTTPStatus.OK
        hidden = any(part.startswith(".") for part in path.relative_to(self.directory).parts)
        # os.path.isfile() accepts a name of any length. A symbolic link may point out of the
        # folder.
        if hidden or not os.path.isfile(path) or self._leads_out(path):
            status, path = HTTPStatus.NOT_FOUND, Path(self.directory, addresses.NOT_FOUND)
        try:
            content = path.read_bytes()
        except OSError:
            content = b"Page not found.\n"
        self._send(status, self.guess_type(str(path)), content)

    def _leads_out(self, path: Path) -> bool:
        return not path.resolve().is_relative_to(Path(self.directory).resolve())

    def _redirect(self, location: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        if kind == "text/html":
            content = content.replace(b"</body>", _SCRIPT_TAG)
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        seen = self.server.reloads.count
        try:
            while True:
                count = self.server.reloads.wait(seen, _HEARTBEAT_SECONDS)
                # Without news, a comment is sent: writing fails if the browser has gone.
                self.wfile.write(b"data: reload\n\n" if count != seen else b":\n\n")
                self.wfile.flush()
                seen = count
        except OSError:
            return


def serve_archive(
    configured: Callable[[], Config], port: int, jobs: int, say: Callable[[str], object]
) -> None:
    """Build, serve and rebuild until Ctrl-C. `configured` reads the settings again before each
    build. Raises ArchiveError if the first build fails or the port cannot be used."""
    config = configured()
    messages = _Messages(say)
    ledger = _build(config, BuildOptions(jobs), messages)
    messages.end()
    _report(ledger, config, say)
    reloads = Reloads()
    try:
        server = Server(port, config.output, reloads)
    except OSError as error:
        raise ArchiveError(
            f"port {port} cannot be used: {error.strerror}: choose another with -p/--port"
        ) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Serving {config.output} at {server.url} (press Ctrl-C to stop)")
    try:
        _rebuild_on_change(config, configured, reloads, messages)
    except KeyboardInterrupt:
        say("")
    finally:
        server.shutdown()
        server.server_close()


class _Messages:
    """Prints notices and errors of a build, but not those that the build before had too. Otherwise
    a log file in a watched folder would make each build write to it, and so cause the next."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self.say = say
        self._before: set[str] = set()
        self._now: set[str] = set()

    def add(self, text: str) -> None:
        """Print a message of the present build, if it is new."""
        if text not in self._before | self._now:
            self.say(text)
        self._now.add(text)

    def end(self) -> None:
        """End the present build."""
        self._before, self._now = self._now, set()


def _rebuild_on_change(
    config: Config,
    configured: Callable[[], Config],
    reloads: Reloads,
    messages: _Messages,
) -> None:
    from watchfiles import watch

    leave = (config.output.resolve(), (config.directory / CACHE_FOLDER).resolve())

    def is_input(_: object, path: str) -> bool:
        return not any(Path(path).is_relative_to(folder) for folder in leave)

    reported: list[Problem] = []
    is_first = True
    for seen in watch(
        *watched(config), watch_filter=is_input, step=50, debounce=400, raise_interrupt=True,
        rust_timeout=_IDLE_MILLISECONDS, yield_on_timeout=True,
    ):  # fmt: skip
        # Files may have been saved during the first build, before the watch began. So the first
        # yield builds, even without a change.
        if not seen and not is_first:
            continue
        is_first = False
        try:
            config = configured()
            # One job builds in this process, which has threads. That is enough for a small change.
            ledger = _build(config, BuildOptions(jobs=1), messages)
        except (ArchiveError, OSError) as error:  # such as a file that is being replaced
            messages.add(f"Error: {error}")
            continue
        finally:
            messages.end()
        has_changed = bool(ledger.written or ledger.removed)
        if has_changed or ledger.skipped != reported:
            _report(ledger, config, messages.say)
        reported = ledger.skipped
        if has_changed:
            reloads.announce()


def watched(config: Config) -> list[Path]:
    """The folders to watch: the archive's, which has settings, templates and static files, and
    source folders outside of it."""
    top = config.directory.resolve()
    sources = [(config.directory / source).resolve() for source in config.build.sources]
    return [top, *(source for source in sources if not source.is_relative_to(top))]


def _build(config: Config, options: BuildOptions, messages: _Messages) -> Ledger:
    def tell(event: Event) -> None:
        if isinstance(event, Notice):
            messages.add(event.text)

    return build(config, options, tell)


def _report(ledger: Ledger, config: Config, say: Callable[[str], object]) -> None:
    for problem in ledger.skipped:
        say(f"Skipped: {problem}")
    for problem in ledger.warnings[:SHOWN]:
        say(f"Warning: {problem}")
    if len(ledger.warnings) > SHOWN:
        say(f"and {len(ledger.warnings) - SHOWN:,} more: run newsarchive build -v to see them")
    for line in lines_of(ledger, config.output):
        say(line)
