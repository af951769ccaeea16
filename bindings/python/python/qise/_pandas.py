"""pandas, imported when a frame is asked for, and not otherwise."""

from __future__ import annotations

from typing import Any


def pandas(asked: str = "to_frames()") -> Any:
    """The module. Raises ImportError with the way to install it where it is missing; ``asked`` is what needs it."""
    try:
        import pandas  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise ImportError(f"{asked} needs pandas: pip install pandas") from error
    return pandas
