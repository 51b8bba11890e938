"""Whether the scripts of the example archive's pages do what readers expect, for in_browser.py."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from opening import listen
from site_in_browser import Site

_FOUND = {
    "ferry boat": ["Ferry company orders a battery boat"],
    "FÉRRY company": ["Ferry company orders a battery boat"],
    "corrin's header": ["Corrin’s header sends the Netmen to a semi-final"],
    "نانِ سنگک": [],  # a mark that makes another word in Persian
    "نان سنگک": ["بوی نان سنگک در خیابان کپستن"],
    "no such words": [],
}


def used(site: Site) -> Iterator[str]:
    """What the search, the field above all tags, and this day on the home page do otherwise."""
    with site.tab() as tab:
        happened = listen(tab, site.address)
        yield from _searched(site, tab)
        yield from _filtered(site, tab)
        yield from _on_this_day(site, tab)
        yield from happened


def _searched(site: Site, tab: Page) -> Iterator[str]:
    tab.goto(site.url("search.html"))
    for words, wanted in _FOUND.items():
        found = _find(tab, words)
        if found != wanted:
            yield f"search for {words}: {found}"
        status = tab.locator("[data-search] [role=status]").inner_text()
        if status != ("1 article" if wanted else "No matches"):
            yield f"search for {words} says: {status}"
    before = len(_find(tab, "the"))
    tab.click("[data-search] button")
    expect(tab.locator("[data-search] [role=status]")).not_to_contain_text("…")
    after = tab.locator(".found a").count()
    if not 20 <= before < after:
        yield f"search older articles: {before} articles, then {after}"


def _find(tab: Page, words: str) -> list[str]:
    tab.fill("[data-search] input", words)
    # The field waits for the next letter before it looks.
    tab.wait_for_timeout(250)
    expect(tab.locator("[data-search] [role=status]")).not_to_contain_text("…")
    return tab.locator(".found a").all_inner_texts()


def _filtered(site: Site, tab: Page) -> Iterator[str]:
    tab.goto(site.url("tags/index.html"))
    tab.fill("[data-filter] input", "hárb")
    shown = tab.locator(".letter li a:visible").all_inner_texts()
    if shown != ["Harbour Trust"]:
        yield f"filter: {shown}"


def _on_this_day(site: Site, tab: Page) -> Iterator[str]:
    for day, wanted in (
        ("2026-10-21", "Storm breaks the North Mole; 140 leave their homes"),
        ("2026-02-28", "Nothing was published on this day in any year."),
    ):
        tab.clock.set_fixed_time(f"{day}T12:00:00")
        tab.goto(site.url("index.html"))
        expect(tab.locator("[data-today] li")).to_have_count(1)
        shown = tab.locator("[data-today] li").inner_text()
        if not shown.startswith(wanted):
            yield f"on {day}: {shown}"
