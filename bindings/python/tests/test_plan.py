"""Plans: their parts as Python values, judged, explained, pickled, as frames and maps."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import qise

CHINA = timezone(timedelta(hours=8))


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=CHINA)


def test_the_plan_worked_out_by_hand(tiny_plan: qise.Plan) -> None:
    assert tiny_plan.score.levels == (0, 3, 0, 124300)
    terms = tiny_plan.score.terms
    assert (terms["travel_time"], terms["work_time"], terms["distance"]) == (3300, 9900, 22000)
    assert (terms["people"], terms["load"], terms["unserved_priority"]) == (2, 3900, 3)
    routes = {route["volunteer"]: route for route in tiny_plan.routes}
    gao = routes["v-gao-feng"]
    assert (gao["shift"], gao["departure"], gao["finish"]) == (0, at(8, 50), at(10, 5))
    assert (gao["travel_s"], gao["distance_m"], gao["breaks"]) == (1500, 10000, [])
    assert gao["visits"] == [
        {
            "need": "n-lamp",
            "role": 0,
            "stop": 0,
            "arrival": at(9, 0),
            "start": at(9, 0),
            "end": at(9, 30),
            "travel_s": 600,
            "distance_m": 4000,
        },
        {
            "need": "n-water",
            "role": 0,
            "stop": 0,
            "arrival": at(9, 40),
            "start": at(9, 40),
            "end": at(10, 0),
            "travel_s": 600,
            "distance_m": 4000,
        },
    ]
    assert gao["departure"].utcoffset() == timedelta(hours=8)


def test_assignments_are_flat(tiny_plan: qise.Plan) -> None:
    assignments = tiny_plan.assignments
    assert {(entry["need"], entry["volunteer"]) for entry in assignments} == {
        ("n-lamp", "v-gao-feng"),
        ("n-water", "v-gao-feng"),
        ("n-talk", "v-siqin"),
    }
    assert list(assignments[0]) == ["need", "role", "stop", "volunteer", "arrival", "start", "end", "travel_s", "distance_m"]


def test_unserved_with_reasons(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    (boiler,) = tiny_plan.unserved()
    assert (boiler["need"], boiler["verdict"]) == ("n-boiler", "impossible")
    assert (boiler["people"], boiler["left"], boiler["able"]) == (2, 0, [])
    assert boiler["cuts"] == [{"rule": "skill", "people": 1}, {"rule": "language", "people": 1}]
    assert boiler["text"].startswith("impossible")
    assert boiler["text_zh"].startswith("不可能")
    assert asdict(qise.explain(tiny, "n-boiler")) == boiler


def test_explain(tiny: qise.Problem) -> None:
    reason = qise.explain(tiny, "n-water")
    assert isinstance(reason, qise.Reason)
    assert reason.left == 2
    assert set(reason.able) == {"v-gao-feng", "v-siqin"}
    with pytest.raises(qise.UnknownNeed, match='no need "n-wter"; did you mean "n-water"'):
        qise.explain(tiny, "n-wter")
    with pytest.raises(LookupError):
        qise.explain(tiny, "")


def test_breaks_have_times_and_lengths(day_plan: qise.Plan) -> None:
    breaks = [rest for route in day_plan.routes for rest in route["breaks"]]
    assert breaks
    assert all(isinstance(rest["start"], datetime) for rest in breaks)
    assert {rest["duration"] for rest in breaks} <= {timedelta(minutes=30), timedelta(hours=1)}


def test_figures_and_statistics(tiny_plan: qise.Plan, day_plan: qise.Plan) -> None:
    assert tiny_plan.figures["served"] == 3
    assert (tiny_plan.figures["priority"], tiny_plan.figures["priority_served"]) == (14, 11)
    assert (tiny_plan.figures["promises"], tiny_plan.figures["promises_kept"]) == (1, 1)
    assert tiny_plan.statistics["iterations"] == 200
    assert day_plan.figures["served"] + len(day_plan.unserved()) == 171
    assert day_plan.to_dict()["figures"] == day_plan.figures
    assert day_plan.to_dict()["statistics"] == day_plan.statistics


def test_repr_is_one_line(tiny_plan: qise.Plan) -> None:
    assert repr(tiny_plan) == "<Plan: 3 of 4 needs served by 2 people on 2 routes, 22 km>"


@pytest.mark.parametrize("name", ["tiny_plan", "day_plan"])
def test_survives_writing_and_pickling(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    plan: qise.Plan = request.getfixturevalue(name)
    plan.save(tmp_path / "plan.json")
    again = [
        qise.Plan.from_json(plan.problem, plan.to_json()),
        qise.Plan.from_json(plan.problem, plan.to_dict()),
        qise.Plan.from_file(plan.problem, tmp_path / "plan.json"),
        *(pickle.loads(pickle.dumps(plan, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)),
    ]
    for other in again:
        assert other == plan
        assert hash(other) == hash(plan)
        assert other.to_json() == plan.to_json()
        assert (other.score, other.figures, other.statistics) == (plan.score, plan.figures, plan.statistics)
        assert other.problem == plan.problem


def test_pickled_plans_share_their_problem(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    one, two, problem = pickle.loads(pickle.dumps([tiny_plan, tiny_plan.from_json(tiny, tiny_plan.to_json()), tiny]))
    assert one.problem is two.problem is problem
    assert tiny_plan.problem is tiny


def test_check_accepts_what_the_engine_made(day: qise.Problem, day_plan: qise.Plan) -> None:
    assert qise.check(day, day_plan) == []
    assert qise.check(pickle.loads(pickle.dumps(day)), day_plan) == [], "an equal problem will do"


def test_check_finds_every_violation(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = tiny_plan.to_dict()
    visits = document["routes"][0]["visits"]
    visits[0]["start"], visits[0]["end"] = "2026-11-24T08:30:00+08:00", "2026-11-24T09:00:00+08:00"
    document["score"]["levels"][1] = 0
    document["score"]["terms"]["people"] = 1
    plan = qise.Plan.from_json(tiny, document)
    violations = qise.check(tiny, plan)
    rules = {violation.rule for violation in violations}
    assert {"outside_window", "early_start", "wrong_score"} <= rules
    stated = [violation.path for violation in violations if violation.rule == "wrong_score"]
    assert {"$.score.levels[1]", "$.score.terms.people"} <= set(stated)
    assert all(violation.path in violation.message_zh for violation in violations)
    assert str(violations[0]) == violations[0].message
    assert qise.check(tiny, pickle.loads(pickle.dumps(plan))) == violations, "what it states is pickled too"
    assert plan.score.levels[1] == 3, "a plan's score is what it is worth, whatever its document says"


def test_check_reads_a_plan_for_another_problem(tiny: qise.Problem, day: qise.Problem, tiny_plan: qise.Plan) -> None:
    with pytest.raises(qise.InvalidDocument):
        qise.check(day, tiny_plan)


def test_a_plan_made_by_hand(tiny: qise.Problem) -> None:
    nobody = {
        "format": "qise/plan",
        "version": 1,
        "routes": [],
        "unserved": [{"need": need["id"]} for need in tiny.needs],
    }
    plan = qise.Plan.from_json(tiny, nobody)
    assert qise.check(tiny, plan) == []
    assert plan.score.levels == (0, 14, 0, 0)
    assert (plan.routes, plan.assignments, plan.statistics) == ([], [], {})
    assert [entry["verdict"] for entry in plan.unserved()] == ["open", "open", "open", "impossible"]
    del nobody["unserved"]
    assert {violation.rule for violation in qise.check(tiny, qise.Plan.from_json(tiny, nobody))} == {"not_listed"}


def test_geojson(day_plan: qise.Plan) -> None:
    features = json.loads(day_plan.to_geojson())["features"]
    kinds = {feature["geometry"]["type"] for feature in features}
    assert {"LineString", "Point"} <= kinds


def test_frames(day: qise.Problem, day_plan: qise.Plan) -> None:
    frames = day_plan.to_frames()
    assert list(frames) == ["routes", "assignments", "calls", "unserved"]
    assert len(frames["routes"]) == len(day_plan.routes)
    assignments = frames["assignments"]
    assert list(assignments["need"]) == [entry["need"] for entry in day_plan.assignments]
    assert str(assignments["start"].dtype.tz) == "Asia/Shanghai"
    assert assignments["start"][0] == day_plan.assignments[0]["start"]
    assert assignments["distance_m"].sum() < day_plan.figures["distance_m"]
    names = {need["id"]: need["name"] for need in day.needs}
    assert list(assignments["name"]) == [names[key] for key in assignments["need"]]
    assert frames["unserved"]["priority"].sum() == day_plan.score.terms["unserved_priority"]


@pytest.mark.parametrize("zone", ["UTC", "+08:00", "-03:30", "America/New_York"])
def test_frames_of_nothing_and_of_any_zone(tiny: qise.Problem, tiny_plan: qise.Plan, zone: str) -> None:
    problem = qise.Problem.from_json({**tiny.to_dict(), "time_zone": zone})
    frames = qise.Plan.from_json(problem, tiny_plan.to_json()).to_frames()
    start: datetime = frames["assignments"]["start"][0]
    assert start == tiny_plan.assignments[0]["start"]
    nobody = qise.Plan.from_json(problem, {"format": "qise/plan", "version": 1, "routes": []}).to_frames()
    assert [len(nobody[name]) for name in ("routes", "assignments", "calls", "unserved")] == [0, 0, 0, 0]


def test_files_are_written_whole_or_not_at_all(tiny: qise.Problem, tiny_plan: qise.Plan, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "file.json"
    for save in (tiny.save, tiny_plan.save, tiny.coverage(hours="9").save):
        with pytest.raises(FileNotFoundError) as raised:
            save(nowhere)
        assert Path(raised.value.filename) == nowhere
    path = tmp_path / "plan.json"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="reasons must be"):
        qise.Plan.from_json(tiny, tiny_plan.to_json()).save(path, reasons="all")  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "mine"


def test_times_before_the_years_of_datetime(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    document = tiny_plan.to_dict()
    document["routes"][0]["departure"] = "-000100-01-01T00:00:00Z"
    plan = qise.Plan.from_json(tiny, document)
    with pytest.raises(qise.QiseError, match="beyond the years of datetime"):
        _ = plan.routes


def test_times_have_the_zone_of_the_scenario(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    moments = [entry[key] for entry in tiny_plan.assignments for key in ("arrival", "start", "end")]
    moments += [rest for route in tiny_plan.routes for rest in (route["departure"], route["finish"])]
    moments += [visit["start"] for offer in tiny_plan.rank("n-water") for visit in offer.visits]
    nobody = qise.Plan.from_json(tiny, {"format": "qise/plan", "version": 1, "routes": []})
    moments += [part["start"] for need in nobody.diff(tiny_plan).needs for part in need["new"]]
    choice = qise.explain(tiny, "n-water", tiny_plan)
    assert isinstance(choice, qise.Choice) and choice.runner_up is not None
    moments += [visit["start"] for visit in choice.runner_up.offer.visits]
    assert len(moments) > 15
    assert {moment.tzinfo for moment in moments} == {ZoneInfo("Asia/Shanghai")}
    frames = tiny_plan.to_frames()
    assert frames["assignments"]["start"].dtype.tz == ZoneInfo("Asia/Shanghai")
    assert frames["routes"]["departure"].dt.hour.tolist() == [route["departure"].hour for route in tiny_plan.routes]


def test_polars_keeps_the_clock(tiny_plan: qise.Plan) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(tiny_plan.assignments)
    assert frame["start"].dtype.time_zone == "Asia/Shanghai"
    assert frame["start"].dt.hour().to_list() == [entry["start"].hour for entry in tiny_plan.assignments]


def test_the_night_the_clocks_change(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    problem = qise.Problem.from_json({**tiny.to_dict(), "time_zone": "Europe/Berlin"})
    document = {**tiny_plan.to_dict(), "time_zone": "Europe/Berlin"}
    times = ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]
    document["routes"][0]["departure"], document["routes"][0]["finish"] = times
    route = qise.Plan.from_json(problem, document).routes[0]
    assert (route["departure"].hour, route["departure"].fold) == (2, 0)
    assert (route["finish"].hour, route["finish"].fold) == (2, 1)
    assert route["finish"].timestamp() - route["departure"].timestamp() == 3600
