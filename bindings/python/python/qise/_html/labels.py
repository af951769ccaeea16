"""Names on a map: each where it hides least, none over another."""

from __future__ import annotations

from .svg import Value, label, width_of

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Labels:
    """Places names beside points, within a panel."""

    def __init__(self, width: float, height: float, dots: list[tuple[float, float]]) -> None:
        self.width, self.height, self.dots = width, height, dots
        self.taken: list[Rectangle] = []

    def reserve(self, rectangle: Rectangle) -> None:
        """Keeps names out of a rectangle."""
        self.taken.append(rectangle)

    def place(self, x: float, y: float, words: str, size: float = 11, away: float = 7, **look: Value) -> str:
        """The name ``away`` from (x, y), or nothing where there is no room."""
        wide, high, slant = width_of(words, size), size * 1.1, away * 0.7
        spots = [
            (x + away, y - high / 2),
            (x - away - wide, y - high / 2),
            (x - wide / 2, y - away - high),
            (x - wide / 2, y + away),
            (x + slant, y - slant - high),
            (x + slant, y + slant),
            (x - slant - wide, y - slant - high),
            (x - slant - wide, y + slant),
        ]
        free = [
            (sum(1 for dx, dy in self.dots if left - 3 < dx < left + wide + 3 and top - 3 < dy < top + high + 3), rank)
            for rank, (left, top) in enumerate(spots)
            if self._is_free((left, top, left + wide, top + high))
        ]
        if not free:
            return ""
        left, top = spots[min(free)[1]]
        self.taken.append((left, top, left + wide, top + high))
        return label(left, top + size * 0.93, words, size, **look)

    def _is_free(self, box: Rectangle) -> bool:
        left, top, right, bottom = box
        inside = left >= 3 and top >= 3 and right <= self.width - 3 and bottom <= self.height - 3
        return inside and not any(
            left < other[2] and right > other[0] and top < other[3] and bottom > other[1] for other in self.taken
        )
