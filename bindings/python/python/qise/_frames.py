"""A plan as pandas frames. pandas is imported when asked for, and not otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from . import _plain
from .results import Unserved

_TIMES = ("departure", "finish", "arrival", "start", "end")


def pandas() -> Any:
    """The module, if it is there."""
    try:
        import pandas  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise ImportError("to_frames() needs pandas: pip install pandas") from error
    return pandas


def frames(problem: _plain.Document, plan: _plain.Document, unserved: list[Unserved]) -> dict[str, Any]:
    """The frames ``routes``, ``assignments``, ``calls`` and ``unserved``."""
    pd = pandas()
    zone = _plain.zone(plan["time_zone"]) or plan["time_zone"]
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
            ["volunteer", "name", "shift", "vehicle", "company", "departure", "finish", "visits", "calls", "travel_s", "distance_m"],
            (
                {
                    **route,
                    "name": people[route["volunteer"]].get("name"),
                    "visits": len(route["visits"]),
                    "calls": len(route["calls"]),
                    "company": ", ".join(route["company"]),
                }
                for route in _plain.routes(plan)
            ),
        ),
        "assignments": frame(
            ["need", "name", "category", "role", "stop", "volunteer", "arrival", "start", "end", "travel_s", "distance_m"],
            ({**visit, **_of_need(needs[visit["need"]])} for visit in _plain.assignments(plan)),
        ),
        "calls": frame(
            ["depot", "name", "volunteer", "vehicle", "arrival", "start", "end", "takes", "gives", "travel_s", "distance_m"],
            (
                {
                    **call,
                    "name": depots[call["depot"]].get("name"),
                    "takes": _listed(call["takes"]),
                    "gives": _listed(call["gives"]),
                }
                for call in _plain.calls(plan)
            ),
        ),
        "unserved": frame(
            ["need", "name", "category", "priority", "verdict", "text", "text_zh", "people", "left", "able"],
            (
                {**left, **_of_need(needs[left["need"]]), "able": ", ".join(left["able"])}
                for left in unserved
            ),
        ),
    }


def _listed(amounts: Mapping[str, int]) -> str:
    return ", ".join(f"{amount} {good}" for good, amount in amounts.items())


def _of_need(need: _plain.Document) -> dict[str, Any]:
    return {"name": need.get("name"), "category": need.get("category"), "priority": need.get("priority", 1)}
