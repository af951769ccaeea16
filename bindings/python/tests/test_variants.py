"""Questions in a line: the same problem but for one thing, a moment of a plan, two problems side by side, the language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import qise

DATA = Path(__file__).parents[3] / "tests" / "data" / "alxa"


@pytest.fixture()
def own_language() -> Iterator[None]:
    yield
    qise.set_language(None)


def test_another_objective(tiny: qise.Problem) -> None:
    fair = tiny.with_objective(["unserved_priority", ["load", ("travel_time", 2)]])
    assert fair.to_dict()["objective"] == [
        [{"term": "unserved_priority"}],
        [{"term": "load"}, {"term": "travel_time", "weight": 2}],
    ]
    assert tiny.with_objective([("people", 3), "distance"]).to_dict()["objective"][0] == [{"term": "people", "weight": 3}]
    plan = tiny.solve(iterations=50, objective=["unserved_priority", ["load", ("travel_time", 2)]])
    assert plan == fair.solve(iterations=50) and plan.problem == fair
    with pytest.raises(qise.InvalidDocument, match="did you mean \"travel_time\""):
        tiny.with_objective(["traveltime"])  # type: ignore[list-item]


def test_one_more_volunteer(tiny: qise.Problem, day: qise.Problem) -> None:
    more = tiny.with_volunteer(like="v-siqin", home="station")
    assert [person["id"] for person in more.volunteers] == ["v-gao-feng", "v-siqin", "v-siqin-2"]
    assert more.volunteers[2]["home"] == "station"
    added = day.with_volunteer(like=day.volunteers[0]["id"], home=(38.84, 105.67)).volunteers[-1]
    assert added["home"] == {"lat": 38.84, "lon": 105.67}
    assert more.with_volunteer(like="v-siqin").volunteers[3]["id"] == "v-siqin-3"
    assert tiny.with_volunteer({"id": "v-new"}, like="v-siqin").volunteers[2]["id"] == "v-new"
    with pytest.raises(qise.UnknownVolunteer, match="did you mean \"v-siqin\""):
        tiny.with_volunteer(like="v-siqn")
    with pytest.raises(qise.InvalidDocument, match="home"):
        tiny.with_volunteer(id="v-new")


@pytest.mark.parametrize("name", ["tiny", "day", "fodder", "lending", "rounds"])
def test_without_any_one_thing(name: str) -> None:
    """Whatever is taken away, the rest is a valid problem in which nothing of it is left."""
    problem = qise.Problem.from_file(DATA / f"{name}.json")
    document = problem.to_dict()
    for kind in ("needs", "volunteers", "teams", "vehicles", "depots"):
        for entry in document.get(kind, [])[:12]:
            if kind == "needs" and len(document["needs"]) == 1:
                continue
            try:
                rest = problem.without(entry["id"])
            except qise.QiseError as error:
                assert kind == "vehicles" and "asks for the vehicle" in str(error)
                continue
            if kind in ("needs", "vehicles", "depots"):
                assert entry["id"] not in {other["id"] for other in rest.to_dict().get(kind, [])}
            if kind == "volunteers":
                left = [person for person in rest.volunteers if person["id"] == entry["id"]]
                assert all(not person["shifts"] for person in left)
            assert entry["id"] not in {visit["volunteer"] for visit in rest.solve(iterations=1, threads=1).assignments}


def test_without_several(tiny: qise.Problem) -> None:
    rest = tiny.without(["n-boiler", "v-siqin"])
    assert (len(rest), len(rest.volunteers)) == (3, 1)
    assert [person["id"] for person in tiny.without("power").volunteers] == ["v-siqin"]
    with pytest.raises(qise.UnknownId, match="did you mean \"n-boiler\""):
        tiny.without("n-biler")


def test_slow_roads(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    slow = tiny.with_slowdown(1.5, why="snow")
    plan, _ = tiny_plan.carried(slow)
    assert plan.score.terms["travel_time"] == 1.5 * tiny_plan.score.terms["travel_time"]
    assert {violation.rule for violation in plan.check()} <= {"travel_too_short", "late_finish", "overlap"}
    part = tiny.with_slowdown(2, start=datetime(2026, 11, 25), end="2026-11-26T00:00")
    assert part.solve(iterations=50).score == tiny_plan.score
    with pytest.raises(qise.InvalidDocument, match="factor"):
        tiny.with_slowdown(0.5)


@pytest.mark.parametrize("name", ["tiny", "day", "fodder", "lending", "rounds"])
def test_a_plan_at_any_moment(name: str) -> None:
    """What has begun has begun, nobody leaves before now, and what is left can be asked."""
    problem = qise.Problem.from_file(DATA / f"{name}.json")
    plan = problem.solve(iterations=100, threads=1)
    starts = sorted(visit["start"] for visit in plan.assignments)
    for now in (starts[0], starts[len(starts) // 2], starts[-1]):
        with problem.at(now, plan) as live:
            done = {visit["need"] for visit in plan.assignments if visit["end"] <= now}
            states = live.status()["needs"]
            assert states["on_site"] >= 1
            assert len(done) >= states["fulfilled"] + states["closed"] or name == "lending"
            for need in problem.needs[:5]:
                for offer in live.rank(need["id"]) if need["id"] not in done else []:
                    assert all(visit["start"] >= now for visit in offer.visits)


def test_a_moment_in_words(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    with tiny.at("2026-11-24T09:00", tiny_plan) as live, tiny.at(datetime(2026, 11, 24, 9), tiny_plan) as other:
        assert live.status()["now"] == other.status()["now"] == "2026-11-24T09:00:00+08:00"
    with pytest.raises(qise.QiseError):
        tiny.at("nine", tiny_plan)


def test_two_problems_side_by_side(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    fewer = qise.compare(tiny_plan, tiny.without("n-lamp"), iterations=50)
    assert fewer.removed == ["n-lamp"] and not fewer.added and not fewer.won
    assert fewer.figures["needs"] == {"old": 4, "new": 3, "difference": -1}
    more = qise.compare(tiny, tiny.without("v-siqin"), iterations=50)
    assert more.lost and more.removed == ["v-siqin"]
    assert str(qise.compare(tiny_plan, tiny_plan)) == "nothing differs"
    assert more.to_text(lang="zh").startswith("已满足需求")
    assert list(more.to_frames()["needs"]["change"]) == ["lost"] * len(more.lost)
    with pytest.raises(TypeError, match="a plan or a problem is compared, not int"):
        qise.compare(tiny, 3)  # type: ignore[arg-type]


def test_the_language_of_texts_and_exceptions(tiny: qise.Problem, tiny_plan: qise.Plan, own_language: None) -> None:
    def told() -> list[str]:
        words: list[Any] = [tiny_plan, tiny.eligible("n-boiler"), tiny_plan.explain("n-water")]
        for ask in (
            lambda: qise.Problem.from_json({"format": "qise/scenario"}),
            lambda: tiny.eligible("n-boilr"),
            lambda: tiny.without("n-boilr"),
            lambda: tiny.at("nine", tiny_plan),
        ):
            with pytest.raises(qise.QiseError) as raised:
                ask()
            words.append(raised.value)
        return [str(one) for one in words] + [tiny_plan.to_html(), tiny_plan.fairness().to_html()]

    english = told()
    qise.set_language("zh")
    chinese = told()
    for one, other in zip(english, chinese, strict=True):
        assert one != other and any("\u4e00" <= letter <= "\u9fff" for letter in other)
    assert "Routes" in tiny_plan.to_text(lang="en")
    with pytest.raises(ValueError, match="lang must be"):
        qise.set_language("de")  # type: ignore[arg-type]
    qise.set_language(None)
    assert told() == english


def test_what_is_added_is_said_as_in_a_frame(day: qise.Problem) -> None:
    first, skill = day.volunteers[0]["id"], day.to_dict()["skills"][0]["id"]
    more = day.with_volunteer(
        like=first, id="v-new", longitude=105.67, latitude=38.84, shifts="13:00-18:00", skills=[skill]
    ).volunteers[-1]
    assert more["home"] == {"lon": 105.67, "lat": 38.84}
    assert [shift["start"][11:16] for shift in more["shifts"]] == ["13:00"]
    assert more["skills"] == [{"skill": skill}]
    document = day.with_volunteer(like=first, max_radius_m=9000, per_day={"visits": 2}).volunteers[-1]
    assert (document["max_radius_m"], document["per_day"]) == (9000, {"visits": 2})
    need = day.with_need(id="n-new", at=(38.84, 105.67), time="9:00-11:00", duration=30, priority=4).needs[-1]
    assert (need["service"], need["priority"]) == ("PT30M", 4)
    assert day.with_need(like=day.needs[0]["id"]).needs[-1]["id"] == f"{day.needs[0]['id']}-2"
    with pytest.raises(qise.InvalidDocument, match=r'volunteers\[0, "shifts"\]'):
        day.with_volunteer(like=first, shifts="soon")
    with pytest.raises(qise.UnknownNeed):
        day.with_need(like="n-nobody")
    chinese: dict[str, Any] = {"姓名": "娜仁", "班次": "13:00-18:00", "最远": 15}
    in_chinese = day.with_volunteer(chinese, like=first).volunteers[-1]
    assert (in_chinese["name"], in_chinese["max_radius_m"]) == ("娜仁", 15_000)
    rows = day.to_frames()["volunteers"].to_dict("records")
    again = day.with_volunteer({**rows[0], "volunteer": "v-again"}).volunteers[-1]
    assert {**again, "id": first} == day.volunteers[0]
    assert day.with_volunteer(volunteer="v-x", like=first).volunteers[-1]["id"] == "v-x"
    with pytest.raises(qise.InvalidDocument, match=r'shfts: unknown_field.*did you mean "shifts"'):
        day.with_volunteer(like=first, shfts="8:00-9:00")
    with pytest.raises(qise.InvalidDocument, match="longitude and latitude|lon and lat"):
        day.with_need(like=day.needs[0]["id"], at=(105.67, 38.84))
    for value in (object(), {1, 2}, float("inf")):
        with pytest.raises(qise.InvalidDocument):
            day.with_volunteer(like=first, pace=value)


def test_names_and_numbers_stand_for_ids(day: qise.Problem) -> None:
    person = next(one for one in day.volunteers if [other.get("name") for other in day.volunteers].count(one["name"]) == 1)
    assert len(day.without(person["name"]).volunteers) in (len(day.volunteers) - 1, len(day.volunteers))
    needs = [{"need": 1, "name": "送水", "longitude": 105.6, "latitude": 38.8, "time": "9:00-10:00", "duration": 20}]
    people = [{"volunteer": 7, "longitude": 105.6, "latitude": 38.8, "shifts": "8:00-17:00"}]
    problem = qise.Problem.from_frames(needs=needs, volunteers=people, date="2026-11-24", datum="WGS-84")
    assert problem.without(7).volunteers == []
    assert problem.eligible("送水").need == "1"
    assert len(qise.Plan.from_frames(problem, [{"need": 1.0, "volunteer": 7.0}]).assignments) == 1
    with pytest.raises(qise.InvalidDocument, match=r'assignments\[0, "need"\]'):
        qise.Plan.from_frames(problem, [{"need": 2, "volunteer": 7}])
