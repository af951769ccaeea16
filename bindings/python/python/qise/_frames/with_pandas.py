"""Frames of pandas."""

from __future__ import annotations

from typing import Any

import pandas as pd  # type: ignore[import-untyped, unused-ignore]

from .. import _plain
from .columns import Column


def frame(columns: list[Column], zone: str) -> Any:
    """A `pandas.DataFrame`."""
    return pd.DataFrame({column.name: _series(column, zone) for column in columns})


def _series(column: Column, zone: str) -> Any:
    values, some = column.values, None in column.values
    there = _plain.zone(zone) or zone
    match column.kind:
        case "text":
            return pd.Series(values, dtype=None if any(value is not None for value in values) else object)
        case "category":
            return pd.Series(pd.Categorical(values))
        case "flag":
            return pd.Series(values, dtype="boolean" if some else "bool")
        case "whole":
            return pd.Series(values, dtype="Int64" if some else "int64")
        case "decimal":
            return pd.Series(values, dtype="float64")
        case "time":
            return pd.Series(_moments(values, there))
        case "length":
            return pd.Series(pd.to_timedelta(pd.array(values, dtype="Int64"), unit="s"))
        case "spans":
            flat = iter(_moments([at for spans in values if spans for span in spans for at in span], there))
            pairs = [spans and [{"from": next(flat), "to": next(flat)} for _ in spans] for spans in values]
            return pd.Series(pairs, dtype=object)
        case _:
            return pd.Series(values, dtype=object)


def _moments(seconds: list[Any], zone: Any) -> Any:
    return pd.to_datetime(pd.array(seconds, dtype="Int64"), unit="s", utc=True).tz_convert(zone)
