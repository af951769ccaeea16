"""The records of the document: each field with its reader, and the shortcuts that a model knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import says, whom
from .clock import moment, until, windows
from .lengths import length, minutes
from .mistakes import Mistake, Mistakes, shown, wrong
from .says import Reads, each, flag, point, ref, seconds, whole, word
from .telling import lack, unknown
from .things import Dimension, Good, Need, Place, Skill, Team, Volunteer
from .words import GENDERS, USES

if TYPE_CHECKING:
    from .book import Book

_U32 = 4_294_967_295
price = whole(0, _U32)
amount = whole(0, 1_000_000_000)
some = whole(1, 1_000_000_000)
measure = whole(0, 1_000_000_000_000)
offset = seconds(-_U32, _U32)
people = whole(0, 1000)
role = whole(0, 65_535)


class Shape:
    """A record: its fields, what must be there, and other ways to say a field."""

    def __init__(
        self,
        required: Mapping[str, Reads],
        optional: Mapping[str, Reads],
        short: Mapping[str, tuple[str, Reads]] | None = None,
    ) -> None:
        self.fields: dict[str, Reads] = {**required, **optional}
        self.required = tuple(required)
        self.short: dict[str, tuple[str, Reads]] = dict(short or {})

    def words(self, extra: tuple[str, ...] = ()) -> list[str]:
        """What may be said."""
        return [*self.fields, *self.short, *extra]

    def read(self, book: Book, value: Any) -> dict[str, Any]:
        """A record of the document, from a mapping."""
        if not isinstance(value, Mapping):
            names = ", ".join(self.words())
            raise wrong("wrong_type", value, (f"a dict with some of {names}", f"含 {names} 中若干项的 dict"))
        return self.filled(book, value)[0]

    def filled(self, book: Book, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """A record of the document, and which fields were said by which other words."""
        found: dict[str, Any] = {}
        said: dict[str, str] = {}
        mistakes: list[Mistake] = []
        for key, value in given.items():
            if value is None:
                continue
            target, reader = key, self.fields.get(key)
            if reader is None:
                target, reader = self.short.get(key, (key, None))
                said[target] = key
            try:
                if reader is None:
                    raise unknown(key, self.words())
                if target in found:
                    raise wrong(
                        "conflict",
                        value,
                        (f"either {target} or {said[target]}, not both", f"{target} 与 {said[target]} 不可同时给出"),
                    )
                found[target] = reader(book, value)
            except Mistakes as wrong_here:
                # What is wrong counts as given, so that nothing is told twice.
                found.setdefault(target, None)
                mistakes += wrong_here.under(key)
        for key in self.required:
            if key not in found:
                mistakes += self.lack(key)
        if mistakes:
            raise Mistakes(mistakes)
        return found, said

    def lack(self, key: str) -> list[Mistake]:
        """What is missing, by the words that people use for it."""
        ways = [*(short for short, (target, _) in self.short.items() if target == key), key]
        return lack(ways[0], ways).mistakes


def _quality(extra_required: Mapping[str, Reads], extra: Mapping[str, Reads]) -> Shape:
    return _Quality(
        extra_required,
        {
            "skill": says.later(Skill),
            "level": whole(1, 100),
            "gender": word(GENDERS),
            "team": ref(Team),
            "category": says.category,
            "volunteer": ref(Volunteer),
            **extra,
        },
    )


class _Quality(Shape):
    """A record with exactly one quality."""

    def read(self, book: Book, value: Any) -> dict[str, Any]:
        found = super().read(book, value)
        if len(found.keys() & {"skill", "gender", "team", "category", "volunteer"}) != 1:
            names = (
                "exactly one of skill, gender, team, category and volunteer",
                "skill、gender、team、category、volunteer 之一",
            )
            raise wrong("conflict", dict(value), names)
        return whom.settled(book, found)


class _Held(Shape):
    """A skill that a person holds, which makes it a skill of the model."""

    def read(self, book: Book, value: Any) -> dict[str, Any]:
        found = super().read(book, value)
        book._hold(Skill, found["skill"], found.get("level", 1))
        if "level" in found:
            whom.level(book, found["skill"], found["level"])
        return found


def skills(book: Book, value: Any) -> list[dict[str, Any]]:
    """The skills that a person holds."""
    if isinstance(value, Mapping) and not ("skill" in value or "level" in value):
        found, mistakes = [], []
        for skill, level in value.items():
            try:
                found.append(HELD.read(book, {"skill": skill, "level": level}))
            except Mistakes as wrong_here:
                # The record is written here, so that its fields are no part of the path.
                for mistake in wrong_here.mistakes:
                    mistake.path = ""
                mistakes += wrong_here.under(f"[{shown(str(skill))[0]}]")
        if mistakes:
            raise Mistakes(mistakes)
        return found

    def one(book: Book, value: Any) -> dict[str, Any]:
        if isinstance(value, tuple) and len(value) == 2:
            value = {"skill": value[0], "level": value[1]}
        return HELD.read(book, {"skill": value} if isinstance(value, str) else value)

    return list(each(one)(book, value))


def _dimension(book: Book, value: Any) -> str:
    """What somebody can carry so much of: made by being named."""
    key = str(says.later(Dimension)(book, value))
    book._hold(Dimension, key, 1)
    return key


_service = {"minutes": ("service", minutes)}
SHORT_WINDOW = {"window": ("windows", windows)}
SHORT_TIMES = {**_service, **SHORT_WINDOW}

QUALITY = _quality({}, {})
PREFERENCE = _quality({"price": price}, {"wanted": flag})
TALLY = _quality({}, {"min": people, "max": people})
_qualities = each(whom.quality)
REQUIRES = Shape({}, {"all": _qualities, "any": each(_qualities), "none": _qualities})
HELD = _Held({"skill": says.later(Skill)}, {"level": whole(1, 100), "expires": until})
LOAD = Shape({"dimension": says.label(Dimension), "amount": measure}, {})
CAPACITY = Shape({"dimension": _dimension, "amount": measure}, {})
load = says.amounts("dimension", says.label(Dimension), "amount", measure, lambda: LOAD.read)
capacity = says.amounts("dimension", _dimension, "amount", measure, lambda: CAPACITY.read)
AMOUNT = Shape({"good": ref(Good), "amount": amount}, {})
carries = says.amounts("good", ref(Good), "amount", amount, lambda: AMOUNT.read)
RESTOCK = Shape({"at": moment, "amount": amount}, {})
STOCK = Shape({"good": ref(Good)}, {"amount": amount, "restocks": each(RESTOCK.read)})
stock = says.amounts("good", ref(Good), "amount", amount, lambda: STOCK.read)
SUBSTITUTE = Shape({"good": ref(Good)}, {"amount": some, "less": amount})
SUPPLY = Shape({"good": ref(Good)}, {"amount": some, "use": word(USES), "least": some, "or": each(SUBSTITUTE.read)})
supplies = says.amounts("good", ref(Good), "amount", some, lambda: SUPPLY.read)
LIMITS = Shape({}, {"travel": length, "work": length, "distance_m": measure, "visits": price})
LEDGER = Shape({}, {"worked": length, "offered": length})
OVERTIME = Shape({"most": length}, {})
LEAST_PEOPLE = Shape({"count": whole(1, 1_000_000)}, {"price": price})
PINNED = Shape({"volunteer": ref(Volunteer)}, {"start": moment})
PROMISE = Shape({}, {"start_by": moment, "finish_by": moment, "hard": flag})
SERVICE_BY = Shape({"volunteer": ref(Volunteer), "service": length}, {}, _service)
STOP = Shape({"at": point(), "service": length}, {"windows": windows}, SHORT_TIMES)
BACK = Shape({"windows": windows, "service": length}, {}, SHORT_TIMES)
LOAN = Shape({"back": BACK.read}, {"same_person": price})
RECURRENCE = Shape(
    {"times": whole(2, 400), "every_days": whole(1, 400)},
    {"tolerance_days": whole(0, 200), "same_weekday": flag, "same_visitor": price},
)
SESSION = Shape({"participants": whole(1, 1_000_000), "per_helper": whole(1, 1_000_000)}, {"whole": flag})
GAP = Shape({"from": role, "to": role, "min_s": offset, "max_s": offset}, {"either": flag})
OVERLAP = Shape({"one": role, "other": role, "least_s": offset}, {})
COMBINE = Shape({"roles": each(role)}, {"service": length}, _service)
CREW = Shape({}, {"same_team": flag, "tallies": each(TALLY.read)})
ASSIGNMENT = Shape({"need": ref(Need), "volunteer": ref(Volunteer), "start": moment}, {})
BREAK = Shape(
    {"earliest": moment, "latest": moment, "duration": length},
    {"off_duty": flag, "only_when_empty": flag, "at": each(point())},
    {"minutes": ("duration", minutes)},
)


def overtime(book: Book, value: Any) -> dict[str, Any]:
    """How much later a shift may end."""
    return OVERTIME.read(book, value if isinstance(value, Mapping) else {"most": value})


def pinned(book: Book, value: Any) -> dict[str, Any]:
    """Who goes, and when, if that was agreed."""
    if isinstance(value, tuple) and len(value) == 2:
        value = {"volunteer": value[0], "start": value[1]}
    return PINNED.read(book, {"volunteer": value} if isinstance(value, str) else value)


def service_by(book: Book, value: Any) -> list[dict[str, Any]]:
    """Service times of certain people."""
    if isinstance(value, Mapping) and "volunteer" not in value:
        value = [{"volunteer": who, "service": time} for who, time in value.items()]
    return list(each(SERVICE_BY.read)(book, value))


def least_people(book: Book, value: Any) -> dict[str, Any]:
    """How many of a team go out at least."""
    return LEAST_PEOPLE.read(book, value if isinstance(value, Mapping) else {"count": value})


def _cells(book: Book, value: Any) -> list[list[int | None]]:
    rows = [list(row) if isinstance(row, Iterable) else [row] for row in value] if isinstance(value, Iterable) else []
    if not rows or not all(one is None or (type(one) is int and one >= 0) for row in rows for one in row):
        raise wrong("wrong_type", value, ("rows of whole numbers or None", "由整数或 None 组成的各行"))
    return rows


MATRIX = Shape({"places": each(ref(Place)), "seconds": _cells, "metres": _cells}, {})
ROLE = Shape(
    {},
    {
        "count": whole(1, 1000),
        "requires": whom.requires,
        "prefers": whom.prefers,
        "min_home_distance_m": measure,
        "service": length,
        "service_by": service_by,
        "load": load,
        "pinned": pinned,
        "optional": amount,
    },
    _service,
)
