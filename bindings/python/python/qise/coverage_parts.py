"""Parts of a coverage report as plain values and data frames."""

from __future__ import annotations

from typing import Any, TypedDict

from ._frames import Frames
from ._json import Document


class CoverageFrames(TypedDict):
    """The tables of a coverage report."""

    shares: Any
    """One share a row, with the fields of `CoverageShare`."""
    gaps: Any
    """One gap a row, with the fields of `CoverageGap`."""
    sites: Any
    """One new site a row, with the fields of `PlacedSite`."""


class CoverageShare(TypedDict):
    """Share of one measure that is covered within so many minutes."""

    measure: str
    """``needs``, ``residents`` or ``area``."""
    category: str | None
    """Id of the category; None for all categories, and for needs without one."""
    all: bool
    """True for all categories together."""
    hour: str | None
    """Hour of the day, such as ``08:00``; None for all hours together."""
    minutes: int
    """Limit in minutes."""
    share: float | None
    """From 0 to 1; None if nothing was asked."""


class CoverageGap(TypedDict):
    """An area where much is not covered."""

    measure: str
    """``needs``, ``residents`` or ``area``."""
    rank: int
    """1 for the worst of the measure."""
    lon: float | None
    """Degrees east of the worst point."""
    lat: float | None
    """Degrees north."""
    near: str | None
    """Id of the nearest place with a name."""
    near_m: int | None
    """Metres from there in a straight line."""
    share_of_missed: float
    """Its share of everything that is not covered."""
    share_covered: float
    """Share of what is asked there that is covered."""
    needs: list[str]
    """Ids of the needs that are not always covered, the worst first; empty for other measures."""


class PlacedSite(TypedDict):
    """Where something is to be placed."""

    name: str | None
    """Name of the candidate."""
    place: str | None
    """Id of the place, if it is one of the scenario."""
    lon: float | None
    """Degrees east."""
    lat: float | None
    """Degrees north."""
    gain: float
    """Share that it adds to those before it."""
    covered: float
    """Share covered with it and those before it."""


class Placement(TypedDict):
    """Result of placing: shares from 0 to 1."""

    measure: str
    """``needs``, ``residents`` or ``area``."""
    minutes: int
    """Limit in minutes."""
    candidates: int
    """Number of candidates."""
    method: str
    """``greedy`` or ``exact``."""
    before: float | None
    """Share covered without new sites."""
    after: float | None
    """Share covered with them."""
    greedy: float | None
    """Share covered with sites chosen one after the other."""
    bound: float | None
    """Upper bound of the share that as many sites can cover."""
    proven: bool
    """True if no choice covers more than this one."""
    steps: int
    """Steps of branch and bound."""


def shares(document: Document) -> list[CoverageShare]:
    """One entry for each measure, category, hour and limit."""
    found: list[CoverageShare] = []

    def add(measure: str, category: str | None, everything: bool, hour: str | None, values: list[float | None]) -> None:
        found.extend(
            CoverageShare(
                measure=measure, category=category, all=everything, hour=hour, minutes=minutes, share=share
            )
            for minutes, share in zip(document["minutes"], values, strict=True)
        )

    for layer in document["layers"]:
        measure = layer["measure"]
        add(measure, None, True, None, layer["shares"])
        for entry in layer["by_hour"]:
            add(measure, None, True, entry["hour"], entry["shares"])
        for row in layer["by_category"]:
            add(measure, row["category"], False, None, row["shares"])
            for entry in row["by_hour"]:
                add(measure, row["category"], False, entry["hour"], entry["shares"])
    return found


def gaps(document: Document) -> list[CoverageGap]:
    """The gaps of each measure, the worst first."""
    return [
        CoverageGap(
            measure=layer["measure"],
            rank=rank,
            lon=gap["lon"],
            lat=gap["lat"],
            near=gap["near"],
            near_m=gap["near_m"],
            share_of_missed=gap["share_of_missed"],
            share_covered=gap["share_covered"],
            needs=list(gap.get("needs", [])),
        )
        for layer in document["layers"]
        for rank, gap in enumerate(layer["gaps"], 1)
    ]


def sites(document: Document) -> list[PlacedSite]:
    """The new sites, the one that gains most first."""
    placed = document.get("placement") or {"sites": []}
    return [
        PlacedSite(
            name=site["name"],
            place=site.get("place"),
            lon=site["lon"],
            lat=site["lat"],
            gain=site["gain"],
            covered=site["covered"],
        )
        for site in placed["sites"]
    ]


def placement(document: Document) -> Placement | None:
    """Result of placing, without the sites."""
    placed = document.get("placement")
    if placed is None:
        return None
    return Placement(
        measure=placed["measure"],
        minutes=placed["minutes"],
        candidates=placed["candidates"],
        method=placed["method"],
        before=placed["before"],
        after=placed["after"],
        greedy=placed["greedy"],
        bound=placed["bound"],
        proven=placed["proven"],
        steps=placed["steps"],
    )


def words(document: Document) -> str:
    """One line for each measure."""
    lines = [f"<Coverage of {document['scenario']!r}, {len(document['moments'])} hours"]
    for layer in document["layers"]:
        values = ", ".join(
            f"{minutes} min {share:.1%}" if share is not None else f"{minutes} min –"
            for minutes, share in zip(document["minutes"], layer["shares"], strict=True)
        )
        lines.append(f"{layer['measure']}: {values}")
    return "\n  ".join(lines) + ">"


def frames(make: Frames, document: Document) -> CoverageFrames:
    """The frames of a report."""
    return {
        "shares": make.of(CoverageShare, shares(document)),
        "gaps": make.of(CoverageGap, gaps(document)),
        "sites": make.of(PlacedSite, sites(document)),
    }
