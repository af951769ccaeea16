"""Shares as bars: everybody's load in order, and service by area and by category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .axis import Axis, grid
from .svg import FONT, drawing, label, shortened, tag, text, title
from .words import Words

if TYPE_CHECKING:
    from ..fairness import Evenness, Fairness, Group

_BLUE = "#1f6fb5"
_WIDTH = 760.0
_FRAME = (60.0, 36.0, 740.0, 230.0)
_MOST_BARS = 400
_MOST_GROUPS = 40
_LINE = 20.0


def draw(fairness: Fairness, lang: str) -> str:
    """The piece of a page, in a language: ``en`` or ``zh``."""
    words = Words(lang)
    parts = [_people(fairness, words), _note(words, fairness.load)]
    for key, groups, evenness in (
        ("by_area", fairness.areas, fairness.by_area),
        ("by_category", fairness.categories, fairness.by_category),
    ):
        if groups:
            parts += [_head(words(key)), _groups(groups, words, words(key)), _note(words, evenness)]
    style = f"font-family:{FONT};max-width:{_WIDTH:.0f}px;line-height:1.45;color:inherit"
    return tag("div", *parts, lang="zh-CN" if lang == "zh" else "en", style=style)


def _people(fairness: Fairness, words: Words) -> str:
    """A bar for each person, the least used first; of very many people one in so many."""
    people = sorted(fairness.people, key=lambda person: person["share"])
    if len(people) > _MOST_BARS:
        people = [people[k * (len(people) - 1) // (_MOST_BARS - 1)] for k in range(_MOST_BARS)]
    left, top, right, bottom = _FRAME
    y = Axis([person["share"] * 100 for person in people], bottom, top, zero=True)
    x = Axis([0, max(len(people), 1)], left, right, zero=True)
    bars = []
    for number, person in enumerate(people):
        hint = f"{person['name'] or person['volunteer']}: {person['share']:.1%}"
        height = bottom - y(person["share"] * 100)
        width = max((x(number + 1) - x(number)) * 0.8, 0.5)
        at = {"x": x(number), "y": bottom - height, "width": width, "height": height}
        bars.append(tag("rect", title(hint), fill=_BLUE, **at))
    drawn = grid(x, y, _FRAME, words("people_in_order"), words("share_worked"))
    return drawing(_WIDTH, bottom + 44, words("share_worked"), drawn, *bars)


def _groups(groups: list[Group], words: Words, name: str) -> str:
    lines = []
    for number, group in enumerate(groups[:_MOST_GROUPS]):
        y = number * _LINE
        share = group["share_served"]
        called = group["name_zh"] if words.lang == "zh" else group["name"]
        lines.append(label(190, y + 14, shortened(called, 12, 185), 12, text_anchor="end"))
        figures = f"{group['served']} / {group['asked']}"
        if share is not None:
            lines.append(tag("rect", title(called), x=198, y=y + 3, width=400 * share, height=_LINE - 6, fill=_BLUE))
            figures += f" · {share:.0%}"
        wait = group["mean_wait_s"]
        if wait is not None:
            figures += f" · {words('mean_wait', time=words.hours(wait))}"
        lines.append(label(204 + 400 * (share or 0), y + 14, figures, 11))
    return drawing(_WIDTH, min(len(groups), _MOST_GROUPS) * _LINE + 4, name, *lines)


def _head(words: str) -> str:
    return tag("div", text(words), style="font-size:14px;font-weight:600;margin-top:8px")


def _note(words: Words, evenness: Evenness) -> str:
    figures = words(
        "evenness",
        least=f"{evenness.least:.1%}",
        most=f"{evenness.most:.1%}",
        gini=f"{evenness.gini:.3f}",
        jain=f"{evenness.jain:.3f}",
    )
    return tag("div", text(figures), style="font-size:12px;opacity:.8;margin:4px 0")
