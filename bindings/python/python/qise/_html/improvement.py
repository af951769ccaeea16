"""What would help as a picture: for each change a bar of what it costs, with what it wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .svg import FONT, drawing, label, shortened, tag, text, title
from .words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..improvement import Improvement

_BLUE = "#1f6fb5"
_WIDTH = 760.0
_LINE = 36.0
_BAR = 300.0
_MOST = 40

Entry = tuple[str, str, int, int]
"""A heading, the change in words, minutes of cost, priority won."""


def draw(improvement: Improvement, lang: str) -> str:
    """The piece of a page, in a language: ``en`` or ``zh``."""
    words = Words(lang)
    zh = lang == "zh"
    helped = [(need, need.remedies[0]) for need in improvement.needs if need.remedies]
    needs = [(need.need, best.text_zh if zh else best.text, best.cost_min, best.gain) for need, best in helped]
    parts = [_head(words("help_needs")), _bars(needs, words, words("help_needs"))]
    proven = [need.need for need in improvement.needs if need.proof is not None]
    if proven:
        parts.append(_note(words("help_proven", words=", ".join(proven))))
    if improvement.plan is not None:
        worths = [
            ("", worth.change["text_zh" if zh else "text"], worth.cost_min, worth.gain)
            for worth in improvement.plan
            if worth.gain > 0
        ]
        parts += [_head(words("help_plan")), _bars(worths, words, words("help_plan"))]
    style = f"font-family:{FONT};max-width:{_WIDTH:.0f}px;line-height:1.45;color:inherit"
    return tag("div", *parts, lang="zh-CN" if zh else "en", style=style)


def _bars(entries: Iterable[Entry], words: Words, name: str) -> str:
    shown = list(entries)[:_MOST]
    if not shown:
        return _note(words("help_nothing"))
    dearest = max(1, *(cost for _, _, cost, _ in shown))
    lines = []
    for number, (heading, change, cost, gain) in enumerate(shown):
        y = number * _LINE
        called = f"{heading}: {change}" if heading else change
        lines.append(label(4, y + 13, shortened(called, 12, _WIDTH - 8), 12))
        width = max(_BAR * cost / dearest, 1.0)
        lines.append(tag("rect", title(called), x=4, y=y + 18, width=width, height=10, fill=_BLUE))
        figures = words("help_figures", gain=gain, time=words.hours(cost * 60))
        lines.append(label(10 + width, y + 27, figures, 11))
    return drawing(_WIDTH, len(shown) * _LINE + 4, name, *lines)


def _head(words: str) -> str:
    return tag("div", text(words), style="font-size:14px;font-weight:600;margin-top:8px")


def _note(words: str) -> str:
    return tag("div", text(words), style="font-size:12px;opacity:.8;margin:4px 0")
