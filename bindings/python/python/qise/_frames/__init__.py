"""Data frames of pandas, polars or pyarrow: made in the library that the caller has, read from any."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from .. import _plain
from ..literals import Backend
from .columns import Column, Kind, Maker, kinds

BACKENDS: tuple[Backend, ...] = ("pandas", "polars", "pyarrow")


class Frames:
    """Makes the frames of one answer, all in one library and one time zone."""

    def __init__(self, backend: str | None, zone: str = "UTC") -> None:
        """Raises ImportError with the way to install it where the library is missing."""
        self._zone, self._there = zone, _plain.zone(zone)
        self._maker: Maker = import_module(f"{__name__}.with_{_chosen(backend)}")

    def of_columns(self, columns: Iterable[Column]) -> Any:
        """A frame of columns."""
        return self._maker.frame(list(columns), self._zone)

    def of(self, row: type, rows: Iterable[Mapping[str, Any]]) -> Any:
        """A frame with the columns that a class of rows declares."""
        return self.of_rows(kinds(row), rows)

    def of_rows(self, kinds: Mapping[str, Kind], rows: Iterable[Mapping[str, Any]]) -> Any:
        """A frame of rows with the columns of ``kinds``; what a row does not have is missing."""
        rows = list(rows)
        return self.of_columns(
            Column(name, kind, [_plainly(row.get(name), kind, self._there) for row in rows])
            for name, kind in kinds.items()
        )


_last: list[Backend] = []
"""The library of the tables that were read last, if frames can be made with it."""


def remember(tables: Iterable[Any]) -> None:
    """Remembers which library a caller's tables come from: the default for answers."""
    libraries = (type(table).__module__.partition(".")[0].lstrip("_") for table in tables)
    # what DuckDB answers is read with pyarrow
    named = ("pyarrow" if library == "duckdb" else library for library in libraries)
    found = [known for library in named for known in BACKENDS if known == library]
    _last[:] = found[:1] or _last


def _chosen(backend: str | None) -> Backend:
    """The library that was asked for, else that of the caller's tables, one that is in use, or one that is installed."""
    if backend is None:
        there = _last or [name for name in BACKENDS if sys.modules.get(name)]
        there = there or [name for name in BACKENDS if find_spec(name)]
        if not there:
            raise ImportError("frames need pandas, polars or pyarrow: pip install pandas")
        return there[0]
    for known in BACKENDS:
        if backend == known:
            if not find_spec(known):
                raise ImportError(f"backend={known!r} needs {known}: pip install {known}")
            return known
    raise ValueError(f"backend must be 'pandas', 'polars' or 'pyarrow', not {backend!r}")


def _plainly(value: Any, kind: Kind, there: tzinfo | None) -> Any:
    """A value as columns hold it: points in time as seconds since 1970, several values as lists."""
    if value is None:
        return None
    if kind == "time":
        moment = value if isinstance(value, datetime) else _plain.time(value, there)
        return int(moment.timestamp())
    if kind == "texts":
        return [str(one) for one in value]
    if kind in ("wholes", "spans"):
        return list(value)
    return value
