"""CommonMark by pyromark: the dialect of Hugo and GitHub, converted some thirty times as fast.

Tables, footnotes and strikethrough are on, as they are there.
"""

import re

from pyromark import Options, html

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_STRIKETHROUGH

# pyromark anchors footnotes by their names, which other things on a page may have as well.
_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">(\d+)</a></sup>')
_DEFINITION = re.compile(
    r'<div class="footnote-definition" id="[^"]*">'
    r'<sup class="footnote-definition-label">(\d+)</sup>\s*(<p>)?'
)


def commonmark_to_html(text: str) -> str:
    """The HTML of CommonMark, not sanitised, with footnotes anchored as `fn:1` and `fnref:1`."""
    made = html(text, options=_OPTIONS).rstrip("\n")
    if "footnote-" not in made:
        return made
    referred: set[str] = set()

    def reference(found: re.Match[str]) -> str:
        number = found[1]
        # An id may stand on a page once, however often a note is referred to.
        anchor = "" if number in referred else f' id="fnref:{number}"'
        referred.add(number)
        return f'<sup{anchor}><a href="#fn:{number}">{number}</a></sup>'

    made = _REFERENCE.sub(reference, made)
    return _DEFINITION.sub(
        r'<div class="footnote">\2<sup id="fn:\1"><a href="#fnref:\1">\1</a></sup> ', made
    )
