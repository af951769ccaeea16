"""From a document of coverage to plain Python values and pandas frames."""

from __future__ import annotations

from typing import Any

from .results import CoverageGap, CoverageShare, PlacedSite, Placement

Document = dict[str, Any]


def shares(document: Document) -> list[CoverageShare]:
    """One entry for each measure, category, hour and limit; None stands for all categories, or all hours."""
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
            needs=gap.get("needs", []),
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
    """What placing brings, the sites apart."""
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


def frames(document: Document) -> dict[str, Any]:
    """The frames ``shares``, ``gaps`` and ``sites``."""
    try:
        import pandas  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise ImportError("to_frames() needs pandas: pip install pandas") from error

    def frame(kind: Any, rows: list[Any]) -> Any:
        return pandas.DataFrame(rows, columns=list(kind.__annotations__))

    return {
        "shares": frame(CoverageShare, shares(document)),
        "gaps": frame(CoverageGap, [{**gap, "needs": ", ".join(gap["needs"])} for gap in gaps(document)]),
        "sites": frame(PlacedSite, sites(document)),
    }
