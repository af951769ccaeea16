"""A model to write down: objects instead of ids, mistakes told at the line that made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, final

from .._json import copied
from ..errors import InvalidDocument
from ..problem import Oddity, Problem
from .aims import Aims
from .book import Book
from .land import Land
from .links import Links
from .mistakes import Mistakes, wrong
from .needs import Needs
from .says import Reads, text, whole, word
from .staff import Staff
from .supply import Supply
from .telling import Mark, told
from .things import Area as Area
from .things import Category as Category
from .things import Depot as Depot
from .things import Dimension as Dimension
from .things import Good as Good
from .things import Need as Need
from .things import Place as Place
from .things import Profile as Profile
from .things import Project as Project
from .things import Skill as Skill
from .things import Team as Team
from .things import Thing as Thing
from .things import Vehicle as Vehicle
from .things import Volunteer as Volunteer
from .words import DATUMS, Datum

if TYPE_CHECKING:
    from ..plan import Plan
    from ..search import Progress


@final
class Model(Land, Staff, Supply, Needs, Links, Aims):
    """A scenario, written down call by call.

    Each call makes one entry and returns it; what takes an id takes the entry, or its id as text.
    What a call names must be there already; skills, and all that is counted, are made by being
    named. Whatever is wrong raises `ModelError` with the line of the script. ``len(model)`` is the
    number of needs.

    Args:
        day: the day that is planned, or the first of several: ``"2026-11-24"``, or a date.
        tz: the zone of all times without an offset: ``"Asia/Shanghai"``, ``"+08:00"``, or a tzinfo.
        days: number of days; times without a day hold on each of them.
        name: name for people; the day if missing.
        datum: of all coordinates: ``"WGS-84"``, ``"GCJ-02"`` (Chinese maps), ``"BD-09"`` (Baidu).
        note: anything worth saying.

    Raises:
        ModelError: an argument is wrong; told at the line of the call.

    Example:
        >>> m = qise.Model("2026-11-24", tz="Asia/Shanghai")
        >>> bat = m.volunteer("bat", home=(38.83, 105.66), skills={"nursing": 2}, shifts="8:00-17:00")
        >>> visit = m.need("visit", at=(38.84, 105.67), minutes=20, window="9:00-12:00", requires={"nursing": 2})
        >>> m.solve(iterations=50)
        <Plan: 1 of 1 needs served by 1 people on 1 routes, 3 km>
    """

    @told
    def __init__(
        self,
        day: str | date,
        *,
        tz: str | tzinfo,
        days: int = 1,
        name: str | None = None,
        datum: Datum = "WGS-84",
        note: str | None = None,
    ) -> None:
        super().__init__()
        self._problem: Problem | None = None
        label = f"Model('{day}')"
        self._marks["model"] = Mark(self._line, (label, label), {"time_zone": "tz"})
        arguments: dict[str, tuple[Reads, object]] = {
            **{"day": (_day, day), "days": (whole(1, 400), days), "tz": (_zone, tz), "datum": (word(DATUMS), datum)},
            **{"name": (text, str(day) if name is None else name), "note": (text, note or "")},
        }
        said: dict[str, Any] = {}
        mistakes = []
        for key, (reader, value) in arguments.items():
            try:
                said[key] = reader(self, value)
            except Mistakes as found:
                mistakes += found.under(key)
        if mistakes:
            raise Mistakes(mistakes)
        said["time_zone"] = said.pop("tz")
        first, count = said.pop("day"), said.pop("days")
        self._days = tuple(first + timedelta(days=number) for number in range(count))
        self._today = first if count == 1 else None
        self._head = {"format": "qise/scenario", "version": 1, **{key: value for key, value in said.items() if value}}
        try:
            Problem.from_json({**self._head, "needs": [], "volunteers": []})
        except InvalidDocument as error:
            raise self._located(error.faults) from None

    def problem(self) -> Problem:
        """The problem that the model states: made when it is first asked for, and after changes.

        Raises:
            ModelError: something is wrong that no call could see alone; each fault has the line of
                the call that made the entry.

        Example:
            >>> m.problem()
            <Problem "2026-11-24": 2 needs, 2 volunteers, 0 teams>
        """
        if self._problem is None:
            try:
                self._problem = Problem.from_json(self._document())
            except InvalidDocument as error:
                raise self._located(error.faults) from None
        return self._problem

    @told
    def solve(
        self,
        *,
        time_limit: float | None = None,
        iterations: int | None = None,
        seed: int = 1,
        threads: int | None = None,
        warm: Plan | None = None,
        on_progress: Callable[[Progress], object] | None = None,
    ) -> Plan:
        """Searches for a good plan of the problem. Arguments and errors as for `Problem.solve`.

        Raises:
            ModelError: the model is wrong, as for `problem`.

        Example:
            >>> m.solve(iterations=50).check()
            []
        """
        return self.problem().solve(
            time_limit=time_limit,
            iterations=iterations,
            seed=seed,
            threads=threads,
            warm=warm,
            on_progress=on_progress,
        )

    @property
    def warnings(self) -> list[Oddity]:
        """What is legal and probably wrong, each with the line that said it: a new list.

        As `Problem.warnings`: needs outside every shift, levels that nobody holds, places far from
        all others.
        """
        return [self._warned(oddity) for oddity in self.problem().warnings]

    def _warned(self, oddity: Oddity) -> Oddity:
        mark, path = self._mark(oddity.path)
        where = [mark.label[0], self._as_said(mark, path)], [mark.label[1], self._as_said(mark, path)]
        name = f"{oddity.id} ({oddity.name})" if oddity.name else oddity.id
        text, text_zh = (
            message.removeprefix(f"{oddity.path} {name}{colon}").removeprefix(f"{oddity.path}{colon}")
            for message, colon in ((oddity.message, ": "), (oddity.message_zh, "："))
        )
        return replace(
            oddity,
            message=f"{mark.line}: {', '.join(filter(None, where[0]))}: {text}",
            message_zh=f"{mark.line}：{'，'.join(filter(None, where[1]))}：{text_zh}",
        )

    def to_dict(self) -> dict[str, Any]:
        """The scenario document that the model states, as a new dict.

        Example:
            >>> m.to_dict()["needs"][0]["windows"]
            [{'from': '2026-11-24T09:00', 'to': '2026-11-24T12:00'}]
        """
        return copied(self._document())

    def _changed(self) -> None:
        self._problem = None

    def __len__(self) -> int:
        return len(self._lists["needs"])

    def __eq__(self, other: object, /) -> bool:
        return isinstance(other, Model) and self._document() == other._document()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        first, last = self._days[0], self._days[-1]
        span = str(first) if first == last else f"{first} to {last}"
        counts = [(len(self._lists[kind]), kind) for kind in ("needs", "volunteers")]
        told = ", ".join(f"{count} {kind[:-1] if count == 1 else kind}" for count, kind in counts)
        return f"<Model of {span}: {told}>"


def _day(book: Book, value: Any) -> date:
    """The first day."""
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    expected = 'a day such as "2026-11-24", or a date', '"2026-11-24" 之类的日期，或 date'
    try:
        return date.fromisoformat(value)
    except TypeError:
        raise wrong("wrong_type", value, expected) from None
    except ValueError:
        raise wrong("bad_time", value, expected) from None


def _zone(book: Book, value: Any) -> str:
    """The zone of the document."""
    if isinstance(value, str):
        return value
    key = getattr(value, "key", None)
    if isinstance(key, str):
        return key
    offset = value.utcoffset(None) if isinstance(value, tzinfo) else None
    if offset is None:
        expected = 'a zone such as "Asia/Shanghai", or a tzinfo', '"Asia/Shanghai" 之类的时区，或 tzinfo'
        raise wrong("wrong_type", value, expected)
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"
