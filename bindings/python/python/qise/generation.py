"""Generated problems, and the schemas of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from . import _core
from .problem import Problem


def generate(
    *,
    needs: int = 100,
    crews_percent: int = 0,
    rides_percent: int = 0,
    deliveries_percent: int = 0,
    loans_percent: int = 0,
    depots: int = 0,
    vehicles: int = 0,
    extras_percent: int = 0,
    volunteers: int = 1000,
    teams: int = 30,
    days: int = 1,
    seed: int = 1,
    region: str | Sequence[float] = "alxa",
) -> Problem:
    """Generates a problem of any size, the same for the same arguments on every machine.

    Args:
        needs: number of needs.
        crews_percent: percentage of the needs that ask for a crew of two to four people.
        rides_percent: percentage of the others that are rides to town, some of them with a ride
            back.
        deliveries_percent: percentage of the rest to whom goods are delivered; needs ``depots``.
        loans_percent: percentage of the rest that ask for a wheelchair or a walker on loan; needs
            ``depots``.
        depots: number of depots.
        vehicles: number of vehicles that several people may take.
        extras_percent: of a hundred shifts, people, teams, vehicles and needs so many have what is
            asked more rarely: overtime, visits of a week, projects, loads in order.
        volunteers: number of volunteers.
        teams: number of teams.
        days: number of days.
        seed: seed of all random choices.
        region: ``"alxa"``, or a box of four numbers in degrees: west, south, east, north.

    Returns:
        A `Problem`.

    Raises:
        ValueError: a number is out of range, or the region is unknown.

    Example:
        >>> qise.generate(needs=10, volunteers=20, teams=2).sizes["needs"]
        10
    """
    handle = _core.generate(
        needs,
        crews_percent,
        rides_percent,
        deliveries_percent,
        loans_percent,
        depots,
        vehicles,
        extras_percent,
        volunteers,
        teams,
        days,
        seed,
        region,
    )
    return Problem._of(handle)


def schema(format: Literal["scenario", "plan"]) -> dict[str, Any]:
    """The JSON Schema of a document format.

    Args:
        format: ``scenario`` or ``plan``.

    Returns:
        A new dict.

    Raises:
        ValueError: there is no such format.

    Example:
        >>> qise.schema("plan")["properties"]["format"]["const"]
        'qise/plan'
    """
    return _core.schema(format)
