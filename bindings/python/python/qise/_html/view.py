"""What there is to draw: gathered from the two documents once, with every name, place and colour looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .._json import Document
from .._plain import amounts, duration, time
from .svg import colour
from .words import Words

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

MOST_ROUTES = 100
MOST_NEEDS = 1500
"""Needs drawn of those that no drawn route serves: so many unserved ones, and so many others."""


@dataclass(frozen=True)
class Need:
    """A need, and what became of it."""

    id: str
    name: str
    colour: str
    at: Point | None
    about: str
    """What the pointer tells."""


@dataclass(frozen=True)
class Stop:
    """A visit of a drawn route."""

    need: Need
    arrival: datetime
    start: datetime
    end: datetime
    travel_s: int
    windows: list[tuple[datetime, datetime]]
    late_s: float
    about: str


@dataclass(frozen=True)
class Call:
    """A call at a depot on a drawn route."""

    name: str
    at: Point | None
    before: int
    arrival: datetime
    start: datetime
    end: datetime
    travel_s: int
    about: str


@dataclass(frozen=True)
class Row:
    """A drawn route."""

    who: str
    team: str
    colour: str
    begin: Point | None
    finish_at: Point | None
    shift: tuple[datetime, datetime]
    departure: datetime
    finish: datetime
    stops: list[Stop]
    calls: list[Call]
    breaks: list[tuple[datetime, datetime]]
    about: str

    @property
    def steps(self) -> list[Stop | Call]:
        """Visits and calls in the order in which they are made."""
        before = sorted(self.calls, key=lambda call: call.before)
        steps: list[Stop | Call] = []
        for number, stop in enumerate(self.stops):
            while before and before[0].before <= number:
                steps.append(before.pop(0))
            steps.append(stop)
        return steps + before

    @property
    def way(self) -> list[Point]:
        """All points that the route passes and that are known."""
        stops = [step.need.at if isinstance(step, Stop) else step.at for step in self.steps]
        return [at for at in [self.begin, *stops, self.finish_at] if at is not None]


@dataclass
class View:
    """Everything the pictures show."""

    words: Words
    name: str
    rows: list[Row] = field(default_factory=list)
    all_routes: int = 0
    served: list[Need] = field(default_factory=list)
    """Served by a drawn route."""
    elsewhere: list[Need] = field(default_factory=list)
    """Served by a route that is not drawn."""
    unserved: list[Need] = field(default_factory=list)
    """The most important first."""
    reasons: list[str] = field(default_factory=list)
    """Why each of them is not served."""
    bases: list[tuple[Point, str, str]] = field(default_factory=list)
    """Point, name of the place, colour and teams."""
    depots: list[tuple[Point, str, str]] = field(default_factory=list)
    """Point, name and what the pointer tells."""
    areas: list[tuple[str, list[Point]]] = field(default_factory=list)
    places: list[tuple[Point, str, int]] = field(default_factory=list)
    """Places that have a name, and how many people live there."""
    legend: list[tuple[str, str]] = field(default_factory=list)
    """Colour and name of each category that a need asks for."""


def gather(problem: Document, plan: Document, categories: list[Document], words: Words) -> View:
    """Looks everything up. ``categories`` are all of the problem, also those that its document takes for granted."""
    return _Gatherer(problem, plan, categories, words).view()


class _Gatherer:
    def __init__(self, problem: Document, plan: Document, categories: list[Document], words: Words) -> None:
        self.problem, self.plan, self.words = problem, plan, words
        self.categories = {category["id"]: category for category in categories}
        self.places = {place["id"]: place for place in problem.get("places", [])}
        self.teams = {team["id"]: team for team in problem.get("teams", [])}
        self.people = {volunteer["id"]: volunteer for volunteer in problem["volunteers"]}
        self.needs = {need["id"]: need for need in problem["needs"]}
        self.goods = {good["id"]: good for good in problem.get("goods", [])}
        self.depots = {depot["id"]: depot for depot in problem.get("depots", [])}
        self.vehicles = {vehicle["id"]: vehicle for vehicle in problem.get("vehicles", [])}

    def view(self) -> View:
        routes = self.plan["routes"]
        drawn = routes[:MOST_ROUTES]
        rows = [self._row(route) for route in drawn]
        beyond = [visit["need"] for route in routes[MOST_ROUTES:] for visit in route["visits"]]
        asked = {need.get("category") for need in self.problem["needs"]}
        unserved = sorted(self.plan["unserved"], key=self._rank)
        residents = {
            people["at"]: people["residents"]
            for people in self.problem.get("population", [])
            if isinstance(people["at"], str)
        }
        # Villages that the document gave by coordinates have their name there.
        villages = [
            (at, people["at"]["name"], people["residents"])
            for people in self.problem.get("population", [])
            if isinstance(people["at"], dict) and people["at"].get("name")
            if (at := self._point(people["at"])) is not None
        ]
        return View(
            words=self.words,
            name=self.problem["name"],
            rows=rows,
            all_routes=len(routes),
            served=[stop.need for row in rows for stop in row.stops],
            elsewhere=[self._need(key, "") for key in beyond[:MOST_NEEDS]],
            unserved=[self._need(entry["need"], self._why(entry)) for entry in unserved[:MOST_NEEDS]],
            reasons=[self.words.of(entry.get("reason", {}), "text") for entry in unserved[:MOST_NEEDS]],
            bases=self._bases(),
            depots=[
                (at, depot.get("name") or depot["id"], f"{depot.get('name') or depot['id']} · {self.words('depot')}")
                for depot in self.depots.values()
                if (at := self._point(depot["at"])) is not None
            ],
            areas=[
                (area.get("name") or area["id"], [(corner["lon"], corner["lat"]) for corner in area["outline"]])
                for area in self.problem.get("areas", [])
                if area.get("outline")
            ],
            places=[
                (at, place["name"], residents.get(place["id"], 0))
                for place in self.places.values()
                if place.get("name") and (at := self._point(place["id"])) is not None
            ]
            + villages,
            legend=[(self._colour(key), self._category(key)) for key in self.categories if key in asked],
        )

    def _rank(self, entry: Document) -> tuple[bool, int]:
        need = self.needs[entry["need"]]
        return (not need.get("mandatory", False), -need.get("priority", 1))

    def _row(self, route: Document) -> Row:
        person = self.people[route["volunteer"]]
        shift = person["shifts"][route["shift"]]
        who = person.get("name") or person["id"]
        team = self.teams.get(next(iter(person.get("teams", [])), ""), {})
        stops = [self._stop(visit, who) for visit in route["visits"]]
        vehicle = self.vehicles.get(route.get("vehicle", ""), {})
        # A route with a vehicle starts and ends where that is kept.
        begin = vehicle.get("at") or shift.get("from", person["home"])
        to = vehicle.get("at") or shift.get("to", person["home"])
        km = f"{route['distance_m'] / 1000:.1f}"
        parts = [
            who,
            team.get("name") or team.get("id", ""),
            vehicle.get("name") or vehicle.get("id", ""),
            f"{_clock(time(route['departure']))}–{_clock(time(route['finish']))}",
            self.words("travel", km=km, time=self.words.hours(route["travel_s"])),
        ]
        return Row(
            who=who,
            team=team.get("name") or team.get("id", ""),
            colour=self._colour(team.get("category")),
            begin=self._point(begin),
            finish_at=None if to == "anywhere" else self._point(to),
            shift=(time(shift["start"]), time(shift["end"])),
            departure=time(route["departure"]),
            finish=time(route["finish"]),
            stops=stops,
            calls=[self._call(call) for call in route.get("calls", [])],
            breaks=[
                (time(rest["start"]), time(rest["start"]) + duration(rest["duration"]))
                for rest in route.get("breaks", [])
            ],
            about=" · ".join(part for part in parts if part),
        )

    def _stop(self, visit: Document, who: str) -> Stop:
        need, number = self.needs[visit["need"]], visit.get("stop", 0)
        # The first stop of a ride stands with the need itself.
        stops = [need, *need.get("then", [])]
        there = stops[number]
        arrival, start, end = (time(visit[key]) for key in ("arrival", "start", "end"))
        promise = need.get("promise", {})
        late = timedelta()
        for key, moment, at in (("start_by", start, 0), ("finish_by", end, len(stops) - 1)):
            if key in promise and number == at:
                late = max(late, moment - time(promise[key]))
        fate = self.words("by", who=who, start=_clock(start), end=_clock(end))
        if late:
            fate += " · " + self.words("late", time=self.words.hours(late.total_seconds()))
        known = self._need(visit["need"], fate, there)
        windows = [(time(window["from"]), time(window["to"])) for window in there.get("windows", [])]
        return Stop(known, arrival, start, end, visit["travel_s"], windows, late.total_seconds(), known.about)

    def _call(self, call: Document) -> Call:
        depot = self.depots[call["depot"]]
        arrival, start, end = (time(call[key]) for key in ("arrival", "start", "end"))
        name = depot.get("name") or depot["id"]
        moved = [self.words(key, words=self._amounts(call[key])) for key in ("takes", "gives") if call.get(key)]
        about = "\n".join([f"{name} {_clock(start)}–{_clock(end)}", *moved])
        return Call(name, self._point(depot["at"]), call["before"], arrival, start, end, call["travel_s"], about)

    def _amounts(self, entries: list[Document]) -> str:
        def words(good: str, amount: int) -> str:
            known = self.goods.get(good, {})
            return " ".join(part for part in (str(amount), known.get("unit"), known.get("name") or good) if part)

        return ", ".join(words(good, amount) for good, amount in amounts(entries).items())

    def _need(self, key: str, fate: str, there: Document | None = None) -> Need:
        """A need at one of its stops, the first unless ``there`` is another."""
        need = self.needs[key]
        there = there or need
        category = need.get("category")
        rank = "mandatory" if need.get("mandatory") else "priority"
        windows = ", ".join(f"{_clock(time(w['from']))}–{_clock(time(w['to']))}" for w in there.get("windows", []))
        name = need.get("name") or key
        parts = [
            name if name == key else f"{name} ({key})",
            self._category(category) if category else "",
            self.words(rank, n=need.get("priority", 1)),
            self.words("window", words=windows) if windows else "",
            fate,
        ]
        about = "\n".join(part for part in parts if part)
        return Need(key, name, self._colour(category), self._point(there["at"]), about)

    def _why(self, entry: Document) -> str:
        reason = entry.get("reason", {})
        return " · ".join(part for part in (self.words("not_served"), self.words.of(reason, "text")) if part)

    def _category(self, key: str) -> str:
        return self.words.of(self.categories.get(key, {}), "name") or key

    def _colour(self, key: str | None) -> str:
        return colour(self.categories.get(key or "", {}).get("colour"))

    def _bases(self) -> list[tuple[Point, str, str]]:
        teams: dict[tuple[Point, str], list[str]] = {}
        for team in self.teams.values():
            base = team.get("base")
            at = self._point(base)
            if at is not None:
                place = base if isinstance(base, dict) else self.places[base]
                name = place.get("name") or place.get("id") or f"{at[1]:.5f}, {at[0]:.5f}"
                teams.setdefault((at, name), []).append(team.get("name") or team["id"])
        found = []
        for (at, name), names in sorted(teams.items(), key=lambda entry: -len(entry[1])):
            found.append((at, name, self.words("base", words=", ".join(names))))
        return found

    def _point(self, point: object) -> Point | None:
        place = self.places.get(point, {}) if isinstance(point, str) else point
        if isinstance(place, dict) and "lon" in place and "lat" in place:
            return (float(place["lon"]), float(place["lat"]))
        return None


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M")
