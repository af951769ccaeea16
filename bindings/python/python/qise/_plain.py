"""From a plan document to plain Python values: datetimes, timedeltas, flat lists."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from .errors import QiseError
from .results import Assignment, Break, Call, DepotCall, Route, Unserved, Visit

Document = dict[str, Any]

_DURATION = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")


def routes(plan: Document) -> list[Route]:
    """The routes of a plan document."""
    return [_route(route) for route in plan["routes"]]


def assignments(plan: Document) -> list[Assignment]:
    """All visits of a plan document, each with its person."""
    return [_assignment(visit, route["volunteer"]) for route in plan["routes"] for visit in route["visits"]]


def calls(plan: Document) -> list[DepotCall]:
    """All calls at depots of a plan document, each with its person and vehicle."""
    return [_depot_call(call, route) for route in plan["routes"] for call in route.get("calls", [])]


def outsourced(plan: Document) -> list[str]:
    """Ids of the needs that are handed to others."""
    return list(plan.get("outsourced", []))


def unserved(plan: Document) -> list[Unserved]:
    """The needs that nobody serves, with their reasons."""
    return [_unserved(entry["need"], entry["reason"]) for entry in plan["unserved"]]


def _unserved(need: str, reason: Document) -> Unserved:
    return Unserved(
        need=need,
        verdict=reason["verdict"],
        text=reason["text"],
        text_zh=reason["text_zh"],
        public_text=reason["public_text"],
        public_text_zh=reason["public_text_zh"],
        people=reason["people"],
        cuts=reason["cuts"],
        left=reason["left"],
        rules=reason["rules"],
        able=reason["able"],
        comes=reason["comes"],
        gives_up=reason["gives_up"],
        bound=reason.get("bound"),
    )


def _route(route: Document) -> Route:
    return Route(
        volunteer=route["volunteer"],
        shift=route["shift"],
        vehicle=route.get("vehicle"),
        company=route.get("company", []),
        departure=time(route["departure"]),
        visits=[_visit(visit) for visit in route["visits"]],
        calls=[_call(call) for call in route.get("calls", [])],
        breaks=[
            Break(start=time(rest["start"]), duration=duration(rest["duration"])) for rest in route.get("breaks", [])
        ],
        finish=time(route["finish"]),
        travel_s=route["travel_s"],
        distance_m=route["distance_m"],
    )


def _assignment(visit: Document, volunteer: str) -> Assignment:
    return Assignment(
        need=visit["need"],
        role=visit.get("role", 0),
        stop=visit.get("stop", 0),
        volunteer=volunteer,
        arrival=time(visit["arrival"]),
        start=time(visit["start"]),
        end=time(visit["end"]),
        travel_s=visit["travel_s"],
        distance_m=visit["distance_m"],
    )


def _visit(visit: Document) -> Visit:
    return Visit(
        need=visit["need"],
        role=visit.get("role", 0),
        stop=visit.get("stop", 0),
        arrival=time(visit["arrival"]),
        start=time(visit["start"]),
        end=time(visit["end"]),
        travel_s=visit["travel_s"],
        distance_m=visit["distance_m"],
    )


def _call(call: Document) -> Call:
    return Call(
        depot=call["depot"],
        before=call["before"],
        arrival=time(call["arrival"]),
        start=time(call["start"]),
        end=time(call["end"]),
        takes=amounts(call.get("takes", [])),
        gives=amounts(call.get("gives", [])),
        travel_s=call["travel_s"],
        distance_m=call["distance_m"],
    )


def _depot_call(call: Document, route: Document) -> DepotCall:
    made = _call(call)
    return DepotCall(
        depot=made["depot"],
        volunteer=route["volunteer"],
        vehicle=route.get("vehicle"),
        arrival=made["arrival"],
        start=made["start"],
        end=made["end"],
        takes=made["takes"],
        gives=made["gives"],
        travel_s=made["travel_s"],
        distance_m=made["distance_m"],
    )


def amounts(entries: list[Document]) -> dict[str, int]:
    """Amounts by the ids of goods; of a kind that stands there twice the sum."""
    sums: dict[str, int] = {}
    for entry in entries:
        sums[entry["good"]] = sums.get(entry["good"], 0) + entry["amount"]
    return sums


def time(text: str) -> datetime:
    """A time of a document, with its offset."""
    try:
        # Before Python 3.11 `fromisoformat` does not know the Z.
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise QiseError(f"{text} is beyond the years of datetime; to_dict() has it as text") from error


def duration(text: str) -> timedelta:
    """A duration of a document, as the engine writes it: ``PT1H30M``."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise QiseError(f"{text} is not a duration")
    sign, hours, minutes, seconds = match.groups(default="0")
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    return -length if sign == "-" else length
