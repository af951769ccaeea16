"""What stands in the columns of frames, whichever library makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import NoneType, UnionType
from typing import Any, Literal, Protocol, TypeAlias, Union, get_args, get_origin, get_type_hints

Kind: TypeAlias = Literal[
    "text", "category", "flag", "whole", "decimal", "time", "length", "texts", "wholes", "spans"
]
"""``time``: seconds since 1970; ``length``: seconds; ``texts`` and ``wholes``: lists; ``spans``: lists of pairs of seconds
since 1970."""


@dataclass(frozen=True)
class Column:
    """A column of a frame."""

    name: str
    kind: Kind
    values: list[Any]
    """None where nothing is said."""


_KINDS: dict[Any, Kind] = {
    bool: "flag",
    int: "whole",
    float: "decimal",
    str: "text",
    datetime: "time",
    timedelta: "length",
    list[str]: "texts",
    tuple[int, ...]: "wholes",
}


def kinds(row: type) -> dict[str, Kind]:
    """The columns that a class of rows declares: by the types of its fields."""
    return {name: _kind(hint) for name, hint in get_type_hints(row).items()}


def _kind(hint: Any) -> Kind:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    return "category" if get_origin(hint) is Literal else _KINDS[hint]


class Maker(Protocol):
    """A module that makes frames with one library."""

    def frame(self, columns: list[Column], zone: str) -> Any:
        """A frame; points in time are shown in a zone: a name such as Asia/Shanghai, or an offset."""
