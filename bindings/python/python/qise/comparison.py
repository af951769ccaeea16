"""Two plans side by side, also of two problems: what one more volunteer, or slower roads, would change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from ._frames import Frames
from .difference import TermRow, Values
from .language import language, said
from .literals import Backend, Lang, Term

if TYPE_CHECKING:
    from .plan import Plan
    from .problem import Problem

_FIGURES = {
    "needs": ("needs", "需求"),
    "served": ("needs served", "已满足需求"),
    "outsourced": ("outsourced", "外包"),
    "priority": ("priority asked for", "优先级合计"),
    "priority_served": ("priority served", "已满足优先级"),
    "volunteers": ("volunteers", "志愿者"),
    "people": ("people sent out", "出动人数"),
    "routes": ("routes", "路线"),
    "vehicles": ("vehicles", "车辆"),
    "travel_s": ("on the road (s)", "路途时间（秒）"),
    "work_s": ("working time (s)", "工作时间（秒）"),
    "distance_m": ("distance (m)", "里程（米）"),
    "promises_kept": ("promises kept", "兑现承诺"),
}


class ComparisonFrames(TypedDict):
    """The tables of a comparison."""

    figures: Any
    """One key figure a row, in both plans."""
    terms: Any
    """One term of the score a row, in both plans."""
    needs: Any
    """One need a row whose fate differs."""


class _FigureRow(TypedDict):
    figure: str
    old: int
    new: int
    difference: int


class _NeedRow(TypedDict):
    need: str
    change: str


@dataclass(frozen=True)
class Comparison:
    """What is otherwise in a new plan, for the same problem or for another."""

    figures: dict[str, Values]
    """Key figures by name: ``served``, ``priority_served``, ``people``, ``travel_s``, ``work_s`` (seconds),
    ``distance_m`` (metres) and others."""
    terms: dict[Term, Values]
    """Every term of the score; less is better."""
    won: list[str]
    """Ids of needs of both problems that only the new plan serves."""
    lost: list[str]
    """Ids of needs of both problems that only the old plan serves."""
    added: list[str]
    """Ids of needs and people that only the new problem has."""
    removed: list[str]
    """Ids of needs and people that only the old problem has."""
    old: Plan = field(repr=False)
    """The old plan."""
    new: Plan = field(repr=False)
    """The new plan."""

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, lang: Lang | None = None) -> str:
        """The figures that differ, and the needs that are won and lost.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Example:
            >>> print(qise.compare(plan, problem.without("n-lamp").solve(iterations=50)))
            needs: 4 → 3 (-1)
            needs served: 3 → 2 (-1)
            priority asked for: 14 → 9 (-5)
            priority served: 11 → 6 (-5)
            on the road (s): 3300 → 2400 (-900)
            working time (s): 9900 → 7200 (-2700)
            distance (m): 22000 → 16000 (-6000)
            promises kept: 1 → 0 (-1)
            only in the old problem: n-lamp
        """
        lines = [
            f"{_FIGURES[name][language(lang) == 'zh']}{said(': ', '：', lang)}{values['old']} → {values['new']} ({values['difference']:+})"
            for name, values in self.figures.items()
            if values["difference"]
        ]
        for ids, en, zh in (
            (self.won, "served now", "新增满足"),
            (self.lost, "no longer served", "不再满足"),
            (self.added, "only in the new problem", "仅新问题中有"),
            (self.removed, "only in the old problem", "仅旧问题中有"),
        ):
            if ids:
                lines.append(f"{said(en, zh, lang)}{said(': ', '：', lang)}{', '.join(ids)}")
        return "\n".join(lines) or said("nothing differs", "没有差别", lang)

    def to_frames(self, *, backend: Backend | None = None) -> ComparisonFrames:
        """The comparison as data frames.

        Args:
            backend: the library, as for `Problem.to_frames`.

        Raises:
            ImportError: the library is not installed.
            ValueError: ``backend`` is another word.

        Example:
            >>> list(qise.compare(plan, plan).to_frames())
            ['figures', 'terms', 'needs']
        """
        make = Frames(backend)
        fates = [(id, "won") for id in self.won] + [(id, "lost") for id in self.lost]
        return {
            "figures": make.of(_FigureRow, ({"figure": name, **values} for name, values in self.figures.items())),
            "terms": make.of(TermRow, ({"term": name, **values} for name, values in self.terms.items())),
            "needs": make.of(_NeedRow, ({"need": id, "change": change} for id, change in fates)),
        }


def compare(
    old: Plan | Problem,
    new: Plan | Problem,
    *,
    time_limit: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    threads: int | None = None,
) -> Comparison:
    """Compares two plans, also of two problems; of a problem, the plan that a search finds.

    To see who comes instead of whom within one problem, use `Plan.diff`.

    Args:
        old: the old plan, or a problem.
        new: the new plan, or a problem.
        time_limit: as for `Problem.solve`, for each search, in seconds.
        iterations: steps of each search.
        seed: seed of all random choices.
        threads: number of threads.

    Returns:
        A `Comparison`.

    Example:
        >>> slow = qise.compare(problem, problem.with_slowdown(2), iterations=50)
        >>> slow.figures["travel_s"]
        {'old': 3300, 'new': 7200, 'difference': 3900}
    """
    options = {"time_limit": time_limit, "iterations": iterations, "seed": seed, "threads": threads}
    before, after = _plan(old, options), _plan(new, options)
    (old_needs, old_people), (new_needs, new_people) = _ids(before), _ids(after)
    both, old_served, new_served = old_needs & new_needs, _served(before), _served(after)
    had, has = old_needs | old_people, new_needs | new_people
    return Comparison(
        figures={name: _values(before.figures[name], after.figures[name]) for name in _FIGURES},
        terms={term: _values(value, after.score.terms[term]) for term, value in before.score.terms.items()},
        won=sorted(both & new_served - old_served),
        lost=sorted(both & old_served - new_served),
        added=sorted(has - had),
        removed=sorted(had - has),
        old=before,
        new=after,
    )


def _plan(given: Plan | Problem, options: dict[str, Any]) -> Plan:
    from .plan import Plan
    from .problem import Problem

    if isinstance(given, Problem):
        return given.solve(**options)
    if isinstance(given, Plan):
        return given
    raise TypeError(f"a plan or a problem is compared, not {type(given).__name__}")


def _ids(plan: Plan) -> tuple[set[str], set[str]]:
    document = plan.problem._values.document
    # the ways to do one thing count as the first
    ways = {way for choice in document.get("choices", []) for way in choice["needs"][1:]}
    needs = {need["id"] for need in document["needs"]} - ways
    return needs, {person["id"] for person in document["volunteers"]}


def _served(plan: Plan) -> set[str]:
    return _ids(plan)[0] - {left["need"] for left in plan.unserved("none")}


def _values(old: int, new: int) -> Values:
    return Values(old=old, new=new, difference=new - old)
