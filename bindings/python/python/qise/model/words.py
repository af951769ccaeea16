"""Closed sets of words, and times, for type checkers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TypeAlias, get_args

from ..literals import Datum as Datum
from ..literals import Gender as Gender
from ..literals import PairRule as PairRule
from ..literals import Rounding as Rounding
from ..literals import SkillKind as SkillKind
from ..literals import Term as Term
from ..literals import Unload as Unload
from ..literals import Use as Use

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
