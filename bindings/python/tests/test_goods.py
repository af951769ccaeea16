"""Goods, depots and vehicles: a plan by hand, as values, frames and pictures."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import qise
from conftest import DATA

CHINA = timezone(timedelta(hours=8))
GOODS = DATA.parent / "goods"


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=CHINA)


@pytest.fixture(scope="module")
def winter() -> qise.Problem:
    """Fodder and a wheelchair, with a truck, on roads that have a table; places get coordinates for the map."""
    document = json.loads((GOODS / "winter.json").read_text(encoding="utf-8"))
    document["datum"] = "WGS-84"
    for number, place in enumerate(document["places"]):
        place["lon"], place["lat"] = 105.6 + number / 10, 38.8
    return qise.Problem.from_json(document)


@pytest.fixture(scope="module")
def plan(winter: qise.Problem) -> qise.Plan:
    return qise.Plan.from_file(winter, GOODS / "winter_plan.json")


def test_the_plan_is_valid(winter: qise.Problem, plan: qise.Plan) -> None:
    assert qise.check(winter, plan) == []
    # Two shifts of one person and one of another, however many vehicles there are.
    assert (winter.sizes["shifts"], winter.sizes["goods"], winter.sizes["vehicles"]) == (3, 4, 1)
    assert [depot["id"] for depot in winter.depots] == ["d-1"]
    assert [vehicle["id"] for vehicle in winter.vehicles] == ["truck"]


def test_calls_and_vehicles_are_told(plan: qise.Plan) -> None:
    saran, naren = plan.routes
    assert (saran["vehicle"], naren["vehicle"], naren["calls"]) == ("truck", None, [])
    assert saran["calls"][0] == {
        "depot": "d-1",
        "before": 0,
        "arrival": at(8, 10),
        "start": at(8, 10),
        "end": at(8, 25),
        "takes": {"bale": 60, "pellet": 20, "wheelchair": 1},
        "gives": {},
        "travel_s": 0,
        "distance_m": 0,
    }
    calls = [(call["volunteer"], call["vehicle"], call["gives"]) for call in plan.calls]
    assert calls == [("saran", "truck", {}), ("saran", "truck", {"wheelchair": 1})]
    figures = plan.figures
    assert (figures["calls"], figures["vehicles"]) == (2, 1)
    assert figures["delivered"] == {"bale": 60, "pellet": 20, "wheelchair": 1}


def test_breaches_are_found(winter: qise.Problem, plan: qise.Plan) -> None:
    document = plan.to_dict()
    document["routes"][0]["calls"][0]["takes"][0]["amount"] = 59
    (violation,) = qise.check(winter, qise.Plan.from_json(winter, document))[:1]
    assert (violation.path, violation.rule) == ("$.routes[0].visits[1].need", "goods_missing")


def test_frames_have_calls(plan: qise.Plan) -> None:
    frames = plan.to_frames()
    calls = frames["calls"]
    assert list(calls["takes"]) == [["bale 60", "pellet 20", "wheelchair 1"], []]
    assert (calls["name"][0], calls["start"][0]) == ("巴彦浩特库", at(8, 10))
    assert (frames["routes"]["vehicle"][0], list(frames["routes"]["calls"])) == ("truck", [2, 0])


@pytest.mark.parametrize(("lang", "words"), [("en", "takes on 60 bale hay"), ("zh", "装载 60 bale hay")])
def test_pictures_show_calls(plan: qise.Plan, lang: Any, words: str) -> None:
    root = ElementTree.fromstring(plan.to_html(lang=lang))
    titles = [title.text or "" for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert any(words in title for title in titles)
    assert any("货车" in title for title in titles)
    assert ("仓储点" if lang == "zh" else "depot") in "".join(root.itertext())


def test_a_plan_is_carried_over_to_another_problem(winter: qise.Problem, plan: qise.Plan) -> None:
    document = winter.to_dict()
    document["depots"].insert(0, {"id": "d-0", "at": "office"})
    other = qise.Problem.from_json(document)
    assert qise.solve(other, iterations=0, warm=plan).problem == other
