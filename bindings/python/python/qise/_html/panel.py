"""One panel of the map."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import cos, hypot, sin, sqrt

from .ground import Box, Ground, near
from .labels import Labels
from .svg import PAPER, Attributes, halo, label, line_style, shortened, tag, title, width_of
from .view import Need, Point, Row, View

_ARROW_FROM = 30.0
"""A leg of so many pixels gets an arrow."""
_MOST_LABELS = 18
_MOST_NAMED = 24
"""So few needs have their names beside them."""
_GOLDEN_ANGLE = 2.399963


class Panel:
    """One panel of the map. What lies in a ``hidden`` box is left to another panel, except for the ways."""

    def __init__(self, view: View, ground: Ground, meridian: float, hidden: list[Box]) -> None:
        self.view, self.ground, self.meridian, self.hidden = view, ground, meridian, hidden
        self.dot = 2.8 if hidden else 3.6
        self._at_pixel: Counter[tuple[int, int]] = Counter()
        self._dots: list[tuple[float, float]] = []
        self._names: list[tuple[float, float, str]] = []

    def draw(self, x: float, y: float, heading: str, marks: list[tuple[Box, str]]) -> str:
        """The panel with its left top corner at (x, y), and the boxes of other panels in it."""
        width, height = self.ground.width, self.ground.height
        shape = {"x": 0.5, "y": 0.5, "width": width - 1, "height": height - 1, "rx": 6}
        inner = [
            tag("rect", **shape, fill="currentColor", fill_opacity=0.03),
            *self._areas(),
            *(self._route(row) for row in self.view.rows),
            *(self._base(point, about) for point, _, about in self.view.bases),
            *(self._depot(point, about) for point, _, about in self.view.depots),
            *(self._home(row) for row in self.view.rows),
            *(self._dot(need, 0.45) for need in self.view.elsewhere),
            *(self._dot(need, 1.0) for need in self.view.served),
            *(self._cross(need) for need in self.view.unserved),
            *self._named(heading, marks),
            tag("rect", **shape, fill="none", stroke="currentColor", stroke_opacity=0.3),
        ]
        return tag("svg", *inner, x=x, y=y, width=width, height=height, overflow="hidden")

    def _pixel(self, point: Point | None) -> tuple[float, float] | None:
        """Where a point is drawn; nothing where it is not known, not shown, or left to another panel."""
        if point is None:
            return None
        point = near(point, self.meridian)
        if not self.ground.shows(point) or any(box.holds(point) for box in self.hidden):
            return None
        return self.ground.pixel(point)

    def _apart(self, need: Need) -> tuple[float, float] | None:
        """As `_pixel`; needs at one door are moved apart by a few pixels."""
        at = self._pixel(need.at)
        if at is None:
            return None
        door = (round(at[0] / self.dot), round(at[1] / self.dot))
        number = self._at_pixel[door]
        self._at_pixel[door] += 1
        away = self.dot * 1.7 * sqrt(number)
        x, y = at[0] + away * cos(number * _GOLDEN_ANGLE), at[1] + away * sin(number * _GOLDEN_ANGLE)
        self._dots.append((x, y))
        self._names.append((x, y, need.name))
        return x, y

    def _areas(self) -> list[str]:
        drawn = []
        for name, outline in self.view.areas:
            corners = [self.ground.pixel(near(corner, self.meridian)) for corner in outline]
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
            shape: Attributes = {
                "fill": "currentColor",
                "fill_opacity": 0.03,
                "stroke": "currentColor",
                "stroke_opacity": 0.22,
            }
            drawn.append(tag("polygon", title(name), points=points, stroke_dasharray="5 3", **shape))
        return drawn

    def _route(self, row: Row) -> str:
        way = [self.ground.pixel(near(point, self.meridian)) for point in row.way]
        if len(way) < 2:
            return ""
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in way)
        arrows = "".join(_arrow(a, b) for a, b in pairwise(way))
        return tag(
            "g",
            title(row.about),
            tag("path", d=path + arrows, stroke_width=1.5),
            fill="none",
            stroke=row.colour,
            stroke_opacity=0.75,
            stroke_linejoin="round",
            style=line_style(row.colour),
        )

    def _home(self, row: Row) -> str:
        at = self._pixel(row.begin)
        if at is None:
            return ""
        self._dots.append(at)
        ring = title(self.view.words("start", words=row.who))
        return tag(
            "circle", ring, cx=at[0], cy=at[1], r=2.6, style=f"fill:{PAPER}", stroke=row.colour, stroke_width=1.3
        )

    def _dot(self, need: Need, strength: float) -> str:
        at = self._apart(need)
        if at is None:
            return ""
        look: Attributes = {
            "fill": need.colour,
            "fill_opacity": strength,
            "stroke_width": 0.9,
            "style": f"stroke:{PAPER}",
        }
        return tag("circle", title(need.about), cx=at[0], cy=at[1], r=self.dot, **look)

    def _cross(self, need: Need) -> str:
        at = self._apart(need)
        if at is None:
            return ""
        (x, y), arm = at, self.dot + 0.6
        path = f"M{x - arm:.1f} {y - arm:.1f}l{2 * arm:.1f} {2 * arm:.1f}m0 {-2 * arm:.1f}l{-2 * arm:.1f} {2 * arm:.1f}"
        beneath = tag("path", d=path, stroke_width=5, style=f"stroke:{PAPER}")
        cross = tag("path", d=path, stroke_width=2.2, stroke=need.colour, style=line_style(need.colour))
        return tag("g", title(need.about), beneath, cross, fill="none", stroke_linecap="round")

    def _base(self, point: Point, about: str) -> str:
        at = self._pixel(point)
        if at is None:
            return ""
        square = {"x": at[0] - 4.5, "y": at[1] - 4.5, "width": 9, "height": 9}
        style = f"fill:{PAPER}"
        return tag("rect", title(about), **square, stroke="currentColor", stroke_width=1.5, style=style)

    def _depot(self, point: Point, about: str) -> str:
        at = self._pixel(point)
        if at is None:
            return ""
        roof = f"M{at[0] - 5:.1f} {at[1] + 4.5:.1f}v-5l5 -4l5 4v5z"
        return tag("path", title(about), d=roof, stroke="currentColor", stroke_width=1.4, style=f"fill:{PAPER}")

    def _named(self, heading: str, marks: list[tuple[Box, str]]) -> list[str]:
        """The boxes of other panels, the scale bar, and all names."""
        width, height = self.ground.width, self.ground.height
        labels = Labels(width, height, self._dots)
        length, bar = self.ground.bar()
        labels.reserve((0, height - 30, length + 24, height))
        if heading:
            labels.reserve((0, 0, 18 + width_of(heading, 13.5), 26))
        boxes = [self._mark(box, labels) for box, _ in marks]
        names = [
            labels.place(*at, name, 12, away=side / 2 + 2, font_weight="bold")
            for (at, side, _), (_, name) in zip(boxes, marks, strict=True)
        ]
        marked = [*self.view.bases, *self.view.depots]
        seen = [(at, name) for point, name, _ in marked if (at := self._pixel(point)) is not None]
        names += [labels.place(*at, name) for at, name in seen[:_MOST_LABELS]]
        if len(self._names) <= _MOST_NAMED:
            names += [labels.place(x, y, shortened(name, 10, 120), 10, fill_opacity=0.75) for x, y, name in self._names]
        if marks:
            names += [self._area_name(name, outline, labels) for name, outline in self.view.areas]
        scale = f"M10 {height - 16:.1f}v5h{length:.1f}v-5"
        return [
            *(drawn for _, _, drawn in boxes),
            halo(
                *names,
                label(10, 18, heading, 13, font_weight="bold") if heading else "",
                label(10 + length / 2, height - 16, bar, 10.5, text_anchor="middle"),
            ),
            tag("path", d=scale, fill="none", stroke="currentColor", stroke_width=1.3),
        ]

    def _mark(self, box: Box, labels: Labels) -> tuple[tuple[float, float], float, str]:
        """A town that has a panel of its own: its middle, the side of its frame, the frame."""
        left, top = self.ground.pixel((box.west, box.north))
        right, bottom = self.ground.pixel((box.east, box.south))
        x, y, side = (left + right) / 2, (top + bottom) / 2, max(right - left, bottom - top, 9.0) + 3
        labels.reserve((x - side / 2, y - side / 2, x + side / 2, y + side / 2))
        frame = {"x": x - side / 2, "y": y - side / 2, "width": side, "height": side, "rx": 2}
        look: Attributes = {"fill": "currentColor", "fill_opacity": 0.2, "stroke": "currentColor"}
        return (x, y), side, tag("rect", **frame, **look, stroke_width=1.5)

    def _area_name(self, name: str, outline: list[Point], labels: Labels) -> str:
        """The name of an area, in its middle if there is room."""
        corners = [self.ground.pixel(near(corner, self.meridian)) for corner in outline]
        x, y = (sum(axis) / len(corners) for axis in zip(*corners, strict=True))
        return labels.place(x, y, name, 12, away=0, fill_opacity=0.5)


def _arrow(a: tuple[float, float], b: tuple[float, float]) -> str:
    """The head of an arrow on a leg, as part of a path. Not in the middle, where that of the way back would meet it."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    if length < _ARROW_FROM:
        return ""
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    x, y = a[0] + 0.62 * (b[0] - a[0]), a[1] + 0.62 * (b[1] - a[1])
    left = (x - 6 * ux - 3.2 * uy, y - 6 * uy + 3.2 * ux)
    right = (x - 6 * ux + 3.2 * uy, y - 6 * uy - 3.2 * ux)
    return f"M{left[0]:.1f} {left[1]:.1f}L{x:.1f} {y:.1f}L{right[0]:.1f} {right[1]:.1f}"
