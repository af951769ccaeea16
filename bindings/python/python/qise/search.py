"""The search for plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _core
from ._handles import plan_handle, problem_handle
from ._progress import SOLVING, Report, limit, watched
from .judgement import Score
from .literals import Objective
from .plan import Plan

if TYPE_CHECKING:
    from .problem import Problem

USUAL_SECONDS = 3.0
"""Limit of a search for which none is given."""


@dataclass(frozen=True)
class Progress:
    """How far a search has come."""

    iterations: int
    """Steps so far."""
    unserved: int
    """Number of needs that the best plan so far does not serve."""
    score: Score
    """Score of the best plan so far."""
    seconds: float
    """Seconds since the search was asked for."""


def solve(
    problem: Problem,
    *,
    time_limit: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    warm: Plan | None = None,
    objective: Objective | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> Plan:
    """Searches for a good plan.

    With ``iterations`` and no ``time_limit``, equal seeds give equal plans on any number of
    threads. Other Python threads run meanwhile; Ctrl-C ends the search with KeyboardInterrupt.

    Args:
        problem: the problem.
        time_limit: seconds to search; 3 if neither it nor ``iterations`` is given, no limit if only
            ``iterations`` is. ``math.inf`` searches until it is stopped.
        iterations: steps to search.
        seed: seed of all random choices.
        threads: number of threads; as many as the machine has if None.
        warm: a plan to start from, of this problem or of one much like it. Everything is found
            again by its id; ids that this problem does not have are listed in
            ``statistics["warm_left_out"]``.
        objective: another objective for this search, as for `Problem.with_objective`; the plan is then one of
            that problem, ``plan.problem``.
        on_progress: called with a `Progress` in the calling thread, at most ten times a second. If
            it returns False, the search ends and its best plan is returned. If it raises, the
            search ends and the exception goes on to the caller. Without it long searches show how far
            they have come: see `set_progress`.

    Returns:
        The best `Plan` that was found.

    Raises:
        ValueError: a number is out of range.

    Example:
        >>> problem.solve(iterations=200)
        <Plan: 3 of 4 needs served by 2 people on 2 routes, 22 km>
    """
    handle = problem_handle(problem)
    if objective is not None:
        problem = problem.with_objective(objective)
        handle = problem_handle(problem)
    start = None if warm is None else plan_handle(warm, "warm")
    found = watched(
        lambda report: _core.solve(handle, time_limit, iterations, seed, threads, start, report),
        SOLVING,
        time_limit=limit(time_limit, iterations, USUAL_SECONDS),
        steps=iterations,
        report=reporter(on_progress),
    )
    return Plan._of(found, problem)


def reporter(on_progress: Callable[[Progress], object] | None) -> Report | None:
    """What the engine calls, so that ``on_progress`` gets a `Progress`."""
    if on_progress is None:
        return None
    if not callable(on_progress):
        raise TypeError(f"on_progress must be callable, not {type(on_progress).__name__}")

    def report(
        iterations: int, unserved: int, score: tuple[list[int], list[tuple[str, int]]], seconds: float
    ) -> object:
        return on_progress(Progress(iterations, unserved, Score._of(score), seconds))

    return report
