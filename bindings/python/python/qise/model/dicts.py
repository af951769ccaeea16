"""What arguments take, for type checkers: the records of the document as dicts, and shorter ways to say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from .words import Day, Gender, Length, Minutes, Moment, Seconds, Term, Use

if TYPE_CHECKING:
    from typing_extensions import Required

WindowDict = TypedDict("WindowDict", {"from": "Required[Moment]", "to": "Required[Moment]"}, total=False)
Span: TypeAlias = str | tuple[Moment, Moment] | WindowDict
Spans: TypeAlias = Span | Sequence[Span]


class Coordinates(TypedDict, total=False):
    """A point of the globe."""

    lat: Required[float]
    lon: Required[float]
    name: str | None


Where: TypeAlias = str | tuple[float, float] | Coordinates


class QualityDict(TypedDict, total=False):
    """Something that is true of a person or not: one of these."""

    skill: str
    level: int
    gender: Gender
    team: str
    category: str
    volunteer: str


class PreferenceDict(QualityDict, total=False):
    """A wish."""

    price: Required[int]
    wanted: bool | None


class TallyDict(QualityDict, total=False):
    """How many of a crew hold a quality."""

    min: int | None
    max: int | None


Quality: TypeAlias = str | tuple[str, int] | QualityDict


class RequiresDict(TypedDict, total=False):
    """What is asked of a person."""

    all: Sequence[Quality] | None
    any: Sequence[Sequence[Quality]] | None
    none: Sequence[Quality] | None


Requires: TypeAlias = str | tuple[str, int] | Mapping[str, int] | RequiresDict | Sequence[Quality | list[Quality]]
Prefers: TypeAlias = Mapping[str, int] | Sequence[PreferenceDict | tuple[Quality, int]]


class HeldDict(TypedDict, total=False):
    """A skill that a person holds."""

    skill: Required[str]
    level: int | None
    expires: Day | Moment | None


Skills: TypeAlias = str | Mapping[str, int] | Sequence[str | tuple[str, int] | HeldDict]


class LoadDict(TypedDict):
    """An amount of one dimension."""

    dimension: str
    amount: int


Loads: TypeAlias = Mapping[str, int] | Sequence[LoadDict]


class AmountDict(TypedDict):
    """So much of a kind of goods."""

    good: str
    amount: int


Amounts: TypeAlias = Mapping[str, int] | Sequence[AmountDict]


class RestockDict(TypedDict):
    """Goods that come in."""

    at: Moment
    amount: int


class StockDict(TypedDict, total=False):
    """What a depot keeps of one kind."""

    good: Required[str]
    amount: int | None
    restocks: Sequence[RestockDict] | None


Stock: TypeAlias = str | Mapping[str, int | None] | Sequence[str | StockDict]


class SubstituteDict(TypedDict, total=False):
    good: Required[str]
    amount: int | None
    less: int | None


SupplyDict = TypedDict(
    "SupplyDict",
    {
        "good": "Required[str]",
        "amount": "int | None",
        "use": "Use | None",
        "least": "int | None",
        "or": "Sequence[SubstituteDict] | None",
    },
    total=False,
)
Supplies: TypeAlias = str | Mapping[str, int] | Sequence[str | SupplyDict]


class BreakDict(TypedDict, total=False):
    """A rest that starts within a window."""

    earliest: Required[Moment]
    latest: Required[Moment]
    duration: Length
    minutes: Minutes
    off_duty: bool | None
    only_when_empty: bool | None
    at: Sequence[Where] | None


Breaks: TypeAlias = str | tuple[Span, Length] | BreakDict | Sequence[str | tuple[Span, Length] | BreakDict]


class OvertimeDict(TypedDict):
    """How much later a shift may end."""

    most: Length


ShiftDict = TypedDict(
    "ShiftDict",
    {
        "start": "Required[Moment]",
        "end": "Required[Moment]",
        "overtime": "Length | OvertimeDict | None",
        "from": "Where | None",
        "to": "Where | None",
        "breaks": "Breaks | None",
        "party": "bool | None",
        "carries": "Amounts | None",
        "most_calls": "int | None",
    },
    total=False,
)
Shifts: TypeAlias = Span | ShiftDict | Sequence[Span | ShiftDict]


class LimitsDict(TypedDict, total=False):
    """What a person does at most in a day or a week."""

    travel: Length | None
    work: Length | None
    distance_m: int | None
    visits: int | None


class LedgerDict(TypedDict, total=False):
    """Work that lies behind a person."""

    worked: Length | None
    offered: Length | None


class LeastPeopleDict(TypedDict, total=False):
    """How many of a team go out at least."""

    count: Required[int]
    price: int | None


class MatrixDict(TypedDict):
    """Times and distances between some places, row by row."""

    places: Sequence[str]
    seconds: Sequence[Sequence[int | None]]
    metres: Sequence[Sequence[int | None]]


class PromiseDict(TypedDict, total=False):
    """By when somebody has promised to be there or to be done."""

    start_by: Moment | None
    finish_by: Moment | None
    hard: bool | None


class PinnedDict(TypedDict, total=False):
    """Who goes."""

    volunteer: Required[str]
    start: Moment | None


Pinned: TypeAlias = str | tuple[str, Moment] | PinnedDict


class ServiceByDict(TypedDict, total=False):
    """The service time of one person."""

    volunteer: Required[str]
    service: Length
    minutes: Minutes


ServiceBy: TypeAlias = Mapping[str, Length] | Sequence[ServiceByDict]


class StopDict(TypedDict, total=False):
    """A further stop of a ride."""

    at: Required[Where]
    service: Length
    minutes: Minutes
    windows: Spans | None
    window: Spans | None


class BackDict(TypedDict, total=False):
    """When what was lent is fetched."""

    service: Length
    minutes: Minutes
    windows: Spans
    window: Spans


class LoanDict(TypedDict, total=False):
    """What is delivered is fetched again."""

    back: Required[BackDict]
    same_person: int | None


class RecurrenceDict(TypedDict, total=False):
    """Visits at regular intervals."""

    times: Required[int]
    every_days: Required[int]
    tolerance_days: int | None
    same_weekday: bool | None
    same_visitor: int | None


class SessionDict(TypedDict, total=False):
    """People who take part in something, and the helpers that they need."""

    participants: Required[int]
    per_helper: Required[int]
    whole: bool | None


class RoleDict(TypedDict, total=False):
    """One place, or several alike, in a crew."""

    count: int | None
    requires: Requires | None
    prefers: Prefers | None
    min_home_distance_m: int | None
    service: Length | None
    minutes: Minutes | None
    service_by: ServiceBy | None
    load: Loads | None
    pinned: Pinned | None
    optional: int | None


GapDict = TypedDict(
    "GapDict",
    {
        "from": "Required[int]",
        "to": "Required[int]",
        "min_s": "Required[Seconds]",
        "max_s": "Required[Seconds]",
        "either": "bool | None",
    },
    total=False,
)


class OverlapDict(TypedDict):
    """Two roles at work together for a while."""

    one: int
    other: int
    least_s: Seconds


class CombineDict(TypedDict, total=False):
    """Roles that one person may fill together."""

    roles: Required[Sequence[int]]
    service: Length | None
    minutes: Minutes | None


class CrewDict(TypedDict, total=False):
    """What must be true of a crew together."""

    same_team: bool | None
    tallies: Sequence[TallyDict] | None


class AssignmentDict(TypedDict):
    """One assignment of the previous plan."""

    need: str
    volunteer: str
    start: Moment


class TermDict(TypedDict, total=False):
    """A term of the objective with its weight."""

    term: Required[Term]
    weight: int | None


Level: TypeAlias = Term | Mapping[Term, int] | Sequence[Term | tuple[Term, int] | TermDict]
