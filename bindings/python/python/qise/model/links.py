"""How needs hang together, with each other and with people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .book import Book, given
from .clock import moment
from .mistakes import Mistakes, wrong
from .says import Reads, each, flag, ref, whole, word
from .shapes import Shape, offset, price
from .telling import told
from .things import Need, Team, Volunteer
from .words import PAIR_RULES, Moment, PairRule, Seconds

_need = ref(Need)
_days = whole(-1_000_000, 1_000_000)
_LINK = Shape(
    {"from": _need, "to": _need},
    {"min_s": offset, "max_s": offset, "price": price, "min_days": _days, "max_days": _days, "whole_weeks": flag},
    {"first": ("from", _need), "second": ("to", _need)},
)


class Links(Book):
    """What a model says of several needs together."""

    def _link(self, rule: str, said: Mapping[str, Any]) -> None:
        fields, words = _LINK.filled(self, said)
        if fields["from"] == fields["to"]:
            found = wrong("contradiction", fields["to"], ("another need than the first", "与第一项不同的需求"))
            raise Mistakes(found.under("second"))
        low, high = ("min_days", "max_days") if rule == "days_apart" else ("min_s", "max_s")
        if low in fields and high in fields and fields[low] > fields[high]:
            found = wrong("contradiction", said[high], (f"no less than {low}", f"不小于 {low}"))
            raise Mistakes(found.under(high))
        label = f"{rule}('{fields['from']}', '{fields['to']}')"
        self._append("links", {**fields, "rule": rule}, (label, label), words)

    @told
    def after(self, first: str, second: str, *, min_s: Seconds | None = None, max_s: Seconds | None = None) -> None:
        """The second is served only if the first is, and starts after its end.

        Args:
            first: the need that comes first.
            second: the need that follows.
            min_s: no sooner than so long after the end: seconds, or a duration such as ``"1 h"``.
            max_s: no later.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.after(water, talk, min_s="30 min")
        """
        self._link("after", given(locals()))

    @told
    def same_person(self, first: str, second: str, *, price: int | None = None) -> None:
        """Whoever serves the second serves the first, too.

        Args:
            first: a need.
            second: another.
            price: what it costs if not; it may not be if missing.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.same_person(water, talk, price=300)
        """
        self._link("same_person", given(locals()))

    @told
    def different_person(self, first: str, second: str) -> None:
        """Nobody serves both.

        Args:
            first: a need.
            second: another.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.different_person(water, talk)
        """
        self._link("different_person", given(locals()))

    @told
    def same_day(self, first: str, second: str) -> None:
        """Both are served on one day.

        Args:
            first: a need.
            second: another.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.same_day(water, talk)
        """
        self._link("same_day", given(locals()))

    @told
    def days_apart(
        self,
        first: str,
        second: str,
        *,
        max_days: int,
        min_days: int | None = None,
        whole_weeks: bool | None = None,
    ) -> None:
        """So many days of the calendar lie between both.

        Args:
            first: the need that comes first.
            second: the need that follows.
            max_days: no more days.
            min_days: no fewer; 0 if missing.
            whole_weeks: whether both are on one weekday.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.days_apart(water, talk, min_days=0, max_days=2)
        """
        self._link("days_apart", given(locals()))

    @told
    def together(self, first: str, second: str) -> None:
        """Both are served, or none.

        Args:
            first: a need.
            second: another.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.together(water, talk)
        """
        self._link("together", given(locals()))

    @told
    def choice(self, needs: Sequence[str]) -> None:
        """Ways to do one thing: at most one of these needs is served.

        Args:
            needs: two needs or more.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.choice([water, talk])
        """
        entry = {"needs": self._read("needs", each(_need), needs)}
        label = f"choice({', '.join(repr(str(need)) for need in entry['needs'])})"
        self._append("choices", entry, (label, label))

    @told
    def pair(self, need: str, who: str, *, rule: PairRule, price: int | None = None) -> None:
        """Somebody who must not, should rather, or should rather not serve a need.

        The same as ``never`` and ``prefers`` of the need, said from outside.

        Args:
            need: the need.
            who: a volunteer or a team.
            rule: ``"forbidden"``, ``"preferred"`` or ``"avoided"``.
            price: the price of breaking it; not with ``"forbidden"``.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.pair(water, bat, rule="preferred", price=300)
        """
        entry: dict[str, Any] = {"need": self._read("need", _need, need)}
        entry["rule"] = self._read("rule", word(PAIR_RULES), rule)
        key = self._read("who", ref(Volunteer, Team), who)
        is_team = isinstance(who, Team) or not self._knows(Volunteer, key)
        entry["team" if is_team else "volunteer"] = key
        if (price is None) != (rule == "forbidden"):
            expected = ("no price where it is forbidden", "禁止时无代价") if price is not None else ("a price", "代价")
            raise Mistakes(wrong("conflict", price, expected).under("price"))
        if price is not None:
            entry["price"] = self._read("price", whole(0, 4_294_967_295), price)
        label = f"pair('{entry['need']}', '{key}')"
        self._append("pairs", entry, (label, label), {"volunteer": "who", "team": "who"})

    @told
    def makespan(self, needs: Sequence[str], *, since: Moment, weight: int | None = None) -> None:
        """A group of needs of which it counts when the last is done, for the term ``makespan``.

        Args:
            needs: the needs.
            since: from when on time is counted: ``from`` of the document.
            weight: how much a second counts; 1 if missing.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.makespan([water, talk], since="8:00")
        """
        entry: dict[str, Any] = {"needs": self._read("needs", each(_need), needs)}
        entry["from"] = self._read("since", moment, since)
        if weight is not None:
            entry["weight"] = self._read("weight", whole(1, 1_000_000_000), weight)
        self._append("makespans", entry, ("makespan", "makespan"), {"from": "since"})

    def _read(self, name: str, reader: Reads, value: object) -> Any:
        """The value of an argument."""
        try:
            return reader(self, value)
        except Mistakes as found:
            raise Mistakes(found.under(name)) from None
