"""Which needs, residents and land have a capable crew near by, and where more would help."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, final

from . import _core, coverage_parts
from ._frames import Frames
from ._handles import closed, problem_handle
from ._json import Document, copied, encoded, parsed
from ._progress import COVERING, watched
from .coverage_parts import CoverageGap, CoverageShare, PlacedSite, Placement
from .language import language
from .literals import Backend, Lang

if TYPE_CHECKING:
    from .plan import Plan
    from .problem import Problem


class _Values:
    """The report as Python values, each made once, when it is first asked for."""

    def __init__(self, handle: _core.Coverage) -> None:
        self._handle = handle

    @cached_property
    def document(self) -> Document:
        return parsed(self._handle.document())

    @cached_property
    def shares(self) -> list[CoverageShare]:
        return coverage_parts.shares(self.document)

    @cached_property
    def gaps(self) -> list[CoverageGap]:
        return coverage_parts.gaps(self.document)

    @cached_property
    def sites(self) -> list[PlacedSite]:
        return coverage_parts.sites(self.document)


@final
class Coverage:
    """A report of coverage: shares, gaps, and sites for new teams or goods.

    Made by `coverage`; immutable. In a notebook it shows itself as tables and a map.
    """

    __slots__ = ("_handle", "_problem", "_values")

    _handle: _core.Coverage
    _values: _Values
    _problem: Problem

    def __init__(self) -> None:
        raise closed(Coverage, "qise.coverage")

    def __init_subclass__(cls) -> None:
        raise closed(Coverage, "qise.coverage")

    @classmethod
    def _of(cls, handle: _core.Coverage, problem: Problem) -> Coverage:
        made: Coverage = object.__new__(cls)
        made._handle, made._values, made._problem = handle, _Values(handle), problem
        return made

    @staticmethod
    def _pickled(problem: Problem, document: str, map: str) -> Coverage:
        return Coverage._of(_core.Coverage.stored(problem_handle(problem), document, map), problem)

    def to_json(self) -> str:
        """The report as a document, as text.

        Example:
            >>> problem.coverage(hours="9").to_json()[:1]
            '{'
        """
        return self._handle.document()

    def to_dict(self) -> Document:
        """The report as a document: a new dict.

        Example:
            >>> problem.coverage(hours="9", minutes=[30]).to_dict()["minutes"]
            [30]
        """
        return copied(self._values.document)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the document to a file, whole or not at all.

        Raises:
            OSError: the file cannot be written.

        Example:
            >>> problem.coverage(hours="9").save(folder / "coverage.json")
        """
        _core.write_file(path, self._handle.document())

    def to_geojson(self) -> str:
        """The report as a map in GeoJSON (RFC 7946), as text.

        Needs, residents, gaps and new sites are points, land is strips.

        Example:
            >>> problem.coverage(hours="9").to_geojson()[:1]
            '{'
        """
        return self._handle.map()

    def to_frames(self, *, backend: Backend | None = None) -> coverage_parts.CoverageFrames:
        """The report as data frames: ``shares``, ``gaps`` and ``sites``.

        Args:
            backend: the library, as for `Problem.to_frames`.

        Raises:
            ImportError: the library is not installed.
            ValueError: ``backend`` is another word.

        Example:
            >>> list(problem.coverage(hours="9").to_frames())
            ['shares', 'gaps', 'sites']
        """
        return coverage_parts.frames(Frames(backend), self._values.document)

    def to_html(self, *, lang: Lang | None = None) -> str:
        """The report as a piece of an HTML page: tables and a map.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Raises:
            ValueError: ``lang`` is another word.

        Example:
            >>> problem.coverage(hours="9").to_html()[:4]
            '<div'
        """
        return self._handle.html(language(lang))

    @property
    def problem(self) -> Problem:
        """The problem that was asked about."""
        return self._problem

    @property
    def shares(self) -> list[CoverageShare]:
        """The shares, one for each measure, category, hour and limit: a new flat list of dicts."""
        return copied(self._values.shares)

    @property
    def gaps(self) -> list[CoverageGap]:
        """The gaps, the worst first: a new flat list of dicts."""
        return copied(self._values.gaps)

    @property
    def sites(self) -> list[PlacedSite]:
        """The new sites, the one with the largest gain first: a new list of dicts."""
        return copied(self._values.sites)

    @property
    def placement(self) -> Placement | None:
        """Result of placing: a new dict; None if nothing was placed."""
        return coverage_parts.placement(self._values.document)

    def __eq__(self, other: object, /) -> bool:
        return isinstance(other, Coverage) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __reduce__(self) -> tuple[Callable[[Problem, str, str], Coverage], tuple[Problem, str, str]]:
        return Coverage._pickled, (self._problem, self._handle.document(), self._handle.map())

    def __repr__(self) -> str:
        return coverage_parts.words(self._values.document)

    def _repr_html_(self) -> str:
        return self.to_html()


