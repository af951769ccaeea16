"""What a plan is worth, and what it breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from . import _core
from ._handles import plan_handle, problem_handle
from .literals import Term

if TYPE_CHECKING:
    from .plan import Plan
    from .problem import Problem


@dataclass(frozen=True)
class Score:
    """What a plan is worth; of two plans, that with the smaller ``levels`` is better."""

    levels: tuple[int, ...]
    """Value of each level of the objective, the most important first."""
    terms: dict[Term, int]
    """Value of every term by name, whether the objective uses it or not."""

    @classmethod
    def _of(cls, score: tuple[list[int], list[tuple[str, int]]]) -> Score:
        levels, terms = score
        return cls(levels=tuple(levels), terms={cast(Term, term): value for term, value in terms})


@dataclass(frozen=True)
class Violation:
    """One rule that a plan breaks, and where."""

    path: str
    """JSON path in the plan document, such as ``$.routes[2].visits[0].start``."""
    rule: str
    """Stable name of the rule, such as ``outside_window``."""
    message: str = field(repr=False)
    """What happened, in one English line."""
    message_zh: str = field(repr=False)
    """The same in Chinese."""

    def __str__(self) -> str:
        return self.message


def check(problem: Problem, plan: Plan) -> list[Violation]:
    """Judges a plan: every violation of every rule.

    A score that the document of the plan states is compared with what the plan is worth. A plan
    for another problem is read anew for this one.

    Args:
        problem: the problem that the plan has to solve.
        plan: the plan to judge.

    Returns:
        A new list of `Violation`; empty if the plan is valid.

    Raises:
        InvalidDocument: the plan is for another problem, and names what this one does not have.

    Example:
        >>> problem.check(plan)
        []
    """
    found = _core.check(problem_handle(problem), plan_handle(plan))
    return [Violation(*violation) for violation in found]
