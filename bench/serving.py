"""Serves a built site on this machine as a good host does: compressed, with long cache times."""

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
"""A common setting of nginx's gzip_comp_level; level 9 saves one percent at most."""
_TEXT = ("text/", "image/svg+xml", "application/javascript", "application/json", "application/xml",
         "application/rss+xml", "application/manifest+json")  # fmt: skip
_YEAR = 365 * 24 * 3600


def media_type(path: Path) -> str:
    """The media type of a file, by its name."""
    if path.suffix == ".webmanifest":
        return "application/manifest+json"
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


@cache
def sent(path: Path) -> bytes:
    """The bytes that a browser gets of a file: compressed with gzip if it is some kind of text."""
    content = path.read_bytes()
    if media_type(path).startswith(_TEXT):
        return gzip.compress(content, _LEVEL, mtime=0)
    return content


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback address; yields the URL, with a slash at its end."""
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
        # New articles change pages, but not stylesheets, scripts and images.
        age = 0 if path.suffix == ".html" else _YEAR
        self.send_header("Cache-Control", f"public, max-age={age}")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Print nothing: the output of the command is the table."""