def coverage(
    problem: Problem | Plan,
    *,
    minutes: Sequence[int] = (15, 30, 60, 120),
    within: int | None = None,
    day: str | None = None,
    hours: str | None = None,
    categories: Sequence[str] = (),
    requires: Sequence[str] = (),
    asks: int = 3,
    region: str | os.PathLike[str] | Sequence[float] | dict[str, Any] | None = None,
    cell_m: float = 1000.0,
    residents: Sequence[tuple[float, float, int]] | None = None,
    gaps: int = 10,
    gap_m: int = 20000,
    place: int = 0,
    like: str | None = None,
    skills: Sequence[str] | None = None,
    people: int = 1,
    profile: str | None = None,
    radius_m: int | None = None,
    lend: str | None = None,
    candidates: str | Sequence[tuple[float, float]] | Sequence[tuple[float, float, str]] = "places",
    of: Literal["needs", "residents", "area"] | None = None,
    exact: bool = False,
    steps: int = 2000,
) -> Coverage:
    """Tells which share of needs, residents and land has a capable crew within so many minutes.

    Coverage depends on who is on duty and where, not on the routes of a plan. Other Python threads
    run meanwhile; Ctrl-C ends it with KeyboardInterrupt.

    Args:
        problem: the problem, or a plan, whose problem is meant.
        minutes: limits of travel time in minutes.
        within: the limit in minutes for gaps, map and placement; 30, or the first above it, if
            None.
        day: the day, such as ``"2026-11-24"``; the first on which somebody is on duty if None.
        hours: hours of the day, ``"8-17"`` or ``"8,12,20"``; all at which somebody is on duty if
            None.
        categories: ids of the categories that count; all if empty.
        requires: skills such as ``"nursing:2"`` that one person must have, instead of what needs
            ask.
        asks: number of most frequent requirement profiles per category to evaluate for residents
            and land (0: all).
        region: the land: ``"alxa"``, a box of four numbers in degrees (west, south, east, north),
            polygons in GeoJSON as a dict, or the path of such a file; no land if None.
        cell_m: length of the cells of the region, in metres.
        residents: tuples of longitude and latitude in degrees and a number of residents, instead of
            the residents of the scenario.
        gaps: number of gaps to tell.
        gap_m: length of the areas by which gaps are told, in metres.
        place: number of new teams or lending points to place.
        like: id of the team or volunteer whom the new teams resemble.
        skills: skills of the new teams, instead of ``like``.
        people: number of people in each new team.
        profile: travel profile of the new teams.
        radius_m: how far the new teams go, in metres.
        lend: id of the good that the new points lend, instead of new teams.
        candidates: where they may stand: ``"places"``, ``"bases"``, ``"needs"``, ``"cells"``, the
            path of a table, or tuples of longitude and latitude in degrees and, if wanted, a name.
        of: the measure to increase; the first of needs, residents and area that there is if None.
        exact: solve exactly by branch and bound (default: greedy, at least 63 % of optimal).
        steps: steps of branch and bound at most.

    Returns:
        A `Coverage`.

    Raises:
        ValueError: an option that cannot be.
        OSError: a file that cannot be read.

    Example:
        >>> problem.coverage(minutes=[30], hours="9").shares[0]["measure"]
        'needs'
    """
    asked: Any = problem
    if isinstance(getattr(problem, "_handle", None), _core.Plan):
        asked = asked.problem
    handle = problem_handle(asked)
    found = watched(
        lambda _: _core.coverage(
            handle,
            minutes=minutes,
            within=within,
            day=day,
            hours=hours,
            categories=categories,
            requires=requires,
            asks=asks,
            region=encoded(region) if isinstance(region, dict) else region,
            cell_m=cell_m,
            residents=residents,
            gaps=gaps,
            gap_m=gap_m,
            place=place,
            like=like,
            skills=skills,
            people=people,
            profile=profile,
            radius_m=radius_m,
            lend=lend,
            candidates=candidates,
            of=of,
            exact=exact,
            steps=steps,
        ),
        COVERING,
    )
    return Coverage._of(found, asked)
