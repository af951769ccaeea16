"""Plans as documents, text, pages, maps and frames."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from . import _plan_frames
from ._frames import Frames
from ._handles import plan_handle
from ._json import parsed
from ._progress import REASONING, T, watched
from .language import language
from .literals import Backend, Lang

if TYPE_CHECKING:
    from .plan import Plan

    _Reasons: TypeAlias = Literal["none", "quick", "proven"]


def to_json(plan: Plan, *, reasons: _Reasons = "proven", time_limit: float | None = None) -> str:
    """The plan document, as text, with what the plan is worth and a reason for each unserved need.

    Args:
        plan: the plan.
        reasons: as for `Plan.unserved`.
        time_limit: as for `Plan.unserved`, in seconds.

    Raises:
        ValueError: ``reasons`` is another word, or the limit is negative.

    Example:
        >>> plan.to_json(reasons="none")[:1]
        '{'
    """
    handle = plan_handle(plan)
    return _reasoned(lambda: handle.document(reasons, time_limit), reasons, time_limit)


def to_dict(plan: Plan, *, reasons: _Reasons = "proven", time_limit: float | None = None) -> dict[str, Any]:
    """The plan document, as a new dict. Arguments and errors as for `Plan.to_json`.

    Example:
        >>> [entry["need"] for entry in plan.to_dict()["unserved"]]
        ['n-boiler']
    """
    return parsed(to_json(plan, reasons=reasons, time_limit=time_limit))


def save(
    plan: Plan, path: str | os.PathLike[str], *, reasons: _Reasons = "proven", time_limit: float | None = None
) -> None:
    """Writes the plan document to a file, whole or not at all.

    It is written at once, and again when the reasons are known. Arguments and errors as for `Plan.to_json`.

    Raises:
        OSError: the file cannot be written.

    Example:
        >>> plan.save(folder / "plan.json")
    """
    handle = plan_handle(plan)
    _reasoned(lambda: handle.save(path, reasons, time_limit), reasons, time_limit)


def to_text(
    plan: Plan, *, lang: Lang | None = None, reasons: _Reasons = "proven", time_limit: float | None = 3.0
) -> str:
    """The plan as text for people: the routes with their times, who is left and why, key figures.

    Args:
        plan: the plan.
        lang: ``en`` or ``zh``; that of `set_language` if None.
        reasons: as for `Plan.unserved`.
        time_limit: as for `Plan.unserved`, in seconds.

    Raises:
        ValueError: ``lang`` or ``reasons`` is another word, or the limit is negative.

    Example:
        >>> "Routes of 2026-11-24" in plan.to_text()
        True
    """
    handle = plan_handle(plan)
    return _reasoned(lambda: handle.text(language(lang), reasons, time_limit), reasons, time_limit)


def to_html(
    plan: Plan, *, lang: Lang | None = None, reasons: _Reasons = "proven", time_limit: float | None = 3.0
) -> str:
    """The plan as a piece of an HTML page: a map and a timeline.

    Arguments and errors as for `Plan.to_text`.

    Example:
        >>> plan.to_html(lang="zh")[:4]
        '<div'
    """
    return plan_handle(plan).html(language(lang), reasons, time_limit)


def to_geojson(plan: Plan) -> str:
    """The plan as a map in GeoJSON (RFC 7946), as text.

    Routes are lines, needs, depot visits and depots are points.

    Example:
        >>> plan.to_geojson()[:1]
        '{'
    """
    return plan_handle(plan).geojson()


def to_frames(
    plan: Plan,
    *,
    reasons: _Reasons = "none",
    time_limit: float | None = None,
    backend: Backend | None = None,
) -> _plan_frames.PlanFrames:
    """The plan as data frames. Reasons are only looked for if they are asked for.

    Args:
        plan: the plan.
        reasons: as for `Plan.unserved`.
        time_limit: as for `Plan.unserved`, in seconds.
        backend: the library, as for `Problem.to_frames`.

    Returns:
        A dict of frames: ``routes``, ``assignments``, ``calls`` and ``unserved``, which has verdicts
        and texts if ``reasons`` are asked for. Times are in the zone of the scenario, ``travel_s`` is
        seconds, ``distance_m`` metres.

    Raises:
        ImportError: the library is not installed.
        ValueError: ``reasons`` or ``backend`` is another word, or the limit is negative.

    Example:
        >>> plan.to_frames()["routes"]["distance_m"].tolist()
        [10000, 12000]
    """
    # What is missing is told before anything is looked for.
    make = Frames(backend, plan.problem.time_zone)
    left = plan.unserved(reasons, time_limit=time_limit)
    if reasons == "none":
        # nothing was asked: nothing is said
        left = [{"need": entry["need"]} for entry in left]  # type: ignore[typeddict-item]
    return _plan_frames.frames(make, plan.problem._values.document, plan._values, left)


def _reasoned(write: Callable[[], T], reasons: str, time_limit: float | None) -> T:
    """Writes; what takes long is to look for reasons that are proven."""
    return watched(lambda _: write(), REASONING, time_limit=time_limit) if reasons == "proven" else write()
