"""Heading levels: no heading is more than one level below the heading above it.

Authors choose headings by their size, so a text may begin with `<h3>` or skip a level. People who
navigate by headings then search for the missing ones (WCAG 2.2, technique G141).
"""

import re

_HEADING = re.compile(r"<(/?)h([2-6])(?=[\s>])")


def with_heading_levels(html: str) -> str:
    """The sanitised HTML with headings that begin with `<h2>` and skip no level. Headings of equal
    level under one heading stay equal."""
    if "<h" not in html:
        return html
    above: list[tuple[int, int]] = []
    """(written level, new level) of each heading above the current one in the outline."""

    open_levels: list[int] = []  # usually one, but HTML allows a heading inside a heading

    def level(found: re.Match[str]) -> str:
        written = int(found[2])
        if found[1]:
            return f"</h{open_levels.pop() if open_levels else written}"
        while above and above[-1][0] >= written:
            above.pop()
        above.append((written, above[-1][1] + 1 if above else 2))
        open_levels.append(above[-1][1])
        return f"<h{above[-1][1]}"

    return _HEADING.sub(level, html)
