"""Places, ways of moving, and what slows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import says, shapes
from .book import Book, given
from .clock import spans
from .dicts import Coordinates, MatrixDict, Span, Where
from .mistakes import Mistakes, missing, wrong
from .says import each, number, point, ref, text
from .telling import told
from .things import Area, Place, Profile
from .words import Length, Rounding

_SLOWDOWN = shapes.Shape(
    {"factor": number(1, 1000)}, {"areas": each(ref(Area)), "profiles": each(ref(Profile)), "why": text}
)
_POPULATION = shapes.Shape({"at": point(), "residents": shapes.price}, {})


class Land(Book):
    """What a model says of the land."""

    @told
    def place(
        self,
        id: str,
        *,
        lat: float | None = None,
        lon: float | None = None,
        at: tuple[float, float] | None = None,
        name: str | None = None,
        area: str | None = None,
        setup: Length | None = None,
    ) -> Place:
        """A place that others refer to.

        Args:
            id: its id.
            lat: degrees north; may be missing, with ``lon``, if every profile has a matrix.
            lon: degrees east.
            at: both at once, as ``(latitude, longitude)``.
            name: name for people.
            area: the area it belongs to; found by outline if missing.
            setup: time between arriving and being able to start (parking, gate, lift).

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.place("wangfu", lat=38.83, lon=105.66, name="王府街社区")
            Place('wangfu')
        """
        said = given(locals())
        pair = said.pop("at", None)
        if pair is not None and (lat is not None or lon is not None):
            raise Mistakes(wrong("conflict", pair, ("either at or lat and lon", "at 与 lat、lon 只取其一")).under("at"))
        if pair is not None:
            try:
                said |= says.latitude_longitude(self, pair)
            except Mistakes as found:
                raise Mistakes(found.under("at")) from None
        elif (lat is None) != (lon is None):
            lack = "lon" if lon is None else "lat"
            raise Mistakes(missing((f"{lack}=…, too", f"同时给出 {lack}=…")).under(lack))
        elif lat is not None:
            try:
                says.degrees(lat, lon, (lat, lon))
            except Mistakes as found:
                raise Mistakes(found.under("lat")) from None
        return Place(self._add(Place, id, said))

    @told
    def area(
        self, id: str, *, name: str | None = None, outline: Sequence[tuple[float, float] | Coordinates] | None = None
    ) -> Area:
        """A part of the land.

        Args:
            id: its id.
            name: name for people.
            outline: its corners, three or more, as ``(latitude, longitude)``.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.area("town", outline=[(38.8, 105.6), (38.8, 105.75), (38.9, 105.75)])
            Area('town')
        """
        return Area(self._add(Area, id, given(locals())))

    @told
    def profile(
        self,
        id: str,
        *,
        speed_kmh: float | None = None,
        detour: float | None = None,
        matrix: MatrixDict | None = None,
        rounding: Rounding | None = None,
        name: str | None = None,
    ) -> Profile:
        """A way of moving; the first one made is that of everybody who names none.

        A model without any has one: ``"car"``, 60 km/h.

        Args:
            id: its id.
            speed_kmh: speed in kilometres an hour; either this or ``matrix``.
            detour: road length over straight length; 1.3 if missing.
            matrix: your own ``seconds`` and ``metres`` between some ``places``, row by row.
            rounding: how fractions of seconds and metres become whole: ``"up"`` if missing.
            name: name for people.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.profile("foot", speed_kmh=4.5)
            Profile('foot')
        """
        said = given(locals())
        if (speed_kmh is None) == (matrix is None):
            ways = "either speed_kmh or matrix", "speed_kmh 与 matrix 二者之一"
            raise missing(ways) if matrix is None else wrong("conflict", speed_kmh, ways)
        return Profile(self._add(Profile, id, said))

    @told
    def slowdown(
        self,
        *,
        factor: float,
        window: Span,
        areas: str | Sequence[str] | None = None,
        profiles: str | Sequence[str] | None = None,
        why: str | None = None,
    ) -> None:
        """A spell of slow roads, for every route whose shift starts within it.

        Args:
            factor: travel times are multiplied by this.
            window: from when until when; the end is outside.
            areas: the areas concerned; everywhere if missing.
            profiles: the profiles concerned; all if missing.
            why: the reason, for people.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.slowdown(factor=1.8, window="6:00-12:00", why="snow")
        """
        said = given(locals())
        try:
            times = spans(self, said.pop("window"))
        except Mistakes as found:
            raise Mistakes(found.under("window")) from None
        entry = _SLOWDOWN.read(self, said)
        for start, end in times:
            self._append("slowdowns", {**entry, "from": start, "to": end}, ("slowdown", "减速时段"))

    @told
    def population(self, at: Where, *, residents: int) -> None:
        """Residents counted at one point, for coverage and equity.

        Args:
            at: a place, or ``(latitude, longitude)``.
            residents: how many live there.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.population((38.83, 105.66), residents=120)
        """
        said: Mapping[str, Any] = {"at": at, "residents": residents}
        self._append("population", _POPULATION.read(self, said), ("population", "人口"))
