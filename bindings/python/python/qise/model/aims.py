"""What makes a plan good, and the plan that people were told already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import InvalidDocument
from ..plan import Plan
from ..problem import Problem
from .book import Book
from .dicts import AssignmentDict, Level
from .lengths import length
from .mistakes import Mistakes, wrong
from .says import each, whole, word
from .shapes import ASSIGNMENT, Shape
from .shapes import price as a_price
from .telling import told
from .words import TERMS, Length, Moment

_TERM = Shape({"term": word(TERMS)}, {"weight": whole(1, 1_000_000_000)})


class Aims(Book):
    """What a model says of plans."""

    @told
    def objective(self, levels: Sequence[Level]) -> None:
        """What makes a plan good: levels of weighted terms, each before all that follow.

        Without it a plan serves mandatory needs, then priorities, then keeps promises, then costs.

        Args:
            levels: each a term, a list of terms and ``(term, weight)``, or ``{term: weight}``.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.objective(["unserved_priority", {"people": 7200, "travel_time": 2}, ["distance"]])
        """
        if isinstance(levels, (str, Mapping)) or not isinstance(levels, Sequence) or not levels:
            expected = 'a list of levels, such as ["unserved_priority", ["travel_time"]]'
            zh = '由各级组成的列表，例如 ["unserved_priority", ["travel_time"]]'
            raise Mistakes(wrong("bad_objective", levels, (expected, zh)).under("levels"))
        found, mistakes = [], []
        for index, level in enumerate(levels):
            try:
                found.append(_level(self, level))
            except Mistakes as wrong_here:
                mistakes += wrong_here.under(f"levels[{index}]")
        if mistakes:
            raise Mistakes(mistakes)
        self._set("objective", found, "objective")

    @told
    def outsourcing(self, price: int) -> None:
        """What may be spent on needs that are handed to others.

        Args:
            price: the budget; each need states its own price as ``outsource``.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.outsourcing(100)
        """
        try:
            self._set("outsourcing", a_price(self, price), "outsourcing")
        except Mistakes as found:
            raise Mistakes(found.under("price")) from None

    @told
    def previous(
        self,
        plan: Plan | Sequence[AssignmentDict | tuple[str, str, Moment]],
        *,
        reassign_price: int | None = None,
        retime_price: int | None = None,
        tolerance: Length | None = None,
    ) -> None:
        """The plan that people were told already, and the prices of changing it.

        Args:
            plan: a `Plan`, of which visits are left out whose need or person is not in the model so
                far; or a list of ``(need, volunteer, start)``.
            reassign_price: price of another person, or of nobody; 0 if missing.
            retime_price: price of a start that moved by more than the tolerance; 0 if missing.
            tolerance: a start may move by this much for nothing.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.previous([(water, bat, "9:30")], reassign_price=3600)
        """
        said = {"reassign_price": reassign_price, "retime_price": retime_price, "tolerance": tolerance}
        fields, _ = _PRICES.filled(self, said)
        if isinstance(plan, Plan):
            self._set("previous", {"assignments": self._told_before(plan), **fields}, "previous")
            return
        try:
            assignments = each(_assignment)(self, plan)
        except Mistakes as found:
            raise Mistakes(found.under("plan")) from None
        self._set("previous", {"assignments": assignments, **fields}, "previous")

    def _told_before(self, plan: Plan) -> list[dict[str, Any]]:
        """The visits of a plan, as far as this model has needs and people of these ids."""
        document = {key: value for key, value in self._document().items() if key != "previous"}
        try:
            problem = Problem.from_json(document)
        except InvalidDocument as error:
            raise self._located(error.faults) from None
        told: list[dict[str, Any]] = problem.with_previous(plan).to_dict()["previous"]["assignments"]
        return told


_PRICES = Shape({}, {"reassign_price": a_price, "retime_price": a_price, "tolerance": length})


def _assignment(book: Book, value: Any) -> dict[str, Any]:
    if isinstance(value, (tuple, list)) and len(value) == 3:
        value = dict(zip(("need", "volunteer", "start"), value, strict=True))
    return ASSIGNMENT.read(book, value)


def _level(book: Book, level: Any) -> list[dict[str, Any]]:
    if isinstance(level, Mapping) and "term" not in level:
        level = list(level.items())
    return list(each(_term)(book, level))


def _term(book: Book, value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return _TERM.read(book, {"term": value})
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return _TERM.read(book, {"term": value[0], "weight": value[1]})
    return _TERM.read(book, value)
