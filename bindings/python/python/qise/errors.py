"""What can go wrong, as exceptions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from . import _core
from .language import said


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a document, where it stands, and how to correct it."""

    path: str
    """JSON path of the value, such as ``$.needs[3].windows[0].to``."""
    code: str
    """Stable name of the kind of fault, such as ``unknown_field``."""
    found: str
    """What stands there, in English."""
    found_zh: str
    """The same in Chinese."""
    expected: str
    """What should stand there, in English."""
    expected_zh: str
    """The same in Chinese."""
    hint: str
    """How to correct it, in English; may be empty."""
    hint_zh: str
    """The same in Chinese."""
    message: str = field(repr=False)
    """The whole fault in one English line."""
    message_zh: str = field(repr=False)
    """The same in Chinese."""

    def __str__(self) -> str:
        return said(self.message, self.message_zh)


class QiseError(Exception):
    """Base of everything that qise itself raises, apart from wrong arguments."""


class InvalidDocument(QiseError, ValueError):
    """A scenario or a plan that cannot be used; ``faults`` lists everything that is wrong."""

    def __init__(self, faults: Sequence[Fault], document: str = "document") -> None:
        super().__init__(faults, document)
        self.faults: list[Fault] = list(faults)
        """Everything that is wrong, in the order of the document."""
        self.document: str = document
        """The file, or which document it is."""

    def __str__(self) -> str:
        count = len(self.faults)
        head = said(
            f"{self.document}: {count} fault{'' if count == 1 else 's'}", f"{self.document}\uff1a{count} 处错误"
        )
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


@dataclass(frozen=True)
class ModelFault(Fault):
    """One thing that is wrong in a `Model`, with the line of the script that said it."""

    file: str
    """The script."""
    line: int
    """Its line: of the call that made the entry."""
    entry: str
    """What was made there, such as ``need 'water-1'``."""
    argument: str
    """The argument, and where in it: ``window``, ``roles[0].requires``. Empty if it concerns the entry as a whole."""


class ModelError(QiseError, ValueError):
    """A `Model` that cannot be used, told at the line that is wrong; ``faults`` lists everything."""

    def __init__(self, faults: Sequence[ModelFault]) -> None:
        super().__init__(faults)
        self.faults: list[ModelFault] = list(faults)
        """Everything that is wrong, in the order in which it was found."""
        self.file: str = self.faults[0].file
        """The script of the first fault."""
        self.line: int = self.faults[0].line
        """The line of the first fault."""

    @property
    def text(self) -> str:
        """All faults in English, one a line, each with its file and line."""
        return "\n".join(fault.message for fault in self.faults)

    @property
    def text_zh(self) -> str:
        """The same in Chinese."""
        return "\n".join(fault.message_zh for fault in self.faults)

    def __str__(self) -> str:
        return said(self.text, self.text_zh)


class UnknownId(QiseError, LookupError):
    """An id of something that the problem does not have."""

    def __init__(self, text: str, text_zh: str) -> None:
        super().__init__(text, text_zh)
        self.text: str = text
        """What is unknown, and what may have been meant, in English."""
        self.text_zh: str = text_zh
        """The same in Chinese."""

    def __str__(self) -> str:
        return said(self.text, self.text_zh)


class UnknownNeed(UnknownId):
    """A need that the problem does not have."""


class UnknownVolunteer(UnknownId):
    """A volunteer whom the problem does not have."""


class DispatchError(QiseError):
    """What a live service refuses. Nothing has changed, except that timers which were due have fired."""

    def __init__(
        self, code: str, text: str, text_zh: str, faults: Sequence[Fault] = (), expected: Sequence[str] = ()
    ) -> None:
        super().__init__(code, text, text_zh, faults, expected)
        self.code: str = code
        """Stable name, such as ``unknown_need`` or ``key_conflict``."""
        self.text: str = text
        """What is wrong, in English."""
        self.text_zh: str = text_zh
        """The same in Chinese."""
        self.faults: list[Fault] = list(faults)
        """Everything that is wrong with a need or a shift, by paths from ``$``."""
        self.expected: list[str] = list(expected)
        """States in which it could have happened, if the state is what is wrong."""

    def __str__(self) -> str:
        return "\n".join([said(self.text, self.text_zh), *(f"  {fault}" for fault in self.faults[1:])])


_Unknown = TypeVar("_Unknown", bound=UnknownId)


def _invalid_document(faults: list[list[str]], document: str) -> InvalidDocument:
    return InvalidDocument([Fault(*fault) for fault in faults], document)


def _unknown_need(key: str, known: list[str]) -> UnknownNeed:
    return unknown(UnknownNeed, "need", "需求", key, known)


def _unknown_volunteer(key: str, known: list[str]) -> UnknownVolunteer:
    return unknown(UnknownVolunteer, "volunteer", "志愿者", key, known)


def _refused(code: str, text: str, text_zh: str, faults: list[list[str]], expected: list[str]) -> DispatchError:
    return DispatchError(code, text, text_zh, [Fault(*fault) for fault in faults], expected)


def unknown(kind: type[_Unknown], word: str, word_zh: str, key: str, known: Sequence[str]) -> _Unknown:
    """An exception for an id of a thing that the problem does not have, with the nearest id that it has."""
    near = get_close_matches(key, known, 1)
    text, text_zh = f"the problem has no {word} {_quoted(key)}", f"问题中没有{word_zh} {_quoted(key)}"
    if near:
        text += f"; did you mean {_quoted(near[0])}?"
        text_zh += f"\uff1b是否想写 {_quoted(near[0])}\uff1f"
    return kind(text, text_zh)


def _quoted(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


# From now on the engine raises these.
_core.register_errors(_invalid_document, _unknown_need, _unknown_volunteer, _refused)
