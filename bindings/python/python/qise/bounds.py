"""What no plan goes beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from . import _core
from ._handles import plan_handle, problem_handle
from ._progress import BOUNDING, limit, watched

if TYPE_CHECKING:
    from .plan import Plan
    from .problem import Problem

_USUAL_SECONDS = 10.0
"""Limit of a bound for which none is given."""


class _Compared(TypedDict, total=False):
    """Present if a plan was given to compare with."""

    plan: int
    """Value of the plan."""
    gap_percent: float
    """Distance of the plan from the bound, in percent of the value of the plan."""


class _Bound(_Compared):
    """What is proven of all plans."""

    relaxation: str
    """The relaxation that proves it."""


class PriorityBound(_Bound):
    """The most priority that any plan serves."""

    most: int
    """Sum of the priorities."""


class LevelBound(_Bound):
    """The least value of one level of the objective."""

    least: int
    """The least value."""
    level: int
    """Index of the level, counted from 0."""
    terms: dict[str, int]
    """The terms of the level with their weights."""
    passed_over: list[str]
    """Terms that the relaxation counts as 0."""


class _Relaxed(TypedDict, total=False):
    """Present if bounds were asked for, and not only kept with a plan."""

    relaxes: dict[str, list[str]]
    """For each relaxation the rules that it leaves out: the bounds also hold for plans that break only these."""


class Bounds(_Relaxed):
    """What is proven of all plans."""

    priority: PriorityBound
    """The most priority that any plan serves."""
    levels: list[LevelBound]
    """The least value of each level that measures effort."""
    rounds: int
    """Rounds of pricing that were done."""


def bound(
    problem: Problem,
    plan: Plan | None = None,
    *,
    time_limit: float | None = None,
    rounds: int | None = None,
    threads: int | None = None,
) -> Bounds:
    """Proves how good any plan could be.

    Tells the most priority that any plan serves, and the least value of every level of the
    objective that measures effort. Other Python threads run meanwhile; Ctrl-C ends it with
    KeyboardInterrupt.

    Args:
        problem: the problem.
        plan: a plan of this problem to compare with: the least effort is then that of any plan that
            serves as much, otherwise of any that serves all needs.
        time_limit: seconds; 10 if neither it nor ``rounds`` is given.
        rounds: rounds of pricing for each question. With ``rounds`` and no ``time_limit`` the bound
            is the same on any machine.
        threads: number of threads; as many as the machine has if None.

    Returns:
        A new dict.

    Raises:
        ValueError: the plan is for another problem, or a number is out of range.

    Example:
        >>> bounds = problem.bound(plan, rounds=50)
        >>> bounds["priority"]["most"], bounds["priority"]["gap_percent"]
        (11, 0.0)
    """
    handle = None if plan is None else plan_handle(plan)
    asked = problem_handle(problem)
    return watched(
        lambda _: _core.bound(asked, handle, time_limit, rounds, threads),
        BOUNDING,
        time_limit=limit(time_limit, rounds, _USUAL_SECONDS),
    )
