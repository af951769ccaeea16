"""Sizes that nobody means: refused with ValueError, or cut to what there is; never a panic, and never for ever."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import pytest
import qise

HUGE = [10**6, 2**31, 2**32 - 1, 2**32, 10**9, 2**63, 2**64 - 1, 2**64, 10**40, -1, -(10**20)]
ODD: list[Any] = [*HUGE, math.inf, -math.inf, math.nan, 1e308, 0, None, "", "1", b"1", [], {}, True, 0.5]


def asks(problem: qise.Problem, plan: qise.Plan) -> dict[str, Callable[[Any], object]]:
    """One argument each, the rest as usual."""
    need, who = problem.needs[0]["id"], problem.volunteers[0]["id"]
    quick: dict[str, Any] = {"iterations": 5}
    small: dict[str, Any] = {"steps": 5, "time_limit": 0.5}
    cover: dict[str, Any] = {"region": (105.6, 38.8, 105.7, 38.9)}
    return {
        "rank": lambda x: plan.rank(need, best=x),
        "needs_for": lambda x: plan.needs_for(who, best=x),
        "unserved": lambda x: plan.unserved(time_limit=x if x != math.inf else 0),
        "solve.iterations": lambda x: qise.solve(problem, iterations=x, time_limit=0.05),
        "solve.time_limit": lambda x: qise.solve(problem, iterations=5, time_limit=x),
        "solve.seed": lambda x: qise.solve(problem, seed=x, **quick),
        "solve.threads": lambda x: qise.solve(problem, threads=x, **quick),
        "frontier.weights": lambda x: qise.frontier(problem, weights=[x], **quick),
        "frontier.all": lambda x: qise.frontier(problem, weights=x, **quick),
        "improve.best": lambda x: qise.improve(plan, best=x, **small),
        "improve.window_min": lambda x: qise.improve(plan, window_min=x, **small),
        "improve.radius_km": lambda x: qise.improve(plan, radius_km=x, **small),
        "improve.people": lambda x: qise.improve(plan, people=x, **small),
        "improve.units": lambda x: qise.improve(plan, units=x, **small),
        "improve.steps": lambda x: qise.improve(plan, steps=x, time_limit=0.2),
        "bound.rounds": lambda x: problem.bound(plan, rounds=x, time_limit=0.1),
        "bound.threads": lambda x: problem.bound(plan, rounds=1, threads=x),
        "previous": lambda x: problem.with_previous(plan, reassign_price=x, retime_price=x),
        "hours": lambda x: problem.with_hours(plan, keep_permille=x),
        "coverage.minutes": lambda x: qise.coverage(problem, minutes=[x]),
        "coverage.within": lambda x: qise.coverage(problem, within=x),
        "coverage.asks": lambda x: qise.coverage(problem, asks=x),
        "coverage.gaps": lambda x: qise.coverage(problem, gaps=x),
        "coverage.gap_m": lambda x: qise.coverage(problem, gap_m=x),
        "coverage.cell_m": lambda x: qise.coverage(problem, cell_m=x, **cover),
        "coverage.place": lambda x: qise.coverage(problem, place=x, like=who),
        "coverage.people": lambda x: qise.coverage(problem, place=1, people=x, skills=[]),
        "coverage.radius_m": lambda x: qise.coverage(problem, place=1, like=who, radius_m=x),
        "coverage.steps": lambda x: qise.coverage(problem, place=2, like=who, exact=True, steps=min(x, 100) if isinstance(x, int) else x),
        "coverage.residents": lambda x: qise.coverage(problem, residents=[(105.7, 38.8, x)]),
        "coverage.region": lambda x: qise.coverage(problem, region=(x, x, x, x)),
        "generate.needs": lambda x: qise.generate(needs=min(x, 2_000_001) if x in HUGE else x, volunteers=1, teams=0) if x not in (10**6,) else None,
        "generate.days": lambda x: qise.generate(needs=1, volunteers=1, teams=0, days=x),
        "generate.crews_percent": lambda x: qise.generate(needs=1, volunteers=1, teams=0, crews_percent=x),
        "generate.seed": lambda x: qise.generate(needs=1, volunteers=1, teams=0, seed=x),
        "text": lambda x: plan.to_text(time_limit=x if x != math.inf else 0),
    }


def test_absurd_sizes() -> None:
    problem = qise.generate(needs=12, volunteers=20, teams=2, seed=1)
    plan = qise.solve(problem, iterations=5)
    slow = {}
    for name, ask in asks(problem, plan).items():
        for size in ODD:
            begun = time.perf_counter()
            try:
                ask(size)
            except (ValueError, TypeError, OverflowError) as error:
                assert str(error), f"{name}({size!r}) says nothing"
            except BaseException as error:  # a panic of the engine is none of Exception
                raise AssertionError(f"{name}({size!r}): {type(error).__name__}: {error}") from error
            took = time.perf_counter() - begun
            if took > 10:
                slow[name, repr(size)] = took
    assert slow == {}


def test_as_many_offers_as_there_are(tiny_plan: qise.Plan) -> None:
    assert tiny_plan.rank("n-water", best=2**32 - 1) == tiny_plan.rank("n-water")
    assert tiny_plan.rank("n-water", best=0) == []
    with pytest.raises(ValueError, match="best must be from 0 to 4294967295, not 10000000000"):
        tiny_plan.rank("n-water", best=10**10)
    with pytest.raises(ValueError, match="best must be from 0"):
        tiny_plan.needs_for("v-siqin", best=-1)
