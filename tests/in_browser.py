"""Opens pages of a built site in Chromium, and prints as JSON what one check finds wrong.

    python in_browser.py CHROMIUM FOLDER CHECK [PAGE ...]

CHECK is one of CHECKS below; PAGE is an address within FOLDER, and without any all pages are
opened. A script rather than a module of the tests: pytest makes errors of warnings, and Playwright
leaves some behind.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import sync_playwright

from looking import accessibility, narrow, without_scripts
from opening import opened
from site_in_browser import Site
from tabbing import keyboard
from using import used

CHECKS: dict[str, Callable[[Site], Iterator[str]]] = {
    "from-folder": lambda site: opened(site, over_http=False),
    "over-http": lambda site: opened(site, over_http=True),
    "accessibility": accessibility,
    "narrow": narrow,
    "keyboard": keyboard,
    "without-scripts": without_scripts,
    "used": used,
}


def main(chromium: str, folder: Path, check: str, pages: list[str]) -> None:
    """Run one check and print `{"pages": how many, "complaints": [what is wrong, ...]}`."""
    pages = pages or [path.relative_to(folder).as_posix() for path in folder.rglob("*.html")]
    if check == "from-folder":
        # A server shows 404.html at any address, so its links begin at the top of the host.
        pages = [page for page in pages if page != "404.html"]
    refused: list[str] = []
    with sync_playwright() as playwright, _served(folder, refused) as address:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        site = Site(browser, folder, address, sorted(pages))
        complaints = list(CHECKS[check](site))
        browser.close()
    # A browser asks for some files, such as an icon, of its own accord and tells no page of it.
    complaints += [f"the server has no {path}" for path in sorted(set(refused))]
    print(json.dumps({"pages": len(pages), "complaints": complaints}))


@contextmanager
def _served(folder: Path, refused: list[str]) -> Iterator[str]:
    """The address of a server of a folder on this machine; it notes what it had to refuse."""
    handler = partial(_Handler, refused, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, refused: list[str], *arguments: Any, **options: Any) -> None:
        self._refused = refused  # before all else: the constructor of the base answers the request
        super().__init__(*arguments, **options)

    def send_response(self, code: int, message: str | None = None) -> None:
        if code >= 400:
            self._refused.append(self.path)
        super().send_response(code, message)

    def log_message(self, *_: Any) -> None:
        """Say nothing: standard output is for the report."""


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), sys.argv[3], sys.argv[4:])
