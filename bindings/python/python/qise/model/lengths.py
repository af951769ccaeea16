"""Durations as people write them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .clock import DAY_S
from .mistakes import wrong

if TYPE_CHECKING:
    from .book import Book

_LENGTH = re.compile(
    r"(?:(\d+)\s*(?:d|days?|天)\s*)?(?:(\d+(?:\.\d+)?)\s*(?:h|hours?|小时)\s*)?"
    r"(?:(\d+)\s*(?:m|min|minutes?|分钟?)\s*)?(?:(\d+)\s*(?:s|sec|seconds?|秒)\s*)?"
)
_PERIOD = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_HOURS = re.compile(r"(\d{1,3})[::](\d{2})")

A_LENGTH = (
    'a duration such as "20 min" or "1 h 30 min", or a timedelta',
    '"20 min"、"1 h 30 min" 之类的时长，或 timedelta',
)


def length(book: Book, value: Any) -> int:
    """A duration, in seconds."""
    seconds = signed(book, value)
    if seconds < 0:
        raise wrong("out_of_range", value, ("a duration that is not negative", "不为负的时长"))
    return seconds


def signed(book: Book, value: Any) -> int:
    """A duration, which may be less than nothing, in seconds."""
    if isinstance(value, timedelta):
        if value.microseconds:
            raise wrong("bad_duration", value, ("whole seconds", "整秒"))
        return value.days * DAY_S + value.seconds
    if isinstance(value, str):
        known = _seconds(value)
        if known is not None:
            return known
        raise wrong("bad_duration", value, A_LENGTH)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise wrong(
            "bad_duration",
            value,
            A_LENGTH,
            (f'a number has no unit: "{value} min"', f'数字没有单位，请写 "{value} min"'),
        )
    raise wrong("wrong_type", value, A_LENGTH)


def _seconds(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    period = _PERIOD.fullmatch(text)
    if period is not None and text[-1] not in "PT":
        weeks, days, hours, minutes, seconds = (int(one or 0) for one in period.groups())
        return ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    clock = _HOURS.fullmatch(text)
    if clock is not None:
        return int(clock[1]) * 3600 + int(clock[2]) * 60
    said = _LENGTH.fullmatch(text)
    if said is None:
        return None
    total = int(said[1] or 0) * DAY_S + float(said[2] or 0) * 3600 + int(said[3] or 0) * 60 + int(said[4] or 0)
    return int(total) if total == int(total) else None


def minutes(book: Book, value: Any) -> int:
    """Minutes as a number, in seconds."""
    if isinstance(value, timedelta):
        raise wrong(
            "wrong_type",
            value,
            ("a number of minutes", "分钟数"),
            ("give a timedelta as service=", "timedelta 请用 service= 给出"),
        )
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise wrong("wrong_type", value, ("a number of minutes", "分钟数"))
    if not 0 <= value <= 10_000_000:
        raise wrong("out_of_range", value, ("minutes from 0 upwards", "不小于 0 的分钟数"))
    if value * 60 != int(value * 60):
        raise wrong("bad_duration", value, ("minutes that make whole seconds", "折合整秒的分钟数"))
    return int(value * 60)
