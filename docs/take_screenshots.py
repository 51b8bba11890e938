"""Takes the reference screenshots: docs/screenshots/, of the example archive and the seed.

    python docs/take_screenshots.py CHROMIUM

Each page is taken in three widths, the middle one in the dark. A change of the templates or of the
stylesheet is looked at in these, before and after.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from newsarchive import config
from newsarchive.build.pipeline import BuildOptions, build

REPOSITORY = Path(__file__).parents[1]
FOLDER = REPOSITORY / "docs" / "screenshots"
SCREENS: tuple[tuple[int, int, Literal["light", "dark"]], ...] = (
    (360, 720, "light"),
    (768, 960, "dark"),
    (1280, 900, "light"),
)
"""Width and height in CSS pixels, and the scheme of colours: a phone, a tablet, a desk."""

PAGES = {
    "examples/harbour-gazette": {
        "home": "index.html",
        "article": "2021/10/21/storm-breaks-the-north-mole-140-leave-their-homes.html",
        "article-persian": "2022/07/21/بوی-نان-سنگک-در-خیابان-کپستن.html",
        "year": "2021/index.html",
        "month": "2021/10/index.html",
        "day": "2021/10/21/index.html",
        "tag": "tags/ferry/index.html",
        "all-tags": "tags/index.html",
        "on-this-day": "on-this-day/10-21.html",
        "about": "about.html",
        "search": "search.html",
    },
    ".": {
        "seed-home": "index.html",
        "seed-article": "2023/06/19/north-korea-vows-to-launch-another-surveillance-satellite-"
        "after-failed-attempt.html",
    },
}


def main(chromium: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for number, (archive, pages) in enumerate(PAGES.items()):
            output = Path(folder) / str(number)
            settings = config.load(REPOSITORY / archive)
            settings = config.overridden(settings, [], str(output), "https://gazette.example/")
            build(settings, BuildOptions(), lambda _: None)
            for name, page in pages.items():
                for path in _taken(browser, output / page, name):
                    print(path.relative_to(REPOSITORY))
        browser.close()


def _taken(browser: Browser, page: Path, name: str) -> Iterator[Path]:
    for width, height, scheme in SCREENS:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        tab = context.new_page()
        # A day on which the archive has something to show.
        tab.clock.set_fixed_time("2026-10-21T12:00:00")
        tab.goto(page.as_uri())
        tab.wait_for_timeout(200)
        path = FOLDER / f"{name}-{width}-{scheme}.png"
        tab.screenshot(path=str(path))
        context.close()
        yield path


if __name__ == "__main__":
    main(sys.argv[1])
