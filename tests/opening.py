"""Opens pages in a browser and notes errors, for in_browser.py."""

from collections.abc import Iterator
from functools import partial

from playwright.sync_api import Dialog, Page, Request

from site_in_browser import Site

# A script that should not run on a page would call one of these.
_STUBS = (
    "for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => console.log(name);"
)
_SENDS_ON = '<meta http-equiv="refresh"'
_LEFT_EARLY = "net::ERR_ABORTED"
"""The error of a picture further down that was still loading when the next page was opened."""


def opened(site: Site, *, over_http: bool) -> Iterator[str]:
    """Messages on the console, errors, dialogs, failed requests and requests elsewhere."""
    top = site.address if over_http else site.folder.as_uri() + "/"
    with site.tab() as tab:
        tab.add_init_script(_STUBS)
        happened = listen(tab, top)
        for page in site.pages:
            address = site.url(page) if over_http else (site.folder / page).as_uri()
            tab.goto(address)
            if _SENDS_ON in (site.folder / page).read_text(encoding="utf-8"):
                tab.wait_for_url(partial(str.__ne__, address))
            yield from (f"{page}: {event}" for event in happened)
            happened.clear()


def listen(tab: Page, top: str) -> list[str]:
    """A list that grows with the errors of a tab. The site begins at `top`."""
    happened: list[str] = []
    note = happened.append

    def requested(request: Request) -> None:
        if not request.url.startswith(top):
            note(f"request: {request.url}")

    def failed(request: Request) -> None:
        if request.failure != _LEFT_EARLY:
            note(f"failed: {request.url}: {request.failure}")

    def asked(dialog: Dialog) -> None:
        note("dialog")
        dialog.dismiss()

    tab.on("console", lambda message: note(f"console: {message.text}"))
    tab.on("pageerror", lambda error: note(f"error: {error}"))
    tab.on("dialog", asked)
    tab.on("request", requested)
    tab.on("requestfailed", failed)
    return happened
