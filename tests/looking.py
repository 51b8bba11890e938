"""Checks of a page that is open in a browser, for in_browser.py."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from opening import listen
from site_in_browser import DESKTOP, PHONE, Site
from soaking import IS_SOAKING

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that one set of colours can break and another keep."""
_WAYS_TO_LOOK: list[tuple[Literal["light", "dark"], ViewportSize, list[str]]] = [
    ("light", DESKTOP, RULES),
    ("dark", DESKTOP, RULES if IS_SOAKING else _OF_COLOURS),
    ("light", PHONE, RULES),
]
_UNFOLD = "for (const folded of document.querySelectorAll('details')) folded.open = true;"
_RUN_AXE = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return found.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id} at ${node.target.join(" ")}: ${node.html.slice(0, 200)}: `
        + node.failureSummary.replace(/\\s*\\n\\s*/g, " ")));
}"""
# The innermost elements that stick out of the page, except those in a box that scrolls by itself,
# and lines of code in a table cell that are wider than the page.
_TOO_WIDE = """() => {
    const root = document.documentElement;
    const code = [...document.querySelectorAll("td pre")].map(one => [one.offsetWidth, one]);
    const wider = code.filter(([width]) => width > root.clientWidth).map(([width, one]) =>
        `${width} pixels of code in a cell: ` + one.outerHTML.slice(0, 120));
    if (root.scrollWidth <= root.clientWidth) return wider;
    const boxed = element => {
        for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
            if (getComputedStyle(box).overflowX !== "visible") return true;
    };
    const wide = [...document.body.querySelectorAll("*")].filter(element => {
        const {left, right} = element.getBoundingClientRect();
        return (right > root.clientWidth + 0.5 || left < -0.5) && !boxed(element);
    });
    const inner = wide.filter(element => !wide.some(other => other !== element
        && element.contains(other)));
    return [...wider, `${root.scrollWidth} pixels wide, for `
        + inner.slice(0, 3).map(element => element.outerHTML.slice(0, 120)).join(" and ")];
}"""


def accessibility(site: Site) -> Iterator[str]:
    """Violations of WCAG 2.2 A and AA and of good practice that axe-core finds, with all details
    unfolded."""
    source = AXE.read_text(encoding="utf-8")
    # The content security policy of the pages allows only their own scripts.
    for page, tab in site.tour(bypass_csp=True, reduced_motion="reduce"):
        tab.evaluate(_UNFOLD)
        tab.evaluate(source)
        for colours, viewport, rules in _WAYS_TO_LOOK:
            tab.emulate_media(color_scheme=colours, reduced_motion="reduce")
            tab.set_viewport_size(viewport)
            where = f"{page} ({colours}, {viewport['width']} pixels)"
            yield from (f"{where}: {found}" for found in tab.evaluate(_RUN_AXE, rules))


def narrow(site: Site) -> Iterator[str]:
    """Pages that scroll sideways on the narrowest screen, with all details unfolded."""
    for page, tab in site.tour(viewport=PHONE):
        yield from too_wide(page, tab)
        tab.evaluate(_UNFOLD)
        yield from too_wide(f"{page} unfolded", tab)


def without_scripts(site: Site) -> Iterator[str]:
    """Pages that need scripts: without them, they show nothing, report errors or scroll
    sideways."""
    with site.tab(staying=True, viewport=PHONE, java_script_enabled=False) as tab:
        happened = listen(tab, site.address)
        for page in site.pages:
            tab.goto(site.url(page))
            if not tab.locator("#content").inner_text().strip():
                yield f"{page}: shows nothing"
            yield from too_wide(page, tab)
            yield from (f"{page}: {event}" for event in happened)
            happened.clear()


def too_wide(page: str, tab: Page) -> Iterator[str]:
    """The elements that make the page in a tab scroll sideways."""
    yield from (f"{page}: {found}" for found in tab.evaluate(_TOO_WIDE))
