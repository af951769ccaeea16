"""What would help: the cheapest changes for a need, and for the whole plan."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from . import _core
from ._frames import Frames
from ._handles import plan_handle
from ._json import Document
from ._progress import IMPROVING, watched
from .language import language, said
from .literals import Backend, Lang, Lever

if TYPE_CHECKING:
    from .plan import Plan


@dataclass(frozen=True)
class Remedy:
    """Changes that let a need be served, tried out by a search."""

    need: str
    """Id of the need."""
    changes: list[dict[str, Any]]
    """The changes, each with its kind (window, radius, newcomer, stock), its measures, and text and
    text_zh; empty if the need can be served as it is."""
    cost_min: int
    """Cost in minutes of somebody's time; the Rust crate documents the prices under `Prices`."""
    gain: int
    """Priority that is served in addition."""
    levels: list[int]
    """By how much each level of the objective grows."""
    pays: bool
    """True if the plan with the changes is no worse by the objective. If False, no search serves
    the need."""
    plan: Plan = field(repr=False)
    """A plan that serves the need, for the problem with these changes, `plan.problem`."""

    @property
    def text(self) -> str:
        """The changes in words."""
        words = "; ".join(change["text"] for change in self.changes)
        return words or "nothing has to change: it can be served as it is"

    @property
    def text_zh(self) -> str:
        """The changes in Chinese words."""
        return "；".join(change["text_zh"] for change in self.changes) or "无需改变：照现状即可满足"


@dataclass(frozen=True)
class Proof:
    """Why no changes within the limits help, not even all of them together."""

    role: int
    """The role that nobody could fill, counted from 0."""
    rules: list[str]
    """The fewest rules that together exclude everybody, or so many that too few are left."""
    left: int
    """Number of people who would be left for it."""


@dataclass(frozen=True)
class Remedies:
    """What would help one need."""

    need: str
    """Id of the need."""
    status: Literal["helped", "nothing", "proven", "untried"]
    """One of:

    - ``helped``: something was tried out and helps.
    - ``nothing``: everything within the limits was examined, and nothing was found.
    - ``proven``: nothing within the limits helps.
    - ``untried``: the time was spent before everything was tried.
    """
    remedies: list[Remedy]
    """What was found and tried out, the most gain for its cost first."""
    proof: Proof | None
    """The proof that nothing within the limits helps, if there is one."""


@dataclass(frozen=True)
class Worth:
    """A change for the whole plan."""

    lever: Lever
    """Its kind."""
    change: dict[str, Any]
    """The change, with its kind, its measures, and text and text_zh."""
    alike: int
    """Number of other people with whom the same change is worth as much."""
    shadow_price: float
    """The priority that it could gain at the shadow prices of the bound."""
    cost_min: int
    """Cost in minutes of somebody's time."""
    gain: int
    """Priority that is served in addition, confirmed by a search."""
    plan: Plan = field(repr=False)
    """The plan with it, for the problem with it, `plan.problem`."""


class ImprovementFrames(TypedDict):
    """The tables of what would help."""

    needs: Any
    """One remedy for a need a row."""
    plan: Any
    """One change for the whole plan a row."""


class _RemedyRow(TypedDict):
    need: str
    gain: int
    cost_min: int
    text: str
    text_zh: str


class _WorthRow(TypedDict):
    lever: Lever
    gain: int
    shadow_price: float
    cost_min: int
    alike: int
    text: str
    text_zh: str


