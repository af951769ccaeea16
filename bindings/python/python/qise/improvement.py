"""What would help: the cheapest changes that let a need be served, and what would raise the whole plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from . import _frames

if TYPE_CHECKING:
    from ._core import Plan
    from ._plain import Document


@dataclass(frozen=True)
class Remedy:
    """Changes that let a need be served, tried out by a solve."""

    need: str
    """Id of the need."""
    changes: list[dict[str, Any]]
    """The changes, each with its kind (window, radius, newcomer, stock), its measures, and text and text_zh; none where the need
    can be served as it is."""
    cost_min: int
    """What they cost, in minutes of somebody's time: see the docs of `Prices` in the Rust crate."""
    gain: int
    """How much more priority is served."""
    levels: list[int]
    """By how much each level of the objective grows."""
    pays: bool
    """Whether the plan with it is no worse by the objective: where it does not pay, no search serves the need."""
    plan: Plan = field(repr=False)
    """A plan that serves the need, for the problem with these changes: `plan.problem`."""

    @property
    def text(self) -> str:
        """The changes in words."""
        return "; ".join(change["text"] for change in self.changes) or "nothing has to change: it can be served as it is"

    @property
    def text_zh(self) -> str:
        """The changes in Chinese words."""
        return ";".join(change["text_zh"] for change in self.changes) or "无需改变:照现状即可满足"


@dataclass(frozen=True)
class Proof:
    """Why no changes within the extents help, all of them together."""

    role: int
    """The role that nobody could fill, counted from 0."""
    rules: list[str]
    """The fewest rules that together exclude everybody, or all but too few."""
    left: int
    """People who would be left for it."""


@dataclass(frozen=True)
class Remedies:
    """What would help one need."""

    need: str
    """Id of the need."""
    status: Literal["helped", "nothing", "proven", "untried"]
    """``helped``: something was tried out and helps. ``nothing``: all within the extents was looked at, and nothing was found.
    ``proven``: nothing within the extents helps. ``untried``: the time was spent before all was tried."""
    remedies: list[Remedy]
    """What was found and tried out, the most gain for its cost first."""
    proof: Proof | None
    """The proof that nothing within the extents helps, where there is one."""


@dataclass(frozen=True)
class Worth:
    """A change for the whole plan."""

    lever: str
    """Of which sort it is: join, sooner, later, radius, skill."""
    change: dict[str, Any]
    """The change, with its kind, its measures, and text and text_zh."""
    alike: int
    """How many others are worth as much for the same change."""
    shadow_price: float
    """The priority that it could win at the prices of the bound."""
    cost_min: int
    """What it costs, in minutes of somebody's time."""
    gain: int
    """How much more priority is served, as a solve confirmed."""
    plan: Plan = field(repr=False)
    """The plan with it, for the problem with it: `plan.problem`."""


@dataclass(frozen=True)
class Improvement:
    """What would help."""

    needs: list[Remedies]
    """What would help each need."""
    plan: list[Worth] | None
    """What would raise the whole plan, the most gain for its cost first; nothing where one need was asked about, or where there are
    too many needs and people for shadow prices."""

    def to_frame(self) -> Any:
        """A pandas frame of all remedies, one a row."""
        rows = [
            {"need": remedy.need, "gain": remedy.gain, "cost_min": remedy.cost_min, "text": remedy.text, "text_zh": remedy.text_zh}
            for need in self.needs
            for remedy in need.remedies
        ]
        return _frames.pandas().DataFrame(rows, columns=["need", "gain", "cost_min", "text", "text_zh"])

    def to_html(self, *, lang: Literal["en", "zh"] = "en") -> str:
        """What would help as a piece of a page: for each change a bar of what it costs, with what it wins."""
        from ._html import improvement

        return improvement.draw(self, lang)

    def _repr_html_(self) -> str:
        return self.to_html()

    def worth_frame(self) -> Any:
        """A pandas frame of what would raise the whole plan, one change a row."""
        columns = ["lever", "gain", "shadow_price", "cost_min", "alike", "text", "text_zh"]
        rows = [
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
        return _frames.pandas().DataFrame(rows, columns=columns)

    @classmethod
    def _of(cls, needs: list[Document], plans: list[Plan], whole: list[Document] | None, whole_plans: list[Plan]) -> Improvement:
        left = iter(plans)

        def of_need(found: Document) -> Remedies:
            proof = found["proof"]
            return Remedies(
                need=found["need"],
                status=found["status"],
                remedies=[Remedy(need=found["need"], plan=next(left), **remedy) for remedy in found["remedies"]],
                proof=None if proof is None else Proof(**proof),
            )

        worths = None if whole is None else [Worth(plan=plan, **found) for found, plan in zip(whole, whole_plans, strict=True)]
        return cls(needs=[of_need(found) for found in needs], plan=worths)
