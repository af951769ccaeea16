"""The handles of the engine behind problems and plans, checked where one is given."""

from __future__ import annotations

from . import _core


def problem_handle(given: object, name: str = "problem") -> _core.Problem:
    """The handle of a `Problem`. Raises TypeError for anything else."""
    handle = getattr(given, "_handle", None)
    if not isinstance(handle, _core.Problem):
        raise TypeError(f"{name} must be a Problem, not {type(given).__name__}")
    return handle


def plan_handle(given: object, name: str = "plan") -> _core.Plan:
    """The handle of a `Plan`. Raises TypeError for anything else."""
    handle = getattr(given, "_handle", None)
    if not isinstance(handle, _core.Plan):
        raise TypeError(f"{name} must be a Plan, not {type(given).__name__}")
    return handle


def closed(kind: type, made_by: str) -> TypeError:
    """What is raised where somebody calls or extends a class that is closed."""
    return TypeError(f"{kind.__name__} is made by {made_by}, and cannot be extended")
