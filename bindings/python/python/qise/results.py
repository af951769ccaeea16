"""Plain results: what a plan holds and is worth, what is wrong with it, why a need is left, how far a search is."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    """It is made before the visit with this number, counted from 0; after the last where there is none."""
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
    """Id of the vehicle; nothing where the person goes by their own means."""
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
    """When the person is back, or done with the last visit where the shift ends anywhere."""
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
    """Id of the vehicle; nothing where the person goes by their own means."""
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


class Cut(TypedDict):
    """How many people a rule excluded."""

    rule: str
    """The rule, such as ``skill`` or ``out_of_time``."""
    people: int
    """The number of people."""


class Unserved(TypedDict):
    """A need that nobody serves, and why. The fields are those of `Reason`."""

    need: str
    verdict: str
    text: str
    text_zh: str
    public_text: str
    public_text_zh: str
    people: int
    cuts: list[Cut]
    left: int | None
    rules: list[str]
    able: list[str]
    comes: list[str]
    gives_up: list[str]
    bound: PriorityBound | None


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


class CoverageShare(TypedDict):
    """Which share of one measure is covered within so many minutes."""

    measure: str
    """``needs``, ``residents`` or ``area``."""
    category: str | None
    """Id of the category; None for all, and for what belongs to none."""
    all: bool
    """Whether all categories are meant."""
    hour: str | None
    """Hour of the day, such as ``08:00``; None for all hours together."""
    minutes: int
    """Within so many minutes."""
    share: float | None
    """From 0 to 1; None where nothing was asked."""


class CoverageGap(TypedDict):
    """A piece of land where much is not covered."""

    measure: str
    """``needs``, ``residents`` or ``area``."""
    rank: int
    """1 for the worst of the measure."""
    lon: float | None
    """Degrees east of the worst point."""
    lat: float | None
    """Degrees north."""
    near: str | None
    """Id of the nearest place with a name."""
    near_m: int | None
    """Metres from there, as the crow flies."""
    share_of_missed: float
    """Its share of all that is not covered."""
    share_covered: float
    """Which share of what is asked there is covered."""
    needs: list[str]
    """Ids of the needs that are not always covered, the worst first; empty for other measures."""


class PlacedSite(TypedDict):
    """Where something is to be placed."""

    name: str | None
    """Name of the candidate."""
    place: str | None
    """Id of the place, where it is one of the scenario."""
    lon: float | None
    """Degrees east."""
    lat: float | None
    """Degrees north."""
    gain: float
    """Share that it gains after those before it."""
    covered: float
    """Share that is covered with it and those before it."""


class Placement(TypedDict):
    """What placing brings: shares from 0 to 1."""

    measure: str
    """``needs``, ``residents`` or ``area``."""
    minutes: int
    """Within so many minutes."""
    candidates: int
    """How many candidates there were."""
    method: str
    """``greedy`` or ``exact``."""
    before: float | None
    """What is covered without new sites."""
    after: float | None
    """What is covered with them."""
    greedy: float | None
    """What is covered with sites chosen one after the other."""
    bound: float | None
    """No choice of so many sites covers more."""
    proven: bool
    """Whether no choice covers more than this one."""
    steps: int
    """Steps of branch and bound."""


@dataclass(frozen=True)
class Reason:
    """Why a need is not served, or who could serve it."""

    need: str
    """Id of the need."""
    verdict: str
    """``impossible``: the rules exclude everybody in every plan, proven. ``displacing``: possible, but never beside all that
    the plan serves, both proven. ``open``: possible beside all that the plan serves, shown by doing it. ``unfound``: no
    place was found, and nothing proves that there is none. ``unexamined``: not looked into, for want of time or because nothing
    was to be tried."""
    text: str
    """The reason in English."""
    text_zh: str
    """The reason in Chinese."""
    public_text: str
    """The reason in English as it may be told to whoever asked: nobody else is named in it."""
    public_text_zh: str
    """The same in Chinese."""
    people: int
    """How many people there are."""
    cuts: list[Cut]
    """How many people each rule excluded, in the order of the rules."""
    left: int | None
    """How many people remain; nothing where no time was left to ask."""
    rules: list[str]
    """Of an impossible need the fewest rules that exclude everybody between them; where people are left whom no rule excludes
    alone, those that leave no room together."""
    able: list[str]
    """Ids of the nearest people who could serve it with nothing else to do: a plan in which they do was judged."""
    comes: list[str]
    """Ids of the people who would come at the least cost that was found."""
    gives_up: list[str]
    """Ids of the needs that would be given up for it."""
    bound: PriorityBound | None
    """Where no place was found: how much priority any plan serves at most, and how much this one does."""


@dataclass(frozen=True)
class Score:
    """What a plan is worth; less is better. Of two plans for a problem, that with the smaller ``levels`` is better."""

    levels: tuple[int, ...]
    """Value of each level of the objective, the most important first."""
    terms: dict[str, int]
    """Value of every term by name, whether the objective uses it or not."""


@dataclass(frozen=True)
class Violation:
    """One rule that a plan breaks, and where."""

    path: str
    """JSON path in the plan document, such as ``$.routes[2].visits[0].start``."""
    rule: str
    """Stable name of the rule, such as ``outside_window``."""
    message: str = field(repr=False)
    """What happened, in one English line."""
    message_zh: str = field(repr=False)
    """The same in Chinese."""

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Oddity:
    """Something in a problem that is legal and surely wrong."""

    path: str
    """JSON path in the scenario document, such as ``$.needs[3].windows``."""
    id: str
    """Id of the need or volunteer; empty where it is about all."""
    name: str | None
    """Its name, where it has one."""
    code: str
    """Stable name of what is meant, such as ``outside_shifts``."""
    message: str = field(repr=False)
    """What is odd, in one English line."""
    message_zh: str = field(repr=False)
    """The same in Chinese."""

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Progress:
    """How far a search has come."""

    iterations: int
    """Steps so far."""
    unserved: int
    """Needs that the best plan so far does not serve."""
    score: Score
    """What the best plan so far is worth."""
    seconds: float
    """Seconds since the search was asked for."""


class _Compared(TypedDict, total=False):
    """What there is when a plan was compared with."""

    plan: int
    """What the plan reaches."""
    gap_percent: float
    """How far the plan is from the bound, in percent of what it reaches."""


class _Bound(_Compared):
    """What is proven of all plans."""

    relaxation: str
    """What proves it."""


class PriorityBound(_Bound):
    """The most priority that any plan serves."""

    most: int


class LevelBound(_Bound):
    """The least effort on one level of the objective."""

    least: int
    level: int
    """Which level, counted from 0."""
    terms: dict[str, int]
    """The terms of the level with their weights."""
    passed_over: list[str]
    """Terms that were counted as nothing."""


class _Relaxed(TypedDict, total=False):
    """What a problem was asked for its bounds says besides."""

    relaxes: dict[str, list[str]]
    """For each relaxation the rules that it leaves out: plans that break no others are within the bounds as well."""


class Bounds(_Relaxed):
    """What is proven of all plans."""

    priority: PriorityBound
    levels: list[LevelBound]
    rounds: int
    """Rounds of pricing."""
