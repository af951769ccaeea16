"""The map: where the needs are and who goes there. Towns that are a dot on the whole get a panel of their own."""

from __future__ import annotations

from dataclasses import dataclass

from .ground import Box, Ground, core, crowds, near, unrolled
from .panel import Panel
from .svg import drawing
from .view import Point, View

WIDTH = 960.0
GAP = 10.0


@dataclass(frozen=True)
class _Town:
    letter: str
    name: str
    box: Box
    count: int


def draw(view: View) -> str | None:
    """The map, or nothing where no point is known."""
    needs = [need.at for need in [*view.served, *view.unserved, *view.elsewhere] if need.at is not None]
    points = [*needs, *(at for row in view.rows for at in row.way), *(at for at, _, _ in [*view.bases, *view.depots])]
    if not points:
        return None
    meridian = unrolled(points)
    points = [near(point, meridian) for point in points]
    needs = [near(point, meridian) for point in needs]
    whole = Box.around(points)
    towns = _towns(view, whole, needs, meridian)

    places = _layout(whole, len(towns))
    height = max(y + h for _, y, _, h in places)
    panels = []
    overview = view.words("overview") if towns else ""
    for (x, y, w, h), town in zip(places, [None, *towns], strict=True):
        ground = Ground(town.box if town else whole, w, h)
        panel = Panel(view, ground, meridian, hidden=[] if town else [town.box for town in towns])
        marks = [] if town else [(other.box, f"{other.letter} {other.name} ({other.count})") for other in towns]
        panels.append(panel.draw(x, y, f"{town.letter}  {town.name}".strip() if town else overview, marks))
    return drawing(WIDTH, height, view.words("map"), *panels)


def _towns(view: View, whole: Box, needs: list[Point], meridian: float) -> list[_Town]:
    """Up to three crowds of needs, each worth a closer look."""
    ground = Ground(whole, WIDTH / 2, 400)
    found: list[_Town] = []
    for crowd in crowds(needs, ground, radius=20, least=max(6, len(needs) // 25), most=3):
        crowd = core(crowd)
        box = Box.around(crowd)
        known = [(near(at, meridian), name, residents) for at, name, residents in view.places]
        middle = ((box.west + box.east) / 2, (box.south + box.north) / 2)
        inside = [place for place in known if box.holds(place[0])]
        inside.sort(key=lambda place: (-place[2], abs(place[0][0] - middle[0]) + abs(place[0][1] - middle[1])))
        found.append(_Town("ABC"[len(found)], inside[0][1] if inside else "", box, len(crowd)))
    return found


def _layout(whole: Box, towns: int) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of the overview and of each town's panel."""
    if towns == 0:
        height = min(max(WIDTH / whole.shape, 260.0), 470.0)
        return [(0, 0, WIDTH, height)]
    half = (WIDTH - GAP) / 2
    height = min(max(half / whole.shape, 320.0), 430.0)
    places = [(0.0, 0.0, half, height), (half + GAP, 0.0, half, height)]
    for column in range(towns - 1):
        width = (WIDTH - GAP * (towns - 2)) / (towns - 1)
        places.append((column * (width + GAP), height + GAP, width, 250.0))
    return places
