"""Plans: who goes where, when, and which needs nobody serves."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from . import _core, coverage_report, difference, fairness, improvement, judgement, plan_output, ranking, reasons
from ._frames import given
from ._handles import closed, problem_handle
from ._json import copied, encoded
from ._plan_values import PlanValues
from ._progress import REASONING, watched
from .choice import Choice
from .errors import Fault, InvalidDocument
from .judgement import Score, Violation
from .plan_parts import Assignment, DepotCall, LeftOut, Route
from .reasons import Reason

if TYPE_CHECKING:
    from .problem import Problem

_MADE_BY = "qise.solve, Plan.from_json, Plan.from_frames, Plan.from_csv or Plan.from_file"


@final
class Plan:
    """Who goes where, when; and which needs nobody serves, and why. Immutable.

    Made by `solve`, `Plan.from_json`, `Plan.from_frames`, `Plan.from_csv` or `Plan.from_file`. In a notebook it shows
    itself as a map and a timeline; ``print(plan)`` prints `Plan.to_text`; both in the language of
    `set_language`. Equal plans have equal routes and unserved needs,
    for equal problems. What is asked of a plan is a method of it.
    """

    __slots__ = ("_handle", "_problem", "_values")

    _handle: _core.Plan
    _values: PlanValues
    _problem: Problem

    def __init__(self) -> None:
        raise closed(Plan, _MADE_BY)

    def __init_subclass__(cls) -> None:
        raise closed(Plan, _MADE_BY)

    @classmethod
    def _of(cls, handle: _core.Plan, problem: Problem) -> Plan:
        made: Plan = object.__new__(cls)
        made._handle, made._values, made._problem = handle, PlanValues(handle), problem
        return made

    # What is asked of a plan; the functions stand with the values that they return.
    coverage = coverage_report.coverage
    diff = difference.diff
    fairness = fairness.fairness
    improve = improvement.improve
    needs_for = ranking.needs_for
    rank = ranking.rank
    unserved = reasons.unserved

    # The plan for other programs and for people.
    save = plan_output.save
    to_dict = plan_output.to_dict
    to_frames = plan_output.to_frames
    to_geojson = plan_output.to_geojson
    to_html = plan_output.to_html
    to_json = plan_output.to_json
    to_text = plan_output.to_text

    def check(self) -> list[Violation]:
        """Judges the plan: every violation of every rule, as `Problem.check` for its own problem.

        Example:
            >>> plan.check()
            []
        """
        return judgement.check(self._problem, self)

    def explain(self, need_id: str) -> Reason | Choice:
        """Tells why those serve a need who do, or why nobody does.

        Other Python threads run meanwhile; Ctrl-C ends it with KeyboardInterrupt.

        Args:
            need_id: id of the need.

        Returns:
            A `Choice` if the need is served or outsourced, otherwise a `Reason`.

        Raises:
            UnknownNeed: the problem has no need with this id.

        Example:
            >>> plan.explain("n-water").runner_up.people
            ['v-siqin']
            >>> plan.explain("n-boiler").verdict
            'impossible'
        """
        return reasons.explain(self._problem, need_id, self)

    def carried(self, problem: Problem) -> tuple[Plan, LeftOut]:
        """The plan as far as it makes sense for another problem, or another version of this one.

        Needs, people, vehicles, depots and goods are found again by their ids. Times stay, so that
        rules of the other problem may be broken: see `Plan.check`.

        Returns:
            The plan for ``problem``, and a new dict of the ids that were left out.

        Example:
            >>> plan.carried(problem)[1]["needs"]
            []
        """
        handle, left_out = _core.carried(self._handle, problem_handle(problem))
        return Plan._of(handle, problem), left_out

    @staticmethod
    def from_json(problem: Problem, document: str | bytes | dict[str, Any]) -> Plan:
        """Reads a plan document for a problem. The plan may break rules: see `Plan.check`.

        Args:
            problem: the problem.
            document: text, bytes in UTF-8, or a dict as `json.loads` makes them.

        Raises:
            InvalidDocument: the document is wrong; ``faults`` lists everything that is.
            TypeError: it is none of these types.

        Example:
            >>> qise.Plan.from_json(problem, plan.to_json()) == plan
            True
        """
        return Plan._read(problem, encoded(document), "plan", is_table=False)

    @staticmethod
    def from_csv(problem: Problem, table: str | bytes) -> Plan:
        """Reads a plan made by hand in a table.

        Times that are not stated are filled in, as early as possible.

        Args:
            problem: the problem.
            table: text, or bytes in UTF-8, with a row of headings in English or Chinese: need 需求
                and volunteer 志愿者, optionally start 开始, role 角色, stop 停靠点, shift 班次, vehicle 车辆,
                note 备注.

        Raises:
            InvalidDocument: the table is wrong; ``faults`` lists everything that is.
            TypeError: it is none of these types.

        Example:
            >>> qise.Plan.from_csv(problem, "need,volunteer\\nn-lamp,v-gao-feng\\n").filled
            5
        """
        return Plan._read(problem, encoded(table), "table", is_table=True)

    @staticmethod
    def from_frames(problem: Problem, assignments: Any) -> Plan:
        """Reads a plan from a table of visits, such as that of `Plan.to_frames`: as `Plan.from_csv` does.

        Args:
            problem: the problem.
            assignments: a frame of any library, a list of dicts, or a dict of lists, with the columns
                ``need`` and ``volunteer``, and where they help ``start`` (a datetime, or text),
                ``role``, ``stop``, ``shift`` and ``vehicle``.

        Raises:
            InvalidDocument: the table is wrong; ``faults`` lists everything that is, with row (counted from 0)
                and column.
            TypeError: what is given is no table.

        Example:
            >>> again = qise.Plan.from_frames(problem, plan.to_frames()["assignments"])
            >>> again.score == plan.score
            True
        """
        table = io.StringIO()
        columns = given.columns("assignments", assignments)
        rows = csv.writer(table)
        rows.writerow([name for name, _ in columns])
        rows.writerows(zip(*([_cell(value) for value in values] for _, values in columns), strict=True))
        try:
            return Plan._read(problem, table.getvalue().encode(), "assignments", is_table=True)
        except InvalidDocument as error:
            headings = [name for name, _ in columns]
            raise InvalidDocument([_of_row(fault, headings) for fault in error.faults], error.document) from None

    @staticmethod
    def from_file(problem: Problem, path: str | os.PathLike[str]) -> Plan:
        """Reads a plan for a problem from a file.

        Args:
            problem: the problem.
            path: the file; a table if its name ends with .csv or .tsv, otherwise a document.

        Raises:
            InvalidDocument: the document is wrong; ``faults`` lists everything that is.
            OSError: the file cannot be read.

        Example:
            >>> plan.save(folder / "plan.json")
            >>> qise.Plan.from_file(problem, folder / "plan.json") == plan
            True
        """
        is_table = Path(path).suffix.lower() in (".csv", ".tsv")
        return Plan._read(problem, Path(path).read_bytes(), os.fspath(path), is_table=is_table)

    @staticmethod
    def _read(problem: Problem, document: bytes, name: str, *, is_table: bool) -> Plan:
        return Plan._of(_core.Plan.read(problem_handle(problem), document, name, is_table), problem)

    @property
    def problem(self) -> Problem:
        """The problem that the plan is for."""
        return self._problem

    @property
    def routes(self) -> list[Route]:
        """The routes: a new list of dicts, times as datetime in the zone of the scenario."""
        return copied(self._values.routes)

    @property
    def assignments(self) -> list[Assignment]:
        """Who serves what, and when: a new flat list of dicts."""
        return copied(self._values.assignments)

    @property
    def calls(self) -> list[DepotCall]:
        """Who visits which depot, when, and what for: a new flat list of dicts."""
        return copied(self._values.calls)

    @property
    def outsourced(self) -> list[str]:
        """Ids of the needs that are outsourced: a new list."""
        return list(self._values.document.get("outsourced", []))

    @property
    def filled(self) -> int:
        """Number of times that the document left out, filled in as early as possible."""
        return self._handle.filled

    @property
    def score(self) -> Score:
        """What the plan is worth, whatever its document states."""
        return Score._of(self._handle.score)

    @property
    def figures(self) -> dict[str, Any]:
        """Key figures by name: a new dict."""
        return copied(self._values.figures)

    @property
    def statistics(self) -> dict[str, Any]:
        """How the plan was found, by name: a new dict, empty if that is not known.

        If a search found the plan, ``bound`` is what is proven of all plans.
        """
        return self._handle.statistics

    def __eq__(self, other: object, /) -> bool:
        return isinstance(other, Plan) and self._handle == other._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    def __repr__(self) -> str:
        return repr(self._handle)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return watched(lambda _: self.to_html(), REASONING, time_limit=3.0)

    def __reduce__(self) -> tuple[Callable[[Problem, str], Plan], tuple[Problem, str]]:
        return Plan.from_json, (self._problem, self._handle.source())


def _cell(value: Any) -> Any:
    """A value as tables have it; nothing where there is none."""
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)  # ids and numbers beside missing ones
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _of_row(fault: Fault, headings: list[str]) -> Fault:
    """A fault of a table at its row and column as data frames have them: line 2 is row 0."""
    match = re.fullmatch(r"line (\d+)(?:, (?:column (\d+)|(.+)))?", fault.path)
    if match is None:
        return fault
    line, number, name = int(match[1]), match[2], match[3]
    column = headings[int(number) - 1] if number else name
    parts = ([str(line - 2)] if line > 1 else []) + ([json.dumps(column, ensure_ascii=False)] if column else [])
    path = f"assignments[{', '.join(parts)}]"
    messages = {field: path + getattr(fault, field)[len(fault.path) :] for field in ("message", "message_zh")}
    return replace(fault, path=path, **messages)
