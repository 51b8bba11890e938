"""CommonMark, the dialect of Hugo and GitHub, converted by pyromark: some thirty times as fast as
Python-Markdown.

Tables, footnotes and strikethrough are on, as in Hugo and on GitHub.
"""

import re

from pyromark import Options, html

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_STRIKETHROUGH

# pyromark uses the name of a footnote as its id, but other elements of a page may have that id.
_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">(\d+)</a></sup>')
_DEFINITION = re.compile(
    r'<div class="footnote-definition" id="[^"]*">'
    r'<sup class="footnote-definition-label">(\d+)</sup>\s*(<p>)?'
)


def commonmark_to_html(text: str) -> str:
    """The HTML of a text in CommonMark, not sanitised. The ids of footnotes are `fn:1` and
    `fnref:1`."""
    made = html(text, options=_OPTIONS).rstrip("\n")
    if "footnote-" not in made:
        return made
    referred: set[str] = set()

    def reference(found: re.Match[str]) -> str:
        number = found[1]
        # A footnote may have several references, but an id must be unique.
        anchor = "" if number in referred else f' id="fnref:{number}"'
        referred.add(number)
        return f'<sup{anchor}><a href="#fn:{number}">{number}</a></sup>'

    made = _REFERENCE.sub(reference, made)
    return _DEFINITION.sub(
        r'<div class="footnote">\2<sup id="fn:\1"><a href="#fnref:\1">\1</a></sup> ', made
    )
