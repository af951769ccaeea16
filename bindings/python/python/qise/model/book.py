"""What a model keeps: entries of the document, each with the line that made it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from .. import _core
from .._json import encoded
from ..errors import Fault, InvalidDocument, ModelError, ModelFault
from .alone import is_own, is_plain, stand_in
from .lines import caller
from .lists import LISTS
from .mistakes import Mistakes, Words, nearest, wrong
from .telling import Mark, fault_at
from .things import COLOURS, Category, Profile, Project, Skill, Thing

# What is listed without ids.
_OTHERS = ("slowdowns", "pairs", "links", "choices", "apart", "makespans", "population")
# In the order of the document.
_ORDER = (
    *("categories", "skills", "dimensions", "areas", "profiles", "slowdowns", "places", "goods", "depots", "vehicles"),
    *("teams", "volunteers", "projects", "needs", "pairs", "links", "choices", "apart", "makespans", "population"),
)
_ENTRY = re.compile(r"\$\.(\w+)\[(\d+)\]\.?")
_FIELD = re.compile(r"\$\.(\w+)\.?")


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
        self._refs: list[tuple[str, str]] = []
        """What the present call names, by kind."""

    @contextmanager
    def _on(self, day: date | None) -> Iterator[None]:
        """Times without a day are meanwhile those of this one."""
        before, self._today = self._today, day
        try:
            yield
        finally:
            self._today = before

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
        self._refs.append((kind.kind, key))
        if key not in made and key not in held and made:
            self._look(kind, key, list(made))
        if key not in made:
            self._news.append((held, key, level))

    def _ask(self, kind: type[Thing], key: str, level: int) -> None:
        """What is asked for may come later, unless it looks like a slip of the pen."""
        made, held = self._index[kind.kind], self._held[kind.kind]
        self._refs.append((kind.kind, key))
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
                    (f'是否想写 "{near}"?' if near else "") + f"如为另一项，请先定义：{make}",
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
            raise Mistakes(wrong("wrong_type", key, ("an id: a text of its own", "编号：不重复的文本")).under("id"))
        if not key:
            raise Mistakes(wrong("empty_key", key, ("an id that is not empty", "非空的编号")).under("id"))
        if key in self._index[kind.kind]:
            where = self._where(kind, key)
            expected = (
                f"an id of its own; {where} made a {kind.word} with this one",
                f"不重复的编号；{where} 已定义同编号的{kind.word_zh}",
            )
            raise Mistakes(wrong("duplicate_key", key, expected).under("id"))
        fields, said = LISTS[kind.kind].filled(self, given)
        entry = {"id": key, **fields}
        said |= finish(entry) or {}
        label = f"{kind.word} '{key}'", f"{kind.word_zh} '{key}'"
        if not is_plain(kind.kind, entry):
            self._try(kind.kind, entry, Mark(self._line, label, said))
        self._index[kind.kind][key] = len(self._lists[kind.kind])
        self._append(kind.kind, entry, label, said)
        return key

    def _try(self, kind: str, entry: dict[str, Any], mark: Mark) -> None:
        """Lets the engine look at an entry, in a document with nothing but what it names."""
        document = {**self._head, "needs": [], "volunteers": [], kind: [entry]}
        for other, key in dict.fromkeys(self._refs):
            if (other, key) != (kind, entry["id"]) and not (other == Category.kind and key in COLOURS):
                index = self._index[other].get(key)
                made = {} if index is None else self._lists[other][index]
                document.setdefault(other, []).append(stand_in(other, key, made))
        try:
            _core.Problem.read(encoded(document), "entry")
        except InvalidDocument as error:
            own = [fault for fault in error.faults if fault.path.startswith(f"$.{kind}[0]") and is_own(fault)]
            if own:
                raise ModelError([self._at(mark, fault, fault.path.partition("]")[2][1:]) for fault in own]) from None

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
        mark, path = self._mark(fault.path)
        return self._at(mark, fault, path)

    def _mark(self, path: str) -> tuple[Mark, str]:
        """Where the entry at a path of the document was made, and the rest of the path."""
        match = _ENTRY.match(path)
        if match is not None and match[1] in self._made and int(match[2]) < len(self._made[match[1]]):
            return self._made[match[1]][int(match[2])], path[match.end() :]
        field = _FIELD.match(path)
        if field is not None and field[1] in self._marks:
            return self._marks[field[1]], path[field.end() :]
        return self._marks["model"], path[2:]

    def _at(self, mark: Mark, fault: Fault, path: str) -> ModelFault:
        """A fault of the engine, at the line of an entry."""
        named = Fault(
            *(fault.path, fault.code, fault.found, fault.found_zh, self._named(fault.expected, 0)),
            *(self._named(fault.expected_zh, 1), self._named(fault.hint, 0), self._named(fault.hint_zh, 1), "", ""),
        )
        return fault_at(named, mark.line, mark.label, self._as_said(mark, path))

    def _as_said(self, mark: Mark, path: str) -> str:
        """A path within an entry, by the words of the call that made it."""
        for target, word in mark.said.items():
            if path.startswith(target):
                return word + path[len(target) :]
        return path

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
