"""The timeline: a row for each route, hours from left to right."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import ceil, floor

from .svg import PAPER, drawing, ink_on, label, line_style, shortened, tag, title, width_of
from .view import Call, Row, Stop, View

WIDTH = 960.0
LEFT = 172.0
"""Where the hours begin; names stand to the left."""
RIGHT = 938.0
"""Where they end."""
ROW = 25.0
BLOCK = 14.0
"""Height of a service."""
HEAD = 22.0
FOOT = 16.0
LONG = 16
"""Days with more rows than this tell their hours beneath, too."""
HOUR = 3600.0


def draw(view: View) -> str | None:
    """The timeline, or nothing where nobody is sent out."""
    if not view.rows:
        return None
    return _Timeline(view).draw()


class _Timeline:
    def __init__(self, view: View) -> None:
        self.view = view
        self.days: dict[date, list[Row]] = {}
        for row in view.rows:
            self.days.setdefault(row.departure.date(), []).append(row)
        self.days = dict(sorted(self.days.items()))
        moments = [
            (moment - _midnight(row)).total_seconds()
            for row in view.rows
            for moment in (row.departure, row.finish, *(step.end for step in row.steps))
        ]
        self.first = floor(min(moments) / HOUR) * HOUR
        self.last = max(ceil(max(moments) / HOUR) * HOUR, self.first + HOUR)

    def x(self, row: Row, moment: datetime) -> float:
        """Where a moment lies, kept between the ends of the axis."""
        seconds = (moment - _midnight(row)).total_seconds()
        seconds = min(max(seconds, self.first), self.last)
        return LEFT + (RIGHT - LEFT) * (seconds - self.first) / (self.last - self.first)

    def draw(self) -> str:
        parts = []
        y = 0.0
        for day, rows in self.days.items():
            parts.append(self._axis(day, y, HEAD + ROW * len(rows)))
            y += HEAD
            for row in rows:
                parts.append(self._row(row, y))
                y += ROW
            if len(rows) > LONG:
                parts.append("".join(self._hours(y + 9)))
                y += FOOT
            y += 8
        return drawing(WIDTH, y, self.view.words("timeline"), *parts)

    def _axis(self, day: date, y: float, height: float) -> str:
        lines = "".join(f"M{x:.1f} {y + 18:.1f}v{height - 18:.1f}" for _, x in self._marks())
        path = tag("path", d=lines, stroke="currentColor", stroke_opacity=0.14, fill="none")
        return path + label(0, y + 14, day.isoformat(), 12, font_weight="bold") + "".join(self._hours(y + 13))

    def _marks(self) -> list[tuple[int, float]]:
        """Full hours, not too many, and where they lie."""
        hours = (self.last - self.first) / HOUR
        step = next((step for step in (1, 2, 3, 6, 12, 24) if hours / step <= 16), ceil(hours / 16))
        marks = range(round(self.first / HOUR), round(self.last / HOUR) + 1, step)
        width = (RIGHT - LEFT) / (self.last - self.first)
        return [(hour, LEFT + width * (hour * HOUR - self.first)) for hour in marks]

    def _hours(self, y: float) -> list[str]:
        return [
            label(x, y, f"{hour % 24:02}:00", 10.5, text_anchor="middle", fill_opacity=0.75)
            for hour, x in self._marks()
        ]

    def _row(self, row: Row, y: float) -> str:
        middle = y + ROW / 2 - 1.5
        parts = [self._name(row, middle)]
        begin, end = self.x(row, row.shift[0]), self.x(row, row.shift[1])
        if end > begin:
            shift = self._bar(begin, end, y + 2, ROW - 4, title(self._span("shift", *row.shift)))
            parts.append(tag("g", shift, fill="currentColor", fill_opacity=0.07))
        ways = "".join(self._way(row, step, middle) for step in row.steps)
        # On the way back since the last service or call, unless the route ends with it.
        back = row.steps[-1].end if row.steps else row.departure
        ways += f"M{self.x(row, back):.1f} {middle:.1f}H{self.x(row, row.finish):.1f}"
        line = tag("path", title(row.about), d=ways, stroke_width=2.2, stroke=row.colour, style=line_style(row.colour))
        parts.append(tag("g", line, fill="none"))
        parts += [self._windows(row, stop, y + ROW - 4) for stop in row.stops]
        parts += [self._break(row, start, end, middle) for start, end in row.breaks]
        parts += [self._call(row, call, middle) for call in row.calls]
        parts += [self._service(row, stop, middle) for stop in row.stops]
        return "".join(parts)

    def _name(self, row: Row, middle: float) -> str:
        chip = tag("rect", x=0, y=middle - 5, width=4, height=10, rx=1, fill=row.colour)
        who = shortened(row.who, 12, LEFT - 20)
        used = width_of(who, 12) + 16
        team = shortened(row.team, 10, LEFT - used - 12)
        parts = [chip, label(9, middle + 4, who, 12)]
        if team:
            parts.append(label(used, middle + 4, team, 10, fill_opacity=0.6))
        return tag("g", title(row.about), *parts)

    def _way(self, row: Row, stop: Stop | Call, middle: float) -> str:
        left = stop.arrival - timedelta(seconds=stop.travel_s)
        for start, end in sorted(row.breaks, reverse=True):
            if start < stop.arrival and end > left:
                left -= end - start  # the way pauses for it
        return f"M{self.x(row, left):.1f} {middle:.1f}H{self.x(row, stop.arrival):.1f}"

    def _service(self, row: Row, stop: Stop, middle: float) -> str:
        begin, end = self.x(row, stop.start), self.x(row, stop.end)
        hue = stop.need.colour
        shape = self._bar(begin, end, middle - BLOCK / 2, BLOCK, title(stop.about))
        outline = "#e5484d" if stop.late_s > 0 else PAPER
        block = tag("g", shape, fill=hue, style=f"stroke:{outline}", stroke_width=1.8 if stop.late_s > 0 else 0.8)
        words = shortened(stop.need.name, 9.5, end - begin - 5)
        if len(words) < min(len(stop.need.name), 3):
            return block
        return block + label(begin + 3, middle + 3.5, words, 9.5, fill=ink_on(hue), pointer_events="none")

    def _call(self, row: Row, call: Call, middle: float) -> str:
        begin, end = self.x(row, call.start), self.x(row, call.end)
        shape = self._bar(begin, end, middle - BLOCK / 2 + 1, BLOCK - 2, title(call.about))
        return tag("g", shape, style=f"fill:{PAPER}", stroke="currentColor", stroke_width=1.5)

    def _windows(self, row: Row, stop: Stop, y: float) -> str:
        """When the service may start, beneath it; only the window in which it does."""
        chosen = [window for window in stop.windows if window[0] <= stop.start <= window[1]] or stop.windows[:1]
        if not chosen:
            return ""
        begin, end = (self.x(row, moment) for moment in chosen[0])
        path = f"M{begin:.1f} {y - 1.5:.1f}v3m0 -1.5H{max(end, begin + 1):.1f}m0 -1.5v3"
        words = title(self._span("window", *chosen[0], name=stop.need.name))
        line = tag(
            "path", words, d=path, stroke=stop.need.colour, stroke_opacity=0.7, style=line_style(stop.need.colour)
        )
        return tag("g", line, fill="none")

    def _break(self, row: Row, start: datetime, end: datetime, middle: float) -> str:
        begin, stop = self.x(row, start), self.x(row, end)
        shape = self._bar(begin, stop, middle - BLOCK / 2 + 1, BLOCK - 2, title(self._span("break", start, end)))
        style = f"fill:{PAPER}"
        box = tag("g", shape, style=style, stroke="currentColor", stroke_opacity=0.55, stroke_dasharray="2.5 2")
        words = self.view.words("break")
        if width_of(words, 9) > stop - begin - 4:
            return box
        name = label((begin + stop) / 2, middle + 3.2, words, 9, text_anchor="middle", fill_opacity=0.7)
        return box + name

    def _bar(self, begin: float, end: float, y: float, height: float, inner: str) -> str:
        return tag("rect", inner, x=begin, y=y, width=max(end - begin, 1.5), height=height, rx=2)

    def _span(self, key: str, start: datetime, end: datetime, name: str = "") -> str:
        words = f"{start:%H:%M}–{end:%H:%M}"
        if key == "window":
            return f"{name}\n{self.view.words(key, words=words)}"
        return f"{self.view.words(key)} {words}"


def _midnight(row: Row) -> datetime:
    return row.departure.replace(hour=0, minute=0, second=0)
