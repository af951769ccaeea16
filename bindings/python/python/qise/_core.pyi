"""The engine behind the package: private to it, so that only its types stand here."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias, final

from ._frames.columns import Kind
from .bounds import Bounds
from .plan_parts import LeftOut
from .reasons import Unserved

__all__ = [
    "Coverage",
    "Dispatch",
    "Plan",
    "Problem",
    "__version__",
    "bound",
    "carried",
    "check",
    "coverage",
    "diff",
    "explain",
    "fairness",
    "fairness_html",
    "frames",
    "frontier",
    "frontier_html",
    "generate",
    "improve",
    "improvement_html",
    "needs_for",
    "rank",
    "read_frames",
    "register_errors",
    "schema",
    "solve",
    "verify",
    "with_hours",
    "with_one_more",
    "with_previous",
    "write_file",
]

__version__: str

_Score: TypeAlias = tuple[list[int], list[tuple[str, int]]]
_Report: TypeAlias = Callable[[int, int, _Score, float], object]

@final
class Problem:
    @staticmethod
    def read(document: bytes, name: str) -> Problem: ...
    def document(self) -> str: ...
    def warnings(self) -> list[tuple[str, str, str | None, str, str, str]]: ...
    @property
    def name(self) -> str: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def sizes(self) -> dict[str, int]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Plan:
    @staticmethod
    def read(problem: Problem, document: bytes, name: str, is_table: bool) -> Plan: ...
    def source(self) -> str: ...
    def bare(self) -> str: ...
    def document(self, reasons: str, time_limit: float | None) -> str: ...
    def save(self, path: str | os.PathLike[str], reasons: str, time_limit: float | None) -> None: ...
    def text(self, lang: str, reasons: str, time_limit: float | None) -> str: ...
    def html(self, lang: str, reasons: str, time_limit: float | None) -> str: ...
    def geojson(self) -> str: ...
    def unserved(self, reasons: str, time_limit: float | None) -> list[Unserved]: ...
    @property
    def statistics(self) -> dict[str, Any]: ...
    @property
    def figures(self) -> dict[str, Any]: ...
    @property
    def problem(self) -> Problem: ...
    @property
    def filled(self) -> int: ...
    @property
    def score(self) -> _Score: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Coverage:
    @staticmethod
    def stored(problem: Problem, document: str, map: str) -> Coverage: ...
    def document(self) -> str: ...
    def map(self) -> str: ...
    def html(self, lang: str) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Dispatch:
    @staticmethod
    def open(
        path: str | os.PathLike[str] | None, problem: Problem | None, plan: Plan | None, datum: str
    ) -> Dispatch: ...
    def submit(self, line: str) -> tuple[int, dict[str, Any], bool]: ...
    def ask(self, line: str) -> dict[str, Any]: ...
    def wait(self, seq: int | None, timeout: float | None) -> bool: ...
    def notices(self, after: tuple[int, int] | None, most: int) -> list[tuple[int, int, str, dict[str, Any]]]: ...
    def delivered(self, notices: Sequence[tuple[int, int]], at: int) -> int: ...
    def tables(self) -> list[tuple[str, list[str], list[dict[str, Any]]]]: ...
    def close(self) -> None: ...
    @property
    def durable(self) -> int: ...
    @property
    def time_zone(self) -> str: ...

def register_errors(
    invalid_document: Callable[[list[list[str]], str], BaseException],
    unknown_need: Callable[[str, list[str]], BaseException],
    unknown_volunteer: Callable[[str, list[str]], BaseException],
    refused: Callable[[str, str, str, list[list[str]], list[str]], BaseException],
) -> None: ...
def read_frames(
    tables: Sequence[tuple[str, list[tuple[str, list[Any]]]]], name: str
) -> tuple[Problem, list[tuple[str, str]]]: ...
def frames(problem: Problem, lang: str) -> list[tuple[str, list[tuple[str, Kind, list[Any]]]]]: ...
def with_one_more(
    problem: Problem, table: str, like: str | None, columns: Sequence[tuple[str, Any]], fields: str
) -> Problem: ...
def write_file(path: str | os.PathLike[str], text: str) -> None: ...
def with_previous(problem: Problem, plan: Plan, reassign_price: int, retime_price: int) -> Problem: ...
def verify(path: str | os.PathLike[str]) -> tuple[int, int, int, str, list[tuple[int, str, str]]]: ...
def with_hours(problem: Problem, plan: Plan, keep_permille: int) -> Problem: ...
def bound(
    problem: Problem, plan: Plan | None, time_limit: float | None, rounds: int | None, threads: int | None
) -> Bounds: ...
def check(problem: Problem, plan: Plan) -> list[tuple[str, str, str, str]]: ...
def explain(
    problem: Problem, need_id: str, plan: Plan | None
) -> tuple[Literal["choice", "reason"], dict[str, Any]]: ...
def solve(
    problem: Problem,
    time_limit: float | None,
    iterations: int | None,
    seed: int,
    threads: int | None,
    warm: Plan | None,
    on_progress: _Report | None,
) -> Plan: ...
def frontier(
    problem: Problem,
    term: str,
    weights: Iterable[int],
    time_limit: float | None,
    iterations: int | None,
    seed: int,
    threads: int | None,
    on_progress: _Report | None,
) -> tuple[dict[str, Any], list[Plan]]: ...
def coverage(
    problem: Problem,
    *,
    minutes: Sequence[int],
    within: int | None,
    day: str | None,
    hours: str | None,
    categories: Sequence[str],
    requires: Sequence[str],
    asks: int,
    region: str | bytes | os.PathLike[str] | Sequence[float] | None,
    cell_m: float,
    residents: Sequence[tuple[float, float, int]] | None,
    gaps: int,
    gap_m: int,
    place: int,
    like: str | None,
    skills: Sequence[str] | None,
    people: int,
    profile: str | None,
    radius_m: int | None,
    lend: str | None,
    candidates: str | Sequence[tuple[float, float]] | Sequence[tuple[float, float, str]],
    of: str | None,
    exact: bool,
    steps: int,
) -> Coverage: ...
def rank(plan: Plan, need_id: str, best: int) -> list[dict[str, Any]]: ...
def needs_for(plan: Plan, volunteer_id: str, best: int) -> list[dict[str, Any]]: ...
def fairness(plan: Plan) -> dict[str, Any]: ...
def fairness_html(fairness: str, lang: str) -> str: ...
def frontier_html(frontier: str, lang: str) -> str: ...
def improvement_html(needs: str, plan: str | None, lang: str) -> str: ...
def diff(old: Plan, new: Plan) -> dict[str, Any]: ...
def carried(plan: Plan, problem: Problem) -> tuple[Plan, LeftOut]: ...
def improve(
    plan: Plan,
    need_id: str | None,
    best: int,
    window_min: int,
    radius_km: int,
    people: int,
    units: int,
    steps: int,
    time_limit: float | None,
    seed: int,
    threads: int | None,
) -> tuple[list[dict[str, Any]], list[Plan], list[dict[str, Any]] | None, list[Plan]]: ...
def generate(
    needs: int,
    crews_percent: int,
    rides_percent: int,
    deliveries_percent: int,
    loans_percent: int,
    depots: int,
    vehicles: int,
    extras_percent: int,
    volunteers: int,
    teams: int,
    days: int,
    seed: int,
    region: str | Sequence[float],
) -> Problem: ...
def schema(format: str) -> dict[str, Any]: ...
