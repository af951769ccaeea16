"""A plan knows its problem, and is taken to another version of it by ids."""

from __future__ import annotations

from typing import Any

import qise


def without(problem: qise.Problem, need: str) -> qise.Problem:
    document = problem.to_dict()
    document["needs"] = [entry for entry in document["needs"] if entry["id"] != need]
    return qise.Problem.from_json(document)


def visits(plan: qise.Plan) -> set[tuple[Any, ...]]:
    return {(entry["need"], entry["volunteer"], entry["start"]) for entry in plan.assignments}


def test_the_fingerprint_is_of_ids(tiny: qise.Problem) -> None:
    assert len(tiny.fingerprint) == 16
    assert qise.Problem.from_json(tiny.to_json()).fingerprint == tiny.fingerprint
    document = tiny.to_dict()
    document["needs"][0]["priority"] = 9
    assert qise.Problem.from_json(document).fingerprint == tiny.fingerprint
    document["needs"].reverse()
    assert qise.Problem.from_json(document).fingerprint != tiny.fingerprint


def test_a_need_removed_in_front(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    shorter = without(tiny, "n-lamp")
    carried, left_out = tiny_plan.carried(shorter)
    assert left_out == {"needs": ["n-lamp"], "volunteers": [], "depots": [], "goods": []}
    assert visits(carried) == {visit for visit in visits(tiny_plan) if visit[0] != "n-lamp"}
    assert carried.problem is shorter
    warm = qise.solve(shorter, iterations=0, warm=tiny_plan)
    assert warm.statistics["warm_left_out"] == {"needs": ["n-lamp"]}
    assert {entry["need"] for entry in warm.assignments} == {"n-water", "n-talk"}
    assert "warm_left_out" not in qise.solve(tiny, iterations=0, warm=tiny_plan).statistics


def test_a_need_and_a_person_added_in_front(day: qise.Problem, day_plan: qise.Plan) -> None:
    document = day.to_dict()
    document["needs"].insert(0, {**document["needs"][0], "id": "new"})
    document["volunteers"].insert(0, {**document["volunteers"][0], "id": "newcomer"})
    longer = qise.Problem.from_json(document)
    carried, left_out = day_plan.carried(longer)
    assert not any(left_out.values())
    assert visits(carried) == visits(day_plan)
    assert qise.check(longer, carried) == []
    assert [entry["need"] for entry in carried.unserved("none")][0] == "new"
    back, left_out = carried.carried(day)
    assert back == day_plan
    assert left_out["needs"] == ["new"]
