"""A document is parsed once, when it is first asked for; callers get copies, which are theirs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import qise
from qise import _plain


@pytest.fixture()
def parses(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The documents and the times that are parsed during a test."""
    seen: list[str] = []
    loads, time = json.loads, _plain.time

    def counted_loads(text: str) -> Any:
        seen.append("document")
        return loads(text)

    def counted_time(text: str, there: Any = None) -> Any:
        seen.append("time")
        return time(text, there)

    monkeypatch.setattr(json, "loads", counted_loads)
    monkeypatch.setattr(_plain, "time", counted_time)
    yield seen


PLAN: dict[str, Callable[[qise.Plan], Any]] = {
    "routes": lambda plan: plan.routes,
    "assignments": lambda plan: plan.assignments,
    "calls": lambda plan: plan.calls,
    "outsourced": lambda plan: plan.outsourced,
    "figures": lambda plan: plan.figures,
    "statistics": lambda plan: plan.statistics,
    "score": lambda plan: plan.score.terms,
    "unserved": lambda plan: plan.unserved(),
}
PROBLEM: dict[str, Callable[[qise.Problem], Any]] = {
    "needs": lambda problem: list(problem.needs),
    "volunteers": lambda problem: list(problem.volunteers),
    "sizes": lambda problem: problem.sizes,
    "warnings": lambda problem: problem.warnings,
    "to_dict": lambda problem: problem.to_dict(),
}
COVERAGE: dict[str, Callable[[qise.Coverage], Any]] = {
    "shares": lambda coverage: coverage.shares,
    "gaps": lambda coverage: coverage.gaps,
    "sites": lambda coverage: coverage.sites,
    "placement": lambda coverage: coverage.placement,
    "to_dict": lambda coverage: coverage.to_dict(),
    "repr": lambda coverage: [repr(coverage)],
}


def spoil(value: Any) -> None:
    """Empties every list and dict in a value that can be changed."""
    if type(value).__module__ == "qise._json":
        return
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in list(inner):
        spoil(one)
    if isinstance(value, (dict, list)):
        value.clear()


def ask_twice(value: Any, questions: dict[str, Callable[[Any], Any]], parses: list[str]) -> None:
    parses.clear()
    first = {name: ask(value) for name, ask in questions.items()}
    assert parses.count("document") == 1, "one document, parsed when it is first asked for"
    parses.clear()
    second = {name: ask(value) for name, ask in questions.items()}
    assert parses == [], "nothing is parsed again"
    assert second == first
    assert all(second[name] is not first[name] for name in questions)
    for one in second.values():
        spoil(one)
    assert {name: ask(value) for name, ask in questions.items()} == first, "what a caller changes is his"


def test_plans(day: qise.Problem, day_plan: qise.Plan, parses: list[str]) -> None:
    plan = qise.Plan.from_json(day, day_plan.to_json())
    ask_twice(plan, PLAN, parses)
    parses.clear()
    frames = plan.to_frames()
    assert len(frames["assignments"]) > 100
    assert parses.count("time") == 0, "frames are made of the values that there are"


def test_problems(day: qise.Problem, parses: list[str]) -> None:
    ask_twice(qise.Problem.from_json(day.to_json()), PROBLEM, parses)


def test_coverage(day: qise.Problem, parses: list[str]) -> None:
    ask_twice(day.coverage(place=1, like="hongtuoling", of="needs", hours="9"), COVERAGE, parses)


def test_reports_come_without_text(tiny: qise.Problem, tiny_plan: qise.Plan, parses: list[str]) -> None:
    tiny_plan.rank("n-water")
    tiny_plan.explain("n-water")
    tiny_plan.fairness()
    tiny_plan.diff(tiny_plan)
    tiny_plan.improve("n-boiler", steps=5)
    tiny.bound(rounds=1)
    tiny.frontier(weights=[1], iterations=5)
    tiny.check(tiny_plan)
    qise.schema("plan")
    assert "document" not in parses


def test_values_are_those_of_json(day: qise.Problem, day_plan: qise.Plan) -> None:
    """Reports that the extension makes without text are exactly what their text would say."""
    bounds = day.bound(day_plan, rounds=2, threads=1)
    for value in (qise.schema("scenario"), bounds, day_plan.figures, day_plan.statistics):
        assert json.loads(json.dumps(value)) == value
    gaps = [level["gap_percent"] for level in bounds["levels"]]
    assert gaps and all(type(gap) is float for gap in gaps)
    assert all(type(level["least"]) is int for level in bounds["levels"])
    assert all(type(value) is int for value in day_plan.score.terms.values())
