"""Problems from data frames, and as data frames: the columns are those of ledgers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypedDict

from . import _core
from ._frames import Frames, given, remember
from ._frames.columns import Column
from .literals import Backend, Lang

if TYPE_CHECKING:
    from .problem import Problem

_log = logging.getLogger("qise")


class ProblemFrames(TypedDict, total=False):
    """The tables of a problem: those of which it has any rows, with the columns of ledgers."""

    needs: Any
    """What residents ask for, one need a row."""
    volunteers: Any
    """People who help, one a row."""
    teams: Any
    """Standing organisations of volunteers."""
    places: Any
    """Places by id, with their coordinates."""
    goods: Any
    """Kinds of things that needs ask for."""
    depots: Any
    """Where goods are kept."""
    vehicles: Any
    """Vehicles that several people may take."""
    projects: Any
    """Projects that needs belong to."""
    skills: Any
    """Skills with their levels."""
    profiles: Any
    """Ways of moving."""
    settings: Any
    """What holds for all of it: one setting a row, with its name and its value."""


def read(tables: dict[str, Any], settings: Any, own: dict[str, Any]) -> _core.Problem:
    """The problem of tables. ``own``: settings by name; None where nothing is said."""
    present = {kind: table for kind, table in tables.items() if table is not None}
    sheets = [(kind, given.columns(kind, table)) for kind, table in present.items()]
    sheets.append(("settings", given.settings(settings, own)))
    remember(present.values())
    handle, told = _core.read_frames(sheets, "frames")
    for english, _ in told:
        _log.warning("%s", english)
    return handle


def to_frames(problem: Problem, *, backend: Backend | None = None, lang: Lang = "en") -> ProblemFrames:
    """The problem as data frames, with the columns of ledgers: `Problem.from_frames` reads them back.

    Things are called by their ids, with their names in columns beside them (``place_name``). Times
    are in the zone of the scenario, several values are real lists, windows and shifts lists of
    dicts with ``from`` and ``to``. What no column can say stands in the column ``more``, as JSON.

    Args:
        problem: the problem.
        backend: ``pandas``, ``polars`` or ``pyarrow``; if None, the library of the tables that
            were read last, or else one that is in use or installed.
        lang: language of the headings, ``en`` or ``zh``.

    Raises:
        ImportError: the library is not installed.
        ValueError: ``backend`` or ``lang`` is another word.

    Example:
        >>> frames = problem.to_frames()
        >>> frames["needs"]["priority"].tolist()
        [5, 4, 2, 3]
        >>> qise.Problem.from_frames(**frames) == problem
        True
    """
    make = Frames(backend, problem.time_zone)
    tables = _core.frames(problem._handle, lang)
    made = {
        table: make.of_columns(Column(name, kind, values) for name, kind, values in columns)
        for table, columns in tables
    }
    return made  # type: ignore[return-value]
