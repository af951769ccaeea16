"""Axes of plots: from values to pixels, and round values to mark."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10

from .svg import Attributes, label, tag


class Axis:
    """Values from the least to the greatest, with some room, laid along pixels."""

    def __init__(self, values: Iterable[float], start: float, end: float, *, zero: bool = False) -> None:
        known = [*values, *([0.0] if zero else [])] or [0.0]
        low, high = min(known), max(known)
        room = (high - low) * 0.06 or 0.5
        self.low, self.high = (low if zero else low - room), high + room
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        return self._start + (value - self.low) / (self.high - self.low) * (self._end - self._start)

    def ticks(self) -> list[float]:
        """About five round values."""
        step = 10.0 ** floor(log10((self.high - self.low) / 4))
        step *= next(factor for factor in (1, 2, 5, 10) if (self.high - self.low) / (step * factor) <= 6)
        first = int(-(-self.low // step))
        return [k * step for k in range(first, int(self.high // step) + 1)]


def grid(x: Axis, y: Axis, frame: tuple[float, float, float, float], across: str, up: str) -> str:
    """Lines at round values, their numbers, and what the axes mean."""
    left, top, right, bottom = frame
    faint: Attributes = {"stroke": "currentColor", "stroke_opacity": 0.15}
    parts = []
    for tick in x.ticks():
        parts.append(tag("path", d=f"M{x(tick):.1f} {top}V{bottom}", fill="none", **faint))
        parts.append(label(x(tick), bottom + 16, f"{tick:,.6g}", 10, text_anchor="middle"))
    for tick in y.ticks():
        parts.append(tag("path", d=f"M{left} {y(tick):.1f}H{right}", fill="none", **faint))
        parts.append(label(left - 6, y(tick) + 3.5, f"{tick:,.6g}", 10, text_anchor="end"))
    parts.append(label((left + right) / 2, bottom + 34, across, 12, text_anchor="middle"))
    parts.append(label(left - 6, top - 10, up, 12))
    return "".join(parts)
