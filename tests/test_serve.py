"""`newsarchive serve`: on this machine only, rebuilt and reloaded when something is saved."""

import http.client
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, Queue

import pytest

from conftest import Archive

PATIENCE_SECONDS = 30


@dataclass
class Served:
    """A running `newsarchive serve`."""

    archive: Archive
    process: "subprocess.Popen[str]"
    port: int
    lines: "Queue[str]"

    def get(self, path: str, host: str | None = None) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.putrequest("GET", path, skip_host=host is not None)
            if host is not None:
                connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers, answer.read()
        finally:
            connection.close()

    def wait_for(self, words: str) -> str:
        """Wait until the command prints a line with these words; return the line."""
        return self.lines_until(words)[-1]

    def lines_until(self, words: str) -> list[str]:
        """Wait until the command prints a line with these words; return all lines up to it."""
        seen = []
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                seen.append(self.lines.get(timeout=0.2))
            except Empty:
                continue
            if words in seen[-1]:
                return seen
        raise AssertionError(f"{words!r} was not printed, only {seen}")


@contextmanager
def serving(archive: Archive) -> Iterator[Served]:
    """Serve an archive with one article, until Ctrl-C."""
    archive.write("a.txt", "Harbour opens\nJun 19, 2023 09:39 UTC\n\nThe first paragraph.\n")
    process = subprocess.Popen(
        [
            *(sys.executable, "-u", "-m", "newsarchive", "-C", str(archive.directory)),
            *("serve", "--port", "0"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: Queue[str] = Queue()
    assert process.stdout is not None
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stdout or ()])
    reader.start()
    try:
        running = Served(archive, process, 0, lines)
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", running.wait_for("Serving"))
        assert address
        running.port = int(address[1])
        yield running
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


@pytest.fixture(scope="module", autouse=True)
def heeding_ctrl_c() -> Iterator[None]:
    """Let processes that the tests start react to SIGINT. A shell makes its background commands
    ignore it, and their children inherit that (POSIX, Shell Command Language, 2.11)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, heeding_ctrl_c: None) -> Iterator[Served]:
    """A server for tests that change nothing."""
    with serving(Archive(tmp_path_factory.mktemp("served") / "archive")) as running:
        yield running


@pytest.fixture
def served_alone(archive: Archive, heeding_ctrl_c: None) -> Iterator[Served]:
    """A server for one test."""
    with serving(archive) as running:
        yield running


def test_pages_and_folders_are_served_and_other_addresses_are_not_found(served: Served) -> None:
    status, headers, home = served.get("/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"Harbour opens" in home
    assert served.get("/2023/06/19/harbour-opens.html")[0] == 200
    status, headers, _ = served.get("/2023/06")
    assert (status, headers["location"]) == (301, "/2023/06/")
    status, _, page = served.get("/no/such/page.html")
    assert status == 404
    assert b"Page not found" in page


@pytest.mark.parametrize(
    "path",
    [
        "/../newsarchive.toml",
        "/%2e%2e/seeds/a.txt",
        "/..%2fseeds/a.txt",
        "/.newsarchive",
        "//etc/passwd",
    ],
)
def test_nothing_outside_the_output_folder_is_served(served: Served, path: str) -> None:
    status, _, content = served.get(path)
    assert status == 404
    assert b"Harbour opens" not in content


def test_other_host_names_are_refused(served: Served) -> None:
    assert served.get("/", host="evil.example")[0] == 403
    assert served.get("/", host="")[0] == 403
    assert served.get("/", host=f"localhost:{served.port}")[0] == 200


def test_a_saved_article_is_published_and_the_browser_reloads(served_alone: Served) -> None:
    _, _, home = served_alone.get("/")
    assert b'<script src="/-/reload.js">' in home
    assert b"EventSource" in served_alone.get("/-/reload.js")[2]
    assert "/-/reload.js" not in served_alone.archive.page("index.html")
    listening = http.client.HTTPConnection("127.0.0.1", served_alone.port, timeout=PATIENCE_SECONDS)
    listening.request("GET", "/-/events")
    events = listening.getresponse()
    served_alone.archive.write(
        "b.txt", "Ferry sails\nJun 20, 2023 09:39 UTC\n\nAnother paragraph.\n"
    )
    assert "data: reload" in _next_event(events)
    listening.close()
    assert b"Ferry sails" in served_alone.get("/")[2]


def test_a_mistake_in_a_setting_is_shown_and_serving_continues(served_alone: Served) -> None:
    served_alone.archive.configure("[site]\ntitel = 'x'\n")
    assert "did you mean title" in served_alone.wait_for("Error")
    served_alone.archive.configure("[site]\ntitle = 'The Harbour Times'\n")
    served_alone.wait_for("written")
    assert b"The Harbour Times" in served_alone.get("/")[2]


def test_a_mistake_is_printed_once_until_something_else_is_wrong(served_alone: Served) -> None:
    served_alone.archive.configure("[site]\ntitel = 'x'\n")
    served_alone.wait_for("did you mean title")
    for number in range(3):
        # Each change rebuilds. The message itself changes a log in the folder of the archive.
        (served_alone.archive.directory / "serve.log").write_text(f"{number}")
        time.sleep(1)
    served_alone.archive.configure("[site]\nlanguag = 'x'\n")
    lines = served_alone.lines_until("did you mean language")
    assert len(lines) == 1, lines
    served_alone.archive.configure("[site]\ntitel = 'x'\n")
    served_alone.wait_for("did you mean title")


def test_a_port_in_use_is_reported_with_what_to_do(served: Served) -> None:
    again = subprocess.run(
        [
            *(sys.executable, "-m", "newsarchive", "-C", str(served.archive.directory)),
            # Into another output folder: the first server may still be building.
            *("serve", "--port", str(served.port), "-o", str(served.archive.directory / "other")),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert again.returncode == 2
    assert f"port {served.port} cannot be used" in again.stderr
    assert "choose another with -p/--port" in again.stderr


def _next_event(events: http.client.HTTPResponse) -> str:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        line = events.readline().decode()
        if line.startswith("data:"):
            return line
    raise AssertionError("no event came")
