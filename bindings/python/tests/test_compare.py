"""Plans compared, plans made by hand, fairness and its frontier."""

from __future__ import annotations

import json
import pickle
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path

import pytest
import qise

TABLE = "需求,志愿者,开始\nn-lamp,高峰,\nn-water,v-gao-feng,9:40\nn-talk,斯琴,\n"


def test_a_plan_does_not_differ_from_itself(tiny_plan: qise.Plan, day_plan: qise.Plan) -> None:
    for plan in (tiny_plan, day_plan):
        same = plan.diff(plan)
        assert not same
        assert (same.needs, same.people, same.better) == ([], [], "equal")
        assert all(values["difference"] == 0 for values in same.terms.values())
        assert str(same) == "the two plans are the same"


def test_a_table_made_by_hand(tiny: qise.Problem, tiny_plan: qise.Plan, tmp_path: Path) -> None:
    plan = qise.Plan.from_csv(tiny, TABLE)
    assert not tiny_plan.diff(plan)
    assert plan.filled == 12
    assert tiny_plan.filled == 0
    assert qise.check(tiny, plan) == []
    (tmp_path / "hand.csv").write_text(TABLE, encoding="utf-8-sig")
    for other in (qise.Plan.from_file(tiny, tmp_path / "hand.csv"), pickle.loads(pickle.dumps(plan))):
        assert other == plan
    with pytest.raises(qise.InvalidDocument, match="did you mean") as caught:
        qise.Plan.from_csv(tiny, TABLE.replace("n-lamp", "n-lmap"))
    assert caught.value.faults[0].path == "line 2, need"
    assert "line 2" in caught.value.faults[0].message_zh


