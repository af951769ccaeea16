"""What a live service answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DispatchAnswer:
    """What a command led to."""

    seq: int
    """Number of the entry in the journal; durable once `Dispatch.durable` has come to it."""
    outcome: dict[str, Any]
    """The outcome as in a line of ``qise dispatch``: ``{'noted': {}}``, ``{'committed': {...}}``; of
    an offer its number, start and end. Times are text in the zone of the scenario."""
    is_repeated: bool
    """True if the key was known, so that nothing was done now: the outcome is the old one."""

    @property
    def code(self) -> str:
        """Stable name of the outcome: ``noted``, ``offer``, ``committed``, ``changed``, ``filled``,
        ``released`` or ``off_duty``."""
        return "offer" if "offer" in self.outcome else next(iter(self.outcome))

    @property
    def offer(self) -> int | None:
        """Number of the offer that is out, by which it is accepted or declined; None of anything else."""
        number: int | None = self.outcome.get("offer")
        return number


@dataclass(frozen=True)
class Notice:
    """What somebody must be told because of an entry of the journal."""

    seq: int
    """Number of the entry."""
    index: int
    """Place among the notices of the entry, counted from 0."""
    to: str
    """Id of the volunteer, or ``desk`` for the dispatchers."""
    body: dict[str, Any]
    """What is said: ``need``, ``what`` has happened, ``offer``, ``who``, ``reason``, and sentences
    ``text`` and ``text_zh``."""


@dataclass(frozen=True)
class JournalDamage:
    """A place where a journal is broken."""

    seq: int
    """Number of the entry."""
    text: str
    """What is wrong, in English."""
    text_zh: str
    """The same in Chinese."""


@dataclass(frozen=True)
class JournalReport:
    """What the check of a journal has found."""

    entries: int
    """Number of entries."""
    notices: int
    """Number of notices that they have."""
    head: int
    """Number of the last entry."""
    hash: str
    """Hash of the last entry, which stands for everything before it: noted elsewhere, it tells later
    whether anything was altered."""
    damage: list[JournalDamage]
    """What is broken, the first entry first."""

    @property
    def is_sound(self) -> bool:
        """True if nothing is broken."""
        return not self.damage


def report_of(found: tuple[int, int, int, str, list[tuple[int, str, str]]]) -> JournalReport:
    """The report of the engine's parts."""
    entries, notices, head, digest, damage = found
    return JournalReport(entries, notices, head, digest, [JournalDamage(*one) for one in damage])
