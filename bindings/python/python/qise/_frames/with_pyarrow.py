"""Tables of pyarrow."""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]

from .columns import Column

_TYPES: dict[str, Any] = {
    "text": pa.string(),
    "flag": pa.bool_(),
    "whole": pa.int64(),
    "decimal": pa.float64(),
    "length": pa.duration("s"),
    "texts": pa.list_(pa.string()),
    "wholes": pa.list_(pa.int64()),
}


def frame(columns: list[Column], zone: str) -> Any:
    """A `pyarrow.Table`."""
    return pa.table({column.name: _array(column, zone) for column in columns})


def _array(column: Column, zone: str) -> Any:
    values, moment = column.values, pa.timestamp("s", zone)
    match column.kind:
        case "category":
            return pa.array(values, pa.string()).dictionary_encode()
        case "time":
            return pa.array(values, moment)
        case "spans":
            pairs = [spans and [{"from": start, "to": end} for start, end in spans] for spans in values]
            return pa.array(pairs, pa.list_(pa.struct([("from", moment), ("to", moment)])))
        case kind:
            return pa.array(values, _TYPES[kind])
