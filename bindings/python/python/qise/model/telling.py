"""Mistakes with their lines: what every call of a model does with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar, cast

from ..errors import Fault, ModelError, ModelFault
from .lines import Line, caller
from .mistakes import Mistake, Mistakes, Words, meant, missing, wrong
from .things import KINDS, Thing

if TYPE_CHECKING:
    from .book import Book

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

# Other words that people try for an argument.
_MEANT = {
    **{"location": "at", "place": "at", "address": "at", "where": "at", "position": "at", "duration": "minutes"},
    **{"time": "window", "when": "window", "start": "window", "hours": "shifts", "shift": "shifts"},
    **{"availability": "shifts", "skills": "requires", "capabilities": "skills", "speed": "speed_kmh"},
    **{"count": "people", "latitude": "lat", "longitude": "lon", "weight": "priority", "importance": "priority"},
    **{"team": "teams", "forbidden": "never", "exclude": "never", "timezone": "tz", "time_zone": "tz"},
}


# What may be written where something is missing.
_SUCH = {
    **{"at": "at=(38.83, 105.66)", "home": "home=(38.83, 105.66)", "minutes": "minutes=20", "service": 'service="1 h"'},
    **{"window": 'window="9:00-12:00"', "windows": "windows=[…]", "shifts": 'shifts="8:00-17:00"'},
    **{"tz": 'tz="Asia/Shanghai"', "id": "an id: a text of its own", "day": 'a day such as "2026-11-24"'},
}


class Mark(NamedTuple):
    """Where an entry was made."""

    line: Line
    label: Words
    said: Mapping[str, str]
    """Fields of the document that were said by another word."""


def told(method: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """A method of a model whose mistakes are told at the line that calls it."""
    parameters = list(signature(method).parameters.values())[1:]
    names = {parameter.name for parameter in parameters}
    subjects = [parameter.name for parameter in parameters if parameter.kind is Parameter.POSITIONAL_OR_KEYWORD]
    required = [parameter.name for parameter in parameters if parameter.default is Parameter.empty]
    name = method.__name__
    kind = _kind(name)

    @wraps(method)
    def called(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        book = cast("Book", args[0])
        book._line, book._news, book._refs = caller(), [], []
        given = args[1:]
        try:
            if not (kwargs.keys() <= names and len(given) <= len(subjects)):
                raise _astray(kwargs, names, given, subjects)
            lacking = [key for key in required if key not in kwargs and key not in subjects[: len(given)]]
            if lacking:
                if kind is None or "id" in lacking:
                    raise Mistakes([one for key in lacking for one in lack(key, [key]).mistakes])
                # Its shape tells what is missing, with all else that is wrong.
                kwargs.update(dict.fromkeys(lacking))
            return method(*args, **kwargs)
        except Mistakes as found:
            entry = _label(name, dict(zip(subjects, given, strict=False)), kwargs)
            path = f"$.{kind.kind}[{len(book._lists[kind.kind])}]" if kind is not None else "$"
            raise error_of(found.mistakes, book._line, entry, path) from None

    return called


def _kind(name: str) -> type[Thing] | None:
    """What a method makes, if that has an id."""
    return next((thing for thing in KINDS.values() if thing.word == name), None)


def _astray(kwargs: Mapping[str, object], names: set[str], given: Sequence[object], subjects: list[str]) -> Mistakes:
    """Arguments that the call does not have."""
    mistakes = []
    if len(given) > len(subjects):
        allowed = ", ".join(subjects) or "nothing"
        expected = (f"only {allowed} without a name; write name=value", f"除 {allowed} 外须写作 名称=值")
        mistakes += wrong("unknown_field", given[len(subjects)], expected).mistakes
    for key in kwargs:
        if key not in names:
            mistakes += unknown(key, sorted(names)).under(key)
    return Mistakes(mistakes)


def _label(name: str, given: Mapping[str, object], kwargs: Mapping[str, object]) -> Words:
    """What a call makes."""
    kind = _kind(name)
    if kind is not None:
        key = given.get("id", kwargs.get("id", ""))
        quoted = f"'{key}'" if isinstance(key, str) else repr(key)
        return f"{kind.word} {quoted}", f"{kind.word_zh} {quoted}"
    if name == "__init__":
        name, given = "Model", {key: value for key, value in {**given, **kwargs}.items() if key == "day"}
    if name == "objective":
        return name, name
    text = f"{name}({', '.join(_brief(value) for value in given.values())})"
    return text, text


def _brief(value: object) -> str:
    text = f"'{value}'" if isinstance(value, str) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}…"


def error_of(mistakes: list[Mistake], line: Line, entry: Words, path: str = "$") -> ModelError:
    """What is raised for the mistakes of a call; ``path`` is that of its entry in the document."""
    faults = []
    for one in mistakes:
        where = f"{path}.{one.path}" if one.path else path
        fault = Fault(where, one.code, *one.found, *one.expected, *one.hint, "", "")
        faults.append(fault_at(fault, line, entry, one.path))
    return ModelError(faults)


def fault_at(fault: Fault, line: Line, entry: Words, argument: str) -> ModelFault:
    """A fault with the line that made it."""
    hint = f" ({fault.hint})" if fault.hint else ""
    hint_zh = f"({fault.hint_zh})" if fault.hint_zh else ""
    where, where_zh = (f", {argument}", f",{argument}") if argument else ("", "")
    return ModelFault(
        *(
            fault.path,
            fault.code,
            fault.found,
            fault.found_zh,
            fault.expected,
            fault.expected_zh,
            fault.hint,
            fault.hint_zh,
        ),
        f"{line}: {entry[0]}{where}: found {fault.found}, expected {fault.expected}{hint}",
        f"{line}:{entry[1]}{where_zh}：现为 {fault.found_zh}；应为 {fault.expected_zh}{hint_zh}",
        line.file,
        line.line,
        entry[0],
        argument,
    )


def lack(key: str, ways: list[str]) -> Mistakes:
    """What is missing, with the ways to say it."""
    said = [_SUCH.get(way, f"{way}=…") for way in ways]
    return Mistakes(missing((" or ".join(said), "或".join(said))).under(key))


def unknown(key: str, words: list[str]) -> Mistakes:
    """A word that no argument has."""
    hint: Words = meant(key, words, _MEANT.get(key))
    names = ", ".join(words)
    expected = ("an argument of this call", "此调用的参数") if hint[0] else (f"one of {names}", f"{names} 之一")
    return wrong("unknown_field", key, expected, hint)
