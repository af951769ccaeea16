"""The tables of a live service as data frames."""

from __future__ import annotations

from typing import Any, TypedDict

from ._frames import Frames
from ._frames.columns import Kind
from ._json import Document

_TIMES = ("at", "since", "released", "due", "deadline", "start", "committed", "departed", "arrived")


class DispatchFrames(TypedDict):
    """The tables of a live service, of one moment."""

    events: Any
    """One thing that happened a row, the first one first."""
    needs: Any
    """One need a row, as it stands."""
    assignments: Any
    """One assignment a row, as it stands."""


def frames(make: Frames, tables: list[tuple[str, list[str], list[Document]]]) -> DispatchFrames:
    """The frames by name."""
    made = {
        name: make.of_rows({column: _kind(column, rows) for column in columns}, rows) for name, columns, rows in tables
    }
    return made  # type: ignore[return-value]


def _kind(column: str, rows: list[Document]) -> Kind:
    if column in _TIMES:
        return "time"
    values = {type(row[column]) for row in rows if row.get(column) is not None}
    known: list[tuple[type, Kind]] = [(bool, "flag"), (int, "whole"), (float, "decimal"), (list, "texts")]
    return next((kind for type, kind in known if values == {type}), "text")
