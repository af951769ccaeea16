"""Closed sets of words, for type checkers and for whoever annotates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

Backend: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""A library of data frames."""

Lang: TypeAlias = Literal["en", "zh"]
"""A language."""

Verdict: TypeAlias = Literal["impossible", "displacing", "open", "unfound", "unexamined"]
"""What is known of a need that is not served: see `Reason.verdict`."""

Change: TypeAlias = Literal[
    "won", "lost", "handed_over", "taken_back", "other_way", "other_people", "other_means", "moved"
]
"""What changes for a need between two plans."""

Mark: TypeAlias = Literal["efficient", "repeated", "dominated"]
"""What becomes of a point of a frontier beside the others: see `FrontierPoint.mark`."""

Lever: TypeAlias = Literal["join", "sooner", "later", "radius", "skill"]
"""What can be changed for a whole plan."""

Datum: TypeAlias = Literal["WGS-84", "GCJ-02", "BD-09"]
"""Datum of coordinates."""

Gender: TypeAlias = Literal["female", "male"]
"""As far as residents ask for it."""

SkillKind: TypeAlias = Literal["skill", "credential", "language"]
"""Kind of a skill."""

Rounding: TypeAlias = Literal["up", "nearest"]
"""How travel times are rounded to whole seconds."""

Unload: TypeAlias = Literal["any_order", "last_in_first_out"]
"""In which order loads are unloaded."""

Use: TypeAlias = Literal["deliver", "carry", "collect"]
"""What becomes of a good at a need."""

PairRule: TypeAlias = Literal["forbidden", "preferred", "avoided"]
"""What is said of a need and a person or team."""

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
"""A term of the objective."""

Weighted: TypeAlias = Term | tuple[Term, int]
"""A term of the objective, with its weight where it is not 1."""

Objective: TypeAlias = Sequence[Weighted | Sequence[Weighted]]
"""Levels of the objective, the most important first; each is a term, or terms that are added up."""
