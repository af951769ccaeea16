"""How evenly load and service are shared out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from . import _core
from ._frames import Frames
from ._handles import plan_handle
from ._json import Document
from .language import language, said
from .literals import Backend, Lang

if TYPE_CHECKING:
    from .plan import Plan


@dataclass(frozen=True)
class Evenness:
    """How evenly shares lie; a share of 1 is the whole."""

    count: int
    """How many shares there are."""
    least: float
    """The least."""
    most: float
    """The greatest."""
    range: float
    """The greatest less the least."""
    mean: float
    """Their mean."""
    variance: float
    """Their variance around the mean (of all, not of a sample)."""
    gini: float
    """Gini coefficient: 0 if all are equal, towards 1 if one has everything."""
    jain: float
    """Jain's index: 1 if all are equal, 1/n if one has everything."""


class PersonLoad(TypedDict):
    """How much of what they offered a person works."""

    volunteer: str
    """Id of the volunteer."""
    name: str | None
    """Name for people."""
    worked_before_s: int
    """Seconds worked before this plan, by the ledger."""
    offered_before_s: int
    """Seconds offered before this plan, by the ledger."""
    worked_s: int
    """Seconds between departure and return in this plan, breaks off duty apart."""
    offered_s: int
    """Seconds of all shifts in this plan."""
    share: float
    """All that is worked over all that is offered."""


class Group(TypedDict):
    """How the needs of an area or a category are served."""

    id: str | None
    """Id of the area or category; None for needs that have none."""
    name: str
    """Its English name."""
    name_zh: str
    """Its Chinese name."""
    residents: int
    """Residents counted in an area."""
    asked: int
    """How much is asked for."""
    served: int
    """How much of that is served."""
    outsourced: int
    """How much is outsourced."""
    share_served: float | None
    """Served over asked."""
    priority: int
    """The priority of what is asked for."""
    priority_served: int
    """The priority of what is served or outsourced."""
    share_of_priority: float | None
    """``priority_served`` over ``priority``."""
    mean_wait_s: int | None
    """Mean time in seconds from the first possible start of a served need to its start."""
    longest_wait_s: int
    """The longest of these times, in seconds."""


class FairnessFrames(TypedDict):
    """The tables of a report on fairness."""

    people: Any
    """One person's load a row, with the fields of `PersonLoad`."""
    areas: Any
    """One area a row, with the fields of `Group`."""
    categories: Any
    """One category a row."""
    projects: Any
    """One project a row."""


@dataclass(frozen=True)
class Fairness:
    """How evenly a plan shares out load among people, and service among areas, categories and projects."""

    people: list[PersonLoad]
    """Everybody who offered time, in this plan or before."""
    load: Evenness
    """How evenly their shares lie."""
    least_used: str | None
    """Id of who works the least of what they offered."""
    most_used: str | None
    """Id of who works the most of what they offered."""
    areas: list[Group]
    """Service by area."""
    by_area: Evenness
    """How evenly the shares served lie."""
    categories: list[Group]
    """Service by category."""
    by_category: Evenness
    """How evenly the shares served lie."""
    projects: list[Group]
    """Service by project; empty where the problem has none."""
    by_project: Evenness
    """How evenly the shares served lie."""

    @classmethod
    def _of(cls, report: Document) -> Fairness:
        """From the report of the engine."""
        load, areas, categories = report["load"], report["areas"], report["categories"]
        projects = report["projects"]
        return cls(
            people=load["people"],
            load=Evenness(**load["evenness"]),
            least_used=load["least_used"],
            most_used=load["most_used"],
            areas=areas["groups"],
            by_area=Evenness(**areas["evenness"]),
            categories=categories["groups"],
            by_category=Evenness(**categories["evenness"]),
            projects=projects["groups"],
            by_project=Evenness(**projects["evenness"]),
        )

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, *, lang: Lang | None = None) -> str:
        """The measures in words: how even load and service are.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Example:
            >>> print(plan.fairness())
            load of 2 people: Gini 0.026, Jain 0.997, from 38 % to 42 %
            service by area: Gini 0.000, Jain 1.000, from 75 % to 75 %
            service by category: Gini 0.133, Jain 0.926, from 50 % to 100 %
            service by project: nothing asked
        """
        lines = []
        for evenness, en, zh in (
            (self.load, f"load of {self.load.count} people", f"{self.load.count} 人的负荷"),
            (self.by_area, "service by area", "各片区服务"),
            (self.by_category, "service by category", "各类别服务"),
            (self.by_project, "service by project", "各项目服务"),
        ):
            share = f"{evenness.least:.0%}"[:-1], f"{evenness.most:.0%}"[:-1]
            words = said(
                f"Gini {evenness.gini:.3f}, Jain {evenness.jain:.3f}, from {share[0]} % to {share[1]} %",
                f"基尼系数 {evenness.gini:.3f}\uff0cJain 指数 {evenness.jain:.3f}\uff0c{share[0]} % 至 {share[1]} %",
                lang,
            )
            words = words if evenness.count else said("nothing asked", "无需求", lang)
            lines.append(f"{said(en, zh, lang)}{said(': ', '：', lang)}{words}")
        return "\n".join(lines)

    def to_frames(self, *, backend: Backend | None = None) -> FairnessFrames:
        """The tables as data frames. Times are seconds, shares from 0 to 1.

        Args:
            backend: the library, as for `Problem.to_frames`.

        Raises:
            ImportError: the library is not installed.
            ValueError: ``backend`` is another word.

        Example:
            >>> plan.fairness().to_frames()["people"]["volunteer"].tolist()
            ['v-gao-feng', 'v-siqin']
        """
        make = Frames(backend)
        return {
            "people": make.of(PersonLoad, self.people),
            "areas": make.of(Group, self.areas),
            "categories": make.of(Group, self.categories),
            "projects": make.of(Group, self.projects),
        }

    def to_html(self, *, lang: Lang | None = None) -> str:
        """The shares as a piece of an HTML page: load by person, service by area, category and project.

        Args:
            lang: ``en`` or ``zh``; that of `set_language` if None.

        Raises:
            ValueError: ``lang`` is another word.

        Example:
            >>> plan.fairness().to_html(lang="en")[:4]
            '<div'
        """
        report = {
            "load": {"people": self.people, "evenness": asdict(self.load)},
            "areas": {"groups": self.areas, "evenness": asdict(self.by_area)},
            "categories": {"groups": self.categories, "evenness": asdict(self.by_category)},
            "projects": {"groups": self.projects, "evenness": asdict(self.by_project)},
        }
        return _core.fairness_html(json.dumps(report), language(lang))

    def _repr_html_(self) -> str:
        return self.to_html()


def fairness(plan: Plan) -> Fairness:
    """Tells how evenly load is shared out among people, and service among areas and categories.

    Args:
        plan: the plan.

    Returns:
        A `Fairness`; shares are from 0 to 1.

    Example:
        >>> round(plan.fairness().load.gini, 3)
        0.026
    """
    return Fairness._of(_core.fairness(plan_handle(plan)))
