"""How two plans differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, TypedDict

from . import _plain
from .results import Violation


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
    """Id of the vehicle; nothing where the person goes by their own means."""
    along: bool
    """Whether the person goes along with a party that somebody else leads."""
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
    """How much it matters."""
    change: str
    """``won``, ``lost``, ``handed_over``, ``taken_back``, ``other_way``, ``other_people``, ``other_means`` or ``moved``."""
    moved_s: int | None
    """Seconds by which its first start moves, later where positive; nothing where it is not served in both plans."""
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
    work_s: int
    travel_s: int
    distance_m: int
    departure: datetime | None
    finish: datetime | None


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
    new: int
    difference: int
    """The new less the old."""


@dataclass(frozen=True)
class Difference:
    """How a new plan differs from an old one. True where anything changes for anybody."""

    better: str
    """Which plan scores better, valid or not: ``old``, ``new`` or ``equal``."""
    old_violations: list[Violation]
    """What the old plan breaks; empty for a valid plan."""
    new_violations: list[Violation]
    """What the new plan breaks."""
    levels: list[Values]
    """The levels of the objective, the most important first."""
    terms: dict[str, Values]
    """Every term by name."""
    needs: list[NeedChange]
    """The needs of which something changes."""
    people: list[PersonChange]
    """The people whose routes change."""

    @classmethod
    def _of(cls, report: _plain.Document, zone: str) -> Difference:
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
        lines += [f"  {need['need']}: {need['text']}" for need in self.needs]
        return "\n".join(lines)

    def to_frames(self) -> dict[str, Any]:
        """The difference as pandas frames: needs, people, terms. Raises ImportError without pandas."""
        from ._frames import pandas

        pd = pandas()
        needs = [{**need, "old": _who(need["old"]), "new": _who(need["new"])} for need in self.needs]
        people = [
            {
                **{key: person[key] for key in ("volunteer", "name", "text", "text_zh")},
                "takes_on": ", ".join(person["takes_on"]),
                "gives_up": ", ".join(person["gives_up"]),
                **{f"{field}_old": person["old"][field] for field in _COUNTS},  # type: ignore[literal-required]
                **{f"{field}_new": person["new"][field] for field in _COUNTS},  # type: ignore[literal-required]
            }
            for person in self.people
        ]
        return {
            "needs": pd.DataFrame(needs, columns=list(NeedChange.__annotations__)),
            "people": pd.DataFrame(
                people,
                columns=["volunteer", "name", "text", "text_zh", "takes_on", "gives_up"]
                + [f"{field}_{plan}" for plan in ("old", "new") for field in _COUNTS],
            ),
            "terms": pd.DataFrame([{"term": term, **values} for term, values in self.terms.items()]),
        }


_COUNTS = ("visits", "work_s", "travel_s", "distance_m")


def _who(parts: list[Part]) -> str:
    return ", ".join(dict.fromkeys(part["volunteer"] for part in parts))


def _need(change: _plain.Document, there: tzinfo | None) -> NeedChange:
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


def _part(part: _plain.Document, there: tzinfo | None) -> Part:
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


def _person(change: _plain.Document, there: tzinfo | None) -> PersonChange:
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


def _duty(duty: _plain.Document, there: tzinfo | None) -> Duty:
    departure, finish = duty["departure"], duty["finish"]
    return Duty(
        visits=duty["visits"],
        work_s=duty["work_s"],
        travel_s=duty["travel_s"],
        distance_m=duty["distance_m"],
        departure=None if departure is None else _plain.time(departure, there),
        finish=None if finish is None else _plain.time(finish, there),
    )
