"""What is wrong with an argument, before it is known in which line: collected, so that a call tells all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

Words: TypeAlias = tuple[str, str]
"""A text in English and Chinese."""

NOTHING: Words = ("", "")


@dataclass
class Mistake:
    """One value that is wrong."""

    code: str
    found: Words
    expected: Words
    hint: Words
    path: str = ""
    """Where it stands in the argument, such as ``roles[0].requires``; grows from the inside."""


class Mistakes(Exception):
    """Everything that is wrong in one value."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes

    def under(self, step: str) -> list[Mistake]:
        """The same, one step further out: a key, or an index in brackets."""
        for mistake in self.mistakes:
            dot = "." if mistake.path and not mistake.path.startswith("[") else ""
            mistake.path = f"{step}{dot}{mistake.path}"
        return self.mistakes


def wrong(code: str, found: object, expected: Words, hint: Words = NOTHING) -> Mistakes:
    """One mistake, to be raised. ``found`` is the value that stands there."""
    return Mistakes([Mistake(code, shown(found), expected, hint)])


def missing(expected: Words, hint: Words = NOTHING) -> Mistakes:
    """Something that must be given and is not."""
    return Mistakes([Mistake("missing_field", ("nothing", "无"), expected, hint)])


def shown(value: object) -> Words:
    """A value as it was written, cut short."""
    text = f'"{value}"' if type(value) is str else repr(value)
    text = text if len(text) <= 80 else f"{text[:77]}…"
    return text, text


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that is most like this one. Words with other digits are other words."""
    digits = [sign for sign in word if sign.isdigit()]
    alike = [str(other) for other in known if [sign for sign in other if sign.isdigit()] == digits]
    near = get_close_matches(word, alike, 1, cutoff) or get_close_matches(word.lower(), alike, 1, max(cutoff, 0.8))
    return near[0] if near else None


def meant(word: str, known: Iterable[str], other: str | None = None) -> Words:
    """A hint to the nearest word, if there is one; to another word if none is very near."""
    words = [str(one) for one in known]
    near = next(iter(get_close_matches(word, words, 1, 0.75)), other if other in words else None)
    near = near or next(iter(get_close_matches(word, words, 1)), None)
    return (f'did you mean "{near}"?', f'是否想写 "{near}"?') if near else NOTHING


def either(words: Iterable[str]) -> str:
    """Words in quotes, one after the other."""
    return ", ".join(f'"{word}"' for word in words)
