"""From a plan document to plain Python values: datetimes, timedeltas, flat lists."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from ._json import Document
from .errors import QiseError
from .plan_parts import Assignment, Break, Call, DepotCall, Route, Visit

_DURATION = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")


def routes(plan: Document) -> list[Route]:
    """The routes of a plan document."""
    there = zone(plan["time_zone"])
    return [_route(route, there) for route in plan["routes"]]


def assignments(routes: list[Route]) -> list[Assignment]:
    """All visits of routes, each with its person."""
    return [_assignment(visit, route["volunteer"]) for route in routes for visit in route["visits"]]


def calls(routes: list[Route]) -> list[DepotCall]:
    """All depot visits of routes, each with its person and vehicle."""
    return [_depot_call(call, route) for route in routes for call in route["calls"]]


def _route(route: Document, there: tzinfo | None) -> Route:
    return Route(
        volunteer=route["volunteer"],
        shift=route["shift"],
        vehicle=route.get("vehicle"),
        company=list(route.get("company", [])),
        departure=time(route["departure"], there),
        visits=[_visit(visit, there) for visit in route["visits"]],
        calls=[_call(call, there) for call in route.get("calls", [])],
        breaks=[
            Break(start=time(rest["start"], there), duration=duration(rest["duration"]))
            for rest in route.get("breaks", [])
        ],
        finish=time(route["finish"], there),
        travel_s=route["travel_s"],
        distance_m=route["distance_m"],
    )


def _assignment(visit: Visit, volunteer: str) -> Assignment:
    return Assignment(
        need=visit["need"],
        role=visit["role"],
        stop=visit["stop"],
        volunteer=volunteer,
        arrival=visit["arrival"],
        start=visit["start"],
        end=visit["end"],
        travel_s=visit["travel_s"],
        distance_m=visit["distance_m"],
    )


def _visit(visit: Document, there: tzinfo | None) -> Visit:
    return Visit(
        need=visit["need"],
        role=visit.get("role", 0),
        stop=visit.get("stop", 0),
        arrival=time(visit["arrival"], there),
        start=time(visit["start"], there),
        end=time(visit["end"], there),
        travel_s=visit["travel_s"],
        distance_m=visit["distance_m"],
    )


def _call(call: Document, there: tzinfo | None) -> Call:
    return Call(
        depot=call["depot"],
        before=call["before"],
        arrival=time(call["arrival"], there),
        start=time(call["start"], there),
        end=time(call["end"], there),
        takes=amounts(call.get("takes", [])),
        gives=amounts(call.get("gives", [])),
        travel_s=call["travel_s"],
        distance_m=call["distance_m"],
    )


def _depot_call(call: Call, route: Route) -> DepotCall:
    return DepotCall(
        depot=call["depot"],
        volunteer=route["volunteer"],
        vehicle=route["vehicle"],
        arrival=call["arrival"],
        start=call["start"],
        end=call["end"],
        takes=call["takes"],
        gives=call["gives"],
        travel_s=call["travel_s"],
        distance_m=call["distance_m"],
    )


def amounts(entries: list[Document]) -> dict[str, int]:
    """Amounts by the ids of goods; of a kind that stands there twice the sum."""
    sums: dict[str, int] = {}
    for entry in entries:
        sums[entry["good"]] = sums.get(entry["good"], 0) + entry["amount"]
    return sums


def zone(name: str) -> tzinfo | None:
    """The zone of a document; None if this machine does not have it.

    One of the IANA database, so that others know it by its name, or a fixed offset.
    """
    if name == "UTC":
        return timezone.utc
    if name[:1] in ("+", "-"):
        return datetime.fromisoformat(f"2000-01-01T00:00:00{name}").tzinfo
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None


def time(text: str, there: tzinfo | None = None) -> datetime:
    """A time of a document, in a zone, or else with the offset that it is written with."""
    try:
        # Before Python 3.11 `fromisoformat` does not know the Z.
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return moment if there is None else moment.astimezone(there)
    except (OverflowError, ValueError) as error:
        raise QiseError(f"{text} is beyond the years of datetime; to_dict() has it as text") from error


def duration(text: str) -> timedelta:
    """A duration of a document, as the engine writes it: ``PT1H30M``."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise QiseError(f"{text} is not a duration")
    sign, hours, minutes, seconds = match.groups(default="0")
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    return -length if sign == "-" else length
