"""Opens every page of a built site from its folder in Chromium, and prints as JSON what happened
that should not: scripts that ran, console messages, requests for anything outside of the folder.

    python browsing.py CHROMIUM FOLDER
"""

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# A page of a hostile archive that ran something would call one of these.
_STUBS = (
    "for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => console.log(name);"
)


def main(chromium: str, folder: Path) -> None:
    events: list[str] = []
    # 404.html links from the top of its host, for a server shows it at any address.
    pages = [path for path in sorted(folder.rglob("*.html")) if path != folder / "404.html"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.add_init_script(_STUBS)
        here = [""]

        def note(what: str) -> None:
            events.append(f"{here[0]}: {what}")

        page.on("console", lambda message: note(f"console: {message.text}"))
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("dialog", lambda dialog: (note("dialog"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(folder.as_uri()) else note(f"request: {request.url}")
            ),
        )
        for path in pages:
            here[0] = path.relative_to(folder).as_posix()
            page.goto(path.as_uri(), wait_until="load")
        browser.close()
    print(json.dumps({"pages": len(pages), "events": events}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
