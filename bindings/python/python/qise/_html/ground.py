"""From degrees to pixels: equirectangular, true to scale at the middle latitude of each panel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, floor, hypot, log10, radians
from statistics import median

from .view import Point

METRES_PER_DEGREE = 111_195.0
"""Length of a degree of latitude on a sphere of 6371 km."""


@dataclass(frozen=True)
class Box:
    """A piece of land in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Iterable[Point], least_m: float = 800.0) -> Box:
        """The smallest box that holds the points and is at least so long and so high."""
        points = list(points)
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        middle = (min(lats) + max(lats)) / 2
        grow_lat = max(0.0, least_m / METRES_PER_DEGREE - (max(lats) - min(lats))) / 2
        shrink = max(cos(radians(middle)), 0.01)
        grow_lon = max(0.0, least_m / METRES_PER_DEGREE / shrink - (max(lons) - min(lons))) / 2
        return cls(min(lons) - grow_lon, min(lats) - grow_lat, max(lons) + grow_lon, max(lats) + grow_lat)

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    @property
    def shape(self) -> float:
        """Width by height, on the ground."""
        shrink = cos(radians((self.south + self.north) / 2))
        return max((self.east - self.west) * shrink, 1e-9) / max(self.north - self.south, 1e-9)


class Ground:
    """A panel of ``width`` × ``height`` pixels that shows a box, with a margin around."""

    def __init__(self, box: Box, width: float, height: float, margin: float = 22) -> None:
        self.width, self.height = width, height
        self._lon = (box.west + box.east) / 2
        self._lat = (box.south + box.north) / 2
        self._shrink = max(cos(radians(self._lat)), 0.01)
        across = max((box.east - box.west) * self._shrink, 1e-9)
        up = max(box.north - box.south, 1e-9)
        self._scale = min((width - 2 * margin) / across, (height - 2 * margin) / up)

    def pixel(self, point: Point) -> tuple[float, float]:
        """Where a point lies in the panel."""
        x = self.width / 2 + (point[0] - self._lon) * self._shrink * self._scale
        y = self.height / 2 - (point[1] - self._lat) * self._scale
        return x, y

    def shows(self, point: Point) -> bool:
        """Whether a point lies in the panel."""
        x, y = self.pixel(point)
        return 0 <= x <= self.width and 0 <= y <= self.height

    @property
    def metres(self) -> float:
        """Metres to the pixel."""
        return METRES_PER_DEGREE / self._scale

    def bar(self) -> tuple[float, str]:
        """Length in pixels and words of a scale bar: 1, 2 or 5 of a power of ten."""
        most = self.metres * min(self.width * 0.22, 130)
        power = 10.0 ** floor(log10(most))
        length = max(step * power for step in (1, 2, 5) if step * power <= most)
        return length / self.metres, f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"


def unrolled(points: Iterable[Point]) -> float:
    """A meridian around which no longitude of the points jumps by 360°; see `near`."""
    return next(iter(points), (0.0, 0.0))[0]


def near(point: Point, meridian: float) -> Point:
    """The point with its longitude within 180° of a meridian."""
    return ((point[0] - meridian + 540.0) % 360.0 - 180.0 + meridian, point[1])


def crowds(points: list[Point], ground: Ground, radius: float, least: int, most: int) -> list[list[Point]]:
    """The points that cannot be told apart on ``ground``: up to ``most`` discs with at least ``least`` of them."""
    cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for point in points:
        x, y = ground.pixel(point)
        cells[floor(x / radius), floor(y / radius)].append(point)
    found: list[list[Point]] = []
    while cells and len(found) < most:
        (column, row), core = max(cells.items(), key=lambda cell: (len(cell[1]), cell[0]))
        pixels = [ground.pixel(point) for point in core]
        x, y = (sum(axis) / len(core) for axis in zip(*pixels, strict=True))
        crowd = []
        for cell in [(c, r) for c in range(column - 1, column + 2) for r in range(row - 1, row + 2)]:
            here = cells.pop(cell, [])
            inside = [p for p in here if hypot(ground.pixel(p)[0] - x, ground.pixel(p)[1] - y) <= radius]
            crowd += inside
            outside = [p for p in here if p not in inside]
            if outside and cell != (column, row):
                cells[cell] = outside
        if len(crowd) < least:
            break
        found.append(crowd)
    return found


def core(crowd: list[Point]) -> list[Point]:
    """Those of a crowd that stand together: the four fifths nearest to its middle, and who is hardly farther away."""
    middle = (median(lon for lon, _ in crowd), median(lat for _, lat in crowd))
    shrink = cos(radians(middle[1]))

    def away(point: Point) -> float:
        return hypot((point[0] - middle[0]) * shrink, point[1] - middle[1])

    far = 1.5 * sorted(map(away, crowd))[len(crowd) * 4 // 5 - 1] + 400.0 / METRES_PER_DEGREE
    return [point for point in crowd if away(point) <= far]
