"""Reasons are looked for when they are asked about, within a time, and can be stopped."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import qise


@pytest.fixture(scope="module")
def crowded() -> qise.Plan:
    """A plan that leaves hundreds of needs, with hundreds of people who could serve some of them."""
    problem = qise.generate(needs=1200, volunteers=120, teams=6, seed=3)
    plan = problem.solve(iterations=0)  # not by time: slow machines would find nothing
    assert len(plan.unserved("none")) > 300
    return plan


def test_how_much_is_told_is_asked_for(day_plan: qise.Plan) -> None:
    proven, quick, none = (day_plan.unserved(reasons) for reasons in ("proven", "quick", "none"))
    assert [entry["need"] for entry in proven] == [entry["need"] for entry in quick]
    assert [entry["need"] for entry in proven] == [entry["need"] for entry in none]
    assert [list(entry) for entry in proven] == [list(entry) for entry in none]
    assert {entry["verdict"] for entry in none} == {"unexamined"}
    assert all((entry["left"], entry["cuts"], entry["able"]) == (None, [], []) for entry in none)
    assert all(entry["left"] is not None for entry in quick)
    assert "unexamined" not in {entry["verdict"] for entry in proven}
    # What the rules alone prove is proven.
    impossible = {entry["need"] for entry in quick if entry["verdict"] == "impossible"}
    assert impossible <= {entry["need"] for entry in proven if entry["verdict"] == "impossible"}


def test_wrong_words(tiny_plan: qise.Plan, tmp_path: Path) -> None:
    asks: list[Any] = [tiny_plan.unserved, tiny_plan.to_json, tiny_plan.to_dict, tiny_plan.to_frames]
    asks += [tiny_plan.to_text, tiny_plan.to_html, lambda **more: tiny_plan.save(tmp_path / "plan.json", **more)]
    for ask in asks:
        with pytest.raises(ValueError, match="reasons must be 'none', 'quick' or 'proven', not \"all\""):
            ask(reasons="all")
        with pytest.raises(ValueError, match="time_limit must be 0 or more seconds, not -1"):
            ask(time_limit=-1)
        with pytest.raises(TypeError, match="time_limit must be a number of seconds, not str"):
            ask(time_limit="long")


def test_nothing_else_looks_for_reasons(crowded: qise.Plan) -> None:
    begun = time.perf_counter()
    assert crowded.routes and crowded.assignments and crowded.figures and crowded.to_geojson()
    frames = crowded.to_frames()
    assert frames["unserved"]["verdict"].isna().all(), "what nobody asked for is not said"
    assert qise.check(crowded.problem, crowded) == []
    crowded.problem.with_previous(crowded)
    assert time.perf_counter() - begun < 5


def test_the_limit_holds_and_what_matters_most_comes_first(crowded: qise.Plan) -> None:
    begun = time.perf_counter()
    left = crowded.unserved(time_limit=0.5)
    assert time.perf_counter() - begun < 1.5
    assert len(left) == len(crowded.unserved("none"))
    begun = time.perf_counter()
    assert {entry["verdict"] for entry in crowded.unserved(time_limit=0)} == {"unexamined"}
    assert time.perf_counter() - begun < 0.5
    begun = time.perf_counter()
    assert crowded.to_text(time_limit=0.3).count("\n") > 20
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("ask", ["unserved", "to_json", "to_dict"])
def test_they_can_be_interrupted(crowded: qise.Plan, ask: str) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    asked: list[float] = []

    def interrupt() -> None:
        asked.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, interrupt)
    try:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            for _ in range(1000):
                # A machine that is quick enough to tell all is asked again.
                getattr(qise.Plan.from_json(crowded.problem, crowded.to_json(reasons="none")), ask)()
        assert time.perf_counter() - asked[0] < 0.3
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)


def test_other_threads_run_meanwhile(crowded: qise.Plan) -> None:
    counted = 0
    done = threading.Event()

    def count() -> None:
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.01)

    other = threading.Thread(target=count)
    other.start()
    crowded.unserved(time_limit=0.4)
    done.set()
    other.join()
    assert counted > 10


def test_a_plan_is_safe_before_its_reasons_are_known(tiny_plan: qise.Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    tiny_plan.save(path, reasons="none")
    assert "reason" not in qise.Plan.from_file(tiny_plan.problem, path).to_dict(reasons="none")["unserved"][0]
    tiny_plan.save(path)
    assert path.read_text(encoding="utf-8") == tiny_plan.to_json()


def test_the_route_sheet(tiny_plan: qise.Plan, day_plan: qise.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tiny_plan.to_text()
    assert text == str(tiny_plan) == f"{tiny_plan}"
    lines = [line.strip() for line in text.splitlines()]
    assert lines[0] == "巴彦浩特 四件事两个人 — 4 needs, 2 volunteers, 2 teams"
    assert "Routes of 2026-11-24" in lines
    assert any(line.startswith("09:00–09:30") and "n-lamp" in line for line in lines)
    assert any(line.startswith("impossible") for line in lines)
    assert any(line.split() == ["needs", "served", "3", "/", "4"] for line in lines)
    assert "2026-11-24 的路线" in tiny_plan.to_text(lang="zh")
    monkeypatch.setenv("QISE_LANG", "zh")
    assert str(tiny_plan) == tiny_plan.to_text(lang="zh")
    assert all(route["volunteer"] in repr(day_plan.routes) for route in day_plan.routes)
    assert sum(line.lstrip()[:2].isdigit() for line in day_plan.to_text().splitlines()) >= len(day_plan.assignments)
    with pytest.raises(ValueError, match="lang must be 'en' or 'zh', not \"fr\""):
        tiny_plan.to_text(lang="fr")  # type: ignore[arg-type]


def test_a_need_with_two_ways_has_a_reason(day: qise.Problem) -> None:
    document = day.to_dict()
    others = {need for choice in document["choices"] for need in choice["needs"][1:]}
    unserved = [{"need": need["id"]} for need in day.needs if need["id"] not in others]
    nobody = qise.Plan.from_json(day, {"format": "qise/plan", "version": 1, "routes": [], "unserved": unserved})
    left = nobody.unserved("quick")
    assert len(left) == len(day) == 171 and others
    document = nobody.to_dict(reasons="quick")
    assert [entry["reason"]["verdict"] for entry in document["unserved"]] == [entry["verdict"] for entry in left]
