"""Times and durations as people write them, for the days of a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from .mistakes import Mistakes, missing, wrong

if TYPE_CHECKING:
    from .book import Book

Said: TypeAlias = tuple[tuple[int | None, int, int] | None, int]
"""A moment that somebody wrote: year, month and day if there are any, and seconds from midnight."""

_DAY = r"(?:(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?[\sT]*)?"
_MOMENT = rf"{_DAY}(\d{{1,2}})[::](\d{{2}})(?:[::](\d{{2}}))?(?:\s*\+(\d))?"
_ONE = re.compile(_MOMENT)
_SPAN = re.compile(rf"\s*{_MOMENT}\s*(?:-|–|—|~|~|至|到|to)\s*{_MOMENT}\s*")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?(\[[^\]]+\])?")
DAY_S = 86_400

A_SPAN = ('a span such as "9:00-11:30", or a pair of times', '"9:00-11:30" 之类的时段，或一对时间')
A_TIME = (
    'a time such as "9:30" or "2026-11-24 9:30", or a datetime',
    '"9:30"、"2026-11-24 9:30" 之类的时间，或 datetime',
)


def moment(book: Book, value: Any) -> str:
    """A time of the document."""
    if isinstance(value, str):
        said = _said(_ONE.fullmatch(value.strip()), value)
        if said is not None:
            return stamp(_day(book, said, value), said[1])
        if _ISO.fullmatch(value):
            return str(value)
        raise wrong("bad_time", value, A_TIME)
    if isinstance(value, datetime):
        if value.microsecond:
            raise wrong("bad_time", value, ("whole seconds", "整秒"), ("value.replace(microsecond=0)",) * 2)
        if value.tzinfo is None:
            return stamp(value.date(), value.hour * 3600 + value.minute * 60 + value.second)
        return value.isoformat()
    if isinstance(value, time):
        return stamp(_day(book, (None, 0), value), value.hour * 3600 + value.minute * 60 + value.second)
    raise wrong("wrong_type", value, A_TIME)


def is_clock(value: Any) -> bool:
    """Whether it is a time of any day."""
    if isinstance(value, time):
        return True
    match = _ONE.fullmatch(value.strip()) if isinstance(value, str) else None
    return match is not None and match[2] is None


def is_daily(value: Any) -> bool:
    """Whether it is a span of any day."""
    if isinstance(value, str):
        match = _SPAN.fullmatch(value) or _ONE.fullmatch(value.strip())
        return match is not None and match[2] is None
    start = (
        value.get("from") if isinstance(value, Mapping) else value[0] if isinstance(value, tuple) and value else None
    )
    return is_clock(start)


def until(book: Book, value: Any) -> str:
    """A time of the document, or a date: the end of that day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return str(value)
    return moment(book, value)


