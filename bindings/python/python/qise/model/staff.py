"""Who may serve: skills, teams and volunteers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .book import Book, given
from .dicts import Breaks, LeastPeopleDict, LedgerDict, LimitsDict, Loads, OvertimeDict, Shifts, Skills, Where
from .mistakes import Mistakes
from .says import flag, ref
from .shapes import overtime as overtime_of
from .shifts import share_breaks
from .telling import told
from .things import Category, Skill, Team, Volunteer
from .words import Gender, Length, SkillKind, Unload


class Staff(Book):
    """What a model says of people."""

    @told
    def skill(
        self, id: str, *, levels: int | None = None, kind: SkillKind | None = None, name: str | None = None
    ) -> Skill:
        """A skill, credential or language.

        Skills need not be made: what volunteers hold and needs ask for is made by being named, with
        as many levels as are named. Make those whose names or levels you want to be sure of.

        Args:
            id: its id.
            levels: levels run from 1 to this; 1 if missing.
            kind: what it is, for the words of explanations; ``"skill"`` if missing.
            name: name for people.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.skill("mongolian", levels=2, kind="language", name="蒙古语")
            Skill('mongolian')
        """
        return Skill(self._add(Skill, id, given(locals())))

    @told
    def category(
        self, id: str, *, name: str | None = None, name_zh: str | None = None, colour: str | None = None
    ) -> Category:
        """A kind of service beside the seven colours, which are always there; or a colour renamed.

        Args:
            id: its id.
            name: English name.
            name_zh: Chinese name.
            colour: for maps and tables, as ``"#rrggbb"``.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.category("rescue", name="mountain rescue", name_zh="山地救援")
            Category('rescue')
        """
        return Category(self._add(Category, id, given(locals())))

    @told
    def team(
        self,
        id: str,
        *,
        name: str | None = None,
        category: str | None = None,
        base: Where | None = None,
        members: str | Sequence[str] | None = None,
        least_people: int | LeastPeopleDict | None = None,
    ) -> Team:
        """A standing organisation of volunteers.

        Args:
            id: its id.
            name: name for people.
            category: what it stands for: a colour, or a category of the model.
            base: where it has its seat.
            members: its volunteers, who may be made later; or say ``teams`` at the volunteers.
            least_people: so many of them go out at least; with a price as a dict.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.team("power", name="电力连心服务队", category="purple")
            Team('power')
        """
        return Team(self._add(Team, id, given(locals())))

    @told
    def volunteer(
        self,
        id: str,
        *,
        home: Where,
        shifts: Shifts,
        name: str | None = None,
        skills: Skills | None = None,
        teams: str | Sequence[str] | None = None,
        gender: Gender | None = None,
        profile: str | None = None,
        breaks: Breaks | None = None,
        overtime: Length | OvertimeDict | None = None,
        party: bool | None = None,
        per_day: LimitsDict | None = None,
        per_week: LimitsDict | None = None,
        rest: Length | None = None,
        pace: float | None = None,
        max_radius_m: int | None = None,
        capacity: Loads | None = None,
        unload: Unload | None = None,
        ledger: LedgerDict | None = None,
    ) -> Volunteer:
        """A person who helps.

        Args:
            id: the id.
            home: a place, or ``(latitude, longitude)``.
            shifts: when this person is present: ``"8:00-12:00, 14:00-17:30"`` on every day of the
                model; pairs of times; dicts with ``start``, ``end``, ``from``, ``to``, ``carries``…
            name: name for people.
            skills: ``{"nursing": 2}``, ``["nursing", "driving"]``, or dicts with ``expires``.
            teams: the teams of this person.
            gender: as far as residents ask for it.
            profile: how this person moves; the first profile if missing.
            breaks: in the shifts that have none of their own: ``"12:00-13:00 30 min"``.
            overtime: how much later every shift may end that does not say so itself.
            party: whether shifts are spent in parties, where they do not say so themselves.
            per_day: at most so much ``travel``, ``work``, ``distance_m`` and ``visits`` a day.
            per_week: the same a week.
            rest: least time between the last return of one day and the next departure.
            pace: service times are multiplied by this.
            max_radius_m: goes no farther from home, in travelled metres.
            capacity: what this person can carry: ``{"kg": 50}``.
            unload: in which order it is unloaded.
            ledger: time ``worked`` and ``offered`` before this plan.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.volunteer("saran", home=(38.84, 105.67), shifts="8:00-17:00", skills={"nursing": 2})
            Volunteer('saran')
        """
        said = given(locals())
        of_shifts: dict[str, Any] = {key: said.pop(key) for key in ("breaks", "overtime", "party") if key in said}
        return Volunteer(self._add(Volunteer, id, said, lambda entry: self._to_shifts(entry["shifts"], of_shifts)))

    def _to_shifts(self, shifts: list[dict[str, Any]], said: dict[str, Any]) -> None:
        """What a volunteer says of all shifts, for those that do not say it themselves."""
        for key, value in said.items():
            try:
                if key == "breaks":
                    share_breaks(self, shifts, value)
                    continue
                shared = (overtime_of if key == "overtime" else flag)(self, value)
                for shift in shifts:
                    shift.setdefault(key, shared)
            except Mistakes as found:
                raise Mistakes(found.under(key)) from None

    @told
    def apart(self, first: str, second: str) -> None:
        """Two people who must not be in one crew.

        Args:
            first: one.
            second: the other.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.apart(bat, siqin)
        """
        entry = {"volunteer": ref(Volunteer)(self, first), "other": ref(Volunteer)(self, second)}
        label = f"apart('{first}', '{second}')"
        self._append("apart", entry, (label, label))
