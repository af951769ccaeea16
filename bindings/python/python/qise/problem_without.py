"""The same problem without some of its entries, and without what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ._json import Document, copied
from .errors import QiseError, UnknownId, unknown

if TYPE_CHECKING:
    from .problem import Problem


def without(problem: Problem, ids: str | int | Iterable[str | int]) -> Problem:
    """The same problem without some needs, volunteers, teams, vehicles or depots.

    Without a team, those who belong to no other team are gone too. What is said of whoever is gone,
    as a wish, a link or an earlier plan, is gone as well; a need that nobody else may serve cannot be
    served then.

    Args:
        problem: the problem.
        ids: an id, or several; names do where no other has them.

    Raises:
        UnknownId: there is no such thing.
        QiseError: several kinds of things have this id, or a need asks for the vehicle.

    Example:
        >>> len(problem.without("n-boiler")), len(problem.without(["v-siqin"]).volunteers)
        (3, 1)
    """
    document = copied(problem._values.document)
    for said in [ids] if isinstance(ids, (str, int)) else ids:
        found = {kind: _meant(document.get(kind, []), said) for kind in _REMOVED}
        kinds = [kind for kind, id in found.items() if id is not None]
        id = str(said) if not kinds else found[kinds[0]] or str(said)
        if not kinds:
            known = [entry["id"] for kind in _REMOVED for entry in document.get(kind, [])]
            words = ("need, volunteer, team, vehicle or depot", "需求、志愿者、队伍、车辆或仓储点")
            raise unknown(UnknownId, *words, id, known)
        if len(kinds) > 1:
            raise QiseError(f"{id!r} is the id of one of {' and of one of '.join(kinds)}: rename one of them")
        _REMOVED[kinds[0]](document, id)
    from .problem import Problem

    return Problem.from_json(document)


def _meant(entries: list[Document], said: Any) -> str | None:
    """The id that is meant: by id, or by a name that no other has."""
    id = str(said)
    if any(entry["id"] == id for entry in entries):
        return id
    named: list[str] = [entry["id"] for entry in entries if entry.get("name") == id]
    return named[0] if len(named) == 1 else None


def _without_entry(document: Document, kind: str, id: str) -> None:
    document[kind] = [entry for entry in document[kind] if entry["id"] != id]


def _without_need(document: Document, id: str) -> None:
    _without_entry(document, "needs", id)
    _filter(document, "links", lambda link: id not in (link["from"], link["to"]))
    _filter(document, "pairs", lambda pair: pair["need"] != id)
    for kind in ("choices", "makespans"):
        for entry in document.get(kind, []):
            entry["needs"] = [need for need in entry["needs"] if need != id]
    _filter(document, "choices", lambda choice: len(choice["needs"]) > 1)
    _filter(document, "makespans", lambda makespan: bool(makespan["needs"]))
    _filter(document.get("previous", {}), "assignments", lambda told: told["need"] != id)


def _without_volunteer(document: Document, id: str) -> None:
    """Whoever is asked for by name stays, without a shift: then nobody can serve what asks for them."""
    for need in document["needs"]:
        for asks in [need, *need.get("roles", [])]:
            if asks.get("pinned", {}).get("volunteer") == id:
                del asks["pinned"]
            for field in ("prefers", "service_by"):
                _filter(asks, field, lambda wish: wish.get("volunteer") != id)
            _filter(asks.get("requires", {}), "none", lambda quality: quality.get("volunteer") != id)
    _filter(document, "pairs", lambda pair: pair.get("volunteer") != id)
    _filter(document, "apart", lambda pair: id not in (pair["volunteer"], pair["other"]))
    for team in document.get("teams", []):
        _filter(team, "members", lambda member: member != id)
    _filter(document.get("previous", {}), "assignments", lambda told: told["volunteer"] != id)
    rest = {key: value for key, value in document.items() if key != "volunteers"}
    if any(value == id for key, value in _fields(rest) if key == "volunteer"):
        for person in document["volunteers"]:
            if person["id"] == id:
                person["shifts"] = []
    else:
        _without_entry(document, "volunteers", id)


def _without_team(document: Document, id: str) -> None:
    team = next(team for team in document["teams"] if team["id"] == id)
    members = set(team.pop("members", []))
    for person in list(document["volunteers"]):
        teams = person.get("teams", [])
        if id in teams or person["id"] in members:
            person["teams"] = [other for other in teams if other != id]
            if not person["teams"]:
                _without_volunteer(document, person["id"])
    team.pop("least_people", None)


def _without_vehicle(document: Document, id: str) -> None:
    _without_entry(document, "vehicles", id)
    for need in document["needs"]:
        if need.get("vehicle") == id:
            raise QiseError(f"need {need['id']!r} asks for the vehicle {id!r}: take the need away as well")
        if isinstance(need.get("vehicle"), list):
            _filter(need, "vehicle", lambda vehicle: vehicle != id)


_REMOVED: dict[str, Callable[[Document, str], None]] = {
    "needs": _without_need,
    "volunteers": _without_volunteer,
    "teams": _without_team,
    "vehicles": _without_vehicle,
    "depots": lambda document, id: _without_entry(document, "depots", id),
}


def _filter(fields: Document, field: str, keep: Callable[[Any], bool]) -> None:
    if field in fields:
        fields[field] = [entry for entry in fields[field] if keep(entry)]


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    """All fields within a value, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from _fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(inner)
