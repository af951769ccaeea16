"""How two plans differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from . import _core, _plain
from ._frames import Frames
from ._frames.columns import Kind, kinds
from ._handles import plan_handle
from ._json import Document
from .judgement import Violation
from .literals import Backend, Change, Term

if TYPE_CHECKING:
    from .plan import Plan


class Part(TypedDict):
    """One person's part in a need."""

    need: str
    """Id of the need; of several ways to do one thing that which is taken."""
    role: int
    """Which of its roles, counted from 0."""
    stop: int
    """Which of its stops, counted from 0."""
    volunteer: str
    """Id of the volunteer."""
    shift: int
    """Which of the volunteer's shifts, counted from 0."""
    vehicle: str | None
    """Id of the vehicle; None if the person goes by their own means."""
    along: bool
    """True if the person goes along in a party that somebody else leads."""
    start: datetime
    """Start of the service."""
    end: datetime
    """End of the service."""


class NeedChange(TypedDict):
    """What changes for a need."""

    need: str
    """Id of the need."""
    name: str | None
    """Its name."""
    priority: int
    """Its priority."""
    change: Change
    """What it is."""
    moved_s: int | None
    """Seconds by which its first start moves, later if positive; None unless it is served in
    both plans."""
    text: str
    """The change in English."""
    text_zh: str
    """The change in Chinese."""
    old: list[Part]
    """Who comes in the old plan."""
    new: list[Part]
    """Who comes in the new plan."""


class Duty(TypedDict):
    """What one person does in a plan."""

    visits: int
    """Number of visits."""
    work_s: int
    """Seconds between departure and return, breaks off duty excluded."""
    travel_s: int
    """Seconds of travel."""
    distance_m: int
    """Metres of travel."""
    departure: datetime | None
    """First departure; None if the person stays at home."""
    finish: datetime | None
    """Last return; None if the person stays at home."""


class PersonChange(TypedDict):
    """What changes for a person."""

    volunteer: str
    """Id of the volunteer."""
    name: str | None
    """Name for people."""
    text: str
    """The change in English."""
    text_zh: str
    """The change in Chinese."""
    takes_on: list[str]
    """Ids of the needs that the person serves in the new plan only."""
    gives_up: list[str]
    """Ids of the needs that the person serves in the old plan only."""
    old: Duty
    """What the person does in the old plan."""
    new: Duty
    """What the person does in the new plan."""


class Values(TypedDict):
    """A value in both plans; less is better."""

    old: int
    """Value in the old plan."""
    new: int
    """Value in the new plan."""
    difference: int
    """The new value less the old one."""


class DifferenceFrames(TypedDict):
    """The tables of a difference."""

    needs: Any
    """The needs of which something changes, one a row; who comes before and after."""
    people: Any
    """The people whose routes change, one a row."""
    terms: Any
    """The terms of the score, one a row."""


class _NeedRow(TypedDict):
    need: str
    name: str | None
    priority: int
    change: Change
    moved_s: int | None
    text: str
    text_zh: str
    old: list[str]
    new: list[str]


class _PersonRow(TypedDict):
    volunteer: str
    name: str | None
    text: str
    text_zh: str
    takes_on: list[str]
    gives_up: list[str]


class TermRow(TypedDict):
    """A term of the score in both plans."""

    term: str
    old: int
    new: int
    difference: int


