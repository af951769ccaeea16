"""Coverage as a piece of a page: a table for each measure, and a map of what is covered, gaps and new sites."""

from __future__ import annotations

from .._json import Document
from .ground import Box, Ground, near, unrolled
from .svg import FONT, drawing, halo, ink_on, label, line_style, tag, text, title
from .view import Point
from .words import Words

WIDTH = 960.0
HEIGHT = 520.0
_STEPS = ("#a50026", "#f46d43", "#fdae61", "#d9ef8b", "#66bd63", "#006837")
_SITE = "#1f6fb5"


def page(document: Document, map: Document, lang: str) -> str:
    """The piece of a page, in a language: ``en`` or ``zh``."""
    words = Words(lang)
    parts = [tag("div", text(document["scenario"]), style="font-size:17px;font-weight:600")]
    parts += [_table(document, layer, words) for layer in document["layers"]]
    parts.append(_map(map, words) or tag("div", text(words("no_place"))))
    parts.append(_legend(document, words))
    parts.append(_sites(document, words))
    style = f"font-family:{FONT};max-width:960px;line-height:1.45;color:inherit"
    return tag("div", *parts, lang="zh-CN" if lang == "zh" else "en", style=style)


def _colour(share: float) -> str:
    if share >= 1:
        return _STEPS[5]
    return _STEPS[1 + int(share * 4)] if share > 0 else _STEPS[0]


def _table(document: Document, layer: Document, words: Words) -> str:
    """Categories and hours down, minutes across."""
    cell = "padding:1px 10px;text-align:right"

    def row(name: str, shares: list[float | None], weight: int = 400) -> str:
        cells = [tag("td", text(name), style=f"padding:1px 10px 1px 0;text-align:left;font-weight:{weight}")]
        for share in shares:
            ground = "" if share is None else f";background:{_colour(share)};color:{ink_on(_colour(share))}"
            cells.append(tag("td", "–" if share is None else f"{share:.1%}", style=cell + ground))
        return tag("tr", *cells)

    head = [tag("th", text(words("cover_" + layer["measure"])), style="text-align:left;padding:1px 10px 1px 0")]
    head += [tag("th", text(words("minutes", m=minutes)), style=cell) for minutes in document["minutes"]]
    rows = [row(words("cover_all"), layer["shares"], 600)]
    for entry in layer["by_category"]:
        rows.append(row(words.of(entry, "name") or words("cover_none"), entry["shares"]))
    hours = [row(entry["hour"], entry["shares"]) for entry in layer["by_hour"]]
    style = "font-size:12px;border-collapse:collapse;margin:6px 24px 6px 0;display:inline-table;vertical-align:top"
    return tag(
        "div",
        tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), style=style),
        tag("table", tag("tbody", *hours), style=style),
    )


def _map(map: Document, words: Words) -> str | None:
    features = [feature for feature in map["features"] if feature["geometry"] is not None]
    corners = [point for feature in features for point in _points(feature)]
    if not corners:
        return None
    meridian = unrolled(corners)
    ground = Ground(Box.around([near(point, meridian) for point in corners]), WIDTH, HEIGHT)

    def pixel(point: Point) -> tuple[float, float]:
        return ground.pixel(near(point, meridian))

    strips: dict[str, list[str]] = {}
    dots, marks = [], []
    for feature in features:
        properties = feature["properties"]
        kind = properties["kind"]
        if kind == "area":
            ring = [pixel((lon, lat)) for lon, lat in feature["geometry"]["coordinates"][0]]
            path = "".join(f"{'M' if n == 0 else 'L'}{x:.1f} {y:.1f}" for n, (x, y) in enumerate(ring[:-1]))
            strips.setdefault(properties["fill"], []).append(path + "z")
            continue
        x, y = pixel(_points(feature)[0])
        if kind in ("need", "residents"):
            living = words("cover_living", n=properties.get("residents"))
            name = properties.get("name") or properties.get("need") or living
            share = properties["covered"]
            told = title(f"{name}: {share:.0%}")
            radius = 3.2 if kind == "need" else 2.0 + min(properties["residents"], 100_000) ** 0.5 / 25
            dots.append(tag("circle", told, cx=x, cy=y, r=radius, fill=_colour(share), fill_opacity=0.85))
        elif kind == "gap":
            told = title(words("cover_gap", n=properties["rank"], near=properties["near"] or ""))
            circle = tag("circle", told, cx=x, cy=y, r=8, fill="none", stroke=_STEPS[0], stroke_width=1.8)
            marks.append(circle + halo(label(x + 10, y + 4, str(properties["rank"]), 11)))
        elif kind == "site":
            name = properties["name"] or ""
            star = tag("path", title(name), d=_star(x, y), fill=_SITE, stroke="#fff", stroke_width=0.8)
            marks.append(star + halo(label(x + 10, y - 4, f"{properties['rank']} {name}".strip(), 11)))
    land = [
        tag("path", d="".join(paths), fill=colour, fill_opacity=0.55, stroke="none")
        for colour, paths in sorted(strips.items())
    ]
    length, name = ground.bar()
    line = f"M20 {HEIGHT - 16}h{length:.1f}"
    bar = tag("path", d=line, style=line_style("currentColor"), stroke_width=2, fill="none")
    scale = bar + halo(label(24 + length, HEIGHT - 12, name, 11))
    return drawing(WIDTH, HEIGHT, words("cover_map"), *land, *dots, *marks, scale)


def _points(feature: Document) -> list[Point]:
    coordinates = feature["geometry"]["coordinates"]
    if feature["geometry"]["type"] == "Point":
        return [(coordinates[0], coordinates[1])]
    return [(lon, lat) for lon, lat in coordinates[0]]


def _star(x: float, y: float) -> str:
    right = [(2.6, -3), (9, -2.8), (4, 1.6), (5.6, 8)]
    corners = [(0, -9), *right, (0, 4.4), *((-dx, dy) for dx, dy in reversed(right))]
    return "M" + "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners) + "z"


def _legend(document: Document, words: Words) -> str:
    names = ["0 %", "< 25 %", "25–50 %", "50–75 %", "75–99 %", "100 %"]
    entries = [tag("span", text(words("cover_within", m=document["within"])), style="margin-right:12px")]
    for colour, name in zip(_STEPS, names, strict=True):
        chip = f"display:inline-block;width:10px;height:10px;background:{colour};margin:0 4px 0 0"
        space = "margin-right:12px;white-space:nowrap"
        entries.append(tag("span", tag("span", "", style=chip), text(name), style=space))
    return tag("div", *entries, style="font-size:12px;margin:6px 0 12px")


def _sites(document: Document, words: Words) -> str:
    placed = document.get("placement")
    if placed is None:
        return ""
    cell = "text-align:left;padding:2px 14px 2px 0"
    rows = []
    for rank, site in enumerate(placed["sites"], 1):
        name = site["name"] or f"{site['lon']:.4f}, {site['lat']:.4f}"
        values = [str(rank), name, f"{site['covered']:.2%}", f"+{site['gain']:.2%}"]
        rows.append(tag("tr", *(tag("td", text(value), style=cell) for value in values)))
    before, after, bound = (placed[key] or 0.0 for key in ("before", "after", "bound"))
    told = words("cover_proven") if placed["proven"] else words("cover_bound", share=f"{bound:.2%}")
    line = words("cover_placed", before=f"{before:.2%}", after=f"{after:.2%}", m=placed["minutes"]) + " " + told
    table = tag("table", tag("tbody", *rows), style="font-size:12px;border-collapse:collapse;margin:4px 0")
    return tag("div", text(line), style="font-size:12px;opacity:.8;margin:4px 0") + table
