"""Who could serve a need now, and what somebody could serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, TypedDict

from . import _frames, _plain


class Coming(TypedDict):
    """One person's visit in an offer."""

    volunteer: str
    """Id of the volunteer."""
    vehicle: str | None
    """Id of the vehicle; nothing where the person goes by their own means."""
    role: int
    """Which of the need's roles, counted from 0."""
    stop: int
    """Which of its stops, counted from 0."""
    start: datetime
    """Start of the service."""
    end: datetime
    """End of the service."""


@dataclass(frozen=True)
class Offer:
    """A way to serve a need in a plan that stands."""

    need: str
    """Id of the need."""
    visits: list[Coming]
    """Who would come, and when."""
    added_travel_s: int
    """Seconds on the way that are added, over all who come."""
    levels: tuple[int, ...]
    """By how much each level of the objective would grow, the most important first; less is better."""
    growth: dict[str, int]
    """By how much each term of the objective would grow, and travel time, by name."""
    displaces: list[str]
    """Ids of needs that would be served no more."""
    moves_others: bool
    """Whether people who are met on other routes would come at other times. Such offers come last."""


class Ranking(list[Offer]):
    """Offers: first those that leave the times of others as they are, the best first."""

    def to_frame(self) -> Any:
        """A pandas frame, one row for each visit: the rank of its offer, who comes and when, and what the offer costs."""
        pd = _frames.pandas()
        rows = [
            {
                "rank": rank,
                "need": offer.need,
                **visit,
                "added_travel_s": offer.added_travel_s,
                "levels": offer.levels,
                "displaces": ", ".join(offer.displaces),
                "moves_others": offer.moves_others,
            }
            for rank, offer in enumerate(self, 1)
            for visit in offer.visits
        ]
        columns = ["rank", "need", "volunteer", "vehicle", "role", "stop", "start", "end"]
        columns += ["added_travel_s", "levels", "displaces", "moves_others"]
        return pd.DataFrame(rows, columns=columns)

    @classmethod
    def _of(cls, document: list[dict[str, Any]], zone: str) -> Ranking:
        return cls(offer_of(found, zone) for found in document)


def offer_of(found: dict[str, Any], zone: str) -> Offer:
    """An offer as the engine tells it, with times in a zone."""
    return Offer(
        need=found["need"],
        visits=[_coming(visit, _plain.zone(zone)) for visit in found["visits"]],
        added_travel_s=found["added_travel_s"],
        levels=tuple(found["levels"]),
        growth=found["growth"],
        displaces=found["displaces"],
        moves_others=found["moves_others"],
    )


def _coming(visit: dict[str, Any], there: tzinfo | None) -> Coming:
    return Coming(
        volunteer=visit["volunteer"],
        vehicle=visit["vehicle"],
        role=visit["role"],
        stop=visit["stop"],
        start=_plain.time(visit["start"], there),
        end=_plain.time(visit["end"], there),
    )
