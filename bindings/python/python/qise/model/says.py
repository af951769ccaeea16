"""How the values of arguments are read: each reader takes what people write and gives what the document holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from .lengths import signed
from .mistakes import Mistakes, Words, either, meant, missing, shown, wrong
from .things import Category, Place, Profile, Thing, Vehicle

if TYPE_CHECKING:
    from .book import Book

_PAIR = re.compile(r"\s*\(?\s*(-?\d+(?:\.\d+)?)\s*[,,]\s*(-?\d+(?:\.\d+)?)\s*\)?\s*")

Reads: TypeAlias = Callable[["Book", Any], Any]


def text(book: Book, value: Any) -> str:
    """Any text."""
    if not isinstance(value, str):
        raise wrong("wrong_type", value, ("a text", "文本"))
    return str(value)


def flag(book: Book, value: Any) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise wrong("wrong_type", value, ("True or False", "True 或 False"))
    return value


def whole(least: int, most: int) -> Reads:
    """A whole number between two others."""

    def read(book: Book, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            if not hasattr(value, "__index__") or isinstance(value, bool):
                raise wrong("wrong_type", value, ("a whole number", "整数"))
            value = value.__index__()
        if not least <= value <= most:
            hint = ("it cannot be negative", "不能为负") if value < 0 <= least else ("", "")
            expected = f"a whole number from {least} to {most}", f"{least} 至 {most} 之间的整数"
            raise wrong("out_of_range", value, expected, hint)
        return int(value)

    return read


def number(least: float, most: float) -> Reads:
    """A number between two others."""

    def read(book: Book, value: Any) -> float:
        if isinstance(value, bool) or not hasattr(value, "__float__"):
            raise wrong("wrong_type", value, ("a number", "数字"))
        if not least <= float(value) <= most:
            raise wrong(
                "out_of_range", value, (f"a number from {least:g} to {most:g}", f"{least:g} 至 {most:g} 之间的数")
            )
        return value if isinstance(value, int) else float(value)

    return read


def seconds(least: int, most: int) -> Reads:
    """Seconds as a whole number, or a duration."""
    count = whole(least, most)

    def read(book: Book, value: Any) -> int:
        is_count = isinstance(value, int) and not isinstance(value, bool)
        return int(count(book, value if is_count else signed(book, value)))

    return read


def word(words: Iterable[str]) -> Reads:
    """One of some words."""
    known = tuple(words)

    def read(book: Book, value: Any) -> str:
        if value not in known:
            hint, expected = meant(str(value), known), (f"one of {either(known)}", f"{either(known)} 之一")
            if hint[0] and len(known) > 8:
                expected = f"one of {len(known)} words", f"{len(known)} 个可用词之一"
            raise wrong("unknown_value", value, expected, hint)
        return str(value)

    return read


def each(reader: Reads) -> Reads:
    """A list; one value alone will do."""

    def read(book: Book, value: Any) -> list[Any]:
        is_one = type(value) is not list and (isinstance(value, (str, Mapping)) or not isinstance(value, Iterable))
        found, mistakes = [], []
        for index, one in enumerate([value] if is_one else value):
            try:
                found.append(reader(book, one))
            except Mistakes as wrong_here:
                mistakes += wrong_here.mistakes if is_one else wrong_here.under(f"[{index}]")
        if mistakes:
            raise Mistakes(mistakes)
        return found

    return read


def ref(*kinds: type[Thing]) -> Reads:
    """What is in the model already: the thing, or its id."""
    names = " or ".join(kind.word for kind in kinds), "或".join(kind.word_zh for kind in kinds)
    expected: Words = f"a {names[0]} of this model, or its id", f"本模型中的{names[1]}或其编号"

    def read(book: Book, value: Any) -> str:
        if not isinstance(value, str) or (isinstance(value, Thing) and not isinstance(value, kinds)):
            raise wrong("wrong_type", value, expected)
        for kind in kinds:
            if book._knows(kind, value):
                book._refs.append((kind.kind, str(value)))
                return str(value)
        known = [key for kind in kinds for key in book._known(kind)]
        hint = meant(value, known)
        make = f'make it before: m.{kinds[0].word}("{value}", …)', f'请先定义：m.{kinds[0].word}("{value}", …)'
        raise wrong("unknown_reference", str(value), expected, hint if hint[0] else make)

    return read


def later(kind: type[Thing]) -> Reads:
    """The id of something that may come later; the engine looks whether it is there."""

    def read(book: Book, value: Any) -> str:
        if not isinstance(value, str) or (isinstance(value, Thing) and not isinstance(value, kind)):
            raise wrong("wrong_type", value, (f"a {kind.word}, or its id", f"{kind.word_zh}或其编号"))
        return str(value)

    return read


def label(kind: type[Thing]) -> Reads:
    """The id of what need not be made before: made by being named."""

    def read(book: Book, value: Any) -> str:
        if not isinstance(value, str) or (isinstance(value, Thing) and not isinstance(value, kind)):
            raise wrong("wrong_type", value, (f"a {kind.word}, or its id", f"{kind.word_zh}或其编号"))
        book._ask(kind, value, 1)
        return str(value)

    return read


category = ref(Category)
vehicle = each(ref(Vehicle, Profile))


def latitude_longitude(book: Book, value: Any) -> dict[str, Any]:
    """A point of the globe."""
    if type(value) is not tuple and isinstance(value, Mapping):
        unknown = [key for key in value if key not in ("lat", "lon", "name")]
        if unknown:
            raise wrong(
                "unknown_field", unknown[0], ('the fields "lat", "lon" and "name"', '字段 "lat"、"lon"、"name"')
            )
        if "lat" not in value or "lon" not in value:
            raise missing(('the fields "lat" and "lon"', '字段 "lat" 和 "lon"'))
        lat, lon = degrees(value["lat"], value["lon"], value)
        point: dict[str, Any] = {"lat": lat, "lon": lon}
        if value.get("name") is not None:
            point["name"] = text(book, value["name"])
        return point
    expected = "a place, or a pair (latitude, longitude)", "地点，或一对数（纬度，经度）"
    if not isinstance(value, Iterable) or isinstance(value, str):
        raise wrong("wrong_type", value, expected)
    pair = tuple(value)
    if len(pair) != 2:
        raise wrong("wrong_type", value, expected)
    lat, lon = degrees(*pair, value)
    return {"lat": lat, "lon": lon}


def degrees(lat: Any, lon: Any, value: object) -> tuple[float, float]:
    """Latitude and longitude, checked."""
    for one in (lat, lon):
        if isinstance(one, bool) or not hasattr(one, "__float__"):
            raise wrong("wrong_type", value, ("latitude and longitude as numbers of degrees", "以度为单位的纬度和经度"))
    lat, lon = float(lat), float(lon)
    if not -90 <= lat <= 90:
        hint = ("", "")
        if -90 <= lon <= 90 and -180 <= lat <= 180:
            hint = (
                f"latitude and longitude look swapped: ({lon:g}, {lat:g})",
                f"纬度与经度似乎颠倒：({lon:g}，{lat:g})",
            )
        raise wrong("bad_coordinate", value, ("a latitude from -90 to 90 first", "纬度在前，-90 至 90 度"), hint)
    if not -180 <= lon <= 180:
        raise wrong("bad_coordinate", value, ("a longitude from -180 to 180 second", "经度在后，-180 至 180 度"))
    return lat, lon


def point(*words: str) -> Reads:
    """A place or coordinates, or one of some words."""
    place = ref(Place)

    def read(book: Book, value: Any) -> Any:
        if isinstance(value, str):
            pair = _PAIR.fullmatch(value)
            if pair is not None and not book._knows(Place, value):
                hint = f"write ({pair[1]}, {pair[2]}), without quotes", f"请写作 ({pair[1]}，{pair[2]})，不加引号"
                raise wrong(
                    "wrong_type", value, ("a place, or a pair (latitude, longitude)", "地点，或一对数（纬度，经度）"), hint
                )
            return str(value) if value in words else place(book, value)
        return latitude_longitude(book, value)

    return read


def amounts(key: str, reader: Reads, name: str, count: Reads, others: Callable[[], Reads]) -> Reads:
    """Entries with a key and an amount: a mapping, or a list of records; ``others`` reads one of these."""

    def entry(book: Book, value: Any) -> dict[str, Any]:
        if isinstance(value, str):
            return dict(others()(book, {key: value}))
        if isinstance(value, tuple) and len(value) == 2:
            return {key: reader(book, value[0]), name: count(book, value[1])}
        return dict(others()(book, value))

    def read(book: Book, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, Mapping) or key in value:
            return list(each(entry)(book, value))
        found, mistakes = [], []
        for one, amount in value.items():
            try:
                thing = reader(book, one)
                found.append({key: thing} if amount is None else {key: thing, name: count(book, amount)})
            except Mistakes as wrong_here:
                mistakes += wrong_here.under(f"[{shown(str(one))[0]}]")
        if mistakes:
            raise Mistakes(mistakes)
        return found

    return read
