"""Valid tables: no empty header cells, no empty rows, and no cell that spans more rows than there
are."""

import re

_ATTRIBUTES = r'(?:\s[a-z-]+="[^"]*")*'
_EMPTY_HEADER = re.compile(rf"<th({_ATTRIBUTES})>\s*</th>")
_EMPTY_ROW = re.compile(rf"<tr{_ATTRIBUTES}>\s*</tr>\s*")
_PART = re.compile(rf"<(/?)(thead|tbody|tfoot|tr|td|th)({_ATTRIBUTES})>")
_SPAN = re.compile(r' rowspan="([0-9]+)"')


def valid_tables(html: str) -> str:
    """The sanitised HTML with valid tables, which look the same. An empty header cell becomes a
    data cell, a `rowspan` ends with its rows, and rows without cells are removed."""
    html = _EMPTY_HEADER.sub(r"<td\1></td>", html)
    if ' rowspan="' in html:
        html = _with_true_spans(html)
    return _EMPTY_ROW.sub("", html)


def _with_true_spans(html: str) -> str:
    """The HTML with each `rowspan` as browsers apply it: a cell ends with its group of rows (HTML,
    section 4.9.12.1). Rows without cells do not count, because they are removed."""
    spans: dict[int, tuple[int, str]] = {}
    """(end, new attribute) of each `rowspan` attribute, by its start in the HTML."""
    groups: list[tuple[list[bool], list[tuple[int, int, int, int]]]] = []
    """(whether each row has cells, cells that span rows) of each open group of rows. A cell is
    (start and end of its attribute, row, written span)."""

    for part in _PART.finditer(html):
        closing, name, attributes = part.groups()
        if name in ("thead", "tbody", "tfoot"):
            if not closing:
                groups.append(([], []))
                continue
            rows, cells = groups.pop()
            for begin, end, row, written in cells:
                true = sum(rows[row : row + written])
                spans[begin] = (end, f' rowspan="{true}"' if true > 1 else "")
        elif not closing:
            rows, cells = groups[-1]
            if name == "tr":
                rows.append(False)
                continue
            rows[-1] = True
            if span := _SPAN.search(attributes):
                begin, end = (part.start(3) + place for place in span.span())
                cells.append((begin, end, len(rows) - 1, int(span[1])))
    pieces, at = [], 0
    for begin, (end, true_span) in sorted(spans.items()):
        pieces += [html[at:begin], true_span]
        at = end
    return "".join([*pieces, html[at:]])
