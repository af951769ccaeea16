"""A plan as a piece of a page: key figures, a map, a timeline, and who is left and why.

No network, no script, no identifiers that could meet those of another piece. It is well-formed XML, and takes the
colours of letters and ground from the page around it.
"""

from __future__ import annotations

from .._json import Document
from . import map, timeline
from .svg import FONT, PLAIN, tag, text
from .view import View, gather
from .words import Words

MOST_UNSERVED = 60


def page(problem: Document, plan: Document, categories: list[Document], lang: str) -> str:
    """The piece of a page, in a language: ``en`` or ``zh``."""
    words = Words(lang)
    view = gather(problem, plan, categories, words)
    parts = [_head(view, problem, plan)]
    parts.append(map.draw(view) or _note(words("no_place")))
    parts.append(_legend(view))
    parts.append(timeline.draw(view) or _note(words("nobody")))
    parts += [_note(note) for note in _cuts(view, problem)]
    parts.append(_unserved(view, plan))
    style = f"font-family:{FONT};max-width:960px;line-height:1.45;color:inherit"
    return tag("div", *parts, lang="zh-CN" if lang == "zh" else "en", style=style)


def _head(view: View, problem: Document, plan: Document) -> str:
    words, terms = view.words, plan["score"]["terms"]
    needs = _asked(problem)
    figures = [
        words("served", n=needs - len(plan["unserved"]), all=needs),
        words("routes", n=view.all_routes),
        words("people", n=terms["people"]),
        words("road", km=f"{terms['distance'] / 1000:,.0f}", time=words.hours(terms["travel_time"])),
    ]
    name = tag("div", text(view.name), style="font-size:17px;font-weight:600")
    line = tag("div", text(" · ".join(figures)), style="font-size:13px;opacity:.8;margin-bottom:8px")
    return name + line


def _asked(problem: Document) -> int:
    """How many needs there are; the ways to do one thing count once."""
    return len(problem["needs"]) - sum(len(choice["needs"]) - 1 for choice in problem.get("choices", []))


def _legend(view: View) -> str:
    words = view.words

    def entry(picture: str, name: str) -> str:
        drawn = tag("svg", picture, width=16, height=12, viewBox="0 0 16 12", style="vertical-align:-1px")
        space = "display:inline-block;margin:0 12px 2px 0;white-space:nowrap"
        return tag("span", drawn, f" {text(name)}", style=space)

    ink = {"fill": "none", "stroke": "currentColor"}
    entries = [entry(tag("circle", cx=8, cy=6, r=5, fill=hue), name) for hue, name in view.legend]
    if any(need.colour == PLAIN for need in [*view.served, *view.unserved]):
        entries.append(entry(tag("circle", cx=8, cy=6, r=5, fill=PLAIN), words("legend_need")))
    if view.elsewhere:
        pale = tag("circle", cx=8, cy=6, r=5, fill="currentColor", fill_opacity=0.45)
        entries.append(entry(pale, words("legend_elsewhere")))
    entries += [
        entry(tag("path", d="M4 2l8 8m0 -8l-8 8", stroke_width=2.2, **ink), words("legend_unserved")),
        entry(tag("circle", cx=8, cy=6, r=3, stroke_width=1.4, **ink), words("legend_home")),
        entry(tag("rect", x=4, y=2, width=8, height=8, stroke_width=1.5, **ink), words("legend_base")),
        entry(tag("path", d="M1 6h14", stroke_width=2.2, **ink), words("legend_way")),
        entry(tag("rect", x=1, y=1, width=14, height=10, rx=2, fill="currentColor"), words("legend_service")),
        entry(tag("path", d="M1 4v4m0 -2h14m0 -2v4", **ink), words("legend_window")),
    ]
    if view.depots or any(row.calls for row in view.rows):
        roof = tag("path", d="M3 11v-5l5 -4l5 4v5z", stroke_width=1.4, **ink)
        entries.append(entry(roof, words("legend_depot")))
    if any(row.breaks for row in view.rows):
        entries.append(
            entry(tag("rect", x=1, y=1, width=14, height=10, stroke_dasharray="2.5 2", **ink), words("break"))
        )
    if any(stop.late_s > 0 for row in view.rows for stop in row.stops):
        late = tag("rect", x=1, y=1, width=14, height=10, rx=2, fill="none", stroke="#e5484d", stroke_width=1.8)
        entries.append(entry(late, words("legend_late")))
    return tag("div", *entries, style="font-size:12px;margin:6px 0 12px")


def _cuts(view: View, problem: Document) -> list[str]:
    """What the pictures do not show."""
    notes = []
    if view.all_routes > len(view.rows):
        notes.append(view.words("cut_routes", shown=len(view.rows), all=view.all_routes))
    everything, drawn = _asked(problem), len(view.served) + len(view.elsewhere) + len(view.unserved)
    if drawn < everything:
        notes.append(view.words("cut_needs", shown=drawn, all=everything))
    return notes


def _unserved(view: View, plan: Document) -> str:
    words, everybody = view.words, len(plan["unserved"])
    if not everybody:
        return _note(words("all_served"))
    cell = "text-align:left;vertical-align:top;padding:2px 14px 2px 0"
    rows = []
    for need, reason in zip(view.unserved[:MOST_UNSERVED], view.reasons[:MOST_UNSERVED], strict=True):
        chip = f"display:inline-block;width:9px;height:9px;border-radius:50%;background:{need.colour};margin-right:6px"
        name = tag("td", tag("span", "", style=chip), text(need.name), style=f"{cell};white-space:nowrap")
        rows.append(tag("tr", name, tag("td", text(reason), style=cell)))
    table = tag("table", tag("tbody", *rows), style="font-size:12px;border-collapse:collapse;margin:4px 0")
    more = everybody - len(rows)
    inner = [tag("summary", text(words("unserved", n=everybody)), style="font-size:13px;cursor:pointer"), table]
    if more:
        inner.append(_note(words("cut_unserved", n=more)))
    return tag("details", *inner)


def _note(words: str) -> str:
    return tag("div", text(words), style="font-size:12px;opacity:.8;margin:4px 0")
