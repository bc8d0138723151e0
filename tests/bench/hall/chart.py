"""Draws what was found as an SVG: for every hall a point for each server, server CPU per update delivered, on one logarithmic scale.

Draws only what may be reported; a run of which nothing can be said is named in its place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from tests.bench.hall.measure import Found
from tests.bench.hall.scenarios import Scenario

WIDTH, LEFT, RIGHT, ROW, GAP, HEAD = 900, 200, 240, 18, 34, 62
COLOURS: Final = {"ours": "#0b6e4f", "Hocuspocus 4.7": "#9a5b00", "y-websocket server 0.1": "#4a5fa5", "pycrdt-websocket 0.16": "#777777"}
LEAST_US, MOST_US = 0.2, 100.0


def chart(results: Mapping[Scenario, Mapping[str, Found]]) -> str:
    """Return the chart as an SVG document."""
    parts: list[str] = []
    top = HEAD
    for scenario, found in results.items():
        parts.append(f'<text x="8" y="{top}" font-weight="bold">{escape(scenario.name)}</text>')
        top += 8
        for name, each in found.items():
            parts += _point(name, each, top)
            top += ROW + 4
        top += GAP
    lines = [line for us in (1, 10, 100) for line in _line(us, top - GAP)]
    title = "Server CPU per update delivered, in microseconds (less is better, logarithmic scale)"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" font-family="sans-serif" font-size="13" role="img">',
            f"<title>{title}</title>",
            f'<rect width="{WIDTH}" height="{top}" fill="#ffffff"/>',
            f'<text x="8" y="20" font-size="15">{title}</text>',
            *lines,
            *parts,
            "</svg>",
            "",
        ]
    )


def _x(us: float) -> float:
    share = math.log(max(us, LEAST_US) / LEAST_US) / math.log(MOST_US / LEAST_US)
    return LEFT + (WIDTH - LEFT - RIGHT) * min(share, 1.0)


def _line(us: float, bottom: int) -> Iterable[str]:
    x = _x(us)
    yield f'<line x1="{x:.0f}" y1="{HEAD - 14}" x2="{x:.0f}" y2="{bottom}" stroke="#dddddd"/>'
    yield f'<text x="{x:.0f}" y="{HEAD - 16}" fill="#555555" text-anchor="middle" font-size="11">{us:g}</text>'


def _point(name: str, found: Found, top: int) -> Iterable[str]:
    middle = top + ROW - 5
    yield f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(name)}</text>'
    if found.unfair():
        yield f'<text x="{LEFT + 4}" y="{middle}" fill="#555555">nothing can be said of this run</text>'
        return
    told = [f"p99 {found.p99:.0f} ms"] if math.isfinite(found.p99) else []
    told += [f"{found.undelivered:,} not delivered"] if found.undelivered else []
    x = _x(found.us)
    yield f'<line x1="{LEFT}" y1="{middle - 4}" x2="{x:.0f}" y2="{middle - 4}" stroke="#dddddd" stroke-dasharray="2 4"/>'
    yield f'<circle cx="{x:.0f}" cy="{middle - 4}" r="6" fill="{COLOURS.get(name, "#777777")}"/>'
    yield f'<text x="{x + 11:.0f}" y="{middle}">{found.us:.2f} ({", ".join(told)})</text>'
