"""Who could serve a need now, and what somebody could serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, SupportsIndex, TypedDict, overload

from . import _core, _plain
from ._frames import Frames
from ._handles import plan_handle
from ._json import Document
from .language import said
from .literals import Backend, Lang

if TYPE_CHECKING:
    from .plan import Plan


class OfferedVisit(TypedDict):
    """One person's visit in an offer."""

    volunteer: str
    """Id of the volunteer."""
    vehicle: str | None
    """Id of the vehicle; None if the person goes by their own means."""
    role: int
    """Which of the need's roles, counted from 0."""
    stop: int
    """Which of the need's stops, counted from 0."""
    start: datetime
    """Start of the service."""
    end: datetime
    """End of the service."""


@dataclass(frozen=True)
class Offer:
    """A way to serve a need in a plan as it stands."""

    need: str
    """Id of the need."""
    visits: list[OfferedVisit]
    """Who would come, and when."""
    added_travel_s: int
    """Added travel time in seconds, over all who come."""
    levels: tuple[int, ...]
    """By how much each level of the objective would grow, the most important first; less is
    better."""
    growth: dict[str, int]
    """By how much each term of the objective would grow, and travel time, by name."""
    displaces: list[str]
    """Ids of the needs that would no longer be served."""
    moves_others: bool
    """True if the offer shifts other routes. Returned only when too few offers avoid it, after all
    others."""


class RankingFrames(TypedDict):
    """The table of a ranking."""

    visits: Any
    """One visit of an offer a row."""


class _VisitRow(TypedDict):
    rank: int
    need: str
    volunteer: str
    vehicle: str | None
    role: int
    stop: int
    start: datetime
    end: datetime
    added_travel_s: int
    levels: tuple[int, ...]
    displaces: list[str]
    moves_others: bool


class Ranking(list[Offer]):
    """Offers, the best first; those that shift other routes come last."""

    zone: str = "UTC"
    """The zone of the times: a name such as Asia/Shanghai, or an offset."""

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Offer: ...
    @overload
    def __getitem__(self, index: slice, /) -> Ranking: ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> Offer | Ranking:
        if not isinstance(index, slice):
            return super().__getitem__(index)
        part = Ranking(super().__getitem__(index))
        part.zone = self.zone
        return part

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, lang: Lang | None = None) -> str:
        """The offers in words, one a line.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Example:
            >>> print(plan.rank("n-water"))
            1. n-water: v-gao-feng 09:40–10:00, travel +5 min
            2. n-water: v-siqin 09:40–10:00, travel +10 min
        """
        lines = []
        for number, offer in enumerate(self, 1):
            visits = offer.visits
            who = ", ".join(f"{one['volunteer']} {one['start']:%H:%M}–{one['end']:%H:%M}" for one in visits)
            minutes = offer.added_travel_s // 60
            words = said(f"travel +{minutes} min", f"路途 +{minutes} 分钟", lang)
            if offer.displaces:
                words += said(", instead of ", "\uff0c取代 ", lang) + ", ".join(offer.displaces)
            if offer.moves_others:
                words += said(", moves others", "\uff0c需调整他人", lang)
            lines.append(f"{number}. {offer.need}: {who}, {words}")
        nobody = said(
            "nobody can in the plan as it stands: explain() says why",
            "现有计划中无人可派\uff1aexplain() 说明原因",
            lang,
        )
        return "\n".join(lines) or nobody

    def to_frames(self, *, backend: Backend | None = None) -> RankingFrames:
        """The offers as a data frame. ``rank`` counts offers from 1, ``added_travel_s`` is seconds.

        Args:
            backend: the library, as for `Problem.to_frames`.

        Raises:
            ImportError: the library is not installed.
            ValueError: ``backend`` is another word.

        Example:
            >>> plan.rank("n-water").to_frames()["visits"]["volunteer"].tolist()
            ['v-gao-feng', 'v-siqin']
        """
        make = Frames(backend, self.zone)
        rows = [
            {
                "rank": rank,
                "need": offer.need,
                **visit,
                "added_travel_s": offer.added_travel_s,
                "levels": offer.levels,
                "displaces": offer.displaces,
                "moves_others": offer.moves_others,
            }
            for rank, offer in enumerate(self, 1)
            for visit in offer.visits
        ]
        return {"visits": make.of(_VisitRow, rows)}

    @classmethod
    def _of(cls, document: list[Document], zone: str) -> Ranking:
        made = cls(offer_of(found, zone) for found in document)
        made.zone = zone
        return made


def rank(plan: Plan, need_id: str, *, best: int = 10) -> Ranking:
    """Tells who could serve a need now, the best first.

    A need that the plan serves is ranked as if it were not served. There is at most one offer of
    each person or crew.

    Args:
        plan: the plan.
        need_id: id of the need.
        best: number of offers at most.

    Returns:
        A `Ranking`, a list of `Offer`; empty if nobody can.

    Raises:
        UnknownNeed: the problem has no need with this id.

    Example:
        >>> [offer.visits[0]["volunteer"] for offer in plan.rank("n-water")]
        ['v-gao-feng', 'v-siqin']
    """
    handle = plan_handle(plan)
    return Ranking._of(_core.rank(handle, need_id, best), plan.problem.time_zone)


def needs_for(plan: Plan, volunteer_id: str, *, best: int = 10) -> Ranking:
    """Tells what somebody could serve beside what the plan has them do, the best first.

    Only needs of one person that nobody serves are offered.

    Args:
        plan: the plan.
        volunteer_id: id of the volunteer.
        best: number of offers at most.

    Returns:
        A `Ranking`, a list of `Offer`; empty if there is nothing.

    Raises:
        UnknownVolunteer: the problem has no volunteer with this id.

    Example:
        >>> plan.needs_for("v-siqin")
        []
    """
    handle = plan_handle(plan)
    return Ranking._of(_core.needs_for(handle, volunteer_id, best), plan.problem.time_zone)


def offer_of(found: Document, zone: str) -> Offer:
    """An offer of the engine's report, with times in a zone."""
    return Offer(
        need=found["need"],
        visits=[_visit(visit, _plain.zone(zone)) for visit in found["visits"]],
        added_travel_s=found["added_travel_s"],
        levels=tuple(found["levels"]),
        growth=found["growth"],
        displaces=found["displaces"],
        moves_others=found["moves_others"],
    )


def _visit(visit: Document, there: tzinfo | None) -> OfferedVisit:
    return OfferedVisit(
        volunteer=visit["volunteer"],
        vehicle=visit["vehicle"],
        role=visit["role"],
        stop=visit["stop"],
        start=_plain.time(visit["start"], there),
        end=_plain.time(visit["end"], there),
    )
