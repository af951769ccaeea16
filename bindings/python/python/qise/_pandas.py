"""pandas, imported when a frame is asked for, and not otherwise."""

from __future__ import annotations

from typing import Any


def pandas() -> Any:
    """The module. Raises ImportError with the way to install it where it is missing."""
    try:
        import pandas  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise ImportError("to_frames() needs pandas: pip install pandas") from error
    return pandas
