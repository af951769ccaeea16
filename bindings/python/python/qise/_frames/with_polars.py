"""Frames of polars."""

from __future__ import annotations

from typing import Any

import polars as pl

from .columns import Column

_DTYPES: dict[str, Any] = {
    "text": pl.String,
    "category": pl.Categorical,
    "flag": pl.Boolean,
    "whole": pl.Int64,
    "decimal": pl.Float64,
    "texts": pl.List(pl.String),
    "wholes": pl.List(pl.Int64),
}


def frame(columns: list[Column], zone: str) -> Any:
    """A `polars.DataFrame`."""
    # polars knows zones by name only
    zone = "UTC" if zone[:1] in "+-" else zone
    return pl.DataFrame([_series(column, zone) for column in columns])


def _series(column: Column, zone: str) -> Any:
    name, kind, values = column.name, column.kind, column.values
    moment = pl.Datetime("ms", zone)
    match kind:
        case "time":
            return _thousandfold(name, values).cast(pl.Datetime("ms", "UTC")).cast(moment)
        case "length":
            return _thousandfold(name, values).cast(pl.Duration("ms"))
        case "spans":
            pairs = [
                spans and [{"from": start * 1000, "to": end * 1000} for start, end in spans] for spans in values
            ]

            def spans_of(dtype: Any) -> Any:
                return pl.List(pl.Struct({"from": dtype, "to": dtype}))

            whole = pl.Series(name, pairs, dtype=spans_of(pl.Int64))
            return whole.cast(spans_of(pl.Datetime("ms", "UTC"))).cast(spans_of(moment))
        case _:
            return pl.Series(name, values, dtype=_DTYPES[kind])


def _thousandfold(name: str, seconds: list[Any]) -> Any:
    return pl.Series(name, seconds, dtype=pl.Int64) * 1000
