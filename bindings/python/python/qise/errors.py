"""What can go wrong, as exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a document, where it stands, and what to do about it."""

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
    """How to mend it, in English; may be empty."""
    hint_zh: str
    """The same in Chinese."""
    message: str = field(repr=False)
    """The whole fault in one English line."""
    message_zh: str = field(repr=False)
    """The same in Chinese."""

    def __str__(self) -> str:
        return self.message


class QiseError(Exception):
    """Base of everything that qise itself raises, apart from wrong arguments."""


class InvalidDocument(QiseError, ValueError):
    """A scenario or a plan that cannot be used. ``faults`` has all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault], document: str = "document") -> None:
        super().__init__(faults, document)
        self.faults: list[Fault] = list(faults)
        """Everything that is wrong, in the order of the document."""
        self.document: str = document
        """The file, or which document it is."""

    def __str__(self) -> str:
        count = len(self.faults)
        head = f"{self.document}: {count} fault{'' if count == 1 else 's'}"
        return "\n".join([head, *(f"  {fault.message}" for fault in self.faults)])


class UnknownNeed(QiseError, LookupError):
    """A need that the problem does not have."""


class UnknownVolunteer(QiseError, LookupError):
    """A volunteer whom the problem does not have."""
