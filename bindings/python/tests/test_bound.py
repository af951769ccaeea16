"""Bounds: never beaten by a plan, and said in plain dicts."""

from __future__ import annotations

import pytest
import qise


def test_no_plan_is_beyond_a_bound(day: qise.Problem, day_plan: qise.Plan) -> None:
    found = day.bound(day_plan, rounds=10, threads=1)
    served = day_plan.figures["priority_served"]
    assert found["priority"]["plan"] == served
    assert served <= found["priority"]["most"] <= day_plan.figures["priority"]
    # Lateness has a level of its own before effort.
    effort = found["levels"][-1]
    assert effort["level"] == 3
    assert 0 < effort["least"] <= day_plan.score.levels[3]
    assert effort["gap_percent"] == pytest.approx(100 * (1 - effort["least"] / effort["plan"]), abs=1e-3)
    assert "load" in effort["passed_over"]
    assert "link_time" in found["relaxes"][effort["relaxation"]]


def test_rounds_give_the_same_bound_again(day: qise.Problem, day_plan: qise.Plan) -> None:
    assert day.bound(day_plan, rounds=5, threads=1) == day.bound(day_plan, rounds=5, threads=2)


def test_a_plan_of_four_needs_is_proven_to_be_the_best(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    found = tiny.bound(tiny_plan, rounds=50)
    assert (found["priority"]["most"], found["priority"]["gap_percent"]) == (11, 0)
    assert tiny_plan.statistics["bound"]["priority"]["most"] >= 11


def test_without_a_plan_nothing_is_compared(tiny: qise.Problem) -> None:
    found = tiny.bound(rounds=3)
    assert "plan" not in found["priority"]
    assert found["priority"]["most"] >= 11


def test_what_is_no_argument_is_refused(tiny: qise.Problem, day: qise.Problem, day_plan: qise.Plan) -> None:
    with pytest.raises(TypeError, match="plan must be a Plan"):
        tiny.bound("plan")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="plan of this problem"):
        tiny.bound(day_plan)
    with pytest.raises(ValueError, match="time_limit must be 0 or more"):
        day.bound(time_limit=-1)
    with pytest.raises(ValueError, match="threads must be from 1"):
        day.bound(threads=0)
