"""A built site served on this machine as a good host serves it: compressed, and cached for long."""

import gzip
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

_LEVEL = 6
"""What nginx's gzip_comp_level is often set to; level 9 gains a percent at most."""
_TEXT = ("text/", "image/svg+xml", "application/javascript", "application/json", "application/xml",
         "application/rss+xml", "application/manifest+json")  # fmt: skip
_YEAR = 365 * 24 * 3600


def media_type(path: Path) -> str:
    """What a file is, by its name."""
    if path.suffix == ".webmanifest":
        return "application/manifest+json"
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


@cache
def sent(path: Path) -> bytes:
    """A file as it goes over the wire: with gzip if it is text of some kind, as it is if not."""
    content = path.read_bytes()
    if media_type(path).startswith(_TEXT):
        return gzip.compress(content, _LEVEL, mtime=0)
    return content


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback address; where, with a slash at the end."""
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, its folder's page, or 404.html."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK
        if not path.is_file():
            path, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        content = sent(path)
        kind = media_type(path)
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text/" in kind else kind)
        self.send_header("Content-Length", str(len(content)))
        if kind.startswith(_TEXT):
            self.send_header("Content-Encoding", "gzip")
        # Pages change when an article comes in; what they are drawn with does not.
        age = 0 if path.suffix == ".html" else _YEAR
        self.send_header("Cache-Control", f"public, max-age={age}")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing: what is printed is the table."""
