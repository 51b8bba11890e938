"""`newsarchive serve`: on this machine only, rebuilt and reloaded when something is saved."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
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
        """Wait until the command prints a line with these words."""
        seen = []
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                seen.append(self.lines.get(timeout=0.2))
            except Empty:
                continue
            if words in seen[-1]:
                return seen[-1]
        raise AssertionError(f"{words!r} was not printed, only {seen}")


@pytest.fixture
def served(archive: Archive) -> Iterator[Served]:
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
        time.sleep(0.5)  # the watch on the files begins after that line
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        reader.join()
        process.stdout.close()


def test_pages_folders_and_what_is_not_there(served: Served) -> None:
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
def test_nothing_outside_of_the_output_is_served(served: Served, path: str) -> None:
    status, _, content = served.get(path)
    assert status == 404
    assert b"Harbour opens" not in content


def test_other_host_names_are_refused(served: Served) -> None:
    assert served.get("/", host="evil.example")[0] == 403
    assert served.get("/", host="")[0] == 403
    assert served.get("/", host=f"localhost:{served.port}")[0] == 200


def test_a_saved_article_is_published_and_the_browser_told(served: Served) -> None:
    _, _, home = served.get("/")
    assert b'<script src="/-/reload.js">' in home
    assert b"EventSource" in served.get("/-/reload.js")[2]
    assert "/-/reload.js" not in served.archive.page("index.html")
    listening = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE_SECONDS)
    listening.request("GET", "/-/events")
    events = listening.getresponse()
    served.archive.write("b.txt", "Ferry sails\nJun 20, 2023 09:39 UTC\n\nAnother paragraph.\n")
    assert "data: reload" in _next_event(events)
    listening.close()
    assert b"Ferry sails" in served.get("/")[2]


def test_a_mistake_is_shown_and_serving_goes_on(served: Served) -> None:
    served.archive.configure("[site]\ntitel = 'x'\n")
    assert "did you mean title" in served.wait_for("Error")
    served.archive.configure("[site]\ntitle = 'The Harbour Times'\n")
    served.wait_for("written")
    assert b"The Harbour Times" in served.get("/")[2]


def test_a_port_that_is_taken(served: Served) -> None:
    again = subprocess.run(
        [
            *(sys.executable, "-m", "newsarchive", "-C", str(served.archive.directory)),
            # Into an output of its own: the first server may be building still.
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
