"""Data frames of pandas, polars, pyarrow and DuckDB: read, made, and read back."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import duckdb
import numpy as np
import pandas as pd  # type: ignore[import-untyped, unused-ignore]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pytest
import qise

DATA = Path(__file__).parents[3] / "tests" / "data" / "alxa"
BACKENDS: list[Literal["pandas", "polars", "pyarrow"]] = ["pandas", "polars", "pyarrow"]
TYPES = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.Table}


def needs(**changes: Any) -> dict[str, list[Any]]:
    """Two needs as columns; ``changes`` replace columns, or take them away."""
    table: dict[str, list[Any]] = {
        "need": ["n1", "n2"],
        "name": ["送水", "陪诊"],
        "longitude": [105.67, 105.70],
        "latitude": [38.84, 38.85],
        "time": ["9:00-11:30", "14:00-16:00"],
        "duration": [30, 40],
        **changes,
    }
    return {column: values for column, values in table.items() if values}


def people(**changes: Any) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = {
        "volunteer": ["v1", "v2"],
        "name": ["其木格", "巴特尔"],
        "longitude": [105.66, 105.66],
        "latitude": [38.83, 38.83],
        "shifts": ["8:00-17:00", "8:00-12:00"],
        **changes,
    }
    return {column: values for column, values in table.items() if values}


def read(table: Any = None, others: Any = None, **more: Any) -> qise.Problem:
    return qise.Problem.from_frames(
        needs=needs() if table is None else table,
        volunteers=people() if others is None else others,
        **{"date": "2026-11-24", "datum": "WGS-84", **more},
    )


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["day", "fodder", "lending", "rounds", "tiny"])
def test_every_scenario_comes_back(
    name: str, lang: Literal["en", "zh"], backend: Literal["pandas", "polars", "pyarrow"]
) -> None:
    problem = qise.Problem.from_file(DATA / f"{name}.json")
    frames = problem.to_frames(backend=backend, lang=lang)
    assert {type(frame) for frame in frames.values()} == {TYPES[backend]}
    again = qise.Problem.from_frames(**frames)
    assert again == problem
    assert again.to_json() == problem.to_json()


def test_columns_have_types(day: qise.Problem) -> None:
    frame = day.to_frames(backend="polars")["needs"]
    zoned = pl.Datetime("ms", "Asia/Shanghai")
    assert frame.schema["time"] == pl.List(pl.Struct({"from": zoned, "to": zoned}))
    assert frame.schema["duration"] == pl.Duration("ms")
    assert frame.schema["category"] == pl.Categorical
    assert frame.schema["skills"] == pl.List(pl.String)
    assert set(frame["place_name"].drop_nulls()) <= {place["name"] for place in day.to_dict()["places"]}
    frame = day.to_frames(backend="pandas")["needs"]
    assert (str(frame["category"].dtype), frame["duration"].dtype.kind) == ("category", "m")
    assert frame["time"][0][0]["from"].tz.key == "Asia/Shanghai"
    assert day.to_frames(backend="pyarrow")["volunteers"].schema.field("skills").type == pa.list_(pa.string())


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda t: pl.DataFrame(t).lazy(), pa.table, dict])
def test_tables_of_every_library(make: Any) -> None:
    expected = read()
    assert read(make(needs()), make(people())) == expected
    assert [need["name"] for need in expected.needs] == ["送水", "陪诊"]


def test_duckdb_and_rows() -> None:
    asked = pa.table(needs())
    assert read(duckdb.from_arrow(asked).order("need")) == read()
    rows = [dict(zip(needs(), row, strict=True)) for row in zip(*needs().values(), strict=True)]
    assert read(rows) == read()


def test_answers_come_in_the_library_of_the_tables() -> None:
    assert isinstance(read(pl.DataFrame(needs())).solve(iterations=20).to_frames()["routes"], pl.DataFrame)
    assert isinstance(read(pd.DataFrame(needs())).to_frames()["needs"], pd.DataFrame)
    assert isinstance(read(pa.table(needs())).to_frames()["needs"], pa.Table)
    assert isinstance(read(pd.DataFrame(needs())).to_frames(backend="polars")["needs"], pl.DataFrame)


def test_values_are_what_they_are() -> None:
    zone = dt.timezone(dt.timedelta(hours=8))
    nine, eleven = dt.datetime(2026, 11, 24, 9), dt.datetime(2026, 11, 24, 11, 30)
    expected = read(needs(time=["9:00-11:30"] * 2, priority=[5, None]))
    alike: list[list[Any]] = [
        [[(nine, eleven)], [(nine, eleven)]],
        [(nine, eleven), [nine, eleven]],
        [{"from": nine, "to": eleven}, [{"from": nine.replace(tzinfo=zone), "to": eleven.replace(tzinfo=zone)}]],
        [(pd.Timestamp(nine, tz="Asia/Shanghai"), pd.Timestamp(eleven, tz="UTC") - pd.Timedelta(hours=8))] * 2,
        [(dt.time(9), dt.time(11, 30)), ["9:00-11:30"]],
    ]
    for times in alike:
        assert read(needs(time=times, priority=[5, None])) == expected, times
    for lengths in (
        [dt.timedelta(minutes=30), pd.Timedelta(minutes=40)],
        [np.int64(30), np.float32(40)],
        ["半小时", "40分钟"],
        [Decimal(30), 40.0],
    ):
        assert read(needs(duration=lengths)) == read()
    for nothing in (None, float("nan"), pd.NA, pd.NaT, np.nan):
        assert read(needs(time=["9:00-11:30"] * 2, priority=[np.int8(5), nothing])) == expected
    held = people(skills=[["nursing 2", "护理、陪护"], {"nursing": 2}])
    skills = [volunteer["skills"] for volunteer in read(others=held).volunteers]
    assert skills == [[{"skill": "nursing", "level": 2}, {"skill": "护理、陪护"}], [{"skill": "nursing", "level": 2}]]
    assert read(others=people(skills=[np.array(["nursing"]), None])).volunteers[0]["skills"] == [{"skill": "nursing"}]
    flags = read(needs(mandatory=[True, np.bool_(False)])).needs
    assert [need.get("mandatory", False) for need in flags] == [True, False]


MISTAKES: list[tuple[dict[str, Any], str, str]] = [
    ({"table": needs(time=["9:00-11:30", "25:00-26:00"])}, 'needs[1, "time"] (n2 陪诊)', "a time such as"),
    ({"table": needs(duration=[30, "soon"])}, 'needs[1, "duration"] (n2 陪诊)', "duration"),
    ({"table": needs(duration=[30, dt.timedelta(milliseconds=5)])}, 'needs[1, "duration"] (n2 陪诊)', "duration"),
    ({"table": needs(need=["n1", "n1"])}, 'needs[1, "need"] (n1 陪诊)', 'needs[0, "need"] (n1 送水) has this one'),
    ({"table": needs(latitude=[38.84, None])}, 'needs[1, "latitude"] (n2 陪诊)', "both"),
    ({"table": needs(skills=[["nursing"], None])}, 'needs[0, "skills"] (n1 送水)', "nobody holds it"),
    ({"table": needs(category=["红色", "褐色"])}, 'needs[1, "category"] (n2 陪诊)', "categories"),
    ({"table": needs(priority=[1, [2]])}, 'needs[1, "priority"] (n2 陪诊)', "one value"),
    ({"table": needs(time=["11:30-9:00", "9:00"])}, 'needs[0, "time"] (n1 送水)', "before"),
    ({"table": needs(prority=[1, 2])}, 'needs["prority"]', 'did you mean "priority"?'),
    ({"table": needs(time=[], wann=["9:00", "10:00"])}, "needs", "not read are: wann"),
    ({"table": needs(priority=[1, {3}])}, 'needs[1, "priority"] (n2 陪诊)', "a value"),
    ({"others": people(skills=[[{"skill": "a", "expires": "2027-01-01"}], None])}, "volunteers[0, ", "a value"),
    ({"others": people(shifts=["8:00-17:00", None])}, 'volunteers[1, "shifts"] (v2 巴特尔)', "shifts"),
    ({"others": people(longitude=[105.66, object])}, 'volunteers[1, "longitude"] (v2 巴特尔)', "a value"),
    ({"others": people(latitude=[38.83, 105.66], longitude=[105.66, 38.83])}, "volunteers[1, ", "90"),
    ({"teams": [{"team": "t1", "members": ["v3"]}]}, 'teams[0, "members"] (t1)', 'did you mean "v'),
    ({"settings": {"time_zone": "Asia/Shangai"}}, 'settings["time_zone"]', "Asia/Shanghai"),
    ({"settings": {"objectiv": []}}, "settings[", 'did you mean "objective"?'),
    ({"date": "someday"}, 'settings["date"]', "2026-11-24"),
]


@pytest.mark.parametrize(("tables", "path", "mending"), MISTAKES, ids=lambda value: str(value)[:40])
def test_typical_mistakes_are_told_where_they_are(tables: dict[str, Any], path: str, mending: str) -> None:
    with pytest.raises(qise.InvalidDocument) as raised:
        read(**tables)
    told = [fault for fault in raised.value.faults if fault.path.startswith(path)]
    assert told, raised.value
    assert any(mending in fault.message for fault in told), raised.value
    assert all(fault.message_zh for fault in told)


def test_lists_that_hold_themselves() -> None:
    endless: list[Any] = []
    endless.append(endless)
    deep: Any = "nursing"
    for _ in range(100_000):
        deep = [deep]
    for value in (endless, deep):
        with pytest.raises(qise.InvalidDocument, match="skills"):
            read(others=people(skills=[value, None]))


def test_all_mistakes_at_once() -> None:
    wrong = needs(time=["25:00", "9:00-11:30"], duration=["30", "soon"], skills=[None, ["nursing"]])
    with pytest.raises(qise.InvalidDocument) as raised:
        read(pl.DataFrame(wrong))
    assert len(raised.value.faults) == 3


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_plan_comes_back(day: qise.Problem, backend: Literal["pandas", "polars", "pyarrow"]) -> None:
    plan = day.solve(iterations=60, threads=1)
    frame: Any = plan.to_frames(backend=backend)["assignments"]
    visits = [(visit["need"], visit["volunteer"], visit["start"]) for visit in plan.assignments]
    table = frame.to_pandas() if backend != "pandas" else frame
    for again in (
        qise.Plan.from_frames(day, frame),
        qise.Plan.from_csv(day, table.to_csv(index=False)),
    ):
        assert sorted((visit["need"], visit["volunteer"], visit["start"]) for visit in again.assignments) == sorted(visits)


def test_what_is_no_table() -> None:
    with pytest.raises(TypeError, match="needs must be a data frame"):
        read(3)
    with pytest.raises(TypeError, match=r"needs\[0\] must be a dict"):
        read([3])
    with pytest.raises(TypeError, match="the name of a column must be text, not 0"):
        read(pd.DataFrame([[1, 2]]))
    with pytest.raises(ValueError, match="different lengths"):
        read(needs(duration=[30]))
    with pytest.raises(ValueError, match="settings has no column 'setting'"):
        read(settings=pd.DataFrame({"a": [1]}))


def test_columns_that_are_not_read_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "qise"):
        read(needs(weather=["sun", "snow"]))
    assert "weather" in caplog.text


def test_settings_of_all_kinds() -> None:
    objective = [[{"term": "unserved_priority"}], [{"term": "travel_time"}]]
    problem = read(settings={"name": "试验", "objective": objective}, date=dt.date(2026, 11, 24))
    assert problem.name == "试验"
    assert problem.to_dict()["objective"] == objective
    areas = [{"id": "a1", "name": "北"}, {"id": "a2", "name": "南"}]
    assert [area["id"] for area in read(settings={"areas": areas}).to_dict()["areas"]] == ["a1", "a2"]
    frames = problem.to_frames(backend="polars")
    assert read(frames["needs"], frames["volunteers"], settings=frames["settings"], date=None, datum=None) == problem


def test_libraries_that_are_missing(tiny_plan: qise.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qise._frames._last", [])
    for name in BACKENDS:
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(ImportError, match=f"pip install {name}"):
            tiny_plan.to_frames(backend=name)
    for table in (tiny_plan.fairness().to_frames, tiny_plan.diff(tiny_plan).to_frames, tiny_plan.to_frames):
        with pytest.raises(ImportError, match="frames need pandas, polars or pyarrow: pip install pandas"):
            table()
    with pytest.raises(ValueError, match="backend must be"):
        tiny_plan.to_frames(backend="dask")  # type: ignore[arg-type]


@pytest.mark.parametrize("backend", BACKENDS)
def test_answers_in_every_library(
    tiny: qise.Problem, tiny_plan: qise.Plan, backend: Literal["pandas", "polars", "pyarrow"]
) -> None:
    nobody = qise.Plan.from_json(tiny, {"format": "qise/plan", "version": 1, "routes": []})
    answers: list[Any] = [
        tiny_plan,
        nobody,
        tiny_plan.diff(nobody),
        tiny_plan.fairness(),
        tiny_plan.rank("n-water"),
        tiny.coverage(hours="9"),
        tiny.frontier(weights=[0, 5], iterations=20),
        tiny_plan.improve("n-boiler", steps=20),
        qise.Dispatch.open(None, tiny, tiny_plan),
    ]
    for answer in answers:
        for name, frame in answer.to_frames(backend=backend).items():
            assert isinstance(frame, TYPES[backend]), name
    start = tiny_plan.to_frames(backend=backend)["assignments"]["start"]
    first = start[0].as_py() if backend == "pyarrow" else start[0]
    assert first == tiny_plan.assignments[0]["start"]
