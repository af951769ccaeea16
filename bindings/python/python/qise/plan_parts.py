"""Parts of a plan as plain values: dicts with `datetime` times in the zone of the scenario."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict


class Visit(TypedDict):
    """One person's part in one need, within a route."""

    need: str
    """Id of the need."""
    role: int
    """Which of the need's roles, counted from 0."""
    stop: int
    """Which of the need's stops, counted from 0."""
    arrival: datetime
    """Arrival at the place."""
    start: datetime
    """Start of the service."""
    end: datetime
    """End of the service."""
    travel_s: int
    """Seconds on the way there."""
    distance_m: int
    """Metres of the way there."""


class Call(TypedDict):
    """A call at a depot, within a route."""

    depot: str
    """Id of the depot."""
    before: int
    """Index of the visit before which it is made, counted from 0; after the last visit if there is
    none."""
    arrival: datetime
    """Arrival at the place."""
    start: datetime
    """Its start."""
    end: datetime
    """Its end."""
    takes: dict[str, int]
    """What is taken on board: amounts by the ids of goods."""
    gives: dict[str, int]
    """What is given back."""
    travel_s: int
    """Seconds on the way there."""
    distance_m: int
    """Metres of the way there."""


class Break(TypedDict):
    """A break taken."""

    start: datetime
    """Its start."""
    duration: timedelta
    """Its length."""


class Route(TypedDict):
    """The visits of one person in one shift, in order."""

    volunteer: str
    """Id of the volunteer."""
    shift: int
    """Which of the volunteer's shifts, counted from 0."""
    vehicle: str | None
    """Id of the vehicle; None if the person goes by their own means."""
    company: list[str]
    """Ids of those who go along from start to finish, as one party."""
    departure: datetime
    """When the person leaves."""
    visits: list[Visit]
    """The visits, in order."""
    calls: list[Call]
    """The calls at depots between them."""
    breaks: list[Break]
    """The breaks taken between departure and finish."""
    finish: datetime
    """When the person is back, or done with the last visit if the shift may end anywhere."""
    travel_s: int
    """Seconds on the way, the way back included."""
    distance_m: int
    """Metres on the way, the way back included."""


class Assignment(TypedDict):
    """Who serves a need, and when."""

    need: str
    """Id of the need."""
    role: int
    """Which of the need's roles, counted from 0."""
    stop: int
    """Which of the need's stops, counted from 0."""
    volunteer: str
    """Id of the volunteer."""
    arrival: datetime
    """Arrival at the place."""
    start: datetime
    """Start of the service."""
    end: datetime
    """End of the service."""
    travel_s: int
    """Seconds on the way there."""
    distance_m: int
    """Metres of the way there."""


class DepotCall(TypedDict):
    """Who calls at a depot, when, and what for."""

    depot: str
    """Id of the depot."""
    volunteer: str
    """Id of the volunteer."""
    vehicle: str | None
    """Id of the vehicle; None if the person goes by their own means."""
    arrival: datetime
    """Arrival at the place."""
    start: datetime
    """Its start."""
    end: datetime
    """Its end."""
    takes: dict[str, int]
    """What is taken on board: amounts by the ids of goods."""
    gives: dict[str, int]
    """What is given back."""
    travel_s: int
    """Seconds on the way there."""
    distance_m: int
    """Metres of the way there."""


class LeftOut(TypedDict):
    """What of a plan another problem does not have."""

    needs: list[str]
    """Ids of needs, also where only a role or a stop is missing."""
    volunteers: list[str]
    """Ids of the people whose routes were left out, or who went along."""
    depots: list[str]
    """Ids of depots at which was called."""
    goods: list[str]
    """Ids of goods that changed hands."""
