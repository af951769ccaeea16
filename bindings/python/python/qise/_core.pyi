"""The engine, as Python sees it."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias, final, overload

from .choice import Choice
from .compare import Difference
from .fairness import Fairness, Frontier
from .improvement import Improvement
from .ranking import Ranking
from .results import (
    Assignment,
    Bounds,
    CoverageGap,
    CoverageShare,
    DepotCall,
    LeftOut,
    Oddity,
    PlacedSite,
    Placement,
    Progress,
    Reason,
    Route,
    Score,
    Unserved,
    Violation,
)

__all__ = [
    "Coverage",
    "Plan",
    "Problem",
    "__version__",
    "check",
    "coverage",
    "explain",
    "frontier",
    "generate",
    "improve",
    "schema",
    "solve",
]

__version__: str

_Reasons: TypeAlias = Literal["none", "quick", "proven"]

@final
class Problem:
    """Needs, people, and how a plan for them is judged: immutable, and valid once made."""

    @staticmethod
    def from_json(document: str | bytes | dict[str, Any], /) -> Problem:
        """Reads a scenario document. Raises InvalidDocument with everything that is wrong at once."""

    @staticmethod
    def from_file(path: str | os.PathLike[str]) -> Problem:
        """Reads a scenario document from a file."""

    def to_json(self) -> str:
        """The scenario document, as text: coordinates in WGS-84, notes left out."""

    def to_dict(self) -> dict[str, Any]:
        """The scenario document, as a new dict."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the scenario document to a file."""

    def with_previous(self, plan: Plan, reassign_price: int = 3600, retime_price: int = 600) -> Problem:
        """The same problem with a plan that people were told already: changes against it cost."""

    def with_hours(self, plan: Plan, keep_permille: int = 1000) -> Problem:
        """The same problem with the hours of a plan booked in everybody's ledger, for the next plan."""

    def bound(
        self,
        plan: Plan | None = None,
        *,
        time_limit: float | None = None,
        rounds: int | None = None,
        threads: int | None = None,
    ) -> Bounds:
        """Proves how good any plan could be: the most priority served, and the least effort on every level that counts some.

        ``plan``: what to compare with; the least effort is that of any plan that serves as much. Without one, of any that
        serves all.
        ``time_limit``: seconds; 10 when neither it nor ``rounds`` is given.
        ``rounds``: of pricing for each question. With rounds and no ``time_limit`` the bound is the same on any machine.
        """

    @property
    def name(self) -> str:
        """Name for people."""

    @property
    def time_zone(self) -> str:
        """The zone in which times are shown: a name such as Asia/Shanghai, or an offset."""

    @property
    def needs(self) -> list[dict[str, Any]]:
        """The needs as the document has them, every way to do one thing an entry of its own: a new list of dicts."""

    @property
    def volunteers(self) -> list[dict[str, Any]]:
        """The volunteers as the document has them: a new list of dicts."""

    @property
    def teams(self) -> list[dict[str, Any]]:
        """The teams as the document has them: a new list of dicts."""

    @property
    def depots(self) -> list[dict[str, Any]]:
        """The depots as the document has them: a new list of dicts."""

    @property
    def vehicles(self) -> list[dict[str, Any]]:
        """The vehicles that several people may take, as the document has them: a new list of dicts."""

    @property
    def fingerprint(self) -> str:
        """A number for what the ids of the problem mean: a plan of a problem with the same one is a plan of this problem. What is asked of the
        needs and when does not count.
        """

    @property
    def sizes(self) -> dict[str, int]:
        """How many there are of each, ways to do the same counted once: needs, volunteers, shifts, goods, depots, vehicles, teams, places."""

    @property
    def warnings(self) -> list[Oddity]:
        """What is legal in the problem and surely wrong: needs outside every shift, levels that nobody holds, places far from all others,
        services of under a minute, no volunteers. A new list."""

    def __len__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Callable[[str], Problem], tuple[str]]: ...

