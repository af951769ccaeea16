"""What is listed in the document by id, and how its entries are read."""

from __future__ import annotations

from . import says, shapes, whom
from .clock import windows
from .lengths import length
from .says import each, flag, number, point, ref, text, whole, word
from .shifts import shifts
from .things import Area, Profile, Project, Team, Volunteer
from .words import GENDERS, ROUNDINGS, SKILL_KINDS, UNLOADS

LISTS = {
    "areas": shapes.Shape({}, {"name": text, "outline": each(says.latitude_longitude)}),
    "categories": shapes.Shape({}, {"name": text, "name_zh": text, "colour": text}),
    "depots": shapes.Shape(
        {"at": point()},
        {"name": text, "windows": windows, "service": length, "stock": shapes.stock},
        shapes.SHORT_TIMES,
    ),
    "dimensions": shapes.Shape({}, {"name": text}),
    "goods": shapes.Shape({}, {"name": text, "unit": text, "load": shapes.load, "comes_back": flag}),
    "needs": shapes.Shape(
        {"at": point(), "service": length, "windows": windows},
        {
            "name": text,
            "category": says.category,
            "project": says.label(Project),
            "load": shapes.load,
            "goods": shapes.supplies,
            "loan": shapes.LOAN.read,
            "then": each(shapes.STOP.read),
            "max_ride": length,
            "priority": shapes.amount,
            "mandatory": flag,
            "promise": shapes.PROMISE.read,
            "requires": whom.requires,
            "prefers": whom.prefers,
            "min_home_distance_m": shapes.measure,
            "service_by": shapes.service_by,
            "roles": each(shapes.ROLE.read),
            "gaps": each(shapes.GAP.read),
            "overlaps": each(shapes.OVERLAP.read),
            "crew": shapes.CREW.read,
            "pinned": shapes.pinned,
            "change_price": shapes.price,
            "combine": each(shapes.COMBINE.read),
            "recurrence": shapes.RECURRENCE.read,
            "session": shapes.SESSION.read,
            "outsource": shapes.price,
            "vehicle": says.vehicle,
        },
        shapes.SHORT_TIMES,
    ),
    "places": shapes.Shape(
        {}, {"name": text, "lat": number(-90, 90), "lon": number(-180, 180), "area": ref(Area), "setup": length}
    ),
    "profiles": shapes.Shape(
        {},
        {
            "name": text,
            "speed_kmh": number(0.1, 2_000_000),
            "detour": number(1, 100),
            "rounding": word(ROUNDINGS),
            "matrix": shapes.MATRIX.read,
        },
    ),
    "projects": shapes.Shape({}, {"name": text, "owner": text}),
    "skills": shapes.Shape({}, {"name": text, "kind": word(SKILL_KINDS), "levels": whole(1, 100)}),
    "teams": shapes.Shape(
        {},
        {
            "name": text,
            "category": says.category,
            "base": point(),
            "members": each(says.later(Volunteer)),
            "least_people": shapes.least_people,
        },
    ),
    "vehicles": shapes.Shape(
        {"at": point()},
        {
            "name": text,
            "profile": ref(Profile),
            "capacity": shapes.capacity,
            "unload": word(UNLOADS),
            "range_m": shapes.measure,
            "drivers": whom.requires,
            "windows": windows,
            "carries": shapes.carries,
        },
        shapes.SHORT_WINDOW,
    ),
    "volunteers": shapes.Shape(
        {"home": point(), "shifts": shifts},
        {
            "name": text,
            "skills": shapes.skills,
            "teams": each(ref(Team)),
            "gender": word(GENDERS),
            "profile": ref(Profile),
            "capacity": shapes.capacity,
            "unload": word(UNLOADS),
            "max_radius_m": shapes.measure,
            "per_day": shapes.LIMITS.read,
            "per_week": shapes.LIMITS.read,
            "rest": length,
            "pace": number(0.001, 100),
            "ledger": shapes.LEDGER.read,
        },
    ),
}
"""What is listed in the document by id."""