def test_a_document_without_times(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = tiny_plan.to_dict()
    for route in document["routes"]:
        del route["departure"], route["finish"]
        for visit in route["visits"]:
            del visit["arrival"], visit["start"], visit["end"]
    plan = qise.Plan.from_json(tiny, document)
    assert plan.routes == tiny_plan.routes
    assert plan.filled == 13


def test_a_difference(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    worse = qise.Plan.from_csv(tiny, "need,volunteer,start\nn-water,v-siqin,9:35\nn-talk,v-siqin,10:31\n")
    difference = tiny_plan.diff(worse)
    assert difference
    assert difference.better == "old"
    assert difference.old_violations == []
    assert [violation.rule for violation in difference.new_violations] == ["outside_window"]
    assert {need["need"]: need["change"] for need in difference.needs} == {
        "n-lamp": "lost",
        "n-water": "other_people",
        "n-talk": "moved",
    }
    water = next(need for need in difference.needs if need["need"] == "n-water")
    assert (water["moved_s"], water["old"][0]["volunteer"], water["new"][0]["volunteer"]) == (-300, "v-gao-feng", "v-siqin")
    assert isinstance(water["new"][0]["start"], datetime)
    assert "斯琴 instead of 高峰" in water["text"]
    assert "代替" in water["text_zh"]
    assert [values["difference"] for values in difference.levels] == [
        after - before for after, before in zip(worse.score.levels, tiny_plan.score.levels, strict=True)
    ]
    for term, values in difference.terms.items():
        assert (values["old"], values["new"]) == (tiny_plan.score.terms[term], worse.score.terms[term])
    gao, siqin = difference.people
    assert (gao["gives_up"], gao["new"]["visits"], gao["new"]["departure"]) == (["n-lamp", "n-water"], 0, None)
    assert siqin["takes_on"] == ["n-water"]
    assert "n-lamp" in str(difference)
    frames = difference.to_frames()
    assert list(frames) == ["needs", "people", "terms"]
    assert list(frames["needs"]["change"]) == [need["change"] for need in difference.needs]
    assert frames["people"]["visits_old"].tolist() == [2, 1]
    assert len(frames["terms"]) == len(difference.terms)
    nothing = tiny_plan.diff(tiny_plan).to_frames()
    assert len(nothing["needs"]) == len(nothing["people"]) == 0


def test_plans_of_another_problem_are_read_anew(tiny: qise.Problem, day: qise.Problem, tiny_plan: qise.Plan, day_plan: qise.Plan) -> None:
    again = qise.Problem.from_json(tiny.to_json())
    assert not tiny_plan.diff(qise.Plan.from_json(again, tiny_plan.to_json()))
    with pytest.raises(qise.InvalidDocument):
        tiny_plan.diff(day_plan)
    with pytest.raises(TypeError):
        tiny_plan.diff(day)  # type: ignore[arg-type]


def test_fairness_worked_out_by_hand(tiny_plan: qise.Plan) -> None:
    fairness = tiny_plan.fairness()
    shares = {person["volunteer"]: person["share"] for person in fairness.people}
    assert shares == pytest.approx({"v-gao-feng": 75 / 180, "v-siqin": 90 / 240}, abs=1e-6)
    assert fairness.load.range == pytest.approx(75 / 180 - 90 / 240, abs=2e-6)
    assert (fairness.most_used, fairness.least_used) == ("v-gao-feng", "v-siqin")
    assert sum(group["asked"] for group in fairness.areas) == 4
    assert {group["id"]: group["served"] for group in fairness.categories} == {"yellow": 1, "blue": 1, "purple": 1}


def test_fairness_agrees_with_the_plan(day: qise.Problem, day_plan: qise.Plan) -> None:
    fairness = day_plan.fairness()
    assert sum(group["priority_served"] for group in fairness.areas) == day_plan.figures["priority_served"]
    assert sum(group["served"] for group in fairness.categories) == day_plan.figures["served"]
    assert sum(person["worked_s"] for person in fairness.people) == day_plan.score.terms["work_time"]
    frames = fairness.to_frames()
    assert list(frames) == ["people", "areas", "categories", "projects"]
    assert len(frames["people"]) == len(day.volunteers)
    assert frames["people"]["share"].std(ddof=0) ** 2 == pytest.approx(fairness.load.variance)
    for lang, word in (("en", "Service by area"), ("zh", "各区域服务")):
        page = fairness.to_html(lang=lang)  # type: ignore[arg-type]
        assert word in page
        assert ET.fromstring(page).tag == "div"
    with pytest.raises(ValueError, match="lang"):
        fairness.to_html(lang="fr")  # type: ignore[arg-type]


def test_hours_are_booked(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    booked = tiny.with_hours(tiny_plan)
    again = qise.Plan.from_json(booked, tiny_plan.to_json()).fairness()
    assert [person["worked_before_s"] for person in again.people] == [4500, 5400]
    faded = booked.with_hours(tiny_plan, keep_permille=0)
    assert faded == booked
    with pytest.raises(ValueError, match="keep_permille"):
        tiny.with_hours(tiny_plan, keep_permille=1001)


def test_a_frontier(day: qise.Problem) -> None:
    frontier = qise.frontier(day, weights=[0, 5, 50], iterations=40, threads=1)
    assert frontier.term == "load"
    assert sorted(point.weight for point in frontier.points) == [0, 5, 50]
    for point in frontier.points:
        assert point.valid
        assert qise.check(day, point.plan) == []
        assert point.unfairness == point.plan.score.terms["load"]
        assert point.served == point.plan.figures["served"]
        assert point.load == point.plan.fairness().load
    efficient = frontier.efficient
    assert efficient
    for one, other in zip(efficient, efficient[1:], strict=False):
        assert one.efficiency < other.efficiency
        assert one.unfairness > other.unfairness
    frame = frontier.to_frames()["points"]
    assert list(frame["weight"]) == [point.weight for point in frontier.points]
    assert {"gini", "jain", "range", "travel_s"} <= set(frame.columns)
    for lang, word in (("en", "hollow"), ("zh", "空心")):
        page = frontier.to_html(lang=lang)  # type: ignore[arg-type]
        assert word in page
        assert ET.fromstring(page).tag == "div"
    assert frontier._repr_html_() == frontier.to_html()


def test_a_frontier_of_what_cannot_be(tiny: qise.Problem) -> None:
    with pytest.raises(ValueError, match="no term \"gini\"; there are unserved_mandatory"):
        qise.frontier(tiny, term="gini")
    with pytest.raises(TypeError, match="weights"):
        qise.frontier(tiny, weights=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a weight must be from 0"):
        qise.frontier(tiny, weights=[-1])
    with pytest.raises(qise.InvalidDocument, match="objective_overflow"):
        qise.frontier(tiny, term="distance", weights=[1_000_000_000], iterations=1)
    alone = qise.Problem.from_json({**tiny.to_dict(), "objective": [[{"term": "load"}]]})
    with pytest.raises(qise.InvalidDocument, match="bad_objective"):
        qise.frontier(alone, iterations=1)
    assert qise.frontier(tiny, weights=[], iterations=1).points == []
    assert ET.fromstring(qise.frontier(tiny, weights=[], iterations=1).to_html()).tag == "div"
    calls: list[int] = []
    qise.frontier(tiny, weights=[0, 1], iterations=200, on_progress=lambda progress: calls.append(progress.iterations))
    assert calls


def test_reports_are_plain_data(tiny_plan: qise.Plan) -> None:
    assert json.loads(json.dumps(tiny_plan.fairness().people))[0]["volunteer"] == "v-gao-feng"
