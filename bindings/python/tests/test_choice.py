"""Why those serve a need who do, with the numbers of the plan that is worked out by hand."""

from __future__ import annotations

from typing import Any

import qise


def choice(problem: qise.Problem, need: str, plan: qise.Plan) -> qise.Choice:
    told = qise.explain(problem, need, plan)
    assert isinstance(told, qise.Choice)
    return told


def test_the_next_best_and_what_decided(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    water = choice(tiny, "n-water", tiny_plan)
    assert (water.need, water.verdict, water.crew) == ("n-water", "best", ["v-gao-feng"])
    assert water.as_stated and not water.outsourced and water.hanging == []
    # Without the water 高峰 is 20 minutes on the way for the lamp, 8 km, and 50 minutes at work.
    assert water.growth is not None and water.levels is not None
    assert (water.growth["travel_time"], water.growth["work_time"], water.growth["distance"]) == (300, 1500, 2000)
    assert water.levels[:3] == (0, -4, 0)

    other = water.runner_up
    assert other is not None
    assert (other.people, other.level) == (["v-siqin"], 3)
    # The second plan of the README beside the scenario: 136116 instead of 124300.
    assert other.difference["levels"] == (0, 0, 0, 136116 - 124300)
    terms = other.difference["terms"]
    assert (terms["travel_time"], terms["work_time"], terms["distance"]) == (300, 900, 2000)
    assert (terms["people"], terms["load"]) == (0, 833 + 4225 - 3900)
    decided = ["work_time", "travel_time", "load", "distance"]
    assert [one["term"] for one in other.deciding] == decided
    assert all(one["difference"] == terms[one["term"]] for one in other.deciding)
    assert [visit["volunteer"] for visit in other.offer.visits] == ["v-siqin"]
    assert all(other.offer.growth[term] - water.growth[term] == terms[term] for term in terms)

    assert water.text == (
        "斯琴 instead would be worse by 11816 on level 4 of 4: working time +15 min, travel time +5 min, "
        "unevenness of load +1158, distance +2.0 km"
    )
    assert "斯琴" in water.text_zh and "路途时间 +5 分钟" in water.text_zh
    assert "斯琴" not in water.public_text + water.public_text_zh
    assert "working time" in water.public_text


def test_nobody_else_can(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    lamp = choice(tiny, "n-lamp", tiny_plan)
    assert (lamp.verdict, lamp.runner_up, lamp.able, lamp.left, lamp.people) == ("only", None, [], 1, 2)
    assert "proven" in lamp.text
    # What nobody serves has a reason, with a plan and without one.
    assert isinstance(qise.explain(tiny, "n-boiler", tiny_plan), qise.Reason)
    assert isinstance(qise.explain(tiny, "n-water"), qise.Reason)


def test_a_worse_plan_says_who_would_be_better(tiny: qise.Problem) -> None:
    by_hand = "need,volunteer,start\nn-lamp,高峰,9:00\nn-water,斯琴,9:40\nn-talk,斯琴,10:30\n"
    water = choice(tiny, "n-water", qise.Plan.from_csv(tiny, by_hand))
    assert (water.verdict, water.crew) == ("beaten", ["v-siqin"])
    assert water.runner_up is not None and water.runner_up.people == ["v-gao-feng"]
    assert water.runner_up.difference["levels"][:3] == (0, 0, 0)
    assert "as the plan stands" in water.text


def test_pinned_and_handed_to_others(tiny_document: dict[str, Any], tiny_plan: qise.Plan) -> None:
    needs = {need["id"]: need for need in tiny_document["needs"]}
    needs["n-water"]["pinned"] = {"volunteer": "v-gao-feng"}
    needs["n-boiler"]["outsource"], tiny_document["outsourcing"] = 40, 100
    problem = qise.Problem.from_json(tiny_document)
    document = {**tiny_plan.to_dict(), "unserved": [], "outsourced": ["n-boiler"]}
    plan = qise.Plan.from_json(problem, document)
    assert choice(problem, "n-water", plan).verdict == "pinned"
    boiler = choice(problem, "n-boiler", plan)
    assert (boiler.outsourced, boiler.crew, boiler.verdict) == (True, [], "only")
    assert boiler.levels == (0, -3, 0, 0)
    assert boiler.text == "handed to others for 40; nobody could come in any plan (proven)"


def test_what_is_proven_where_no_place_was_found(day: qise.Problem, day_plan: qise.Plan) -> None:
    for left in day_plan.unserved():
        bound = left["bound"]
        assert (bound is not None) == (left["verdict"] == "unfound"), left
        if bound is not None:
            assert bound["most"] >= bound["plan"] == day_plan.figures["priority_served"]
            assert f"{bound['most']} points" in left["text"] and str(bound["most"]) in left["text_zh"]
