"""What residents ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .book import Book, given
from .dicts import (
    CombineDict,
    CrewDict,
    GapDict,
    Loads,
    LoanDict,
    OverlapDict,
    Pinned,
    Prefers,
    PromiseDict,
    RecurrenceDict,
    Requires,
    RoleDict,
    ServiceBy,
    SessionDict,
    Spans,
    StopDict,
    Supplies,
    Where,
)
from .mistakes import Mistakes, wrong
from .says import each, ref, whole, word
from .telling import told
from .things import Category, Need, Project, Team, Volunteer
from .words import GENDERS, Gender, Length, Minutes

# What a role says in place of the need.
_OF_ROLE = ("requires", "prefers", "load", "min_home_distance_m", "service_by")
_AVOIDED = (Volunteer, Team, Category)


class Needs(Book):
    """What a model says of needs."""

    @told
    def project(self, id: str, *, name: str | None = None, owner: str | None = None) -> Project:
        """What the office groups needs by. Made by being named, too, if the model makes none.

        Args:
            id: its id.
            name: name for people.
            owner: who answers for it.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.project("old-town", name="老旧小区", owner="社区居委会")
            Project('old-town')
        """
        return Project(self._add(Project, id, given(locals())))

    @told
    def need(
        self,
        id: str,
        *,
        at: Where,
        minutes: Minutes | None = None,
        service: Length | None = None,
        window: Spans | None = None,
        windows: Spans | None = None,
        name: str | None = None,
        priority: int | None = None,
        mandatory: bool | None = None,
        requires: Requires | None = None,
        never: str | Sequence[str] | None = None,
        gender: Gender | None = None,
        prefers: Prefers | None = None,
        people: int | None = None,
        category: str | None = None,
        project: str | None = None,
        promise: PromiseDict | None = None,
        min_home_distance_m: int | None = None,
        service_by: ServiceBy | None = None,
        pinned: Pinned | None = None,
        load: Loads | None = None,
        goods: Supplies | None = None,
        loan: LoanDict | None = None,
        vehicle: str | Sequence[str] | None = None,
        then: StopDict | Sequence[StopDict] | None = None,
        max_ride: Length | None = None,
        roles: RoleDict | Sequence[RoleDict] | None = None,
        gaps: GapDict | Sequence[GapDict] | None = None,
        overlaps: OverlapDict | Sequence[OverlapDict] | None = None,
        crew: CrewDict | None = None,
        combine: CombineDict | Sequence[CombineDict] | None = None,
        recurrence: RecurrenceDict | None = None,
        session: SessionDict | None = None,
        outsource: int | None = None,
        change_price: int | None = None,
    ) -> Need:
        """What a resident asks for: somebody who does something at a place, in time.

        Args:
            id: its id.
            at: a place, or ``(latitude, longitude)``.
            minutes: how long the service takes.
            service: the same as a duration: ``"1 h 30 min"``, or a timedelta.
            window: when it may start: ``"9:00-11:00, 14:00-16:00"`` on any day of the model;
                ``"2026-11-24 9:00-11:00"``; pairs of times, and lists of all these.
            windows: the same by the word of the document.
            name: name for people.
            priority: how much it counts against other needs; 1 if missing.
            mandatory: whether it comes before every priority.
            requires: who may serve, all of these: ``{"nursing": 2}``, or a list of skills,
                ``(skill, level)``, teams, categories and volunteers; a list within it: any of them.
            never: volunteers and teams who must not.
            gender: of whom it must be somebody.
            prefers: wishes with their prices: ``{bat: 600}``.
            people: how many come together, all alike; for others write ``roles``.
            category: the kind of service: a colour, or a category of the model.
            project: the project that it belongs to.
            promise: ``start_by`` and ``finish_by``; ``"hard": True`` means rather not than late.
            min_home_distance_m: nobody who lives nearer, as the crow flies.
            service_by: service times of certain people: ``{bat: "40 min"}``.
            pinned: who goes, if that is settled; with the start as ``(bat, "9:30")``.
            load: what is brought from the start of the route: ``{"kg": 20}``.
            goods: what is brought from a depot: ``{bale: 60}``; dicts for ``use``, ``least``, ``or``.
            loan: what is delivered is fetched again, in ``back``.
            vehicle: vehicles or profiles, one of which must come.
            then: further stops of a ride.
            max_ride: longest time on board.
            roles: a crew of different people, each role a dict with ``count``, ``requires``…
            gaps: when roles start, where not all start together.
            overlaps: roles at work together for a while.
            crew: what must be true of the crew together.
            combine: roles that one person may fill together.
            recurrence: it comes again every so many days.
            session: every window is covered, by helpers for its participants.
            outsource: price of handing it to others.
            change_price: price of a change against the previous plan.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.need("water-2", at=(38.84, 105.67), minutes=20, window="9:00-12:00", people=2)
            Need('water-2')
        """
        said = given(locals())
        apart: dict[str, Any] = {key: said.pop(key) for key in ("never", "gender", "people") if key in said}
        return Need(self._add(Need, id, said, lambda entry: self._crewed(entry, apart, roles)))

    def _crewed(self, entry: dict[str, Any], said: dict[str, Any], roles: object) -> dict[str, str]:
        """What a need says of the people who come, where the document has it."""
        _asked(self, entry, said)
        if "people" not in said:
            return {}
        try:
            count = whole(1, 1000)(self, said["people"])
            if roles is not None:
                raise wrong("conflict", count, ("either people or roles, not both", "people 与 roles 不可同时给出"))
        except Mistakes as found:
            raise Mistakes(found.under("people")) from None
        if count == 1:
            return {}
        if "pinned" in entry:
            expected = "nobody pinned where several come alike", "多人同去且要求相同时不指定人员"
            hint = (
                'write a role for each: roles=[{"pinned": bat}, {}]',
                '请为每人写一个角色：roles=[{"pinned": bat}，{}]',
            )
            raise Mistakes(wrong("conflict", entry["pinned"]["volunteer"], expected, hint).under("pinned"))
        role = {key: entry.pop(key) for key in _OF_ROLE if key in entry}
        entry["roles"] = [{"count": count, **role}]
        return {"roles[0].count": "people", **{f"roles[0].{key}": key for key in role}, "roles[0]": "people"}


def _asked(book: Book, entry: dict[str, Any], said: dict[str, Any]) -> None:
    """Adds who must not come, and of which gender they must be."""
    mistakes = []
    for key, field, read in (("gender", "all", word(GENDERS)), ("never", "none", each(_whom))):
        if key in said:
            try:
                value = read(book, said[key])
            except Mistakes as found:
                mistakes += found.under(key)
                continue
            asked = entry.setdefault("requires", {})
            asked[field] = [*asked.get(field, []), *([{"gender": value}] if key == "gender" else value)]
    if mistakes:
        raise Mistakes(mistakes)


def _whom(book: Book, value: Any) -> dict[str, str]:
    """Somebody who must not come."""
    key = str(ref(*_AVOIDED)(book, value))
    kinds = [kind for kind in _AVOIDED if isinstance(value, kind)] or [
        kind for kind in _AVOIDED if book._knows(kind, key)
    ]
    return {kinds[0].word: key}
