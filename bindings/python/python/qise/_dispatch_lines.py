"""Commands and questions as the lines that the service reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ._json import Document

_NEEDS = ("add_need", "change_need")


def command_line(at: datetime | str, key: str | None, actor: str, command: Mapping[str, Document]) -> str:
    """The line of a command. Raises TypeError unless there is exactly one."""
    if len(command) != 1:
        given = ", ".join(command) or "none"
        raise TypeError(f"exactly one command is submitted, such as tick={{}}; given: {given}")
    ((word, fields),) = command.items()
    if not isinstance(fields, dict):
        raise TypeError(f"{word} takes a dict of its fields, not {type(fields).__name__}")
    word = word.removesuffix("_")  # raise_
    # The need itself stands for the fields: no need has a field of that name.
    if word in _NEEDS and set(fields) != {"need"}:
        fields = {"need": fields}
    return _line({**fields, "do": word, "at": at, "key": key, "actor": actor})


def question_line(word: str, **fields: Any) -> str:
    """The line of a question."""
    return _line({"ask": word, **fields})


def _line(fields: Document) -> str:
    return json.dumps(fields, ensure_ascii=False, allow_nan=False, default=_written)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    raise TypeError(f"a command holds text, numbers, lists and dicts, not {type(value).__name__}")
