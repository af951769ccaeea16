"""One more entry of a problem, given as in a data frame or as in a document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from . import _core, _plain
from ._frames import given
from ._json import Document

if TYPE_CHECKING:
    from .problem import Problem

# Fields of documents that are columns of the same name; those that are columns of another name; where it is.
_SAME = {
    "volunteers": {"name", "gender", "teams", "shifts", "skills", "profile", "capacity", "unload", "pace"},
    "needs": {"name", "category", "project", "priority", "mandatory"},
}
_OTHER = {"volunteers": {"id": "volunteer"}, "needs": {"id": "need", "windows": "time", "service": "duration"}}
_PLACE = {"volunteers": ("home", "home"), "needs": ("at", "place")}
_TIMES = {"volunteers": ("shifts", "shifts"), "needs": ("windows", "time")}


def entry(problem: Problem, table: str, fields: Mapping[str, Any]) -> Document:
    """The fields of a new entry of a table, as a document has them; what nothing is said of is left out."""
    record = {"volunteers": "Volunteer", "needs": "Need"}[table]
    known = set(_core.schema("scenario")["$defs"][record]["properties"])
    row: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for name, value in fields.items():
        if name == _PLACE[table][0] or name == _PLACE[table][1]:
            row |= _place(_PLACE[table][1], value)
        elif name == "service" and isinstance(value, int):
            row["duration"] = timedelta(seconds=value)
        elif name in _OTHER[table]:
            row[_OTHER[table][name]] = value
        elif name in known and name not in _SAME[table]:
            more[name] = value
        else:
            row[name] = value
    if more:
        row["more"] = json.dumps(more, ensure_ascii=False)
    made = _read(problem, table, row)
    place, times = _PLACE[table], _TIMES[table]
    if not {place[1], "longitude", "住址", "地点", "经度"} & row.keys():
        made.pop(place[0])
    if not {times[1], "班次", "时间"} & row.keys():
        made.pop(times[0])
    if table == "needs" and not {"duration", "时长"} & row.keys():
        made.pop("service")
    if {_OTHER[table]["id"], "编号", "id"}.isdisjoint(row):
        made.pop("id")
    return made


def _place(column: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        named = {column: value["name"]} if "name" in value else {}
        return {"longitude": value.get("lon"), "latitude": value.get("lat"), **named}
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return {"latitude": value[0], "longitude": value[1]}
    return {column: value}


def _read(problem: Problem, table: str, row: dict[str, Any]) -> Document:
    """Reads a row as the reader of frames does, with stand-ins for what it does not say."""
    document = problem._values.document
    first, days = _planned(document, problem.time_zone)
    stand_in: dict[str, dict[str, Any]] = {
        "needs": {"need": "-", "time": "9:00", "duration": 1},
        "volunteers": {"volunteer": "-", "shifts": "9:00-10:00"},
    }
    full: dict[str, dict[str, Any]] = {}
    for name, own in stand_in.items():
        full[name] = {**own, **(row if name == table else {})}
        if not {_PLACE[name][1], "longitude", "住址", "地点", "经度"} & full[name].keys():
            full[name] |= {"longitude": 0.0, "latitude": 0.0}
    tables = [(name, given.columns(name, [fields])) for name, fields in full.items()]
    lists = {
        "teams": [{"team": team["id"], "name": team.get("name")} for team in document.get("teams", [])],
        "skills": [
            {"skill": skill["id"], "name": skill.get("name"), "levels": skill.get("levels", 1)}
            for skill in document.get("skills", [])
        ],
        "profiles": [
            {"profile": profile["id"], "name": profile.get("name"), "speed_kmh": 60} for profile in document["profiles"]
        ],
        "places": [
            {"place": place["id"], "name": place.get("name"), "longitude": 0.0, "latitude": 0.0}
            for place in document.get("places", [])
        ],
        "projects": [{"project": project["id"]} for project in document.get("projects", [])],
    }
    tables += [(name, given.columns(name, entries)) for name, entries in lists.items() if entries]
    settings = {
        "date": first,
        "days": days,
        "time_zone": problem.time_zone,
        "datum": "WGS-84",
        "categories": document.get("categories"),
        "dimensions": document.get("dimensions"),
    }
    tables.append(("settings", given.settings(None, settings)))
    handle, _ = _core.read_frames(tables, "one more")
    found: list[Document] = json.loads(handle.document())[table]
    return found[0]


def _planned(document: Document, zone: str) -> tuple[str, int]:
    """The first day that is planned, and how many days."""
    there = _plain.zone(zone)
    times = [_plain.time(shift["start"], there) for person in document["volunteers"] for shift in person["shifts"]]
    times += [_plain.time(window["from"], there) for need in document["needs"] for window in need["windows"]]
    first, last = min(times, default=datetime(2000, 1, 1)), max(times, default=datetime(2000, 1, 1))
    return first.date().isoformat(), min((last.date() - first.date()).days + 1, 400)


def meant(entries: list[Document], said: Any) -> str | None:
    """The id that is meant: by id, or by a name that no other has."""
    id = str(said)
    if any(entry["id"] == id for entry in entries):
        return id
    named: list[str] = [entry["id"] for entry in entries if entry.get("name") == id]
    return named[0] if len(named) == 1 else None
