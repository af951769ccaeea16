"""Plans as Python values, parsed once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from . import _core, _plain
from ._json import Document, parsed
from .plan_parts import Assignment, DepotCall, Route


class PlanValues:
    """The plan as Python values, each made once, when it is first asked for. Callers get copies."""

    def __init__(self, handle: _core.Plan) -> None:
        self._handle = handle

    @cached_property
    def document(self) -> Document:
        """The document without reasons."""
        return parsed(self._handle.bare())

    @cached_property
    def routes(self) -> list[Route]:
        return _plain.routes(self.document)

    @cached_property
    def assignments(self) -> list[Assignment]:
        return _plain.assignments(self.routes)

    @cached_property
    def calls(self) -> list[DepotCall]:
        return _plain.calls(self.routes)

    @cached_property
    def figures(self) -> dict[str, Any]:
        return self._handle.figures
