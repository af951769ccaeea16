"""The same problem, but for one thing: what would be if."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from . import _core, _plain
from ._json import Document
from .dispatch import Dispatch
from .literals import Objective

if TYPE_CHECKING:
    from .plan import Plan
    from .problem import Problem


def with_objective(problem: Problem, objective: Objective) -> Problem:
    """The same problem with another objective.

    Args:
        problem: the problem.
        objective: the levels, the most important first; each is a term, a term with its weight
            ``("travel_time", 10)``, or a list of these, which are added up.

    Raises:
        InvalidDocument: a term is unknown, or the levels cannot be.

    Example:
        >>> fair = problem.with_objective(["unserved_priority", ["load", ("travel_time", 2)]])
        >>> fair.solve(iterations=50).score.levels
        (3, 10500)
    """
    return _changed(problem, objective=[_level(level) for level in objective])


def with_volunteer(
    problem: Problem, volunteer: str | Mapping[str, Any] | None = None, *, like: str | None = None, **fields: Any
) -> Problem:
    """The same problem with one more volunteer.

    Args:
        problem: the problem.
        volunteer: the id, or fields as in a data frame (``longitude``, ``latitude``, ``shifts="8:00-17:00"``,
            ``skills=["nursing 2"]``) or as in a scenario document.
        like: id or name of a volunteer whose home, shifts, skills, teams and limits the new one has,
            where nothing else is said.
        fields: further fields. ``home`` may be ``(latitude, longitude)``. Without an id the new one is
            called after the other: ``v-siqin-2``.

    Raises:
        UnknownVolunteer: the problem has nobody with the id or name ``like``.
        InvalidDocument: the fields are wrong, or lack something.

    Example:
        >>> more = problem.with_volunteer(like="v-siqin", skills=["electric"], shifts="13:00-18:00")
        >>> [person["id"] for person in more.volunteers]
        ['v-gao-feng', 'v-siqin', 'v-siqin-2']
    """
    return _with(problem, "volunteers", {**_fields(volunteer), **fields}, like)


def with_need(
    problem: Problem, need: str | Mapping[str, Any] | None = None, *, like: str | None = None, **fields: Any
) -> Problem:
    """The same problem with one more need.

    Args:
        problem: the problem.
        need: the id, or fields as in a data frame (``longitude``, ``latitude``, ``time="9:00-11:00"``,
            ``duration=30`` in minutes) or as in a scenario document.
        like: id or name of a need which the new one is like, where nothing else is said.
        fields: further fields. ``at`` may be ``(latitude, longitude)``.

    Raises:
        UnknownNeed: the problem has no need with the id or name ``like``.
        InvalidDocument: the fields are wrong, or lack something.

    Example:
        >>> more = problem.with_need(id="n-new", like="n-water", time="9:00-10:00")
        >>> more.eligible("n-new").able
        ['v-siqin', 'v-gao-feng']
    """
    return _with(problem, "needs", {**_fields(need), **fields}, like)


def _with(problem: Problem, table: str, said: Mapping[str, Any], like: str | None) -> Problem:
    from .problem import Problem

    columns, fields = [], {}
    for name, value in said.items():
        if name in ("home", "at") and isinstance(value, (tuple, list)) and len(value) == 2:
            fields[name] = {"lat": value[0], "lon": value[1]}
        elif _is_of_document(name, value):
            fields[name] = value
        else:
            columns.append((name, value))
    like = None if like is None else str(like)
    return Problem._of(_core.with_one_more(problem._handle, table, like, columns, json.dumps(fields)))


def _fields(said: str | Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Fields, or an id as the only one."""
    if isinstance(said, Mapping):
        return said
    return {} if said is None else {"id": said}


