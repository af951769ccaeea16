"""What a model keeps: entries of the document, each with the line that made it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from ..errors import Fault, ModelError, ModelFault
from .lines import Line, caller
from .lists import LISTS
from .mistakes import Mistake, Mistakes, Words, missing, nearest, wrong
from .shapes import unknown
from .things import COLOURS, KINDS, Category, Profile, Project, Skill, Thing

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

# What is listed without ids.
_OTHERS = ("slowdowns", "pairs", "links", "choices", "apart", "makespans", "population")
# In the order of the document.
_ORDER = (
    *("categories", "skills", "dimensions", "areas", "profiles", "slowdowns", "places", "goods", "depots", "vehicles"),
    *("teams", "volunteers", "projects", "needs", "pairs", "links", "choices", "apart", "makespans", "population"),
)
_ENTRY = re.compile(r"\$\.(\w+)\[(\d+)\]\.?")
_FIELD = re.compile(r"\$\.(\w+)\.?")


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
    is_entry = any(kind.word == name for kind in KINDS.values())

    @wraps(method)
    def called(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        book = cast(Book, args[0])
        book._line, book._news = caller(), []
        given = args[1:]
        try:
            if not (kwargs.keys() <= names and len(given) <= len(subjects)):
                raise _astray(kwargs, names, given, subjects)
            lacking = [key for key in required if key not in kwargs and key not in subjects[: len(given)]]
            if lacking:
                if not is_entry or "id" in lacking:
                    raise Mistakes([one for key in lacking for one in missing((f"{key}=…",) * 2).under(key)])
                # Its shape tells what is missing, with all else that is wrong.
                kwargs.update(dict.fromkeys(lacking))
            return method(*args, **kwargs)
        except Mistakes as found:
            entry = _label(name, dict(zip(subjects, given, strict=False)), kwargs)
            raise _error(found.mistakes, book._line, entry) from None

    return called


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
    kind = next((thing for thing in KINDS.values() if thing.word == name), None)
    if kind is not None:
        key = given.get("id", kwargs.get("id", ""))
        quoted = f"'{key}'" if isinstance(key, str) else repr(key)
        return f"{kind.word} {quoted}", f"{kind.word_zh} {quoted}"
    if name == "objective":
        return name, name
    text = f"{name}({', '.join(_brief(value) for value in given.values())})"
    return text, text


def _brief(value: object) -> str:
    text = f"'{value}'" if isinstance(value, str) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}…"


def _error(mistakes: list[Mistake], line: Line, entry: Words, path: str = "") -> ModelError:
    faults = []
    for one in mistakes:
        fault = Fault(path, one.code, *one.found, *one.expected, *one.hint, "", "")
        faults.append(_fault(fault, line, entry, one.path))
    return ModelError(faults)


def _fault(fault: Fault, line: Line, entry: Words, argument: str) -> ModelFault:
    hint = f" ({fault.hint})" if fault.hint else ""
    hint_zh = f"({fault.hint_zh})" if fault.hint_zh else ""
    where, where_zh = (f", {argument}", f",{argument}") if argument else ("", "")
    return ModelFault(
        fault.path or (f"$.{argument}" if argument else "$"),
        *(fault.code, fault.found, fault.found_zh, fault.expected, fault.expected_zh, fault.hint, fault.hint_zh),
        f"{line}: {entry[0]}{where}: found {fault.found}, expected {fault.expected}{hint}",
        f"{line}:{entry[1]}{where_zh}:现为 {fault.found_zh};应为 {fault.expected_zh}{hint_zh}",
        line.file,
        line.line,
        entry[0],
        argument,
    )


class Book:
    """Entries with their lines; what the readers of arguments ask."""

    def __init__(self) -> None:
        self._line = caller()
        self._days: tuple[date, ...] = ()
        self._today: date | None = None
        """The day of times without one, if there is only one."""
        self._spans: dict[str, list[tuple[str, str]]] = {}
        self._head: dict[str, Any] = {}
        self._single: dict[str, Any] = {}
        self._marks: dict[str, Mark] = {}
        """Of the model itself, and of what there is once: objective, previous plan."""
        self._lists: dict[str, list[dict[str, Any]]] = {kind: [] for kind in (*LISTS, *_OTHERS)}
        self._made: dict[str, list[Mark]] = {kind: [] for kind in (*LISTS, *_OTHERS)}
        self._index: dict[str, dict[str, int]] = {kind: {} for kind in LISTS}
        self._held: dict[str, dict[str, int]] = {kind: {} for kind in LISTS}
        """What was made by being held, with the highest level."""
        self._asked: dict[str, dict[str, int]] = {kind: {} for kind in LISTS}
        """What was asked for, with the highest level."""
        self._news: list[tuple[dict[str, int], str, int]] = []
        """What the present call holds and asks for; counts once the call is well."""

    def _knows(self, kind: type[Thing], key: str) -> bool:
        if key in self._index[kind.kind]:
            return True
        return (kind is Category and key in COLOURS) or (
            kind is Profile and key == "car" and not self._index[Profile.kind]
        )

    def _known(self, kind: type[Thing]) -> list[str]:
        always = COLOURS if kind is Category else ()
        return [*self._index[kind.kind], *self._held[kind.kind], *always]

    def _where(self, kind: type[Thing], key: str) -> str:
        """The line in which something was made; empty if it was made by being named."""
        index = self._index[kind.kind].get(key)
        return "" if index is None else str(self._made[kind.kind][index].line)

    def _levels(self, skill: str) -> int:
        index = self._index[Skill.kind].get(skill)
        return 100 if index is None else int(self._lists[Skill.kind][index].get("levels", 1))

    def _hold(self, kind: type[Thing], key: str, level: int) -> None:
        """What somebody holds is made by that, unless it looks like a slip of the pen."""
        made, held = self._index[kind.kind], self._held[kind.kind]
        if key not in made and key not in held and made:
            self._look(kind, key, list(made))
        if key not in made:
            self._news.append((held, key, level))

    def _ask(self, kind: type[Thing], key: str, level: int) -> None:
        """What is asked for may come later, unless it looks like a slip of the pen."""
        made, held = self._index[kind.kind], self._held[kind.kind]
        if key in made:
            return
        if key not in held:
            self._look(kind, key, [*made, *held])
        self._news.append((self._asked[kind.kind], key, level))

    def _look(self, kind: type[Thing], key: str, known: list[str]) -> None:
        near = nearest(key, known, 0.8)
        if not key:
            raise wrong("empty_key", key, ("an id that is not empty", "非空的编号"))
        if near is not None or (kind is Project and known):
            make = f'm.{kind.word}("{key}")'
            raise wrong(
                "unknown_reference",
                str(key),
                (f"a {kind.word} of this model", f"本模型中的{kind.word_zh}"),
                (
                    (f'did you mean "{near}"? ' if near else "") + f"if it is another, make it before: {make}",
                    (f'是否想写 "{near}"?' if near else "") + f"如为另一项,请先定义:{make}",
                ),
            )

    def _add(
        self,
        kind: type[Thing],
        key: object,
        given: Mapping[str, Any],
        finish: Callable[[dict[str, Any]], dict[str, str] | None] = lambda entry: None,
    ) -> str:
        """An entry with an id; ``finish`` adds what no field says, and returns what was said by other words."""
        if not isinstance(key, str) or isinstance(key, Thing):
            raise Mistakes(wrong("wrong_type", key, ("an id: a text of its own", "编号:不重复的文本")).under("id"))
        if not key:
            raise Mistakes(wrong("empty_key", key, ("an id that is not empty", "非空的编号")).under("id"))
        if key in self._index[kind.kind]:
            where = self._where(kind, key)
            expected = (f"an id of its own; {where} made a {kind.word} with this one", f"不重复的编号;{where} 已定义同编号的{kind.word_zh}")
            raise Mistakes(wrong("duplicate_key", key, expected).under("id"))
        fields, said = LISTS[kind.kind].filled(self, given)
        entry = {"id": key, **fields}
        said |= finish(entry) or {}
        self._index[kind.kind][key] = len(self._lists[kind.kind])
        self._append(kind.kind, entry, (f"{kind.word} '{key}'", f"{kind.word_zh} '{key}'"), said)
        return key

    def _append(self, kind: str, entry: dict[str, Any], label: Words, said: Mapping[str, str] | None = None) -> None:
        for names, key, level in self._news:
            names[key] = max(level, names.get(key, 0))
        self._lists[kind].append(entry)
        self._made[kind].append(Mark(self._line, label, said or {}))
        self._changed()

    def _set(self, field: str, value: Any, label: str) -> None:
        """Something of which there is one."""
        self._single[field] = value
        self._marks[field] = Mark(self._line, (label, label), {})
        self._changed()

    def _changed(self) -> None:
        """Forgets what was made of the entries before."""

    def _document(self) -> dict[str, Any]:
        """The scenario document. Its entries are those of the model, not copies."""
        made: dict[str, Any] = dict(self._head)
        for kind in _ORDER:
            entries = self._lists[kind]
            if kind in ("skills", "dimensions", "projects"):
                entries = [*entries, *self._implied(kind)]
            if entries or kind in ("needs", "volunteers"):
                made[kind] = entries
        return {**made, **self._single}

    def _implied(self, kind: str) -> list[dict[str, Any]]:
        """What nobody has made, but somebody holds or asks for."""
        made, held, asked = self._index[kind], self._held[kind], self._asked[kind]
        levels = {key: max(level, asked.get(key, 0)) for key, level in held.items() if key not in made}
        for key, level in asked.items():
            # What is like something else is left out, so that the engine tells where it is named.
            if key not in made and key not in held and nearest(key, [*made, *held], 0.8) is None:
                levels[key] = level
        if kind == "skills":
            return [{"id": key, "levels": level} if level > 1 else {"id": key} for key, level in levels.items()]
        return [{"id": key} for key in levels]

    def _located(self, faults: list[Fault]) -> ModelError:
        """Faults of the document, at the lines that made what is wrong."""
        return ModelError([self._locate(fault) for fault in faults])

    def _locate(self, fault: Fault) -> ModelFault:
        match = _ENTRY.match(fault.path)
        if match is not None and match[1] in self._made and int(match[2]) < len(self._made[match[1]]):
            mark, path = self._made[match[1]][int(match[2])], fault.path[match.end() :]
        else:
            field = _FIELD.match(fault.path)
            name = field[1] if field is not None else ""
            mark = self._marks.get(name, self._marks["model"])
            path = fault.path[field.end() :] if field is not None and name in self._marks else fault.path[2:]
        for target, word in mark.said.items():
            if path.startswith(target):
                path = word + path[len(target) :]
                break
        named = Fault(
            *(fault.path, fault.code, fault.found, fault.found_zh, self._named(fault.expected, 0)),
            *(self._named(fault.expected_zh, 1), self._named(fault.hint, 0), self._named(fault.hint_zh, 1), "", ""),
        )
        return _fault(named, mark.line, mark.label, path)

    def _named(self, text: str, language: int) -> str:
        """A text with entries by their names and lines, instead of their paths."""

        def name(match: re.Match[str]) -> str:
            marks = self._made.get(match[1], [])
            if int(match[2]) >= len(marks):
                return match[0]
            mark = marks[int(match[2])]
            return f"{mark.label[language]} ({mark.line})"

        return re.sub(r"\$\.(\w+)", r"\1", re.sub(r"\$\.(\w+)\[(\d+)\]", name, text))


def given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call that say something."""
    return {key: value for key, value in arguments.items() if value is not None and key not in ("self", "id")}