@dataclass(frozen=True)
class Improvement:
    """What would help."""

    needs: list[Remedies]
    """What would help each need."""
    plan: list[Worth] | None
    """What would raise the whole plan, the most gain for its cost first. None if one need was asked
    about, or if there are too many needs and people for shadow prices."""

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, lang: Lang | None = None) -> str:
        """What would help, in words, one change a line.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Example:
            >>> print(plan.improve("n-boiler", steps=20).to_text(lang="en")[:25])
            n-boiler: one more person
        """
        lines = []
        for need in self.needs:
            best = need.remedies[:1]
            none = said("nothing within the limits helps", "限度内没有办法", lang)
            words = said(best[0].text, best[0].text_zh, lang) if best else none
            lines.append(f"{need.need}: {words}")
        for worth in self.plan or []:
            gain = said(f"priority +{worth.gain}", f"优先级 +{worth.gain}", lang)
            lines.append(f"{said(worth.change['text'], worth.change['text_zh'], lang)}{said(': ', '：', lang)}{gain}")
        return "\n".join(lines) or said("nothing to improve", "无可改进", lang)

    def to_frames(self, *, backend: Backend | None = None) -> ImprovementFrames:
        """What would help as data frames. ``cost_min`` is minutes of somebody's time, ``gain`` priority.

        Args:
            backend: the library, as for `Problem.to_frames`.

        Raises:
            ImportError: the library is not installed.
            ValueError: ``backend`` is another word.

        Example:
            >>> plan.improve("n-boiler", steps=20).to_frames()["needs"]["need"].tolist()[:1]
            ['n-boiler']
        """
        make = Frames(backend)
        remedies = [
            {
                "need": remedy.need,
                "gain": remedy.gain,
                "cost_min": remedy.cost_min,
                "text": remedy.text,
                "text_zh": remedy.text_zh,
            }
            for need in self.needs
            for remedy in need.remedies
        ]
        worths = [
            {
                "lever": worth.lever,
                "gain": worth.gain,
                "shadow_price": worth.shadow_price,
                "cost_min": worth.cost_min,
                "alike": worth.alike,
                "text": worth.change["text"],
                "text_zh": worth.change["text_zh"],
            }
            for worth in self.plan or []
        ]
        return {"needs": make.of(_RemedyRow, remedies), "plan": make.of(_WorthRow, worths)}

    def to_html(self, *, lang: Lang | None = None) -> str:
        """What would help as a piece of an HTML page: each change with its cost and its gain.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Raises:
            ValueError: ``lang`` is another word.

        Example:
            >>> plan.improve("n-boiler", steps=20).to_html()[:4]
            '<div'
        """
        drawn = ("changes", "cost_min", "gain")
        needs: list[dict[str, Any]] = [
            {
                "need": found.need,
                "remedies": [{name: getattr(remedy, name) for name in drawn} for remedy in found.remedies],
                "proof": None if found.proof is None else {},
            }
            for found in self.needs
        ]
        plan = None
        if self.plan is not None:
            worths = [{"change": worth.change, "cost_min": worth.cost_min, "gain": worth.gain} for worth in self.plan]
            plan = json.dumps(worths)
        return _core.improvement_html(json.dumps(needs), plan, language(lang))

    def _repr_html_(self) -> str:
        return self.to_html()

    @classmethod
    def _of(
        cls, needs: list[Document], plans: list[Plan], whole: list[Document] | None, whole_plans: list[Plan]
    ) -> Improvement:
        following = iter(plans)

        def of_need(found: Document) -> Remedies:
            proof = found["proof"]
            return Remedies(
                need=found["need"],
                status=found["status"],
                remedies=[Remedy(need=found["need"], plan=next(following), **remedy) for remedy in found["remedies"]],
                proof=None if proof is None else Proof(**proof),
            )

        worths = None
        if whole is not None:
            worths = [Worth(plan=plan, **found) for found, plan in zip(whole, whole_plans, strict=True)]
        return cls(needs=[of_need(found) for found in needs], plan=worths)


def improve(
    plan: Plan,
    need_id: str | None = None,
    *,
    best: int = 3,
    window_min: int = 240,
    radius_km: int = 200,
    people: int = 2,
    units: int = 1,
    steps: int = 500,
    time_limit: float | None = None,
    seed: int = 1,
    threads: int | None = None,
) -> Improvement:
    """Finds the cheapest changes that let a need be served, and those that raise the whole plan.

    Each change is tried out by a search. Other Python threads run meanwhile; Ctrl-C ends it with
    KeyboardInterrupt.

    Args:
        plan: the plan.
        need_id: id of the need. None for all needs that nobody serves, and for the whole plan.
        best: number of remedies for each need, and of changes of each kind for the whole plan.
        window_min: how far windows and shifts may be extended, in minutes.
        radius_km: how far the radius of a person may be extended, in kilometres.
        people: number of people who may join.
        units: number of units of a good that may be added to a depot.
        steps: steps of search with which each change is tried out.
        time_limit: seconds after which no further change is tried out; no limit if None.
        seed: seed of all random choices.
        threads: number of threads; as many as the machine has if None.

    Returns:
        An `Improvement`.

    Raises:
        UnknownNeed: the problem has no need with this id.
        ValueError: a number is out of range.

    Example:
        >>> found = plan.improve("n-boiler", steps=20)
        >>> found.needs[0].status, found.needs[0].remedies[0].changes[0]["kind"]
        ('helped', 'newcomer')
    """
    handle = plan_handle(plan)
    needs, plans, whole, whole_plans = watched(
        lambda _: _core.improve(
            handle, need_id, best, window_min, radius_km, people, units, steps, time_limit, seed, threads
        ),
        IMPROVING,
        time_limit=time_limit,
    )

    def wrapped(handles: list[_core.Plan]) -> list[Plan]:
        return [plan._of(handle, plan.problem._of(handle.problem)) for handle in handles]

    return Improvement._of(needs, wrapped(plans), whole, wrapped(whole_plans))
