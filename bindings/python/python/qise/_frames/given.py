"""Tables of a caller, whichever library they come from, as columns of Python values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

Columns: TypeAlias = list[tuple[str, list[Any]]]
"""Columns by their names, all of the same length."""


def columns(name: str, table: Any) -> Columns:
    """The columns of a table: a frame of any library, a list of dicts, or a dict of lists."""
    if isinstance(table, Mapping):
        return _dict_of_lists(name, table)
    if isinstance(table, Sequence) and not isinstance(table, (str, bytes)):
        return _list_of_dicts(name, table)
    import narwhals as nw

    try:
        frame = nw.from_native(table)
    except TypeError as error:
        kind = type(table).__name__
        raise TypeError(
            f"{name} must be a data frame (pandas, polars, pyarrow, DuckDB, …), a list of dicts, "
            f"or a dict of lists, not {kind}"
        ) from error
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    return [(column, frame[column].to_list()) for column in _headings(name, frame.columns)]


def settings(given: Any, own: Mapping[str, Any]) -> Columns:
    """The sheet of settings: those of a mapping or of a frame with the columns setting and value, and those of arguments."""
    names: list[Any] = []
    values: list[Any] = []
    if isinstance(given, Mapping):
        names += list(given)
        values += list(given.values())
    elif given is not None:
        table = dict(columns("settings", given))
        missing = [column for column in ("setting", "value") if column not in table]
        if missing and not {"名称", "值"} <= table.keys():
            raise ValueError(f"settings has no column {missing[0]!r}: it needs the columns 'setting' and 'value'")
        names += table.get("setting", table.get("名称", []))
        values += table.get("value", table.get("值", []))
    for name, value in own.items():
        if value is not None:
            names.append(name)
            values.append(value)
    return [("setting", names), ("value", [_setting(value) for value in values])]


def _setting(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()[:10]
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else value


def _dict_of_lists(name: str, table: Mapping[Any, Any]) -> Columns:
    headings = _headings(name, list(table))
    found = [(heading, list(values)) for heading, values in zip(headings, table.values(), strict=True)]
    lengths = {len(values) for _, values in found}
    if len(lengths) > 1:
        raise ValueError(f"{name}: the columns have different lengths: {sorted(lengths)}")
    return found


def _list_of_dicts(name: str, rows: Sequence[Any]) -> Columns:
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TypeError(f"{name}[{number}] must be a dict with the columns as keys, not {type(row).__name__}")
    headings = _headings(name, list(dict.fromkeys(key for row in rows for key in row)))
    return [(heading, [row.get(heading) for row in rows]) for heading in headings]


def _headings(name: str, headings: Sequence[Any]) -> list[str]:
    for heading in headings:
        if not isinstance(heading, str):
            raise TypeError(f"{name}: the name of a column must be text, not {heading!r}")
    return list(headings)