def stamp(day: date, seconds: int) -> str:
    """So many seconds after the midnight with which a day begins, by the clock."""
    if seconds >= DAY_S:
        day, seconds = day + timedelta(days=seconds // DAY_S), seconds % DAY_S
    text = f"{day.isoformat()}T{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return text if seconds % 60 == 0 else f"{text}:{seconds % 60:02}"


def next_day(text: str) -> str:
    """The same time of the day after."""
    return (date.fromisoformat(text[:10]) + timedelta(days=1)).isoformat() + text[10:]


def windows(book: Book, value: Any) -> list[dict[str, str]]:
    """Spans of the document, in order of time."""
    pairs = spans(book, value)
    if not pairs:
        raise wrong("empty_list", value, A_SPAN)
    in_order(pairs, value, is_closed=True)
    return [{"from": start, "to": end} for start, end in pairs]


def spans(book: Book, value: Any) -> list[tuple[str, str]]:
    """Pairs of times of the document, in order of time and apart from each other."""
    if isinstance(value, str):
        known = book._spans.get(value)
        if known is None:
            known = book._spans[value] = in_order(_written(book, value), value)
        return known
    pairs: list[tuple[str, str]] = []
    if is_pair(value):
        pairs = _paired(book, value[0], value[1], value)
    elif isinstance(value, Mapping):
        pairs = _mapped(book, value)
    elif isinstance(value, Iterable):
        value = list(value)
        if len(value) == 2 and all(isinstance(one, str) and _ONE.fullmatch(one.strip()) for one in value):
            said = f'"{value[0]}-{value[1]}"'
            raise wrong("bad_time", value, A_SPAN, (f"did you mean {said}?", f"是否想写 {said}?"))
        faults = []
        for index, one in enumerate(value):
            try:
                pairs += spans(book, one)
            except Mistakes as found:
                faults += found.under(f"[{index}]")
        if faults:
            raise Mistakes(faults)
    elif isinstance(value, date):
        hint = f'with its times: "{value:%Y-%m-%d} 9:00-12:00"', f'请写明时间："{value:%Y-%m-%d} 9:00-12:00"'
        raise wrong("wrong_type", value, A_SPAN, hint)
    else:
        raise wrong("wrong_type", value, A_SPAN)
    return in_order(pairs, value)


def spans_of_day(book: Book, value: Any) -> list[tuple[str, str]]:
    """The same, of the one day that is spoken of, whatever other days the model has."""
    days, known, today = book._days, book._spans, book._today
    book._days, book._spans = days if today is None else (today,), {}
    try:
        return spans(book, value)
    finally:
        book._days, book._spans = days, known


def _written(book: Book, text: str) -> list[tuple[str, str]]:
    pairs = []
    for start, end in _parsed(text):
        if start[0] is None and end[0] is not None:
            raise wrong("bad_time", text, ("the day of the start, too", "同时写明开始日期"))
        for day in book._days if start[0] is None else [_day(book, start, text)]:
            last = day if end[0] is None else _day(book, end, text)
            pairs.append(_checked(stamp(day, start[1]), stamp(last, end[1]), text))
    return pairs


def _parsed(text: str) -> list[tuple[Said, Said]]:
    found = []
    for part in re.split(r"[,,;;、]", text):
        match = _SPAN.fullmatch(part)
        alone = _ONE.fullmatch(part.strip())
        if match is not None:
            start, end = _parts(match.groups()[:7], text), _parts(match.groups()[7:], text)
        elif alone is not None:
            start = end = _parts(alone.groups(), text)
        else:
            raise wrong("bad_time", text, A_SPAN)
        found.append((start, end))
    return found


def _said(match: re.Match[str] | None, text: object) -> Said | None:
    return None if match is None else _parts(match.groups(), text)


def _parts(groups: tuple[str | None, ...], text: object) -> Said:
    year, month, day, hours, minutes, seconds, further = (None if one is None else int(one) for one in groups)
    total = (hours or 0) * 3600 + (minutes or 0) * 60 + (seconds or 0)
    if (minutes or 0) > 59 or (seconds or 0) > 59 or total > 2 * DAY_S:
        raise wrong("bad_time", text, ('hours up to "24:00", minutes up to 59', '小时不超过 "24:00"，分钟不超过 59'))
    on = None if month is None or day is None else (year, month, day)
    return on, total + (further or 0) * DAY_S


def _day(book: Book, said: Said, text: object) -> date:
    """The day that is meant."""
    if said[0] is None:
        if book._today is None:
            hint = f'such as "{book._days[0].isoformat()} 9:30"', f'例如 "{book._days[0].isoformat()} 9:30"'
            raise wrong(
                "bad_time",
                text,
                ("a time with its day, since the model has several", "带日期的时间，因模型跨多日"),
                hint,
            )
        return book._today
    year, month, day = said[0]
    first = book._days[0]
    try:
        if year is not None:
            return date(year, month, day)
        near = [date(first.year + more, month, day) for more in (-1, 0, 1)]
    except ValueError:
        raise wrong("bad_time", text, ("a day of the calendar", "历法中存在的日期")) from None
    return min(near, key=lambda one: abs(one - first))


def is_pair(value: Any) -> bool:
    """Whether it is two moments rather than two spans."""
    if not isinstance(value, tuple) or len(value) != 2:
        return False
    return not any(isinstance(one, (tuple, list, Mapping)) or _is_span(one) for one in value)


def _is_span(value: Any) -> bool:
    return isinstance(value, str) and any(_SPAN.fullmatch(part) for part in re.split(r"[,,;;、]", value))


def _paired(book: Book, start: Any, end: Any, value: Any) -> list[tuple[str, str]]:
    if not (is_clock(start) and is_clock(end)):
        return [_checked(moment(book, start), moment(book, end), value)]
    pairs = []
    for day in book._days:
        with book._on(day):
            pairs.append(_checked(moment(book, start), moment(book, end), value))
    return pairs


def _mapped(book: Book, value: Mapping[str, Any]) -> list[tuple[str, str]]:
    unknown = [key for key in value if key not in ("from", "to")]
    if unknown:
        raise wrong("unknown_field", unknown[0], ('the fields "from" and "to"', '字段 "from" 和 "to"'))
    if "from" not in value or "to" not in value:
        raise missing(('the fields "from" and "to"', '字段 "from" 和 "to"'))
    return _paired(book, value["from"], value["to"], dict(value))


def _checked(start: str, end: str, value: object) -> tuple[str, str]:
    if _after(start, end):
        raise wrong(
            "window_reversed",
            value,
            ("an end after its start", "结束时间晚于开始时间"),
            ('an end on the next day is written "22:00-6:00+1"', '次日结束写作 "22:00-6:00+1"'),
        )
    return start, end


def in_order(pairs: list[tuple[str, str]], value: object, *, is_closed: bool = False) -> list[tuple[str, str]]:
    """Spans in order of time, and apart from each other: of closed ones both ends count."""
    if len(pairs) < 2:
        return pairs
    if all(len(one) <= 19 for pair in pairs for one in pair):
        pairs = sorted(pairs)
    for (_, end), (start, _) in pairwise(pairs):
        if _after(end, start) or (is_closed and end == start):
            raise wrong(
                "window_overlap",
                value,
                (
                    f"spans apart from each other; one until {end} meets one from {start}",
                    f"互不重叠的时段；止于 {end} 的与始于 {start} 的相接或重叠",
                ),
            )
    return pairs


def _after(one: str, other: str) -> bool:
    """Whether a time is surely after another."""
    if len(one) <= 19 and len(other) <= 19:
        return one > other
    try:
        return datetime.fromisoformat(one.replace("Z", "+00:00")) > datetime.fromisoformat(other.replace("Z", "+00:00"))
    except (TypeError, ValueError):
        return False  # with a zone, or one with an offset and one without: the engine knows
