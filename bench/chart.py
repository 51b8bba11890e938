"""Line charts in SVG, with logarithmic axes, one panel beside the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_COLOURS = ("#8b1a1a", "#d07a2d", "#1f5f8b", "#6b6b6b", "#3f7d3f", "#7a4fa0", "#a08a1f")
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP, _LEGEND = 360, 260, 56, 40, 76, 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart: its name and its (x, y) points."""

    name: str
    points: Sequence[tuple[float, float]]


def chart(panels: Sequence[tuple[str, Sequence[Line]]], below: str) -> str:
    """The SVG of panels, each with a title and its lines. `below` is the label of the x axis."""
    names = list(dict.fromkeys(line.name for _, lines in panels for line in lines))
    colours = {name: _COLOURS[place % len(_COLOURS)] for place, name in enumerate(names)}
    width = _LEFT + len(panels) * (_WIDTH + _GAP)
    height = _TOP + _HEIGHT + 60 + _LEGEND * ceil(len(names) / 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="13" role="img">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, (title, lines) in enumerate(panels):
        parts.append(f'<g transform="translate({_LEFT + place * (_WIDTH + _GAP)} {_TOP})">')
        parts += _panel(title, lines, below, colours)
        parts.append("</g>")
    for place, name in enumerate(names):
        x = _LEFT + place % 2 * (_WIDTH + _GAP)
        y = _TOP + _HEIGHT + 66 + place // 2 * _LEGEND
        parts.append(
            f'<path d="M{x} {y - 4}h24" stroke="{colours[name]}" stroke-width="3"/>'
            f'<text x="{x + 32}" y="{y}" fill="#222">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _panel(title: str, lines: Sequence[Line], below: str, colours: dict[str, str]) -> list[str]:
    points = [point for line in lines for point in line.points]
    x_from, x_to = _range([x for x, _ in points])
    y_from, y_to = _range([y for _, y in points])

    def place(x: float, y: float) -> str:
        across = (log10(x) - x_from) / (x_to - x_from) * _WIDTH
        up = (log10(max(y, 0.001)) - y_from) / (y_to - y_from) * _HEIGHT
        return f"{across:.1f} {_HEIGHT - up:.1f}"

    parts = [f'<text y="-14" font-weight="bold" fill="#222">{escape(title)}</text>']
    for power in range(y_from, y_to + 1):
        y = _HEIGHT - (power - y_from) / (y_to - y_from) * _HEIGHT
        parts.append(
            f'<path d="M0 {y:.1f}h{_WIDTH}" stroke="#ddd"/>'
            f'<text x="-8" y="{y + 4:.1f}" text-anchor="end" fill="#555">{10**power:,g}</text>'
        )
    for power in range(x_from, x_to + 1):
        x = (power - x_from) / (x_to - x_from) * _WIDTH
        parts.append(
            f'<text x="{x:.1f}" y="{_HEIGHT + 20}" text-anchor="middle" fill="#555">'
            f"{10**power:,}</text>"
        )
    parts.append(
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT + 40}" text-anchor="middle" fill="#555">'
        f"{escape(below)}</text>"
    )
    for line in lines:
        colour = colours[line.name]
        path = "L".join(place(x, y) for x, y in line.points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y in line.points:
            parts.append(f'<circle r="3.5" fill="{colour}" transform="translate({place(x, y)})"/>')
    return parts


def _range(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten below and above all values."""
    low, high = floor(log10(max(min(values), 0.001))), ceil(log10(max(*values, 0.002)))
    return low, max(high, low + 1)
