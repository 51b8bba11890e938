"""Opens pages of built sites in Chromium and reports their faults.

    python in_browser.py CHROMIUM

Reads requests from standard input, one JSON object a line: `{"folder": a built site, "check": one
of CHECKS below, "pages": [an address within the folder, ...]}`; an empty list means all pages.
Answers each request with one line, `{"pages": their number, "complaints": [a fault, ...]}`, and
ends at the end of its input. One Chromium serves all requests. This is a script and no module of
the tests because pytest turns warnings into errors, and Playwright leaves some behind.
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

from playwright.sync_api import Browser, sync_playwright

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

_NO_SPARE_PROCESSES = "--disable-features=SpareRendererForSitePerProcess,RenderDocument"
"""Each page would get a process of its own that waits for the page after it."""


def main(chromium: str) -> None:
    """Answer requests until there are no more."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", _NO_SPARE_PROCESSES]
        )
        for line in sys.stdin:
            asked = json.loads(line)
            seen = look(browser, Path(asked["folder"]).resolve(), asked["check"], asked["pages"])
            print(json.dumps(seen), flush=True)
        browser.close()


def look(browser: Browser, folder: Path, check: str, pages: list[str]) -> dict[str, Any]:
    """Run one check on pages of a site."""
    pages = pages or [path.relative_to(folder).as_posix() for path in folder.rglob("*.html")]
    if check == "from-folder":
        # A server shows 404.html at any address, so its links begin at the top of the host.
        pages = [page for page in pages if page != "404.html"]
    refused: list[str] = []
    with _served(folder, refused) as address:
        site = Site(browser, folder, address, sorted(pages))
        complaints = list(CHECKS[check](site))
    # A browser requests some files, such as an icon, by itself and tells no page of it.
    complaints += [f"the server has no {path}" for path in sorted(set(refused))]
    return {"pages": len(pages), "complaints": complaints}


@contextmanager
def _served(folder: Path, refused: list[str]) -> Iterator[str]:
    """The address of a server of a folder on this machine; it notes each request it refuses."""
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
    main(sys.argv[1])
