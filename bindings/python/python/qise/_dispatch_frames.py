"""The tables of a live service as pandas frames."""

from __future__ import annotations

from typing import Any

from . import _plain
from ._json import Document

_TIMES = ("at", "since", "released", "due", "deadline", "start", "committed", "departed", "arrived")


def frames(pd: Any, tables: list[tuple[str, list[str], list[Document]]], zone: str) -> dict[str, Any]:
    """The frames by name; times in a zone."""
    there = _plain.zone(zone) or zone

    def frame(columns: list[str], rows: list[Document]) -> Any:
        made = pd.DataFrame(rows, columns=columns)
        for column in _TIMES:
            if column in made.columns:
                made[column] = pd.to_datetime(made[column], utc=True).dt.tz_convert(there)
        return made

    return {name: frame(columns, rows) for name, columns, rows in tables}
