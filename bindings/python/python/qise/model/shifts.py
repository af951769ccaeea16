"""Shifts and the breaks within them, for all days of a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from . import shapes
from .clock import in_order, is_clock, is_daily, is_pair, moment, next_day, spans, spans_of_day
from .lengths import length
from .mistakes import Mistakes, missing, wrong
from .says import each, flag, point

if TYPE_CHECKING:
    from .book import Book

_BREAK = re.compile(r"(.+\d)\s+(\d+\s*(?:min|m|h|分|分钟|小时).*)")

SHIFT = shapes.Shape(
    {"start": moment, "end": moment},
    {
        "overtime": shapes.overtime,
        "from": point("previous"),
        "to": point("anywhere"),
        "breaks": lambda book, value: breaks(book, value),
        "party": flag,
        "carries": shapes.carries,
        "most_calls": shapes.price,
    },
)


def shifts(book: Book, value: Any) -> list[dict[str, Any]]:
    """The shifts of a person, in order of time."""
    found = _read(book, value)
    for shift in found:
        if shift["start"] == shift["end"]:
            expected = 'shifts with an end, such as "8:00-17:00"', '写明结束时间的班次，例如 "8:00-17:00"'
            raise wrong("window_reversed", value, expected)
    return found


def _read(book: Book, value: Any) -> list[dict[str, Any]]:
    if isinstance(value, str) or is_pair(value):
        return _plain(book, value)
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Iterable):
        raise wrong(
            "wrong_type", value, ('shifts such as "8:00-12:00, 14:00-18:00"', '"8:00-12:00, 14:00-18:00" 之类的班次')
        )
    found, mistakes = [], []
    for index, one in enumerate(value):
        try:
            found += _written(book, one) if isinstance(one, Mapping) else _plain(book, one)
        except Mistakes as wrong_here:
            mistakes += wrong_here.under(f"[{index}]")
    if mistakes:
        raise Mistakes(mistakes)
    if all(len(one["start"]) <= 19 for one in found):
        found.sort(key=lambda one: str(one["start"]))
    in_order([(one["start"], one["end"]) for one in found], value)
    return found


def _plain(book: Book, value: Any) -> list[dict[str, Any]]:
    return [{"start": start, "end": end} for start, end in spans(book, value)]


def _written(book: Book, value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A shift as a dict: on every day of the model if it says times alone."""
    start, end = value.get("start"), value.get("end")
    is_daily = is_clock(start) and is_clock(end)
    found = []
    for day in book._days if is_daily else [book._today]:
        with book._on(day):
            found.append(_one(book, value))
    return found


def _one(book: Book, value: Mapping[str, Any]) -> dict[str, Any]:
    rests = value.get("breaks")
    shift = SHIFT.read(book, {**value, "breaks": None})
    # An end that is not after the start is told by what tells it of all spans.
    spans(book, [(shift["start"], shift["end"])])
    if rests is not None:
        try:
            add_breaks(book, shift, rests)
        except Mistakes as wrong_here:
            raise Mistakes(wrong_here.under("breaks")) from None
    return shift


def add_breaks(book: Book, shift: dict[str, Any], value: Any) -> None:
    """Adds breaks to a shift: their times, if they say no day, are those within it."""
    shift["breaks"] = _within(book, shift, value)


def share_breaks(book: Book, shifts: list[dict[str, Any]], value: Any) -> None:
    """Adds breaks to all shifts that have none of their own, each to those in which it lies."""
    rests = _as_list(value)
    fitting = set[int]()
    for shift in [shift for shift in shifts if "breaks" not in shift]:
        found = _within(book, shift, rests)
        kept = [index for index, rest in enumerate(found) if shift["start"] <= rest["earliest"] <= shift["end"]]
        fitting |= set(kept)
        if kept:
            shift["breaks"] = [found[index] for index in kept]
    for index, rest in enumerate(rests):
        if index not in fitting:
            raise wrong("break_outside_shift", rest, ("a break that starts within a shift", "在某个班次之内开始的休息"))


def _within(book: Book, shift: dict[str, Any], value: Any) -> list[dict[str, Any]]:
    is_plain = len(shift["start"]) <= 19
    with book._on(date.fromisoformat(shift["start"][:10]) if is_plain else book._today):
        found = breaks(book, value)
    for rest, said in zip(found, _as_list(value), strict=True):
        if is_plain and rest["earliest"] < shift["start"] and _says_no_day(said):
            rest["earliest"], rest["latest"] = next_day(rest["earliest"]), next_day(rest["latest"])
    return found


def _says_no_day(rest: Any) -> bool:
    if isinstance(rest, Mapping):
        return is_clock(rest.get("earliest"))
    match = _BREAK.fullmatch(rest.strip()) if isinstance(rest, str) else None
    return is_daily(match[1] if match is not None else rest[0])


def _as_list(value: Any) -> list[Any]:
    is_one = isinstance(value, (str, Mapping, tuple)) or not isinstance(value, Iterable)
    return [value] if is_one else list(value)


def breaks(book: Book, value: Any) -> list[dict[str, Any]]:
    """Rests within a shift."""
    return list(each(_break)(book, _as_list(value)))


def _break(book: Book, value: Any) -> dict[str, Any]:
    expected = (
        'a break such as "12:00-13:00 30 min": the span in which it starts, and how long it lasts',
        '"12:00-13:00 30 min" 之类的休息：可开始的时段与时长',
    )
    if isinstance(value, str):
        match = _BREAK.fullmatch(value.strip())
        if match is None:
            raise missing(expected) if "-" in value else wrong("bad_time", value, expected)
        value = (match[1], match[2])
    if isinstance(value, tuple) and len(value) == 2:
        try:
            ((start, end),) = spans_of_day(book, value[0])
        except ValueError:
            raise wrong("bad_time", value, expected) from None
        return {"earliest": start, "latest": end, "duration": length(book, value[1])}
    if not isinstance(value, Mapping):
        raise wrong("wrong_type", value, expected)
    return shapes.BREAK.read(book, value)
