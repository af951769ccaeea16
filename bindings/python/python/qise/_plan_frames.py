"""A plan as data frames."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from ._frames import Frames
from ._json import Document
from ._plan_values import PlanValues
from .literals import Verdict
from .reasons import Unserved


class PlanFrames(TypedDict):
    """The tables of a plan. ``travel_s`` is seconds, ``distance_m`` metres."""

    routes: Any
    """One route a row: who goes, when, and how far."""
    assignments: Any
    """One visit a row."""
    calls: Any
    """One call at a depot a row."""
    unserved: Any
    """One need that nobody serves a row."""


class _Route(TypedDict):
    volunteer: str
    name: str | None
    shift: int
    vehicle: str | None
    company: list[str]
    departure: datetime
    finish: datetime
    visits: int
    calls: int
    travel_s: int
    distance_m: int


class _Assignment(TypedDict):
    need: str
    name: str | None
    category: str | None
    role: int
    stop: int
    volunteer: str
    shift: int
    vehicle: str | None
    arrival: datetime
    start: datetime
    end: datetime
    travel_s: int
    distance_m: int


class _Call(TypedDict):
    depot: str
    name: str | None
    volunteer: str
    vehicle: str | None
    arrival: datetime
    start: datetime
    end: datetime
    takes: list[str]
    gives: list[str]
    travel_s: int
    distance_m: int


class _Unserved(TypedDict):
    need: str
    name: str | None
    category: str | None
    priority: int
    verdict: Verdict
    text: str
    text_zh: str
    people: int
    left: int | None
    able: list[str]


def frames(make: Frames, problem: Document, plan: PlanValues, unserved: list[Unserved]) -> PlanFrames:
    """The frames of a plan."""
    needs = {need["id"]: need for need in problem["needs"]}
    depots = {depot["id"]: depot for depot in problem.get("depots", [])}
    people = {volunteer["id"]: volunteer for volunteer in problem["volunteers"]}
    return {
        "routes": make.of(
            _Route,
            (
                {
                    **route,
                    "name": people[route["volunteer"]].get("name"),
                    "visits": len(route["visits"]),
                    "calls": len(route["calls"]),
                }
                for route in plan.routes
            ),
        ),
        "assignments": make.of(
            _Assignment,
            (
                {
                    **visit,
                    **_of_need(needs[visit["need"]]),
                    **{key: route[key] for key in ("volunteer", "shift", "vehicle")},
                }
                for route in plan.routes
                for visit in route["visits"]
            ),
        ),
        "calls": make.of(
            _Call,
            (
                {
                    **call,
                    "name": depots[call["depot"]].get("name"),
                    "takes": _listed(call["takes"]),
                    "gives": _listed(call["gives"]),
                }
                for call in plan.calls
            ),
        ),
        "unserved": make.of(_Unserved, ({**left, **_of_need(needs[left["need"]])} for left in unserved)),
    }


def _listed(amounts: Mapping[str, int]) -> list[str]:
    return [f"{good} {amount}" for good, amount in amounts.items()]


def _of_need(need: Document) -> dict[str, Any]:
    return {"name": need.get("name"), "category": need.get("category"), "priority": need.get("priority", 1)}
