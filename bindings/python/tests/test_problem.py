"""Problems: read, shown, compared, pickled, generated."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import qise


def test_is_read_from_text_bytes_dict_and_file(tiny_document: dict[str, Any], tmp_path: Path) -> None:
    text = json.dumps(tiny_document, ensure_ascii=False)
    path = tmp_path / "四件事.json"
    path.write_text(text, encoding="utf-8")
    read = [
        qise.Problem.from_json(text),
        qise.Problem.from_json(text.encode()),
        qise.Problem.from_json(tiny_document),
        qise.Problem.from_file(path),
        qise.Problem.from_file(str(path)),
    ]
    assert all(problem == read[0] for problem in read)


def test_says_what_it_holds(tiny: qise.Problem) -> None:
    assert tiny.name == "巴彦浩特 四件事两个人"
    assert tiny.time_zone == "Asia/Shanghai"
    assert len(tiny) == 4
    assert tiny.sizes == {
        "needs": 4,
        "volunteers": 2,
        "shifts": 2,
        "goods": 0,
        "depots": 0,
        "vehicles": 0,
        "teams": 2,
        "places": 5,
    }
    assert [need["id"] for need in tiny.needs] == ["n-lamp", "n-water", "n-talk", "n-boiler"]
    assert [volunteer["name"] for volunteer in tiny.volunteers] == ["高峰", "斯琴"]
    assert [team["category"] for team in tiny.teams] == ["purple", "blue"]
    assert repr(tiny) == '<Problem "巴彦浩特 四件事两个人": 4 needs, 2 volunteers, 2 teams>'


def test_lists_are_those_of_the_document(day: qise.Problem) -> None:
    document = day.to_dict()
    assert day.needs == document["needs"]
    assert day.volunteers == document["volunteers"]
    assert day.teams == document["teams"]
    assert len(day.needs) == 174, "three needs can be done in a second way"
    assert day.needs is day.needs, "made once"
    needs: Any = day.needs
    changes: list[Callable[[], Any]] = [needs.clear, lambda: needs[0].update(id="x"), needs[0]["windows"].pop]
    for change in changes:
        with pytest.raises(TypeError, match="a problem never changes"):
            change()
    assert day.needs == document["needs"]
    assert type(copy.deepcopy(day.needs)) is type(pickle.loads(pickle.dumps(day.needs))) is list


def test_without_teams_has_an_empty_list(tiny_document: dict[str, Any]) -> None:
    del tiny_document["teams"]
    assert qise.Problem.from_json(tiny_document).teams == []


@pytest.mark.parametrize("name", ["tiny", "day"])
def test_survives_writing_and_pickling(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    problem: qise.Problem = request.getfixturevalue(name)
    problem.save(tmp_path / "saved.json")
    again = [
        qise.Problem.from_json(problem.to_json()),
        qise.Problem.from_json(problem.to_dict()),
        qise.Problem.from_file(tmp_path / "saved.json"),
        *(pickle.loads(pickle.dumps(problem, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)),
        copy.deepcopy(problem),
    ]
    for other in again:
        assert other == problem
        assert hash(other) == hash(problem)
        assert other.to_json() == problem.to_json()


def test_generated_problems_survive_pickling() -> None:
    for region in ("alxa", (-3.5, 40.25, -2.1, 41.3)):
        problem = qise.generate(needs=30, volunteers=60, teams=4, days=2, seed=9, region=region)
        assert pickle.loads(pickle.dumps(problem)) == problem


def test_equal_means_equal_data(tiny: qise.Problem, tiny_document: dict[str, Any]) -> None:
    tiny_document["note"] = "a note is no data"
    assert qise.Problem.from_json(tiny_document) == tiny
    tiny_document["needs"][0]["priority"] = 6
    other = qise.Problem.from_json(tiny_document)
    assert other != tiny
    assert tiny != "tiny"
    assert len({tiny, other, qise.Problem.from_json(tiny.to_json())}) == 2


def test_another_zone_is_another_problem(tiny: qise.Problem) -> None:
    document = tiny.to_dict()
    document["time_zone"] = "+08:00"
    assert qise.Problem.from_json(document) != tiny


def test_with_previous(day: qise.Problem, day_plan: qise.Plan) -> None:
    told = day.with_previous(day_plan)
    assert told != day
    previous = told.to_dict()["previous"]
    assert (previous["reassign_price"], previous["retime_price"]) == (3600, 600)
    # Of a ride the start at its first stop is told.
    assert len(previous["assignments"]) == sum(visit["stop"] == 0 for visit in day_plan.assignments)
    assert qise.solve(told, iterations=0, warm=day_plan).score.terms["disruption"] >= 0
    assert qise.Plan.from_json(told, day_plan.to_dict()).score.terms["disruption"] == 0
    dearer = day.with_previous(day_plan, reassign_price=7200, retime_price=0).to_dict()["previous"]
    assert dearer["reassign_price"] == 7200
    assert dearer.get("retime_price", 0) == 0
    assert pickle.loads(pickle.dumps(told)) == told


def test_previous_plan_of_a_problem_that_lost_a_need(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = tiny.to_dict()
    document["needs"] = [need for need in document["needs"] if need["id"] != "n-water"]
    changed = qise.Problem.from_json(document).with_previous(tiny_plan)
    assert {entry["need"] for entry in changed.to_dict()["previous"]["assignments"]} == {"n-lamp", "n-talk"}


def test_bad_prices(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    with pytest.raises(ValueError, match="reassign_price must be from 0 to 4294967295, not -1"):
        tiny.with_previous(tiny_plan, reassign_price=-1)
    with pytest.raises(TypeError, match="retime_price must be an int, not str"):
        tiny.with_previous(tiny_plan, retime_price="much")  # type: ignore[arg-type]


def test_generate_is_repeatable() -> None:
    make = {"needs": 20, "volunteers": 40, "teams": 3, "days": 1, "seed": 5}
    one, same = qise.generate(**make), qise.generate(**make)  # type: ignore[arg-type]
    assert one == same
    assert one.to_json() == same.to_json()
    assert one != qise.generate(needs=20, volunteers=40, teams=3, days=1, seed=6)
    assert (one.sizes["needs"], one.sizes["volunteers"], one.sizes["teams"]) == (20, 40, 3)
    assert qise.generate(needs=0, volunteers=0, teams=0).sizes["needs"] == 0


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"needs": -1}, ValueError, "needs must be from 0"),
        ({"needs": 10**9}, ValueError, "needs must be from 0 to 2000000, not 1000000000"),
        ({"needs": 10**40}, ValueError, "needs must be from 0"),
        ({"needs": 1.5}, TypeError, "needs must be an int, not float"),
        ({"days": 0}, ValueError, "days = 0"),
        ({"seed": -1}, ValueError, "seed must be from 0 to 18446744073709551615, not -1"),
        ({"region": "mars"}, ValueError, "unknown region"),
        ({"region": (5, 0, 1, 1)}, ValueError, "cannot generate in the box"),
        ({"region": (1, 2)}, ValueError, "unknown region"),
        ({"region": 7}, TypeError, "region must be a name or four numbers"),
        ({"colour": 7}, TypeError, "colour"),
    ],
)
def test_generate_refuses(arguments: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        qise.generate(**arguments)


def test_schema() -> None:
    for format in ("scenario", "plan"):
        schema = qise.schema(format)
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert schema["properties"]["format"]["const"] == f"qise/{format}"
    with pytest.raises(ValueError, match="format must be 'scenario' or 'plan'"):
        qise.schema("table")  # type: ignore[arg-type]


def test_is_closed() -> None:
    with pytest.raises(TypeError):
        qise.Problem()
    with pytest.raises(TypeError):
        type("Mine", (qise.Problem,), {})


def test_ways_to_do_one_thing_are_one_need(day: qise.Problem, day_plan: qise.Plan) -> None:
    assert len(day) == day.sizes["needs"] == day_plan.figures["needs"] == 171
    assert "171 needs" in repr(day)


def test_places_given_by_coordinates_come_back_as_coordinates(tiny_document: dict[str, Any]) -> None:
    places = {place["id"]: place for place in tiny_document["places"]}

    def at(key: str) -> dict[str, float]:
        return {"lon": places[key]["lon"], "lat": places[key]["lat"]}

    del tiny_document["profiles"]
    for need in tiny_document["needs"]:
        need["at"] = at(need["at"])
    for team in tiny_document["teams"]:
        team["base"] = at(team["base"])
    for volunteer in tiny_document["volunteers"]:
        volunteer.pop("profile", None)
        volunteer["home"] = {**at(volunteer["home"]), "name": f"home of {volunteer['id']}"}
    tiny_document["places"] = []
    problem = qise.Problem.from_json(tiny_document)
    assert "@" not in problem.to_json()
    assert "places" not in problem.to_dict()
    assert problem.to_dict()["volunteers"][0]["home"]["name"] == "home of v-gao-feng"
    assert set(problem.needs[0]["at"]) == {"lon", "lat"}
    assert qise.Problem.from_json(problem.to_json()) == problem
    for datum in ("GCJ-02", "BD-09"):
        elsewhere = qise.Problem.from_json({**tiny_document, "datum": datum})
        assert "@" not in elsewhere.to_json()
        assert pickle.loads(pickle.dumps(elsewhere)) == elsewhere
    covered = qise.coverage(problem, candidates="needs", place=1, like="v-siqin")
    assert "@" not in covered.to_json()
