"""Problems: needs, people, and how a plan for them is judged."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as _Date
from functools import cached_property
from pathlib import Path
from typing import Any, final

from . import (
    _core,
    bounds,
    coverage_report,
    fairness_frontier,
    judgement,
    problem_frames,
    problem_variants,
    problem_without,
    reasons,
    search,
)
from ._handles import closed, plan_handle
from ._json import Document, copied, encoded, kept, parsed
from .plan import Plan

_MADE_BY = "Problem.from_frames, Problem.from_file, Problem.from_json or qise.generate"


@dataclass(frozen=True)
class Oddity:
    """Something in a problem that is legal and probably wrong."""

    path: str
    """JSON path in the scenario document, such as ``$.needs[3].windows``."""
    id: str
    """Id of the need or volunteer; empty if it concerns all."""
    name: str | None
    """Its name, if it has one."""
    code: str
    """Stable name of the warning, such as ``outside_shifts``."""
    message: str = field(repr=False)
    """What is odd, in one English line."""
    message_zh: str = field(repr=False)
    """The same in Chinese."""

    def __str__(self) -> str:
        return self.message


class _Values:
    """The document as Python values, parsed when it is first asked for."""

    def __init__(self, handle: _core.Problem) -> None:
        self._handle = handle
        self._listed: dict[str, Sequence[Mapping[str, Any]]] = {}

    @cached_property
    def document(self) -> Document:
        return parsed(self._handle.document())

    def listed(self, name: str) -> Sequence[Mapping[str, Any]]:
        """A list of the document, for callers, who cannot change it."""
        if name not in self._listed:
            self._listed[name] = kept(self.document.get(name, []))
        return self._listed[name]


@final
class Problem:
    """Needs, people, and how a plan for them is judged: immutable and valid.

    Made by `Problem.from_frames`, `Problem.from_file`, `Problem.from_json` or `generate`. ``len(problem)`` is the number
    of needs; alternatives of one need are counted once. Problems with equal data are equal. What is
    asked of a problem is a method of it; functions of the module with the same name do the same.
    """

    __slots__ = ("_handle", "_values")

    _handle: _core.Problem
    _values: _Values

    def __init__(self) -> None:
        raise closed(Problem, _MADE_BY)

    def __init_subclass__(cls) -> None:
        raise closed(Problem, _MADE_BY)

    @classmethod
    def _of(cls, handle: _core.Problem) -> Problem:
        made: Problem = object.__new__(cls)
        made._handle, made._values = handle, _Values(handle)
        return made

    # What is asked of a problem; the functions stand with the values that they return.
    bound = bounds.bound
    check = judgement.check
    coverage = coverage_report.coverage
    eligible = reasons.eligible
    frontier = fairness_frontier.frontier
    solve = search.solve

    # What would be if.
    at = problem_variants.at
    with_need = problem_variants.with_need
    with_objective = problem_variants.with_objective
    with_slowdown = problem_variants.with_slowdown
    with_volunteer = problem_variants.with_volunteer
    without = problem_without.without

    # The problem for other programs.
    to_frames = problem_frames.to_frames

    @staticmethod
    def from_json(document: str | bytes | dict[str, Any]) -> Problem:
        """Reads a scenario document.

        Args:
            document: text, bytes in UTF-8, or a dict as `json.loads` makes them.

        Raises:
            InvalidDocument: the document is wrong; ``faults`` lists everything that is.
            TypeError: it is none of these types.

        Example:
            >>> qise.Problem.from_json(problem.to_json()) == problem
            True
        """
        return Problem._of(_core.Problem.read(encoded(document), "scenario"))

    @staticmethod
    def from_file(path: str | os.PathLike[str]) -> Problem:
        """Reads a scenario document from a file.

        Raises:
            InvalidDocument: the document is wrong; ``faults`` lists everything that is.
            OSError: the file cannot be read.

        Example:
            >>> problem.save(folder / "day.json")
            >>> qise.Problem.from_file(folder / "day.json") == problem
            True
        """
        return Problem._of(_core.Problem.read(Path(path).read_bytes(), os.fspath(path)))

    @staticmethod
    def from_frames(
        *,
        needs: Any,
        volunteers: Any,
        teams: Any = None,
        places: Any = None,
        goods: Any = None,
        depots: Any = None,
        vehicles: Any = None,
        projects: Any = None,
        skills: Any = None,
        profiles: Any = None,
        settings: Any = None,
        name: str | None = None,
        date: _Date | str | None = None,
        time_zone: str | None = None,
        datum: str | None = None,
    ) -> Problem:
        """Reads data frames with the columns of ledgers, in English or Chinese: the guide lists them.

        A table is a frame of pandas, polars, pyarrow, DuckDB or any library that narwhals reads, a
        list of dicts, or a dict of lists. Needs must have an id, a place, a time and a duration;
        volunteers an id or a name, a home and shifts. Values are taken as what they are: datetimes
        and timedeltas, lists, numbers with the unit of their column; text is read as in a ledger,
        such as ``9:00-11:30``. None, NaN and NaT stand for nothing.

        What is legal and may be meant otherwise, such as a column that is not read, is logged as a
        warning of the logger ``qise``.

        Args:
            needs: what residents ask for, one need a row.
            volunteers: people who help, one a row.
            teams: standing organisations of volunteers.
            places: places by id or name, with longitude and latitude.
            goods: kinds of things that needs ask for.
            depots: where goods are kept.
            vehicles: vehicles that several people may take.
            projects: projects that needs belong to.
            skills: skills with their levels.
            profiles: ways of moving.
            settings: what holds for all of it: a dict, or a table with the columns ``setting`` and
                ``value``.
            name: name for people.
            date: the first day that is planned: times without a day go by it.
            time_zone: the zone of times without an offset; Asia/Shanghai if nothing says so.
            datum: datum of all coordinates: ``WGS-84``, ``GCJ-02`` or ``BD-09``.

        Raises:
            InvalidDocument: the tables are wrong; ``faults`` lists everything that is, with table,
                row (counted from 0), column, and the id and the name of the row.
            TypeError: what is given is no table.

        Example:
            >>> needs = [{"need": "n1", "longitude": 105.67, "latitude": 38.84, "time": "9:00-11:00", "duration": 30}]
            >>> people = [{"name": "其木格", "longitude": 105.66, "latitude": 38.83, "shifts": "8:00-17:00"}]
            >>> qise.Problem.from_frames(needs=needs, volunteers=people, date="2026-11-24", datum="WGS-84")
            <Problem "frames": 1 needs, 1 volunteers, 0 teams>
        """
        tables = {
            "needs": needs,
            "volunteers": volunteers,
            "teams": teams,
            "places": places,
            "goods": goods,
            "depots": depots,
            "vehicles": vehicles,
            "projects": projects,
            "skills": skills,
            "profiles": profiles,
        }
        own = {"name": name, "date": date, "time_zone": time_zone, "datum": datum}
        return Problem._of(problem_frames.read(tables, settings, own))

    def to_json(self) -> str:
        """The scenario document, as text: coordinates in WGS-84, without notes.

        Example:
            >>> problem.to_json()[:1]
            '{'
        """
        return self._handle.document()

    def to_dict(self) -> dict[str, Any]:
        """The scenario document, as a new dict.

        Example:
            >>> problem.to_dict()["format"]
            'qise/scenario'
        """
        return copied(self._values.document)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the scenario document to a file, whole or not at all.

        Raises:
            OSError: the file cannot be written.

        Example:
            >>> problem.save(folder / "day.json")
        """
        _core.write_file(path, self._handle.document())

    def with_previous(self, plan: Plan, *, reassign_price: int = 3600, retime_price: int = 600) -> Problem:
        """The same problem with a previous plan: changes against it cost.

        Visits whose need or person this problem does not have are left out.

        Args:
            plan: the plan that people were told.
            reassign_price: penalty for reassigning or dropping a previously planned visit.
            retime_price: penalty for another start.

        Raises:
            ValueError: a price is out of range.

        Example:
            >>> problem.with_previous(plan).solve(iterations=50).score.terms["disruption"]
            0
        """
        return Problem._of(_core.with_previous(self._handle, plan_handle(plan), reassign_price, retime_price))

    def with_hours(self, plan: Plan, *, keep_permille: int = 1000) -> Problem:
        """The same problem with the hours of a plan added to everybody's ledger, for the next plan.

        Args:
            plan: the plan whose hours are added.
            keep_permille: how many thousandths of the earlier hours are kept, from 0 to 1000.

        Raises:
            ValueError: ``keep_permille`` is out of range.
            InvalidDocument: the plan names what this problem does not have.

        Example:
            >>> again = problem.with_hours(plan).solve(iterations=50)
            >>> [person["worked_before_s"] for person in again.fairness().people]
            [4500, 5400]
        """
        return Problem._of(_core.with_hours(self._handle, plan_handle(plan), keep_permille))

    @property
    def name(self) -> str:
        """Name for people."""
        return self._handle.name

    @property
    def time_zone(self) -> str:
        """The zone in which times are shown: a name such as Asia/Shanghai, or an offset."""
        return self._handle.time_zone

    @property
    def needs(self) -> Sequence[Mapping[str, Any]]:
        """The needs as the document has them, alternatives included. Read-only: made once and kept."""
        return self._values.listed("needs")

    @property
    def volunteers(self) -> Sequence[Mapping[str, Any]]:
        """The volunteers as the document has them. Read-only: made once and kept."""
        return self._values.listed("volunteers")

    @property
    def teams(self) -> Sequence[Mapping[str, Any]]:
        """The teams as the document has them. Volunteers name their teams. Read-only: made once and kept."""
        return self._values.listed("teams")

    @property
    def depots(self) -> Sequence[Mapping[str, Any]]:
        """The depots as the document has them. Read-only: made once and kept."""
        return self._values.listed("depots")

    @property
    def vehicles(self) -> Sequence[Mapping[str, Any]]:
        """Shared vehicles, as the document has them. Read-only: made once and kept."""
        return self._values.listed("vehicles")

    @property
    def fingerprint(self) -> str:
        """A hash of what the ids of the problem mean.

        A plan of a problem with the same fingerprint is a plan of this problem. What needs ask
        for, and when, does not count.
        """
        return self._handle.fingerprint

    @property
    def sizes(self) -> dict[str, int]:
        """Number of entries by kind: a new dict.

        The kinds are needs (alternatives counted once), volunteers, shifts, goods, depots,
        vehicles, teams and places.
        """
        return self._handle.sizes

    @property
    def warnings(self) -> list[Oddity]:
        """What is legal in the problem and probably wrong: a new list.

        Needs outside every shift, levels that nobody holds, places far from all others, services
        of under a minute, no volunteers.
        """
        return [Oddity(*warning) for warning in self._handle.warnings()]

    def __len__(self) -> int:
        return self._handle.sizes["needs"]

    def __eq__(self, other: object, /) -> bool:
        return isinstance(other, Problem) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return repr(self._handle)

    def __reduce__(self) -> tuple[Callable[[str], Problem], tuple[str]]:
        return Problem.from_json, (self._handle.document(),)
