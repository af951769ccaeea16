"""Closed sets of words, and times, for type checkers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias, get_args

Datum: TypeAlias = Literal["WGS-84", "GCJ-02", "BD-09"]
Gender: TypeAlias = Literal["female", "male"]
SkillKind: TypeAlias = Literal["skill", "credential", "language"]
Rounding: TypeAlias = Literal["up", "nearest"]
Unload: TypeAlias = Literal["any_order", "last_in_first_out"]
Use: TypeAlias = Literal["deliver", "carry", "collect"]
PairRule: TypeAlias = Literal["forbidden", "preferred", "avoided"]
Term: TypeAlias = Literal[
    "unserved_mandatory",
    "unserved_priority",
    "unserved",
    "tardiness",
    "worst_tardiness",
    "late",
    "travel_time",
    "distance",
    "work_time",
    "overtime",
    "waiting",
    "people",
    "teams",
    "people_short",
    "load",
    "load_range",
    "load_worst",
    "spread",
    "makespan",
    "preferences",
    "disruption",
]

DATUMS: tuple[str, ...] = get_args(Datum)
GENDERS: tuple[str, ...] = get_args(Gender)
SKILL_KINDS: tuple[str, ...] = get_args(SkillKind)
ROUNDINGS: tuple[str, ...] = get_args(Rounding)
UNLOADS: tuple[str, ...] = get_args(Unload)
USES: tuple[str, ...] = get_args(Use)
PAIR_RULES: tuple[str, ...] = get_args(PairRule)
TERMS: tuple[str, ...] = get_args(Term)

Day: TypeAlias = str | date
Moment: TypeAlias = str | datetime | time
Length: TypeAlias = str | timedelta
Minutes: TypeAlias = int | float
Seconds: TypeAlias = int | str | timedelta
