"""Why those serve a need who do: what that adds, the next best, and by what they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from ._json import Document
from .language import said
from .literals import Lang
from .ranking import Offer, offer_of


class Margin(TypedDict):
    """Cost of the next best less that of those who serve the need: above 0 the next best are worse."""

    levels: tuple[int, ...]
    """Level by level, the most important first."""
    terms: dict[str, int]
    """Term by term: those that the objective uses, and travel time."""


class DecidingTerm(TypedDict):
    """A term that decided."""

    term: str
    """Its name, such as ``travel_time``."""
    difference: int
    """What the next best would add to it, less what those add who serve the need."""


@dataclass(frozen=True)
class RunnerUp:
    """The best others for a need."""

    people: list[str]
    """Ids of everybody who would come."""
    offer: Offer
    """When they would come, what that adds to the plan without the need, and what would no longer
    be served."""
    difference: Margin
    """By how much they differ from those who serve the need: exactly the score of the plan with
    them less that of this plan."""
    level: int | None
    """The first level on which they differ, counted from 0; None if they differ on none."""
    deciding: list[DecidingTerm]
    """The terms of that level in which they differ, those with the most weight first."""


@dataclass(frozen=True)
class Choice:
    """Why those serve a need who do, or why it is outsourced."""

    need: str
    """Id of the need; of several ways to do one thing that which is taken."""
    verdict: str
    """What decided. One of:

    - ``best``: the objective; others could come, and would be worse.
    - ``equal``: only the order; others would be exactly as good.
    - ``beaten``: others would be better in the plan as it stands.
    - ``pinned``: the problem fixes who comes.
    - ``only``: nobody else could come in any plan, proven.
    - ``alone``: nobody else was found who could come in the plan as it stands.
    - ``unclear``: the plan could not be taken over as it stands, so that nothing was compared.
    """
    text: str
    """What decided, in English."""
    text_zh: str
    """What decided, in Chinese."""
    public_text: str
    """What decided in English, as it may be told to whoever asked: nobody is named in it."""
    public_text_zh: str
    """The same in Chinese."""
    crew: list[str]
    """Ids of everybody who comes; empty if the need is outsourced."""
    outsourced: bool
    """True if the need is outsourced."""
    levels: tuple[int, ...] | None
    """By how much each level of the objective grows by their visits, the most important first; None
    if that is unclear."""
    growth: dict[str, int] | None
    """By how much each term of the objective grows by their visits, and travel time, by name; None
    if that is unclear."""
    hanging: list[str]
    """Ids of needs that would not be served without this one: they are counted with it, on both
    sides."""
    runner_up: RunnerUp | None
    """The best others that were found."""
    able: list[str]
    """If no others were found: ids of the nearest people who could come with nothing else to do."""
    people: int
    """Number of volunteers in the problem."""
    left: int
    """Number of them whom no rule excludes from the role that is hardest to fill."""
    as_stated: bool
    """True if the plan is valid as it is stated. Otherwise what breaks a rule was left out, and
    times were set anew, before anything was compared."""

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, lang: Lang | None = None) -> str:
        """What decided, in words.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Example:
            >>> print(plan.explain("n-water").to_text(lang="en")[:28])
            斯琴 instead would be worse by
        """
        return said(self.text, self.text_zh, lang)

    @classmethod
    def _of(cls, document: Document, zone: str) -> Choice:
        levels, other = document["levels"], document["runner_up"]
        return cls(
            **{
                **document,
                "levels": None if levels is None else tuple(levels),
                "runner_up": None if other is None else _runner_up(other, zone),
            }
        )


def _runner_up(other: Document, zone: str) -> RunnerUp:
    difference = other["difference"]
    return RunnerUp(
        people=other["people"],
        offer=offer_of(other["offer"], zone),
        difference=Margin(levels=tuple(difference["levels"]), terms=difference["terms"]),
        level=other["level"],
        deciding=[DecidingTerm(term=one["term"], difference=one["difference"]) for one in other["deciding"]],
    )