def _is_of_document(name: str, value: Any) -> bool:
    """Whether a value has the form that documents have: dicts of text and numbers, and lists of them."""
    inner = value if isinstance(value, list) else [value]
    if not inner or not all(isinstance(one, dict) for one in inner) or (name == "skills" and inner is not value):
        return False
    try:
        json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def with_slowdown(
    problem: Problem,
    factor: float,
    *,
    areas: Sequence[str] = (),
    profiles: Sequence[str] = (),
    start: datetime | str | None = None,
    end: datetime | str | None = None,
    why: str | None = None,
) -> Problem:
    """The same problem with slow roads: snow, dust, floods.

    Args:
        problem: the problem.
        factor: travel times are multiplied by this, from 1 to 1000.
        areas: ids of the areas concerned; everywhere if empty.
        profiles: ids of the ways of moving concerned; all if empty.
        start: first moment; before all shifts if None. Shifts that start in the spell are slow.
        end: its end; after all shifts if None.
        why: the reason, for people.

    Raises:
        InvalidDocument: the factor is out of range, or an id is unknown.

    Example:
        >>> slow, _ = plan.carried(problem.with_slowdown(1.5))
        >>> plan.score.terms["travel_time"], slow.score.terms["travel_time"]
        (3300, 4950)
    """
    document = problem._values.document
    starts = [_plain.time(shift["start"]) for person in document["volunteers"] for shift in person["shifts"]]
    starts = starts or [_plain.time(window["from"]) for need in document["needs"] for window in need["windows"]]
    spell = {
        "from": _moment(start) or _written(min(starts, default=None), timedelta()),
        "to": _moment(end) or _written(max(starts, default=None), timedelta(days=1)),
        "factor": factor,
        **({"areas": list(areas)} if areas else {}),
        **({"profiles": list(profiles)} if profiles else {}),
        **({"why": why} if why else {}),
    }
    if spell["from"] is None or spell["to"] is None:
        return problem  # nobody goes anywhere
    return _changed(problem, slowdowns=[*document.get("slowdowns", []), spell])


def at(problem: Problem, now: datetime | str, plan: Plan) -> Dispatch:
    """The problem as it stands at a moment of a plan: what has begun has begun, and nobody leaves before now.

    Everybody is taken to have kept to the plan so far.

    Args:
        problem: the problem.
        now: the moment: a datetime, or text in ISO 8601; without a zone it is local time of the scenario.
        plan: the plan that people follow.

    Returns:
        A live service in memory, to be asked: ``rank``, ``explain``, ``plan``, ``needs``; and to be told what
        happens. Close it, or use it in a ``with`` block.

    Raises:
        DispatchError: the moment cannot be read, or the plan cannot be followed.

    Example:
        >>> with problem.at("2026-11-24T10:00", plan) as live:
        ...     live.need("n-lamp")["state"], live.need("n-talk")["state"]
        ('fulfilled', 'staffed')
    """
    live = Dispatch.open(None, problem, plan)
    try:
        moment = now if isinstance(now, datetime) else _read_moment(live, now)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=_plain.zone(problem.time_zone))
        for when, fact, need, who, stop in _facts(plan):
            if when > moment:
                break
            command: dict[str, Any] = {fact: {"need": need, "who": who, "stop": stop}}
            live.submit(at=when, **command)
        live.tick(now)
    except BaseException:
        live.close()
        raise
    return live


def _read_moment(live: Dispatch, now: str) -> datetime:
    try:
        return datetime.fromisoformat(now.replace("Z", "+00:00"))
    except ValueError:
        live.tick(now)  # says what is wrong with it
        raise


def _facts(plan: Plan) -> Iterator[tuple[datetime, str, str, str, int]]:
    """What happens in a plan, in order of time: departures, arrivals, ends."""
    # a need is called by the first of the ways to do it
    choices = plan.problem._values.document.get("choices", [])
    call = {way: choice["needs"][0] for choice in choices for way in choice["needs"]}
    facts = []
    for route in plan.routes:
        who = route["volunteer"]
        # what somebody does at one moment happens in this order
        order = count()
        for index, visit in enumerate(route["visits"]):
            # who fetches goods leaves for the depot
            way = next((stop for stop in route["calls"] if stop["before"] == index), visit)
            leaves = way["arrival"] - timedelta(seconds=way["travel_s"])
            for rest in reversed(route["breaks"]):
                if leaves < rest["start"] + rest["duration"] and rest["start"] < way["arrival"]:
                    leaves -= rest["duration"]  # taken on the way
            for when, fact in ((leaves, "depart"), (visit["arrival"], "arrive"), (visit["end"], "done")):
                facts.append((when, next(order), fact, call.get(visit["need"], visit["need"]), who, visit["stop"]))
    return ((when, fact, need, who, stop) for when, _, fact, need, who, stop in sorted(facts))


def _level(level: Any) -> list[Document]:
    is_weighted = isinstance(level, tuple) and len(level) == 2 and isinstance(level[1], int)
    is_one = isinstance(level, (str, dict)) or is_weighted
    return [_term(term) for term in ([level] if is_one else level)]


def _term(term: Any) -> Document:
    if isinstance(term, dict):
        return term
    if isinstance(term, str):
        return {"term": term}
    name, weight = term
    return {"term": name, "weight": weight}


def _changed(problem: Problem, **lists: Any) -> Problem:
    return _read({**problem._values.document, **lists})


def _read(document: Document) -> Problem:
    from .problem import Problem

    return Problem.from_json(document)


def _moment(moment: datetime | str | None) -> str | None:
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment


def _written(moment: datetime | None, later: timedelta) -> str | None:
    return None if moment is None else (moment + later).isoformat(timespec="seconds")
