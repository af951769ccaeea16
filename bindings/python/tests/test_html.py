"""The picture of a plan: well-formed, harmless, complete, and honest about what it leaves out."""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
import qise

SVG = "{http://www.w3.org/2000/svg}"


def parsed(html: str) -> ElementTree.Element:
    """Parses the piece as XML, and makes sure that it runs nothing and fetches nothing."""
    assert "<script" not in html
    assert not re.search(r"\son\w+=", html)
    assert set(re.findall(r"https?://[^\"'<> ]*", html)) <= {"http://www.w3.org/2000/svg"}
    assert "url(" not in html
    assert not re.search(r"\sid=", html), "two pictures on one page must not meet"
    return ElementTree.fromstring(html)


def pictures(root: ElementTree.Element) -> list[str]:
    return [picture.get("aria-label", "") for picture in root.iter(f"{SVG}svg") if picture.get("role") == "img"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_day(day_plan: qise.Plan, lang: Any) -> None:
    root = parsed(day_plan.to_html(lang=lang))
    assert len(pictures(root)) == 2
    words = "".join(root.itertext())
    assert "阿拉善盟 2026年11月24日" in words
    assert "巴彦浩特镇" in words
    assert ("needs served" in words) == (lang == "en")
    for entry in day_plan.unserved():
        assert (entry["text_zh"] if lang == "zh" else entry["text"]) in words


def test_every_visit_and_every_unserved_need_can_be_pointed_at(tiny_plan: qise.Plan) -> None:
    root = parsed(tiny_plan.to_html())
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    for name in ("n-lamp", "n-water", "n-talk"):
        assert any(name in title and "may start" in title for title in titles)
    assert any("n-boiler" in title and "not served" in title for title in titles)


def test_notebooks_show_it(tiny_plan: qise.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QISE_LANG", raising=False)
    assert tiny_plan._repr_html_() == tiny_plan.to_html() == tiny_plan.to_html(lang="en")
    with pytest.raises(ValueError, match="lang must be 'en' or 'zh', not \"fr\""):
        tiny_plan.to_html(lang="fr")  # type: ignore[arg-type]


def test_text_is_escaped(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = tiny.to_dict()
    evil = "<script>alert(1)</script>&\"'</svg>\u0001\ufffe]]>"
    document["name"] = evil
    for entry in (*document["needs"], *document["volunteers"], *document["teams"], *document["places"]):
        entry["name"] = evil
    problem = qise.Problem.from_json(document)
    root = parsed(qise.Plan.from_json(problem, tiny_plan.to_json()).to_html())
    words = "".join(root.itertext())
    assert "<script>alert(1)</script>&\"'</svg>\\u{1}\\u{fffe}]]>" in words, "as the text shows them, too"


def test_many_routes_are_cut_and_counted(day_plan: qise.Plan) -> None:
    assert "routes are drawn" not in "".join(parsed(day_plan.to_html()).itertext()), "a day in Alxa is drawn as a whole"
    plan = qise.solve(qise.generate(needs=600, volunteers=2000, seed=2), iterations=0)
    assert len(plan.routes) > 100
    assert f"100 of {len(plan.routes)} routes are drawn" in "".join(parsed(plan.to_html()).itertext())


def test_the_most_important_unserved_needs_come_first(day: qise.Problem, day_plan: qise.Plan) -> None:
    words = "".join(parsed(day_plan.to_html()).itertext())
    priority = {need["id"]: need.get("priority", 1) for need in day.to_dict()["needs"]}
    names = {need["id"]: need["name"] for need in day.to_dict()["needs"]}
    left = sorted((entry["need"] for entry in day_plan.unserved()), key=lambda need: -priority[need])
    assert words.rindex(names[left[0]]) < words.rindex(names[left[-1]])


def test_many_needs_are_cut_and_counted() -> None:
    problem = qise.generate(needs=4000, volunteers=0, teams=0)
    html = qise.solve(problem, iterations=0).to_html()
    words = "".join(parsed(html).itertext())
    assert "1500 of 4000 needs are drawn" in words
    assert "and 3940 more" in words
    assert "Nobody is sent out." in words
    assert len(html) < 2_000_000


def test_one_route(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = tiny_plan.to_dict()
    document["routes"] = document["routes"][:1]
    words = "".join(parsed(qise.Plan.from_json(tiny, document).to_html()).itertext())
    assert "1 route ·" in words


def test_without_coordinates_there_is_no_map(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = tiny.to_dict()
    for place in document["places"]:
        del place["lon"], place["lat"]
    problem = qise.Problem.from_json(document)
    root = parsed(qise.Plan.from_json(problem, tiny_plan.to_json()).to_html())
    assert pictures(root) == ["Timeline of the plan"]
    assert "No coordinates: no map." in "".join(root.itertext())


def test_across_the_date_line(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = tiny.to_dict()
    for number, place in enumerate(document["places"]):
        place["lon"] = 179.9 if number % 2 else -179.9
    problem = qise.Problem.from_json(document)
    html = qise.Plan.from_json(problem, tiny_plan.to_json()).to_html()
    assert any(f">{km} km<" in html for km in (1, 2, 5)), "the scale bar tells of kilometres, not of the whole globe"


@pytest.mark.parametrize("lat", [90.0, -90.0, 0.0])
def test_all_in_one_spot_and_at_the_poles(tiny: qise.Problem, tiny_plan: qise.Plan, lat: float) -> None:
    document = tiny.to_dict()
    for place in document["places"]:
        place["lon"], place["lat"] = 12.0, lat
    problem = qise.Problem.from_json(document)
    html = qise.Plan.from_json(problem, tiny_plan.to_json()).to_html()
    parsed(html)
    assert "nan" not in html
    assert "inf" not in html


def test_a_plan_that_breaks_rules_can_be_seen(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = copy.deepcopy(tiny_plan.to_dict())
    visit = document["routes"][0]["visits"][0]
    visit["start"], visit["end"] = "2026-11-26T11:00:00+08:00", "2026-11-24T10:00:00+08:00"
    document["routes"][0]["finish"] = "2026-11-20T10:00:00+08:00"
    document["unserved"] = []
    root = parsed(qise.Plan.from_json(tiny, document).to_html())
    assert any("promise missed" in (title.text or "") for title in root.iter(f"{SVG}title"))


def test_several_days() -> None:
    problem = qise.generate(needs=60, volunteers=80, teams=6, days=3, seed=3)
    plan = qise.solve(problem, iterations=50)
    words = "".join(parsed(plan.to_html()).itertext())
    for day in {route["departure"].date().isoformat() for route in plan.routes[:100]}:
        assert day[5:] in words, "each has a line with its month and day"
    assert "2026-11-24 – 2026-11-26" in words
