"""Models written down in Python: the same problems as documents, and mistakes told at their lines."""

from __future__ import annotations

import copy
import doctest
import inspect
import json
import pickle
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import qise
from qise.model import dicts, lists, shapes, shifts, things, words

ROOT = Path(__file__).parents[3]
DOCUMENTS = [
    *sorted((ROOT / "tests" / "data" / "alxa").glob("*.json")),
    ROOT / "crates" / "qise-io" / "tests" / "data" / "rich_scenario.json",
    *sorted((ROOT / "docs" / "examples").glob("*.json")),
]
NEED: dict[str, Any] = {"at": (38.84, 105.67), "minutes": 20, "window": "9:00-12:00"}


def a_model(**options: Any) -> qise.Model:
    return qise.Model("2026-11-24", tz="Asia/Shanghai", **options)


def told(make: Callable[[], object]) -> qise.ModelError:
    with pytest.raises(qise.ModelError) as caught:
        make()
    return caught.value


# --- what can be said ---


def test_the_example_of_two_lines() -> None:
    m = qise.Model("2026-11-24", tz="Asia/Shanghai")
    bat = m.volunteer("bat", home=(38.83, 105.66), skills={"nursing": 2}, shifts="8:00-17:00")
    water = m.need("water-1", at=(38.84, 105.67), minutes=20, window="9:00-12:00", requires={"nursing": 2})
    plan = m.solve(iterations=50)
    (visit,) = plan.assignments
    assert (visit["volunteer"], visit["need"]) == (bat, water)
    assert plan.explain(water).text
    assert plan.needs_for(bat) is not None
    assert plan.problem is m.problem() is m.problem()
    assert (len(m), repr(m)) == (1, "<Model of 2026-11-24: 1 need, 1 volunteer>")
    m.need("water-2", **NEED)
    assert len(m.problem()) == 2
    assert m.to_dict()["skills"] == [{"id": "nursing", "levels": 2}]


