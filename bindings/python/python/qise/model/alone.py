"""Entries by themselves: which of them the engine need not see, and what stands for what they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..errors import Fault

# Fields whose readers find everything that is wrong with them.
_PLAIN = {
    "needs": {
        *("id", "at", "service", "windows", "name", "priority", "mandatory", "category", "project"),
        *("requires", "prefers", "min_home_distance_m", "outsource", "change_price", "vehicle"),
    },
    "volunteers": {
        *("id", "home", "shifts", "name", "skills", "teams", "gender", "profile", "max_radius_m", "pace", "rest"),
        *("per_day", "per_week", "ledger", "unload"),
    },
    "places": {"id", "name", "lat", "lon", "area", "setup"},
    "skills": {"id", "name", "kind", "levels"},
    # What these say depends on what comes later.
    "teams": {"id", "name", "category", "base", "members", "least_people"},
}
_OF_OTHERS = re.compile(r"\.pinned\.volunteer$|\.tallies\[\d+\]\.min$")
_SHIFT = {"start", "end"}
_SOMEWHERE = {"lat": 0, "lon": 0}


def is_plain(kind: str, entry: Mapping[str, Any]) -> bool:
    """Whether the readers of its fields have found all that is wrong with an entry.

    A look of the engine at one entry takes about 90 µs, longer than all its readers.
    """
    plain = _PLAIN.get(kind)
    if plain is None or not entry.keys() <= plain:
        return False
    if kind == "volunteers":
        skills, teams = entry.get("skills", ()), entry.get("teams", ())
        once = len({held["skill"] for held in skills}) == len(skills) and len(set(teams)) == len(teams)
        return once and all(shift.keys() == _SHIFT for shift in entry["shifts"])
    asked = entry.get("requires")
    if kind != "needs" or not asked:
        return True
    none = asked.get("none", ())
    return "any" not in asked and not (none and any(quality in none for quality in asked.get("all", ())))


def is_own(fault: Fault) -> bool:
    """Whether what is wrong with an entry alone is wrong with it in every model.

    Who is pinned depends on all that the person is, counts of a crew on whether there are parties, and
    which places need coordinates on all profiles.
    """
    return fault.code != "no_coordinates" and _OF_OTHERS.search(fault.path) is None


def stand_in(kind: str, key: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Something with an id, and as much of it as others look at."""
    if kind == "skills":
        return {"id": key, "levels": entry.get("levels", 1) if entry else 100}
    if kind == "goods":
        return {"id": key, "comes_back": entry.get("comes_back", False)}
    if kind == "places":
        return {"id": key, **_SOMEWHERE}
    if kind == "profiles":
        return {"id": key, "speed_kmh": 60}
    if kind == "vehicles":
        return {"id": key, "at": _SOMEWHERE}
    return {"id": key, "home": _SOMEWHERE, "shifts": []} if kind == "volunteers" else {"id": key}
