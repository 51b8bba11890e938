"""Levels of the headings in a text: each is at most one below the heading that it stands under.

Writers choose a heading by its size, and begin with the third level or leave one out. Readers who
go from heading to heading then look for what is not there (WCAG 2.2, technique G141).
"""

import re

_HEADING = re.compile(r"<(/?)h([2-6])(?=[\s>])")


def levelled(html: str) -> str:
    """Sanitised HTML, whose headings begin with `<h2>` and leave no level out: what was equal
    under one heading stays so."""
    if "<h" not in html:
        return html
    above: list[tuple[int, int]] = []
    """The levels, as written and as they come to be, of the headings that one stands under."""

    open_levels: list[int] = []  # mostly one; HTML lets a heading stand in a heading

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
