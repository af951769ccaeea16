"""What more fairness costs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from . import _core
from ._frames import Frames
from ._frames.columns import kinds
from ._handles import problem_handle
from ._json import Document
from ._progress import TRADING, limit, watched
from .fairness import Evenness
from .language import language, said
from .literals import Backend, Lang, Mark
from .plan import Plan
from .search import USUAL_SECONDS, Progress, reporter

if TYPE_CHECKING:
    from .problem import Problem


@dataclass(frozen=True)
class FrontierPoint:
    """A plan found at one weight."""

    weight: int
    """The weight of the term."""
    mark: Mark
    """One of:

    - ``efficient``: no other is better in one respect and as good in the other.
    - ``repeated``: an earlier one is just as good in both.
    - ``dominated``: another is better in one respect, and at least as good in the other.
    """
    valid: bool
    """True if the plan breaks no rule."""
    served: int
    """Needs served."""
    efficiency: tuple[int, ...]
    """Value of each level of the objective without the term; less is better."""
    unfairness: int
    """Value of the term."""
    load: Evenness
    """How evenly load is shared out."""
    plan: Plan = field(repr=False)
    """The plan, scored by the objective of its problem."""


class FrontierFrames(TypedDict):
    """The table of a frontier."""

    points: Any
    """One point a row: the fields of `FrontierPoint` but ``plan``, the measures of `Evenness`, and ``travel_s``,
    ``work_s`` (seconds) and ``distance_m`` (metres) of the plan."""


class _Point(TypedDict):
    weight: int
    mark: Mark
    valid: bool
    served: int
    efficiency: tuple[int, ...]
    unfairness: int


class _Cost(TypedDict):
    travel_s: int
    work_s: int
    distance_m: int


@dataclass(frozen=True)
class Frontier:
    """Efficiency against fairness: one plan for each weight, the most efficient first."""

    term: str
    """The term that measures unfairness."""
    points: list[FrontierPoint]
    """The points; along the efficient ones the term falls strictly."""

    @classmethod
    def _of(cls, report: Document, plans: list[Plan]) -> Frontier:
        """From the report of the engine."""
        points = [
            FrontierPoint(
                weight=point["weight"],
                mark=point["mark"],
                valid=point["valid"],
                served=point["served"],
                efficiency=tuple(point["efficiency"]),
                unfairness=point["unfairness"],
                load=Evenness(**point["load"]),
                plan=plan,
            )
            for point, plan in zip(report["points"], plans, strict=True)
        ]
        return cls(term=report["term"], points=points)

    @property
    def efficient(self) -> list[FrontierPoint]:
        """The points that no other dominates, each once, from the most efficient to the fairest."""
        return [point for point in self.points if point.mark == "efficient"]

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, lang: Lang | None = None) -> str:
        """The points in words, one a line.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Example:
            >>> print(problem.frontier(weights=[0], iterations=20).to_text()[:24])
            weight 0: 3 needs served
        """
        lines = [
            said(
                f"weight {point.weight}: {point.served} needs served, {self.term} {point.unfairness}, "
                f"Gini {point.load.gini:.3f}, {point.mark}",
                f"权重 {point.weight}\uff1a满足 {point.served} 项需求\uff0c{self.term} {point.unfairness}\uff0c"
                f"基尼系数 {point.load.gini:.3f}\uff0c{point.mark}",
                lang,
            )
            for point in self.points
        ]
        return "\n".join(lines)

    def to_frames(self, *, backend: Backend | None = None) -> FrontierFrames:
        """The points as a data frame.

        Args:
            backend: the library, as for `Problem.to_frames`.

        Raises:
            ImportError: the library is not installed.
            ValueError: ``backend`` is another word.

        Example:
            >>> found = qise.frontier(problem, weights=[0, 5], iterations=20)
            >>> found.to_frames()["points"]["weight"].tolist()
            [0, 5]
        """
        make = Frames(backend)
        measures = {name: kind for name, kind in kinds(Evenness).items() if name != "count"}
        rows = [
            {
                **{name: getattr(point, name) for name in kinds(_Point)},
                **{name: getattr(point.load, name) for name in measures},
                **{name: point.plan.figures[name] for name in kinds(_Cost)},
            }
            for point in self.points
        ]
        return {"points": make.of_rows({**kinds(_Point), **measures, **kinds(_Cost)}, rows)}

    def to_html(self, *, lang: Lang | None = None) -> str:
        """The points as a piece of an HTML page: a picture of efficiency against the term.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Raises:
            ValueError: ``lang`` is another word.

        Example:
            >>> qise.frontier(problem, weights=[0], iterations=20).to_html()[:4]
            '<div'
        """
        drawn = ("weight", "mark", "served", "efficiency", "unfairness")
        points = [{name: getattr(point, name) for name in drawn} for point in self.points]
        return _core.frontier_html(json.dumps({"term": self.term, "points": points}), language(lang))

    def _repr_html_(self) -> str:
        return self.to_html()


def frontier(
    problem: Problem,
    *,
    term: str = "load",
    weights: Iterable[int] = (0, 1, 2, 5, 10, 20, 50, 100),
    time_limit: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> Frontier:
    """Solves a problem once for each weight of a term: what more fairness costs.

    Other Python threads run meanwhile; Ctrl-C ends it with KeyboardInterrupt.

    Args:
        problem: the problem.
        term: name of the term, such as ``load`` or ``spread``.
        weights: weights of the term, whole numbers from 0 to 1 000 000 000; 0 leaves the term out.
        time_limit: seconds for all weights together; 3 if neither it nor ``iterations`` is given.
        iterations: steps for each weight, and as many again for the plan that all start from.
        seed: seed of all random choices.
        threads: number of threads; as many as the machine has if None.
        on_progress: as for `solve`.

    Returns:
        A `Frontier` with one plan for each weight, the most efficient first.

    Raises:
        ValueError: there is no such term, or a number is out of range.
        InvalidDocument: the weights are too large, or the objective has no other term.

    Example:
        >>> [point.weight for point in problem.frontier(weights=[0, 5], iterations=20).points]
        [0, 5]
    """
    handle = problem_handle(problem)
    # a search for each weight, and as many steps as all of them for the plan that they start from
    searches = 2 * len(weights) if isinstance(weights, Sized) else 0
    found, plans = watched(
        lambda report: _core.frontier(handle, term, weights, time_limit, iterations, seed, threads, report),
        TRADING,
        time_limit=limit(time_limit, iterations, USUAL_SECONDS),
        steps=iterations * searches if isinstance(iterations, int) else None,
        report=reporter(on_progress),
    )
    return Frontier._of(found, [Plan._of(plan, problem) for plan in plans])
