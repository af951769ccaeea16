"""A plan as pandas frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from . import _plain
from ._json import Document
from ._plan_values import PlanValues
from .reasons import Unserved

_TIMES = ("departure", "finish", "arrival", "start", "end")


def frames(pd: Any, problem: Document, plan: PlanValues, unserved: list[Unserved]) -> dict[str, Any]:
    """The frames ``routes``, ``assignments``, ``calls`` and ``unserved``."""
    name = plan.document["time_zone"]
    zone = _plain.zone(name) or name
    needs = {need["id"]: need for need in problem["needs"]}
    depots = {depot["id"]: depot for depot in problem.get("depots", [])}
    people = {volunteer["id"]: volunteer for volunteer in problem["volunteers"]}

    def frame(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> Any:
        made = pd.DataFrame(list(rows), columns=columns)
        for column in _TIMES:
            if column in made.columns:
                made[column] = pd.to_datetime(made[column], utc=True).dt.tz_convert(zone)
        return made

    return {
        "routes": frame(
            [
                "volunteer", "name", "shift", "vehicle", "company", "departure",
                "finish", "visits", "calls", "travel_s", "distance_m",
            ],
            (
                {
                    **route,
                    "name": people[route["volunteer"]].get("name"),
                    "visits": len(route["visits"]),
                    "calls": len(route["calls"]),
                    "company": ", ".join(route["company"]),
                }
                for route in plan.routes
            ),
        ),
        "assignments": frame(
            [
                "need", "name", "category", "role", "stop", "volunteer",
                "arrival", "start", "end", "travel_s", "distance_m",
            ],
            ({**visit, **_of_need(needs[visit["need"]])} for visit in plan.assignments),
        ),
        "calls": frame(
            [
                "depot", "name", "volunteer", "vehicle", "arrival", "start",
                "end", "takes", "gives", "travel_s", "distance_m",
            ],
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
        "unserved": frame(
            [
                "need", "name", "category", "priority", "verdict",
                "text", "text_zh", "people", "left", "able",
            ],
            (
                {**left, **_of_need(needs[left["need"]]), "able": ", ".join(left["able"])}
                for left in unserved
            ),
        ),
    }


def _listed(amounts: Mapping[str, int]) -> str:
    return ", ".join(f"{amount} {good}" for good, amount in amounts.items())


def _of_need(need: Document) -> dict[str, Any]:
    return {"name": need.get("name"), "category": need.get("category"), "priority": need.get("priority", 1)}
