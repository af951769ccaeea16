"""The line of a script that calls the package."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, NamedTuple

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_CELL = re.compile(r"<ipython-input-(\d+)-")


class Line(NamedTuple):
    """A line of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{_short(self.file)}:{self.line}"


def caller() -> Line:
    """The line that runs outside this package, nearest to here."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(_PACKAGE) and frame.f_back is not None:
        frame = frame.f_back
    return Line(frame.f_code.co_filename, frame.f_lineno)


def _short(file: str) -> str:
    """A file as people call it: its name, or the cell of a notebook."""
    old = _CELL.match(file)
    if old is not None:
        return f"In[{old[1]}]"
    if "ipykernel" in file:
        return _cell(file) or os.path.basename(file)
    return os.path.basename(file)


def _cell(file: str) -> str | None:
    """The cell that a notebook keeps in this file."""
    shell: Any = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    name = getattr(getattr(shell, "compile", None), "format_code_name", lambda _: None)(file)
    return " ".join(name) if name else None
