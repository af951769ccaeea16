"""Why needs are not served, and who could serve them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict, overload

from . import _core
from ._handles import plan_handle, problem_handle
from ._progress import EXPLAINING, REASONING, watched
from .bounds import PriorityBound
from .choice import Choice
from .language import said
from .literals import Lang, Verdict

if TYPE_CHECKING:
    from .plan import Plan
    from .problem import Problem


class Exclusion(TypedDict):
    """How many people a rule excludes."""

    rule: str
    """The rule, such as ``skill`` or ``out_of_time``."""
    people: int
    """Number of people."""


class Unserved(TypedDict):
    """A need that nobody serves, and why. The fields are those of `Reason`."""

    need: str
    verdict: Verdict
    text: str
    text_zh: str
    public_text: str
    public_text_zh: str
    people: int
    cuts: list[Exclusion]
    left: int | None
    rules: list[str]
    able: list[str]
    comes: list[str]
    gives_up: list[str]
    bound: PriorityBound | None


@dataclass(frozen=True)
class Reason:
    """Why a need is not served, or who could serve it."""

    need: str
    """Id of the need."""
    verdict: Verdict
    """One of:

    - ``impossible``: the rules exclude everybody in every plan, proven.
    - ``displacing``: possible, but never beside all that the plan serves, both proven.
    - ``open``: possible beside all that the plan serves, shown by doing it.
    - ``unfound``: no place was found, and nothing proves that there is none.
    - ``unexamined``: not examined, because no time was left or nothing was to be tried.
    """
    text: str
    """The reason in English."""
    text_zh: str
    """The reason in Chinese."""
    public_text: str
    """The reason in English as it may be told to whoever asked for the visit: it names nobody
    else."""
    public_text_zh: str
    """The same in Chinese."""
    people: int
    """Number of volunteers in the problem."""
    cuts: list[Exclusion]
    """How many people each rule excludes, in the order of the rules."""
    left: int | None
    """Number of people whom no rule excludes; None if no time was left to find out."""
    rules: list[str]
    """Of an impossible need: the fewest rules that together exclude everybody. If people are left
    whom no rule excludes alone: the rules that together leave no room."""
    able: list[str]
    """Ids of the nearest people who could serve it with nothing else to do. A plan in which they do
    was judged."""
    comes: list[str]
    """Ids of the people who would come at the least cost that was found."""
    gives_up: list[str]
    """Ids of the needs that would not be served for it."""
    bound: PriorityBound | None
    """If no place was found: the most priority that any plan serves, and what this plan serves."""

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, lang: Lang | None = None) -> str:
        """The reason in words.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Example:
            >>> print(problem.eligible("n-boiler"))
            impossible for all 2 people: 1 without the skill, 1 not speaking the language
        """
        return said(self.text, self.text_zh, lang)


@overload
def explain(problem: Problem, need_id: str, plan: None = None) -> Reason: ...
@overload
def explain(problem: Problem, need_id: str, plan: Plan | None) -> Reason | Choice: ...
def explain(problem: Problem, need_id: str, plan: Plan | None = None) -> Reason | Choice:
    """Tells why a need is served as it is, or why nobody serves it.

    With a plan of ``problem`` the same as `Plan.explain`, without a plan the same as
    `Problem.eligible`. A plan for another problem is read anew for this one. Other Python threads
    run meanwhile; Ctrl-C ends it with KeyboardInterrupt.

    Args:
        problem: the problem.
        need_id: id of the need.
        plan: the plan; None for the question who could serve the need with nothing else to do.

    Returns:
        A `Choice` if the need is served in the plan or outsourced, otherwise a `Reason`.

    Raises:
        UnknownNeed: the problem has no need with this id.
        InvalidDocument: the plan is for another problem, and names what this one does not have.

    Example:
        >>> qise.explain(problem, "n-boiler").verdict
        'impossible'
        >>> qise.explain(problem, "n-water", plan).verdict
        'best'
    """
    handle = None if plan is None else plan_handle(plan)
    asked = problem_handle(problem)
    kind, fields = watched(lambda _: _core.explain(asked, need_id, handle), EXPLAINING)
    return Choice._of(fields, problem.time_zone) if kind == "choice" else Reason(**fields)


def eligible(problem: Problem, need_id: str) -> Reason:
    """Tells who could serve a need with nothing else to do, and whom each rule excludes.

    Other Python threads run meanwhile; Ctrl-C ends it with KeyboardInterrupt.

    Args:
        problem: the problem.
        need_id: id of the need.

    Returns:
        A `Reason`: ``able`` are the ids of the nearest people who could, ``cuts`` the number of
        people whom each rule excludes, ``left`` the number of the others.

    Raises:
        UnknownNeed: the problem has no need with this id.

    Example:
        >>> problem.eligible("n-water").able
        ['v-siqin', 'v-gao-feng']
        >>> problem.eligible("n-boiler").cuts
        [{'rule': 'skill', 'people': 1}, {'rule': 'language', 'people': 1}]
    """
    return explain(problem, need_id)


def unserved(
    plan: Plan, reasons: Literal["none", "quick", "proven"] = "proven", *, time_limit: float | None = None
) -> list[Unserved]:
    """Lists the needs that nobody serves, and why.

    Other Python threads run meanwhile; Ctrl-C ends it with KeyboardInterrupt.

    Args:
        plan: the plan.
        reasons: ``"proven"``: whatever can be proven or tried, which takes long if thousands are
            left. ``"quick"``: what the rules alone exclude. ``"none"``: no reasons.
        time_limit: seconds, the needs with the highest priority first; the rest is ``unexamined``.
            No limit if None.

    Returns:
        A new list of dicts.

    Raises:
        ValueError: ``reasons`` is another word, or the limit is negative.

    Example:
        >>> [(entry["need"], entry["verdict"]) for entry in plan.unserved()]
        [('n-boiler', 'impossible')]
    """
    handle = plan_handle(plan)
    if reasons != "proven":
        return handle.unserved(reasons, time_limit)
    return watched(lambda _: handle.unserved(reasons, time_limit), REASONING, time_limit=time_limit)