def with_lengths(value: Any, field: str = "") -> Any:
    """Seconds of a document as timedelta, since a bare number has no unit in Python."""
    lengths = {"service", "duration", "travel", "work", "rest", "worked", "offered", "most", "max_ride", "setup"}
    if isinstance(value, dict):
        return {key: with_lengths(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [with_lengths(one) for one in value]
    return timedelta(seconds=value) if field in lengths and type(value) is int else value


def rebuilt(document: dict[str, Any]) -> qise.Model:
    """A document as calls of a model."""
    document = with_lengths(document)
    head = {key: document[key] for key in ("name", "note", "datum") if key in document}
    m = a_model(**head)
    for kind in ("category", "skill", "dimension", "area", "place", "profile", "slowdown", "good", "depot", "team"):
        for entry in document.get(things.KINDS[kind].kind if kind in things.KINDS else LISTED[kind], []):
            if kind == "slowdown":
                entry = {**entry, "window": (entry["from"], entry["to"])}
                del entry["from"], entry["to"]
            getattr(m, kind)(**entry)
    for kind in ("volunteer", "vehicle", "project", "need"):
        for entry in document.get(LISTED[kind], []):
            getattr(m, kind)(**entry)
    for entry in document.get("pairs", []):
        rest = {key: entry[key] for key in entry if key not in ("volunteer", "team")}
        m.pair(**rest, who=entry.get("volunteer") or things.Team(entry["team"]))
    for entry in document.get("links", []):
        rest = {key: entry[key] for key in entry if key not in ("from", "to", "rule")}
        getattr(m, entry["rule"])(entry["from"], entry["to"], **rest)
    for entry in document.get("choices", []):
        m.choice(**entry)
    for entry in document.get("apart", []):
        m.apart(entry["volunteer"], entry["other"])
    for entry in document.get("makespans", []):
        m.makespan(entry["needs"], since=entry["from"], weight=entry.get("weight"))
    for entry in document.get("population", []):
        m.population(**entry)
    if "objective" in document:
        m.objective(document["objective"])
    if "outsourcing" in document:
        m.outsourcing(document["outsourcing"])
    if "previous" in document:
        rest = dict(document["previous"])
        m.previous(rest.pop("assignments"), **rest)
    return m


LISTED = {kind.word: kind.kind for kind in things.THINGS} | {"slowdown": "slowdowns"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_document_can_be_written_down(path: Path) -> None:
    assert rebuilt(json.loads(path.read_text(encoding="utf-8"))).problem() == qise.Problem.from_file(path)


def test_every_document_of_generated_problems_can_be_written_down() -> None:
    problem = qise.generate(
        needs=60, volunteers=60, teams=4, crews_percent=20, rides_percent=20, deliveries_percent=20, loans_percent=20,
        depots=2, vehicles=2, extras_percent=60, days=3,
    )  # fmt: skip
    assert rebuilt(problem.to_dict()).problem() == problem


def fields_of(schema: dict[str, Any], value: Any, node: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """The records of the schema in a value, with the fields that are there."""
    for inner in [node, *node.get("anyOf", []), *node.get("oneOf", [])]:
        if "$ref" in inner and not inner.get("properties"):
            target = inner["$ref"].split("/")[-1]
            yield from fields_of(schema, value, schema["$defs"][target], target)
        if isinstance(value, list) and "items" in inner:
            for one in value:
                yield from fields_of(schema, one, inner["items"], name)
        if isinstance(value, dict) and "properties" in inner:
            for key, one in value.items():
                if key in inner["properties"]:
                    yield name, key
                    yield from fields_of(schema, one, inner["properties"][key], f"{name}.{key}")


def records_of(node: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """All fields of a record, and of those written within it."""
    for key, inner in node.get("properties", {}).items():
        yield name, key
        yield from records_of(inner, f"{name}.{key}")


def test_every_field_of_the_schema_can_be_said() -> None:
    schema = qise.schema("scenario")
    every = set(records_of(schema, "Scenario"))
    for name, node in schema["$defs"].items():
        every |= set(records_of(node, name))
    m = a_model()
    person = m.volunteer("a", home={"lat": 38.8, "lon": 105.6, "name": "yurt"}, shifts=[
        {"start": "8:00", "end": "17:00", "overtime": "1 h"},
    ], breaks="12:00-13:00 30 min")  # fmt: skip
    m.team("t", least_people={"count": 1, "price": 5}, category="red")
    one = m.need("one", **NEED, recurrence={
        "times": 2, "every_days": 7, "tolerance_days": 1, "same_weekday": True, "same_visitor": 3,
    })  # fmt: skip
    two = m.need("two", **NEED, session={"participants": 3, "per_helper": 2, "whole": True})
    m.need("three", **NEED, goods=[{"good": m.good("g"), "or": [{"good": m.good("h"), "amount": 2, "less": 1}]}])
    m.need(
        "lent",
        **NEED,
        goods={m.good("chair", comes_back=True): 2},
        loan={"back": {"window": "14:00-15:00", "minutes": 5}, "same_person": 7},
    )
    m.need("four", **NEED, roles=[{}, {}], gaps={"from": 0, "to": 1, "min_s": 0, "max_s": "10 min", "either": True})
    m.need("five", **NEED, roles=[{"requires": [[person, ("x", 2)]]}],
           crew={"tallies": [{"category": "red", "min": 0}, {"volunteer": person, "max": 2}]},
           )  # fmt: skip
    m.need(
        "six",
        **NEED,
        prefers=[{"team": "t", "price": 3}, {"category": "red", "price": 3}, {"skill": "x", "level": 2, "price": 1}],
    )
    m.days_apart(one, two, min_days=0, max_days=3, whole_weeks=True)
    said = set(fields_of(schema, m.to_dict(), schema, "Scenario"))
    for path in DOCUMENTS:
        document = rebuilt(json.loads(path.read_text(encoding="utf-8"))).to_dict()
        said |= set(fields_of(schema, document, schema, "Scenario"))
    assert every - said == set()


def test_readers_and_types_know_the_fields_of_the_schema() -> None:
    schema = qise.schema("scenario")
    tried = 0
    for name, node in schema["$defs"].items():
        if "properties" not in node:
            continue
        upper = "".join(f"_{letter}" if letter.isupper() else letter for letter in name)[1:].upper()
        shape = getattr(shapes, upper, None) or getattr(shifts, upper, None)
        shape = shape or lists.LISTS.get(LISTED.get(name.lower(), ""))
        typed = getattr(dicts, f"{name}Dict", None)
        fields = set(node["properties"])
        if shape is not None:
            tried += 1
            assert set(shape.fields) == fields - ({"id"} if "id" in fields else set()), name
            assert {*shape.required, *({"id"} & fields)} == set(node.get("required", [])), name
        if typed is not None:
            tried += 1
            assert set(typed.__annotations__) == fields | set(getattr(shape, "short", {})), name
        if name.lower() in LISTED and name != "Slowdown":
            arguments = set(inspect.signature(getattr(qise.Model, name.lower())).parameters)
            assert fields <= arguments, name
    assert tried > 50
    terms = schema["$defs"]["Weighted"]["properties"]["term"]["enum"]
    assert sorted(terms) == sorted(words.TERMS)


def test_times_and_spans_are_read_as_people_write_them() -> None:
    def windows(said: Any, **options: Any) -> list[tuple[str, str]]:
        m = qise.Model("2026-11-24", tz="Asia/Shanghai", **options)
        m.need("n", at=(38.8, 105.6), minutes=1, window=said)
        return [(one["from"], one["to"]) for one in m.to_dict()["needs"][0]["windows"]]

    plain = [("2026-11-24T09:00", "2026-11-24T11:30")]
    for said in (
        "9:00-11:30", "9:00 - 11:30", "09:00–11:30", "9:00至11:30", "9:00~11:30", "2026-11-24 9:00-11:30",
        "11-24 9:00-11:30", "11月24日 9:00-11:30", "2026/11/24 9:00 to 11:30",
        ("9:00", "11:30"), (time(9), time(11, 30)), (datetime(2026, 11, 24, 9), "11:30"),
        ["9:00-11:30"], [("9:00", "11:30")], {"from": "9:00", "to": "11:30"},
        ("2026-11-24T09:00", "2026-11-24T11:30"),
    ):  # fmt: skip
        assert windows(said) == plain, said
    both = [*plain, ("2026-11-24T14:00", "2026-11-24T16:00")]
    for many in ("14:00-16:00, 9:00-11:30", "9:00-11:30;14:00-16:00", ["14:00-16:00", ("9:00", "11:30")]):
        assert windows(many) == both
    assert windows(("9:00-11:30", "14:00-16:00")) == both
    assert windows("22:00-6:00+1") == [("2026-11-24T22:00", "2026-11-25T06:00")]
    assert windows("22:00-24:00") == [("2026-11-24T22:00", "2026-11-25T00:00")]
    assert windows("14:00") == [("2026-11-24T14:00", "2026-11-24T14:00")]
    assert [start for start, _ in windows("9:00-10:00", days=2)] == ["2026-11-24T09:00", "2026-11-25T09:00"]
    assert [start for start, _ in windows(("9:00", "10:00"), days=2)] == ["2026-11-24T09:00", "2026-11-25T09:00"]
    assert windows("11-25 9:00-10:00", days=2) == [("2026-11-25T09:00", "2026-11-25T10:00")]
    there = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert windows((there, there + timedelta(hours=1))) == [("2026-11-24T09:00:00+08:00", "2026-11-24T10:00:00+08:00")]


def test_durations_are_read_as_people_write_them() -> None:
    for said, seconds in (
        ("20 min", 1200), ("1 h 30 min", 5400), ("1h30m", 5400), ("1:30", 5400), ("PT1H30M", 5400), ("1.5 h", 5400),
        ("P1D", 86400), ("90 s", 90), ("20分钟", 1200), ("1小时30分", 5400), (timedelta(minutes=20), 1200),
    ):  # fmt: skip
        m = a_model()
        m.need("n", at=(38.8, 105.6), service=said, window="9:00")
        assert m.to_dict()["needs"][0]["service"] == seconds, said


def test_shifts_and_breaks() -> None:
    m = a_model(days=2)
    m.volunteer("a", home=(38.8, 105.6), shifts="8:00-12:00, 13:00-17:00", breaks="9:00-10:00 15 min", overtime="1 h")
    m.volunteer("b", home=(38.8, 105.6), shifts=[
        {"start": "20:00", "end": "4:00+1", "to": "anywhere", "breaks": [("0:30-2:00", "30 min")]},
    ])  # fmt: skip
    m.volunteer("c", home=(38.8, 105.6), shifts="8:00-12:00", party=True)
    a, b, c = m.to_dict()["volunteers"]
    assert [shift["start"][8:] for shift in a["shifts"]] == ["24T08:00", "24T13:00", "25T08:00", "25T13:00"]
    assert a["shifts"][2]["breaks"] == [{"earliest": "2026-11-25T09:00", "latest": "2026-11-25T10:00", "duration": 900}]
    assert a["shifts"][0]["overtime"] == {"most": 3600}
    assert "breaks" not in a["shifts"][1]
    assert m.problem().sizes["shifts"] == 8
    error = told(lambda: m.volunteer("d", home=(38.8, 105.6), shifts="8:00-12:00", breaks="12:30-13:00 15 min"))
    assert "volunteer 'd', breaks" in str(error) and "starts within a shift" in str(error)
    assert [shift["breaks"][0]["earliest"][8:13] for shift in b["shifts"]] == ["25T00", "26T00"]
    assert [shift["party"] for shift in c["shifts"]] == [True, True]


def test_zones_and_days() -> None:
    for zone in ("Asia/Shanghai", ZoneInfo("Asia/Shanghai")):
        assert qise.Model(date(2026, 11, 24), tz=zone).problem().time_zone == "Asia/Shanghai"
    for offset in ("+08:00", timezone(timedelta(hours=8))):
        assert qise.Model("2026-11-24", tz=offset).problem().time_zone == "+08:00"


def test_who_may_serve() -> None:
    m = a_model()
    team = m.team("riders", category="blue")
    bat = m.volunteer("bat", home=(38.8, 105.6), shifts="8:00-17:00", skills=["driving", ("legal", 2)], teams=team)
    blue = m.category("blue", name="talks")
    m.need("a", **NEED, requires=["driving", ("legal", 2), team, blue, [bat, "driving"]], never=bat, gender="female")
    m.need("b", **NEED, requires="driving", people=2, prefers={bat: 60, team: 30, "legal": 5}, load={"kg": 3})
    a, b = m.to_dict()["needs"]
    assert a["requires"] == {
        "all": [
            {"skill": "driving"}, {"skill": "legal", "level": 2}, {"team": "riders"}, {"category": "blue"},
            {"gender": "female"},
        ],
        "any": [[{"volunteer": "bat"}, {"skill": "driving"}]],
        "none": [{"volunteer": "bat"}],
    }  # fmt: skip
    (role,) = b["roles"]
    assert (role["count"], role["requires"]) == (2, {"all": [{"skill": "driving"}]})
    assert [wish["price"] for wish in role["prefers"]] == [60, 30, 5]
    assert m.to_dict()["skills"] == [{"id": "driving"}, {"id": "legal", "levels": 2}]
    assert m.to_dict()["dimensions"] == [{"id": "kg"}]


def test_ids_say_what_they_name() -> None:
    m = a_model()
    m.team("riders")
    m.volunteer("bat", home=(38.8, 105.6), shifts="8:00-17:00", skills=["driving"])
    m.need("a", **NEED, requires=["riders", "driving", "blue"], prefers={"bat": 60})
    (need,) = m.to_dict()["needs"]
    assert need["requires"]["all"] == [{"team": "riders"}, {"skill": "driving"}, {"category": "blue"}]
    assert need["prefers"] == [{"volunteer": "bat", "price": 60}]
    error = told(lambda: m.need("b", **NEED, requires={qise.model.Team("riders"): 2}))
    assert "since nothing else has one" in str(error)


def test_a_previous_plan() -> None:
    m = a_model()
    bat = m.volunteer("bat", home=(38.83, 105.66), shifts="8:00-17:00")
    water = m.need("water", **NEED)
    plan = m.solve(iterations=20)
    m.previous(plan, reassign_price=100)
    assert m.to_dict()["previous"]["assignments"][0]["need"] == water
    assert m.solve(iterations=20).score.terms["disruption"] == 0
    m.need("round", **NEED, recurrence={"times": 2, "every_days": 1})
    m.need("both", **NEED, roles=[{}, {}])
    m.volunteer("siqin", home=(38.83, 105.66), shifts=["8:00-17:00", "2026-11-25 8:00-17:00"])
    m.previous(m.solve(iterations=50))
    visits = {(one["need"], one["volunteer"]) for one in m.to_dict()["previous"]["assignments"]}
    assert {("round#2", "siqin"), ("both", "bat"), ("both", "siqin")} <= visits
    assert m.problem().to_dict()["previous"]["assignments"]
    m.previous([(water, bat, "9:30")], tolerance="10 min")
    assert m.to_dict()["previous"]["tolerance"] == 600


def test_things_are_their_ids() -> None:
    m = a_model()
    bat = m.volunteer("bat", home=(38.83, 105.66), shifts="8:00-17:00")
    assert isinstance(bat, str) and bat == bat.id == "bat" and type(bat.id) is str
    assert (repr(bat), str(bat), f"{bat}") == ("Volunteer('bat')", "bat", "bat")
    assert type(pickle.loads(pickle.dumps(bat))) is type(bat)
    with pytest.raises(AttributeError):
        bat.name = "x"  # type: ignore[attr-defined]


def test_the_example_of_the_class_runs() -> None:
    (example,) = doctest.DocTestFinder(recurse=False).find(qise.Model, "Model", globs={"qise": qise})
    assert len(example.examples) == 4
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0


# --- what can go wrong ---


def by_hand() -> qise.Model:
    m = a_model()
    m.skill("nursing", levels=3)
    m.place("wangfu", lat=38.83, lon=105.66)
    m.team("power")
    m.volunteer("bat", home="wangfu", shifts="8:00-17:00", skills={"nursing": 2}, gender="male")
    m.need("water-1", **NEED)
    return m


# Of no type, since a type checker finds most of these before they are made.
MISTAKES: dict[str, tuple[Callable[[Any], object], str, str, str]] = {
    "an id twice": (
        lambda m: m.need("water-1", **NEED),
        "need 'water-1', id",
        "made a need with this one",
        "不重复的编号",
    ),
    "a window that ends before it begins": (
        lambda m: m.need("n", **{**NEED, "window": "12:00-9:00"}),
        "need 'n', window",
        'an end on the next day is written "22:00-6:00+1"',
        "结束时间晚于开始时间",
    ),
    "a window without minutes": (
        lambda m: m.need("n", **{**NEED, "window": "9-12"}),
        "need 'n', window",
        'a span such as "9:00-11:30"',
        "之类的时段",
    ),
    "no such time": (
        lambda m: m.need("n", **{**NEED, "window": "9:70-12:00"}),
        "need 'n', window",
        "minutes up to 59",
        "59",
    ),
    "windows that overlap": (
        lambda m: m.need("n", **{**NEED, "window": "9:00-11:00, 10:00-12:00"}),
        "need 'n', window",
        "spans apart from each other",
        "互不重叠的时段",
    ),
    "latitude and longitude swapped": (
        lambda m: m.need("n", **{**NEED, "at": (105.66, 38.83)}),
        "need 'n', at",
        "latitude and longitude look swapped: (38.83, 105.66)",
        "纬度与经度似乎颠倒",
    ),
    "a place that is not there": (
        lambda m: m.need("n", **{**NEED, "at": "wangfo"}),
        "need 'n', at",
        'did you mean "wangfu"?',
        '是否想写 "wangfu"?',
    ),
    "a place that was never made": (
        lambda m: m.volunteer("x", home="yard", shifts="8:00-17:00"),
        "volunteer 'x', home",
        'make it before: m.place("yard", …)',
        "请先定义",
    ),
    "an argument misspelt": (
        lambda m: m.need("n", **NEED, prioriti=3),
        "need 'n', prioriti",
        'did you mean "priority"?',
        '是否想写 "priority"?',
    ),
    "another word for an argument": (
        lambda m: m.need("n", location=(38.8, 105.6), minutes=20, window="9:00-12:00"),
        "need 'n', location",
        'did you mean "at"?',
        '是否想写 "at"?',
    ),
    "a field within an argument misspelt": (
        lambda m: m.need("n", **NEED, roles=[{"count": 2}, {"cont": 1}]),
        "need 'n', roles[1].cont",
        'did you mean "count"?',
        '是否想写 "count"?',
    ),
    "something missing": (
        lambda m: m.need("n", at="wangfu", window="9:00-10:00"),
        "need 'n', minutes",
        'minutes=20 or service="1 h"',
        "minutes=20",
    ),
    "a skill misspelt": (
        lambda m: m.need("n", **NEED, requires={"nursng": 2}),
        "need 'n', requires[\"nursng\"]",
        'did you mean "nursing"?',
        '是否想写 "nursing"?',
    ),
    "a level that the skill has not": (
        lambda m: m.need("n", **NEED, requires={"nursing": 4}),
        "need 'n', requires[\"nursing\"]",
        'a level of "nursing" from 1 to 3',
        '"nursing" 的级别，1 至 3',
    ),
    "negative minutes": (
        lambda m: m.need("n", **{**NEED, "minutes": -20}),
        "need 'n', minutes",
        "minutes from 0 upwards",
        "不小于 0 的分钟数",
    ),
    "a negative priority": (
        lambda m: m.need("n", **NEED, priority=-1),
        "need 'n', priority",
        "it cannot be negative",
        "不能为负",
    ),
    "a duration without a unit": (
        lambda m: m.volunteer("x", home="wangfu", shifts="8:00-17:00", rest=11),
        "volunteer 'x', rest",
        'a number has no unit: "11 min"',
        "数字没有单位",
    ),
    "a thing of another kind": (
        lambda m: m.need("n", **NEED, pinned=qise.model.Team("power")),
        "need 'n', pinned.volunteer",
        "a volunteer of this model",
        "本模型中的志愿者",
    ),
    "a word that does not exist": (
        lambda m: m.volunteer("x", home="wangfu", shifts="8:00-17:00", gender="femal"),
        "volunteer 'x', gender",
        'did you mean "female"?',
        '是否想写 "female"?',
    ),
    "a term misspelt": (
        lambda m: m.objective(["unserved_priority", ["travl_time"]]),
        "objective, levels[1][0].term",
        'did you mean "travel_time"?',
        '是否想写 "travel_time"?',
    ),
    "a colour that does not exist": (
        lambda m: m.team("x", category="yelow"),
        "team 'x', category",
        'did you mean "yellow"?',
        '是否想写 "yellow"?',
    ),
    "a need linked with itself": (
        lambda m: m.after("water-1", "water-1"),
        "after('water-1', 'water-1'), second",
        "another need than the first",
        "与第一项不同的需求",
    ),
    "a need that is not there": (
        lambda m: m.together("water-1", "water-2"),
        "together('water-1', 'water-2')",
        "a need of this model",
        "本模型中的需求",
    ),
    "a zone misspelt": (
        lambda m: qise.Model("2026-11-24", tz="Asia/Shangai"),
        "Model('2026-11-24'), tz",
        'did you mean "Asia/Shanghai"?',
        '是否想写 "Asia/Shanghai"?',
    ),
    "a day that does not exist": (
        lambda m: qise.Model("2026-11-31", tz="Asia/Shanghai"),
        "Model('2026-11-31'), day",
        'a day such as "2026-11-24"',
        "之类的日期",
    ),
    "an argument by its place": (
        lambda m: m.need("n", (38.8, 105.6), **NEED),
        "need 'n'",
        "only id without a name; write name=value",
        "名称=值",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_told_at_their_line(name: str) -> None:
    make, where, mending, mending_zh = MISTAKES[name]
    m = by_hand()
    before = m.to_dict()
    error = told(lambda: make(m))
    line = inspect.getsourcelines(make)[1]
    assert str(error).startswith(f"test_model.py:{error.line}: {where}"), str(error)
    assert line <= error.line <= line + 5
    assert error.file == __file__
    assert mending in str(error), str(error)
    assert mending_zh in error.text_zh, error.text_zh
    assert isinstance(error, (qise.QiseError, ValueError))
    assert m.to_dict() == before, "a call that fails must change nothing"


def test_everything_wrong_in_a_call_is_told_at_once() -> None:
    error = told(lambda: a_model().need("n", at=(105.6, 38.8), minutes=-1, window="9-10", priority=-1))
    assert [fault.argument for fault in error.faults] == ["at", "minutes", "window", "priority"]
    assert len(str(error).splitlines()) == 4
    again = pickle.loads(pickle.dumps(error))
    assert (again.faults, str(again), again.line, again.file) == (error.faults, str(error), error.line, error.file)


ENGINE: dict[str, tuple[Callable[[Any], object], str]] = {
    "a promise of nothing": (lambda m: m.need("n", **NEED, promise={}), "need 'n', promise: found neither"),
    "a pin of two people": (lambda m: m.need("n", **NEED, people=2, pinned="bat"), "need 'n', pinned: "),
    "goods for a crew": (lambda m: m.need("n", **NEED, people=2, goods={m.good("saw"): 1}), "need 'n', goods: "),
    "a ride that goes nowhere": (lambda m: m.need("n", **NEED, max_ride="20 min"), "need 'n', max_ride: "),
    "what contradicts itself": (
        lambda m: m.need("n", **NEED, people=2, requires=[m.team("t")], never=[qise.model.Team("t")]),
        "need 'n', requires.all[0]: found also in `none`",
    ),
    "a skill twice": (
        lambda m: m.volunteer("v", home="wangfu", shifts="8:00-9:00", skills=["nursing", ("nursing", 2)]),
        "volunteer 'v', skills[1]: found the same skill again",
    ),
    "breaks in a party": (
        lambda m: m.volunteer("v", home="wangfu", shifts="8:00-17:00", breaks="12:00-13:00 1 h", party=True),
        "volunteer 'v', shifts[0].party: found breaks",
    ),
    "no colour": (lambda m: m.category("x", colour="grey"), "category 'x', colour: "),
}


@pytest.mark.parametrize("name", ENGINE)
def test_what_the_engine_finds_in_an_entry_alone_is_told_at_once(name: str) -> None:
    make, text = ENGINE[name]
    m = by_hand()
    count = len(m)
    error = told(lambda: make(m))
    assert str(error).startswith(f"test_model.py:{error.line}: {text}"), str(error)
    assert inspect.getsourcelines(make)[1] <= error.line <= inspect.getsourcelines(make)[1] + 3
    assert len(m) == count


def test_what_entries_have_to_do_with_each_other_is_told_at_the_line_of_the_call() -> None:
    m = by_hand()
    start = inspect.currentframe().f_lineno  # type: ignore[union-attr]
    m.team("riders", members=["bot"])
    m.team("many", least_people=4)
    m.need("a", **NEED, pinned=m.volunteer("away", home="wangfu", shifts=[]))
    error = told(m.problem)
    lines = {fault.line - start: (fault.entry, fault.argument, fault.code) for fault in error.faults}
    assert lines[1] == ("team 'riders'", "members[0]", "unknown_reference")
    assert 'did you mean "bat"?' in str(error)
    assert told(lambda: m.solve(iterations=1)).text == error.text
    assert all(fault.message_zh.startswith(f"test_model.py:{fault.line}:") for fault in error.faults)
    m.volunteer("bot", home="wangfu", shifts="8:00-17:00")
    (fault,) = told(m.problem).faults
    assert (fault.line - start, fault.entry, fault.argument) == (2, "team 'many'", "least_people.count")
    m = by_hand()
    m.need("a", **NEED, pinned=m.volunteer("away", home="wangfu", shifts=[]))
    (fault,) = told(m.problem).faults
    assert (fault.entry, fault.argument, "without any shift" in fault.message) == ("need 'a'", "pinned.volunteer", True)


def test_links_that_contradict_each_other_are_told_at_their_line() -> None:
    m = by_hand()
    m.need("c", **NEED)
    start = inspect.currentframe().f_lineno  # type: ignore[union-attr]
    m.after("water-1", "c")
    m.after("c", "water-1")
    for fault in told(m.problem).faults:
        assert (fault.line - start, fault.entry) in {(1, "after('water-1', 'c')"), (2, "after('c', 'water-1')")}


def test_a_skill_that_only_needs_ask_for() -> None:
    m = a_model()
    m.need("a", **NEED, requires="nursng")
    m.need("b", **NEED, requires={"riding": 2})
    m.volunteer("bat", home=(38.8, 105.6), shifts="8:00-17:00", skills="nursing")
    error = told(m.problem)
    assert [(fault.entry, fault.argument) for fault in error.faults] == [("need 'a'", "requires.all[0].skill")]
    assert 'did you mean "nursing"?' in str(error)
    m.skill("nursng")
    assert {skill["id"]: skill.get("levels") for skill in m.problem().to_dict()["skills"]}.keys() == {
        *("nursng", "nursing", "riding")
    }


def test_type_checkers_find_what_is_planted(tmp_path: Path) -> None:
    planted = {
        'm.need("a", at=(38.8, 105.6), minutes=20, window="9:00-12:00", prioriti=3)': 'did you mean "priority"',
        'm.need("b", at=(38.8, 105.6), minutes=20, window="9:00-12:00", roles=[{"cont": 2}])': '"cont"',
        'm.volunteer("c", home=(38.8, 105.6), shifts="8:00-17:00", gender="femal")': '"gender"',
        'm.volunteer("d", home=(38.8, 105.6), shifts=[{"start": "8:00", "end": "9:00", "brakes": []}])': "ShiftDict",
        'm.objective(["unserved", {"travl_time": 2}])': "travl_time",
        'm.pair("a", "c", rule="forbiden")': '"rule"',
        'm.need("e", at="yard", minutes="20", window="9:00-12:00")': '"minutes"',
    }
    good = [
        "import qise",
        'm = qise.Model("2026-11-24", tz="Asia/Shanghai")',
        'bat = m.volunteer("bat", home=(38.83, 105.66), skills={"nursing": 2}, shifts="8:00-17:00")',
        'saw = m.good("saw")',
        'm.need("x", at=(38.8, 105.6), minutes=20, window=[("9:00", "10:00"), "11:00-12:00"], never=[bat],',
        '       requires=["driving", ("nursing", 2), bat, {"gender": "male"}, [bat, "driving"]], prefers={bat: 60})',
        'm.need("y", at=(38.8, 105.6), minutes=20, window="9:00-12:00", requires={"any": [[bat, "driving"]]},',
        '       goods=[saw, {"good": saw, "use": "carry"}], pinned=(bat, "9:30"), vehicle="car")',
        'm.objective(["unserved", {"people": 7200}, ["load", ("distance", 2), {"term": "teams", "weight": 3}]])',
        'm.need("z", at=(38.8, 105.6), minutes=20, window="9:00-12:00", requires={"nursing": 2},',
        '       roles=[{"count": 2, "requires": {"nursing": 2}, "load": {"kg": 3}}], promise={"start_by": "9:30"})',
    ]
    script = tmp_path / "plan.py"
    script.write_text("\n".join([*good, *planted]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "plan.py"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    found = {int(line.split(":")[1]): line for line in done.stdout.splitlines() if ": error:" in line}
    assert sorted(found) == list(range(len(good) + 1, len(good) + len(planted) + 1)), done.stdout
    for number, word in enumerate(planted.values(), len(good) + 1):
        assert word in done.stdout, found[number]


def test_warnings_have_their_lines() -> None:
    m = by_hand()
    line = inspect.currentframe().f_lineno + 1  # type: ignore[union-attr]
    m.need("n", **{**NEED, "window": "20:00-21:00"}, requires={"nursing": 3})
    found = {oddity.code: str(oddity) for oddity in m.warnings}
    assert found["outside_shifts"].startswith(f"test_model.py:{line}: need 'n', window: outside every shift")
    assert found["level_unheld"].startswith(f"test_model.py:{line}: need 'n': nobody holds ")


def test_names_that_differ_in_numbers_are_different() -> None:
    m = a_model()
    m.volunteer("bat", home=(38.8, 105.6), shifts="8:00-17:00", skills=["licence-b1"])
    m.need("a", **NEED, requires="licence-b2")
    assert len(m.problem().to_dict()["skills"]) == 2


def test_models_can_be_copied_and_compared() -> None:
    m = by_hand()
    m.problem()
    for again in (copy.copy(m), copy.deepcopy(m), pickle.loads(pickle.dumps(m))):
        assert again == m
        assert again.problem() == m.problem()
    again.need("more", **NEED)
    assert again != m


def test_a_large_model_is_made_in_time() -> None:
    m = a_model(days=3)
    for number in range(1000):
        m.volunteer(f"v{number}", home=(38.8, 105.6), shifts="8:00-17:00", skills={"nursing": 1 + number % 3})
        m.need(f"n{number}", **NEED, requires={"nursing": 2})
    assert m.problem().sizes["shifts"] == 3000


def test_a_failed_call_leaves_the_days_as_they_were() -> None:
    m = a_model(days=3)
    told(lambda: m.need("n", at=(38.8, 105.6), minutes=1, window=("12:00", "9:00")))
    told(lambda: m.volunteer("v", home=(38.8, 105.6), shifts=[{"start": "9:00", "end": "8:00"}]))
    told(lambda: m.volunteer("v", home=(38.8, 105.6), shifts="9:00-17:00", breaks="19:00-18:00 5 min"))
    m.need("n", at=(38.8, 105.6), minutes=1, window=("9:00", "12:00"))
    m.volunteer("v", home=(38.8, 105.6), shifts="8:00-17:00")
    assert len(m.to_dict()["needs"][0]["windows"]) == len(m.to_dict()["volunteers"][0]["shifts"]) == 3
    assert "a time with its day" in str(told(lambda: m.makespan(["n"], since="8:00")))


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a document."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places_in(one, (*path, key))


def test_whatever_is_written_is_told_by_the_model() -> None:
    chance = random.Random(7)
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in DOCUMENTS[-12:]]
    values = [None, -1, 0, 1, 2.5, True, "", "x", "9:00", "9:00-8:00", [], {}, [1], {"a": 1}, (1, 2), "PT5M", object()]
    wrong = 0
    for _ in range(400):
        document = copy.deepcopy(chance.choice(documents))
        path = chance.choice([path for path in places_in(document) if len(path) > 3])
        inner: Any = document
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = chance.choice(values)
        try:
            rebuilt(document).problem()
        except qise.ModelError as error:
            wrong += 1
            assert error.faults and error.file == __file__ and str(error).startswith("test_model.py:")
            assert all(fault.message and fault.message_zh and fault.expected_zh for fault in error.faults)
    assert wrong > 200
