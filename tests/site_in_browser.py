"""A built site in a browser, for the checks of in_browser.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, Route, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}
"""WCAG 2.2, success criterion 1.4.10: nothing scrolls sideways at 320 CSS pixels."""


@dataclass(frozen=True, slots=True)
class Site:
    """A built site and the pages to check."""

    browser: Browser
    folder: Path
    address: str
    """The address of the served site, with a slash at its end."""
    pages: list[str]

    def url(self, page: str) -> str:
        """The address of a served page."""
        return self.address + quote(page)

    def tour(self, **options: Any) -> Iterator[tuple[str, Page]]:
        """Each page in turn, loaded from the server; `options` are those of a browser context."""
        with self.tab(staying=True, **options) as tab:
            for page in self.pages:
                tab.goto(self.url(page), wait_until="load")
                yield page, tab

    @contextmanager
    def tab(self, *, staying: bool = False, **options: Any) -> Iterator[Page]:
        """A tab in a new browser context, which remembers nothing of earlier ones. With `staying`,
        redirect pages do not redirect."""
        context = self.browser.new_context(**{"viewport": DESKTOP, **options})
        if staying:
            context.route(lambda url: url.endswith(".html"), _staying)
        yield context.new_page()
        context.close()


def _staying(route: Route) -> None:
    response = route.fetch()
    route.fulfill(
        response=response, body=response.text().replace('http-equiv="refresh"', 'name="was-sent"')
    )
