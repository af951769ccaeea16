"""Efficiency against fairness as a picture: a dot for each plan, a line along those that no other dominates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .axis import Axis, grid
from .svg import FONT, drawing, halo, label, tag, text, title
from .words import Words

if TYPE_CHECKING:
    from ..fairness_frontier import Frontier, FrontierPoint

_BLUE = "#1f6fb5"
_SIZE = (760.0, 400.0)
_FRAME = (90.0, 36.0, 730.0, 350.0)


def draw(frontier: Frontier, lang: str) -> str:
    """The piece of a page, in a language: ``en`` or ``zh``."""
    words = Words(lang)
    level = _level(frontier)
    left, top, right, bottom = _FRAME

    def across(point: FrontierPoint) -> int:
        return point.efficiency[level] if point.efficiency else 0

    x = Axis([across(point) for point in frontier.points], left, right)
    y = Axis([point.unfairness for point in frontier.points], bottom, top)
    parts = [grid(x, y, _FRAME, words("frontier_across", n=level + 1), frontier.term)]
    line = " ".join(f"{x(across(point)):.1f},{y(point.unfairness):.1f}" for point in frontier.efficient)
    parts.append(tag("polyline", points=line, fill="none", stroke=_BLUE, stroke_width=1.5))
    names = []
    for point in frontier.points:
        if point.mark == "repeated":
            continue
        at = (x(across(point)), y(point.unfairness))
        hint = words("frontier_point", weight=point.weight, mark=words(f"mark_{point.mark}"), served=point.served)
        fill = _BLUE if point.mark == "efficient" else "none"
        dot = tag("circle", title(hint), cx=at[0], cy=at[1], r=5, fill=fill, stroke=_BLUE, stroke_width=1.5)
        parts.append(dot)
        names.append(label(at[0] + 8, at[1] - 6, f"× {point.weight}", 11))
    parts.append(halo(*names))
    picture = drawing(*_SIZE, words("frontier"), *parts)
    style = f"font-family:{FONT};max-width:{_SIZE[0]:.0f}px;color:inherit"
    note = tag("div", text(words("frontier_note")), style="font-size:12px;opacity:.8;margin:4px 0")
    return tag("div", picture, note, lang="zh-CN" if lang == "zh" else "en", style=style)


def _level(frontier: Frontier) -> int:
    """The first level in which the efficient points differ, or the last."""
    levels = list(zip(*(point.efficiency for point in frontier.efficient), strict=True))
    return next((n for n, values in enumerate(levels) if len(set(values)) > 1), max(len(levels) - 1, 0))
