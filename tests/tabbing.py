"""A walk through pages with the keyboard alone, for in_browser.py."""

from collections.abc import Iterator

from playwright.sync_api import Page

from site_in_browser import Site

_MOST = 5000
"""Presses of Tab after which the walk is taken to be endless."""

# A picture that loads late, or fails to load, has no size at first and then moves what is below it.
_SETTLE = """async () => {
    const settled = [...document.images].map(image => {
        image.loading = "eager";
        return image.complete || new Promise(done => { image.onload = image.onerror = done; });
    });
    await Promise.race([Promise.all(settled), new Promise(done => setTimeout(done, 5000))]);
}"""
# The elements that Tab should reach, and their look without the focus. Tab reaches only one of a
# group of radio buttons.
_BEGIN = """() => {
    const look = element => {
        const style = getComputedStyle(element);
        const outline = style.outlineStyle === "none" ? "" : style.outline;
        return [outline, style.boxShadow, style.backgroundColor, style.color, style.border,
            style.textDecoration].join();
    };
    const all = "a[href], button, input:not([type=radio]), select, textarea, summary, [tabindex]";
    const reachable = [...document.querySelectorAll(all)].filter(element =>
        element.tabIndex >= 0 && !element.disabled && !element.closest("[inert]")
        && element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: false}));
    window.walk = {look, reached: [], before: new Map(reachable.map(one => [one, look(one)]))};
    document.activeElement.blur();
}"""
# The element with the focus after a press of Tab: its HTML and its faults; null at the end.
_STEP = """() => {
    const {look, reached, before} = window.walk;
    const element = document.activeElement;
    const shown = element.outerHTML.slice(0, 120);
    if (element === document.body || element === document.documentElement) return null;
    if (reached.includes(element))
        return element === reached[0] ? null : {shown, wrong: ["keeps the focus"], stuck: true};
    reached.push(element);
    const wrong = [];
    const unlike = before.has(element) ? before.get(element) !== look(element)
        : getComputedStyle(element).outlineStyle !== "none";
    if (!unlike) wrong.push("looks the same with the focus");
    const {left, top, right, bottom} = element.getClientRects()[0] ?? new DOMRect();
    // What is larger than the window is seen in part, as when a browser shows its middle.
    const [begin, above] = [Math.max(left, 0), Math.max(top, 0)];
    const width = Math.min(right, innerWidth) - begin;
    const height = Math.min(bottom, innerHeight) - above;
    const there = document.elementFromPoint(begin + width / 2, above + Math.min(height / 2, 20));
    if (width < 2 || height < 2 || !there) wrong.push("has the focus out of sight");
    else if (!element.contains(there))
        wrong.push(`has the focus behind ${there.outerHTML.slice(0, 80)}`);
    return {shown, wrong, stuck: false};
}"""
_MISSED = """() => [...window.walk.before.keys()].filter(one => !window.walk.reached.includes(one))
    .map(one => one.outerHTML.slice(0, 120))"""
# True if the focus is on the link to the content.
_IS_SKIP_LINK = """() => document.activeElement.matches('a[href="#content"]')"""
_IS_AT_CONTENT = """() => {
    const content = document.getElementById("content");
    return location.hash === "#content" && content.getBoundingClientRect().top < innerHeight;
}"""
# True if the focus is past everything before the content.
_IS_BEYOND = """() => {
    const content = document.getElementById("content");
    const place = content.compareDocumentPosition(document.activeElement);
    return document.activeElement === document.body || !(place & Node.DOCUMENT_POSITION_PRECEDING);
}"""


def keyboard(site: Site) -> Iterator[str]:
    """Elements that a reader without a mouse cannot reach, cannot leave, or cannot see in focus."""
    for page, tab in site.tour(reduced_motion="reduce"):
        yield from (f"{page}: {fault}" for fault in _walk(tab))
        tab.reload()
        yield from (f"{page}: {fault}" for fault in _skip(tab))


def _walk(tab: Page) -> Iterator[str]:
    """Press Tab until the focus leaves the page or returns to its first place."""
    tab.evaluate(_SETTLE)
    tab.evaluate(_BEGIN)
    for _ in range(_MOST):
        tab.keyboard.press("Tab")
        step = tab.evaluate(_STEP)
        if step is None:
            break
        yield from (f"{step['shown']} {wrong}" for wrong in step["wrong"])
        if step["stuck"]:
            break
    else:
        yield "Tab finds no end"
    yield from (f"Tab never comes to {missed}" for missed in tab.evaluate(_MISSED))


def _skip(tab: Page) -> Iterator[str]:
    """Check that Tab first reaches a link that skips what is the same on every page."""
    tab.keyboard.press("Tab")
    if not tab.evaluate(_IS_SKIP_LINK):
        yield "Tab does not come first to a link that skips to #content"
        return
    tab.keyboard.press("Enter")
    if not tab.evaluate(_IS_AT_CONTENT):
        yield "the link that skips does not lead to #content"
    tab.keyboard.press("Tab")
    if not tab.evaluate(_IS_BEYOND):
        yield "after the link that skips, Tab goes back to before #content"