@final
class Plan:
    """Who goes where, when; and which needs nobody serves, and why."""

    @staticmethod
    def from_json(problem: Problem, document: str | bytes | dict[str, Any], /) -> Plan:
        """Reads a plan document for a problem. The plan may break rules: see `check`."""

    @staticmethod
    def from_csv(problem: Problem, table: str | bytes, /) -> Plan:
        """Reads a plan made by hand in a table, with headings in English or Chinese. Times left out are filled in."""

    @staticmethod
    def from_file(problem: Problem, path: str | os.PathLike[str]) -> Plan:
        """Reads a plan for a problem from a file: a table where its name ends with .csv or .tsv, else a document."""

    def carried(self, problem: Problem, /) -> tuple[Plan, LeftOut]:
        """The plan as far as it makes sense for another problem, or another version of this one, and what was left out. Needs, people,
        vehicles, depots and goods are found again by their ids; times stay, so that rules of the other problem may be broken: see
        `check`.
        """

    def diff(self, other: Plan, /) -> Difference:
        """How another plan differs from this one: people, needs, score, validity."""

    def rank(self, need_id: str, /, best: int = 10) -> Ranking:
        """Who could serve a need now: first those who leave the times of others as they are, the best first; at most one offer of
        each person or crew. A need that the plan serves is asked about as if it did not. Raises UnknownNeed for an unknown id.
        """

    def needs_for(self, volunteer_id: str, /, best: int = 10) -> Ranking:
        """What somebody could serve beside what the plan has them do, the best first: needs of one person that nobody serves.
        Raises UnknownVolunteer for an unknown id.
        """

    def fairness(self) -> Fairness:
        """How evenly load is shared out among people, and service among areas and categories."""

    def to_json(self, *, reasons: _Reasons = "proven", time_limit: float | None = None) -> str:
        """The plan document, as text, with what the plan is worth and a reason for each unserved need.

        ``reasons`` and ``time_limit`` as for `unserved`.
        """

    def to_dict(self, *, reasons: _Reasons = "proven", time_limit: float | None = None) -> dict[str, Any]:
        """The plan document, as a new dict. ``reasons`` and ``time_limit`` as for `unserved`."""

    def save(
        self, path: str | os.PathLike[str], *, reasons: _Reasons = "proven", time_limit: float | None = None
    ) -> None:
        """Writes the plan document to a file: the plan at once, and again when the reasons are known."""

    def to_text(
        self, *, lang: Literal["en", "zh"] = "en", reasons: _Reasons = "proven", time_limit: float | None = 3.0
    ) -> str:
        """The plan as text for people: the routes with their times, who is left and why, key figures."""

    def to_geojson(self) -> str:
        """The plan as a map in GeoJSON, as text."""

    def to_frames(self, *, reasons: _Reasons = "none", time_limit: float | None = None) -> dict[str, Any]:
        """The plan as pandas frames: routes, assignments, calls, unserved. Raises ImportError without pandas.

        ``reasons`` and ``time_limit`` as for `unserved`; none are looked for where nothing is said.
        """

    def to_html(
        self, *, lang: Literal["en", "zh"] = "en", reasons: _Reasons = "proven", time_limit: float | None = 3.0
    ) -> str:
        """The plan as a piece of a page: a map and a timeline."""

    @property
    def problem(self) -> Problem:
        """The problem that the plan is for."""

    @property
    def routes(self) -> list[Route]:
        """The routes: a new list of dicts, times as datetime in the zone of the scenario."""

    @property
    def assignments(self) -> list[Assignment]:
        """Who serves what, and when: a new flat list of dicts."""

    @property
    def calls(self) -> list[DepotCall]:
        """Who calls at which depot, when, and what for: a new flat list of dicts."""

    def unserved(self, reasons: _Reasons = "proven", *, time_limit: float | None = None) -> list[Unserved]:
        """The needs that nobody serves, and why: a new list of dicts.

        ``reasons``: ``"proven"`` tells of each need whatever can be proven or tried, which takes long where thousands are left;
        ``"quick"`` only what the rules say of people who could come; ``"none"`` nothing.
        ``time_limit``: seconds, those needs first that matter most; the rest is ``unexamined``.

        Other Python threads run meanwhile. Ctrl-C ends it with KeyboardInterrupt.
        """

    @property
    def outsourced(self) -> list[str]:
        """Ids of the needs that are handed to others: a new list."""

    @property
    def filled(self) -> int:
        """How many times its document left out, which were filled in as early as can be."""

    @property
    def score(self) -> Score:
        """What the plan is worth, whatever the document it came from says of it."""

    @property
    def figures(self) -> dict[str, Any]:
        """Key figures by name."""

    @property
    def statistics(self) -> dict[str, Any]:
        """How the plan was found, by name; empty when that is not known."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Callable[[Problem, str], Plan], tuple[Problem, str]]: ...
    def _repr_html_(self) -> str: ...

@final
class Coverage:
    """Which share of needs, residents and land has a capable crew near by; gaps; where more would help."""

    def to_json(self) -> str:
        """The report as a document, as text."""

    def to_dict(self) -> dict[str, Any]:
        """The report as a document: a new dict."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the document to a file."""

    def to_geojson(self) -> str:
        """The report as a map in GeoJSON, as text: needs, residents, gaps and new sites as points, land as strips."""

    def to_frames(self) -> dict[str, Any]:
        """The report as pandas frames: shares, gaps, sites. Raises ImportError without pandas."""

    def to_html(self, *, lang: Literal["en", "zh"] = "en") -> str:
        """The report as a piece of a page: tables and a map."""

    @property
    def problem(self) -> Problem:
        """The problem that was asked about."""

    @property
    def shares(self) -> list[CoverageShare]:
        """The shares: a new flat list of dicts, one for each measure, category, hour and limit."""

    @property
    def gaps(self) -> list[CoverageGap]:
        """The gaps, the worst first: a new flat list of dicts."""

    @property
    def sites(self) -> list[PlacedSite]:
        """The new sites, the one that gains most first: a new list of dicts."""

    @property
    def placement(self) -> Placement | None:
        """What placing brings: a new dict, or None where nothing was placed."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Callable[[Problem, str, str], Coverage], tuple[Problem, str, str]]: ...
    def _repr_html_(self) -> str: ...

def coverage(
    problem: Problem,
    *,
    minutes: Sequence[int] = (15, 30, 60, 120),
    within: int | None = None,
    day: str | None = None,
    hours: str | None = None,
    categories: Sequence[str] = (),
    requires: Sequence[str] = (),
    asks: int = 3,
    region: str | os.PathLike[str] | Sequence[float] | dict[str, Any] | None = None,
    cell_m: float = 1000.0,
    residents: Sequence[tuple[float, float, int]] | None = None,
    gaps: int = 10,
    gap_m: int = 20000,
    place: int = 0,
    like: str | None = None,
    skills: Sequence[str] | None = None,
    people: int = 1,
    profile: str | None = None,
    radius_m: int | None = None,
    lend: str | None = None,
    candidates: str | Sequence[tuple[float, float]] | Sequence[tuple[float, float, str]] = "places",
    of: Literal["needs", "residents", "area"] | None = None,
    exact: bool = False,
    steps: int = 2000,
) -> Coverage:
    """Tells which share of needs, residents and land has a capable crew within so many minutes, by category and hour.

    ``within``: the minutes by which gaps, map and placement go; 30, or the first above it, when missing.
    ``day``, ``hours``: ``"2026-11-24"``, and ``"8-17"`` or ``"8,12,20"``; the first day on which somebody is on duty,
    and all its hours at which somebody is.
    ``requires``: skills (``"nursing:2"``) that one person must have, instead of what needs ask for.
    ``asks``: number of most frequent requirement profiles per category to evaluate for residents and land (0: all).
    ``region``: ``"alxa"``, a box of four numbers (west, south, east, north), polygons in GeoJSON as a dict, or the path
    of such a file; divided into cells of ``cell_m`` metres.
    ``residents``: ``(lon, lat, residents)`` instead of the residents of the scenario.
    ``place``: so many new teams ``like`` a team or a volunteer, or of ``people`` with ``skills``; or points that
    ``lend`` a good. With ``exact`` the best choice of ``candidates``, otherwise the best site again and again.

    Raises ValueError for an option that cannot be, OSError for a file that cannot be read.
    """

def improve(
    plan: Plan,
    need_id: str | None = None,
    *,
    best: int = 3,
    window_min: int = 240,
    radius_km: int = 200,
    people: int = 2,
    units: int = 1,
    steps: int = 500,
    time_limit: float | None = None,
    seed: int = 1,
    threads: int | None = None,
) -> Improvement:
    """What would help: the cheapest changes that let a need be served, and what would raise the whole plan; each is tried out by a
    solve of ``steps`` steps.

    Without ``need_id`` all needs that the plan leaves are asked about, and the whole plan. ``best``: remedies of each need, and changes
    of each sort for the whole plan. ``window_min``, ``radius_km``, ``people``, ``units``: how far changes go. ``time_limit``: seconds after
    which no further change is tried out. Raises UnknownNeed for an unknown id.
    """

def solve(
    problem: Problem,
    *,
    time_limit: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    warm: Plan | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> Plan:
    """Searches for a good plan.

    ``time_limit``: seconds to search; 3 when neither it nor ``iterations`` is given, no limit when only ``iterations``
    is. ``math.inf`` searches until it is stopped.
    ``iterations``: steps to search. With steps and no ``time_limit``, equal seeds give equal plans on any number of
    threads.
    ``warm``: a plan to start from, of this problem or of one much like it: everything is found again by its id, and what this
    problem does not have is told as ``statistics["warm_left_out"]``.
    ``on_progress``: called in the calling thread, ten times a second at most. When it returns False the search ends and
    its best plan is returned; when it raises, the search ends and the exception goes on to the caller.

    Other Python threads run meanwhile. Ctrl-C ends the search with KeyboardInterrupt.
    """

def check(problem: Problem, plan: Plan) -> list[Violation]:
    """Judges a plan: every rule that it breaks, wherever it does; an empty list for a valid plan."""

@overload
def explain(problem: Problem, need_id: str, plan: None = None) -> Reason:
    """Who could serve a need with nothing else to do, and whom each rule excludes. Raises UnknownNeed for an unknown id."""

@overload
def explain(problem: Problem, need_id: str, plan: Plan | None) -> Reason | Choice:
    """Why a need is not served in a plan, or why those serve it who do. Raises UnknownNeed for an unknown id."""

def frontier(
    problem: Problem,
    *,
    term: str = "load",
    weights: Iterable[int] = (0, 1, 2, 5, 10, 20, 50, 100),
    time_limit: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> Frontier:
    """Solves a problem once for each weight of a term that measures unfairness: what more fairness costs.

    ``time_limit``: seconds for all weights together; 3 when neither it nor ``iterations`` is given. ``iterations``: steps
    for each weight, and as many again for the plan that all start from. The rest as for `solve`.
    """

def generate(
    *,
    needs: int = 100,
    crews_percent: int = 0,
    rides_percent: int = 0,
    deliveries_percent: int = 0,
    loans_percent: int = 0,
    depots: int = 0,
    vehicles: int = 0,
    volunteers: int = 1000,
    teams: int = 30,
    days: int = 1,
    seed: int = 1,
    region: str | Sequence[float] = "alxa",
) -> Problem:
    """Makes up a scenario of any size, the same for the same arguments on every machine.

    ``crews_percent`` of the needs ask for a crew of two to four people, ``rides_percent`` of the others are rides to town,
    and some of them back. Of the rest ``deliveries_percent`` are brought goods and ``loans_percent`` ask for a wheelchair or a
    walker on loan; both need ``depots``.
    """

def schema(format: Literal["scenario", "plan"], /) -> dict[str, Any]:
    """The JSON Schema of a document format."""