@dataclass(frozen=True)
class Difference:
    """How a new plan differs from an old one; true if anything changes for anybody."""

    better: Literal["old", "new", "equal"]
    """Which plan scores better, valid or not."""
    old_violations: list[Violation]
    """What the old plan breaks; empty for a valid plan."""
    new_violations: list[Violation]
    """What the new plan breaks."""
    levels: list[Values]
    """The levels of the objective, the most important first."""
    terms: dict[Term, Values]
    """Every term by name."""
    needs: list[NeedChange]
    """The needs of which something changes."""
    people: list[PersonChange]
    """The people whose routes change."""

    @classmethod
    def _of(cls, report: Document, zone: str) -> Difference:
        """From the report of the engine, with times in a zone."""
        there = _plain.zone(zone)
        broken = {
            plan: [Violation(**violation) for violation in report[plan]["violations"]] for plan in ("old", "new")
        }
        return cls(
            better=report["better"],
            old_violations=broken["old"],
            new_violations=broken["new"],
            levels=report["levels"],
            terms=report["terms"],
            needs=[_need(change, there) for change in report["needs"]],
            people=[_person(change, there) for change in report["people"]],
        )

    def __bool__(self) -> bool:
        return bool(self.needs or self.people)

    def __str__(self) -> str:
        if not self:
            return "the two plans are the same"
        kinds: dict[str, int] = {}
        for need in self.needs:
            kinds[need["change"]] = kinds.get(need["change"], 0) + 1
        parts = [f"{count} {kind.replace('_', ' ')}" for kind, count in kinds.items()]
        lines = [f"{', '.join(parts) or 'no need changes'}; {len(self.people)} routes change; better: {self.better}"]
        for plan, broken in (("old", self.old_violations), ("new", self.new_violations)):
            if broken:
                lines.append(f"  the {plan} plan breaks rules in {len(broken)} places, such as: {broken[0]}")
        lines += [f"  {need['need']}: {need['text']}" for need in self.needs]
        return "\n".join(lines)

    def to_frames(self, *, backend: Backend | None = None) -> DifferenceFrames:
        """The difference as data frames. Times of travel and work are seconds, distances metres.

        Args:
            backend: the library, as for `Problem.to_frames`.

        Raises:
            ImportError: the library is not installed.
            ValueError: ``backend`` is another word.

        Example:
            >>> list(plan.diff(plan).to_frames())
            ['needs', 'people', 'terms']
        """
        make = Frames(backend)
        people = [
            {
                **person,
                **{f"{field}_old": person["old"][field] for field in _COUNTS},  # type: ignore[literal-required]
                **{f"{field}_new": person["new"][field] for field in _COUNTS},  # type: ignore[literal-required]
            }
            for person in self.people
        ]
        counts: dict[str, Kind] = {f"{field}_{plan}": "whole" for plan in ("old", "new") for field in _COUNTS}
        return {
            "needs": make.of(
                _NeedRow, ({**need, "old": _who(need["old"]), "new": _who(need["new"])} for need in self.needs)
            ),
            "people": make.of_rows({**kinds(_PersonRow), **counts}, people),
            "terms": make.of(TermRow, ({"term": term, **values} for term, values in self.terms.items())),
        }


def diff(plan: Plan, other: Plan) -> Difference:
    """Tells how another plan differs from this one: people, needs, score, violations.

    A plan for another problem is read anew for the problem of this plan; to compare plans of two
    problems, use `qise.compare`.

    Args:
        plan: the old plan.
        other: the new plan.

    Returns:
        A `Difference`; its truth value says whether anything changes for anybody.

    Raises:
        InvalidDocument: the other plan is for another problem, and names what that of this plan
            does not have.

    Example:
        >>> bool(plan.diff(plan))
        False
    """
    report = _core.diff(plan_handle(plan), plan_handle(other, "other"))
    if plan.problem != other.problem:
        # what the other plan states of itself was true of its own problem
        broken = report["new"]["violations"]
        report["new"]["violations"] = [one for one in broken if one["rule"] != "wrong_score"]
    return Difference._of(report, plan.problem.time_zone)


_COUNTS = ("visits", "work_s", "travel_s", "distance_m")


def _who(parts: list[Part]) -> list[str]:
    return list(dict.fromkeys(part["volunteer"] for part in parts))


def _need(change: Document, there: tzinfo | None) -> NeedChange:
    old, new = ([_part(part, there) for part in change[plan]] for plan in ("old", "new"))
    return NeedChange(
        need=change["need"],
        name=change["name"],
        priority=change["priority"],
        change=change["change"],
        moved_s=change["moved_s"],
        text=change["text"],
        text_zh=change["text_zh"],
        old=old,
        new=new,
    )


def _part(part: Document, there: tzinfo | None) -> Part:
    return Part(
        need=part["need"],
        role=part["role"],
        stop=part["stop"],
        volunteer=part["volunteer"],
        shift=part["shift"],
        vehicle=part["vehicle"],
        along=part["along"],
        start=_plain.time(part["start"], there),
        end=_plain.time(part["end"], there),
    )


def _person(change: Document, there: tzinfo | None) -> PersonChange:
    return PersonChange(
        volunteer=change["volunteer"],
        name=change["name"],
        text=change["text"],
        text_zh=change["text_zh"],
        takes_on=change["takes_on"],
        gives_up=change["gives_up"],
        old=_duty(change["old"], there),
        new=_duty(change["new"], there),
    )


def _duty(duty: Document, there: tzinfo | None) -> Duty:
    departure, finish = duty["departure"], duty["finish"]
    return Duty(
        visits=duty["visits"],
        work_s=duty["work_s"],
        travel_s=duty["travel_s"],
        distance_m=duty["distance_m"],
        departure=None if departure is None else _plain.time(departure, there),
        finish=None if finish is None else _plain.time(finish, there),
    )
