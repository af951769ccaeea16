"""How evenly load and service are shared out, and what more fairness costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from ._core import Plan
    from ._plain import Document


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
    """Gini's coefficient: 0 where all are alike, towards 1 where one has everything."""
    jain: float
    """Jain's index: 1 where all are alike, 1/n where one has everything."""


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
    """Id of the area or category; nothing for needs that have none."""
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
    """How much is handed to others."""
    share_served: float | None
    """Served over asked."""
    priority: int
    """The priority of what is asked for."""
    priority_served: int
    """The priority of what is not left."""
    share_of_priority: float | None
    """The one over the other."""
    mean_wait_s: int | None
    """From the moment when a served need could first start until it starts, in seconds, on average."""
    longest_wait_s: int
    """The longest of these times."""


@dataclass(frozen=True)
class Fairness:
    """How evenly a plan shares out load among people, and service among areas and categories."""

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

    @classmethod
    def _of(cls, report: Document) -> Fairness:
        """From the report of the engine."""
        load, areas, categories = report["load"], report["areas"], report["categories"]
        return cls(
            people=load["people"],
            load=Evenness(**load["evenness"]),
            least_used=load["least_used"],
            most_used=load["most_used"],
            areas=areas["groups"],
            by_area=Evenness(**areas["evenness"]),
            categories=categories["groups"],
            by_category=Evenness(**categories["evenness"]),
        )

    def to_frames(self) -> dict[str, Any]:
        """The tables as pandas frames: people, areas, categories. Raises ImportError without pandas."""
        from ._frames import pandas

        pd = pandas()
        return {
            "people": pd.DataFrame(self.people, columns=list(PersonLoad.__annotations__)),
            "areas": pd.DataFrame(self.areas, columns=list(Group.__annotations__)),
            "categories": pd.DataFrame(self.categories, columns=list(Group.__annotations__)),
        }

    def to_html(self, *, lang: Literal["en", "zh"] = "en") -> str:
        """The shares as a piece of a page: everybody's load in order, service by area and by category."""
        from ._html import shares

        return shares.draw(self, lang)

    def _repr_html_(self) -> str:
        return self.to_html()


@dataclass(frozen=True)
class FrontierPoint:
    """A plan found at one weight."""

    weight: int
    """The weight of the term."""
    mark: str
    """``efficient``: no other is better in one respect and as good in the other. ``repeated``: another that stands before
    it is just as good in both. ``dominated``: another is better in one, and as good in the other or better."""
    valid: bool
    """Whether the plan breaks no rule."""
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


@dataclass(frozen=True)
class Frontier:
    """Efficiency against fairness: one plan for each weight, the most efficient first."""

    term: str
    """The term that measures unfairness."""
    points: list[FrontierPoint]
    """The points; along those that are efficient the term falls strictly."""

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

    def to_frame(self) -> Any:
        """The points as a pandas frame. Raises ImportError without pandas."""
        from ._frames import pandas

        pd = pandas()
        columns = ["weight", "mark", "valid", "served", "efficiency", "unfairness"]
        evenness = [name for name in Evenness.__annotations__ if name != "count"]
        rows = [
            {
                **{name: getattr(point, name) for name in columns},
                **{name: getattr(point.load, name) for name in evenness},
                **{name: point.plan.figures[name] for name in ("travel_s", "work_s", "distance_m")},
            }
            for point in self.points
        ]
        return pd.DataFrame(rows, columns=[*columns, *evenness, "travel_s", "work_s", "distance_m"])

    def to_html(self, *, lang: Literal["en", "zh"] = "en") -> str:
        """The points as a piece of a page: a picture of efficiency against the term."""
        from ._html import frontier

        return frontier.draw(self, lang)

    def _repr_html_(self) -> str:
        return self.to_html()
