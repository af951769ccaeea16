"""How far a long call has come: a line on the terminal, or a bar in a notebook.

One daemon thread draws, a few times a second, while the calling thread is in the engine. It waits for a lock that
the call holds: the lock is released by the interpreter itself, so that no second Ctrl-C can come between the end of
the call and the end of the bar.
"""

from __future__ import annotations

import contextlib
import contextvars
import html
import importlib
import math
import os
import shutil
import sys
import threading
import time
import unicodedata
from collections.abc import Callable
from typing import Any, Protocol, TextIO, TypeAlias, TypeVar

from .language import said

T = TypeVar("T")

Report: TypeAlias = Callable[[int, int, tuple[list[int], list[tuple[str, int]]], float], object]
"""What the engine calls: steps, needs left, the score, seconds."""

Doing: TypeAlias = tuple[str, str]
SOLVING: Doing = ("solving", "求解")
BOUNDING: Doing = ("proving bounds", "求证界限")
TRADING: Doing = ("weighing fairness against effort", "权衡公平与效率")
COVERING: Doing = ("measuring coverage", "计算覆盖")
IMPROVING: Doing = ("trying what would help", "试验改进办法")
EXPLAINING: Doing = ("explaining", "解释")
REASONING: Doing = ("looking for reasons", "查找原因")

DELAY = 0.7
"""Seconds in which nothing is shown."""
TICK = 0.2
"""Seconds between two looks."""
_BLOCKS = 20
_PYTEST = "PYTEST_CURRENT_TEST"
"""Is set while pytest runs a test."""
_chosen: list[bool] = []
_latest: list[_Bar] = []
"""One at a time is drawn."""


def set_progress(shown: bool | None) -> None:
    """Sets whether long calls show how far they have come, for the whole process.

    In a notebook that is a bar below the cell, elsewhere a line on standard error. It appears after 0.7 seconds,
    and is gone when the call ends. A call with ``on_progress`` shows nothing of its own.

    Args:
        shown: True or False; None for True in notebooks and where standard error is a terminal, but not in tests
            that pytest runs, nor in processes of a pool.

    Raises:
        TypeError: ``shown`` is something else.

    Example:
        >>> qise.set_progress(False)
        >>> len(problem.solve(iterations=50).routes)
        2
        >>> qise.set_progress(None)
    """
    if shown is not None and not isinstance(shown, bool):
        raise TypeError(f"shown must be True, False or None, not {type(shown).__name__}")
    _chosen[:] = [] if shown is None else [shown]


def watched(
    call: Callable[[Report | None], T],
    doing: Doing,
    *,
    time_limit: float | None = None,
    steps: int | None = None,
    report: Report | None = None,
) -> T:
    """Calls, and shows how far that has come if it takes long.

    Args:
        call: the call, given what the engine reports to; what reports nothing leaves it.
        doing: what is being done.
        time_limit: seconds after which the call ends by itself.
        steps: steps after which it does.
        report: what the caller wants to be told. Nothing is shown then.
    """
    surface = None if report is not None else _surface()
    if surface is None or any(other.thread.is_alive() and not other.is_over for other in _latest):
        return call(report)
    bar = _Bar(doing, time_limit, steps, surface)
    _latest[:] = [bar]
    try:
        with bar.running:
            with contextlib.suppress(RuntimeError):  # no more threads
                bar.thread.start()
            return call(bar.report)
    finally:
        bar.is_over = True
        if bar.is_shown:
            # a terminal that is held (Ctrl-S) does not hold the call
            bar.thread.join(1.0)


def limit(time_limit: float | None, steps: object, usual: float) -> float | None:
    """The limit of time of a call that has a usual one where no other is given."""
    return usual if time_limit is None and steps is None else time_limit


class _Bar:
    """What is known of a call, and who draws it."""

    def __init__(self, doing: Doing, time_limit: float | None, steps: int | None, surface: _Surface) -> None:
        self.running = threading.Lock()
        self.is_over = self.is_shown = False
        # with the context of the caller: a kernel finds there below which cell to draw
        run = contextvars.copy_context().run
        self.thread = threading.Thread(target=run, args=(_draw, self, surface), name="qise-progress", daemon=True)
        self.begun = time.perf_counter()
        self.doing, self.time_limit, self.steps = doing, time_limit, steps
        self.before = 0
        """Steps of earlier searches of the same call."""
        self.done: int | None = None
        self.unserved: int | None = None

    def report(self, iterations: int, unserved: int, score: object, seconds: float) -> None:
        if self.done is not None and iterations < self.done:
            self.before += self.done
        self.done, self.unserved = iterations, unserved

    @property
    def share(self) -> float | None:
        """How much of its limits the call has used, from 0 to 1."""
        shares = []
        if self.time_limit and math.isfinite(self.time_limit):
            shares.append((time.perf_counter() - self.begun) / self.time_limit)
        if self.steps and self.done is not None:
            shares.append((self.before + self.done) / self.steps)
        return min(1.0, max(shares)) if shares else None

    def words(self) -> str:
        """Everything behind the bar."""
        elapsed = time.perf_counter() - self.begun
        if self.time_limit and math.isfinite(self.time_limit):
            most = _lasting(self.time_limit)
            parts = [said(f"{_lasting(elapsed)} of {most}", f"已用 {_lasting(elapsed)}，限时 {most}")]
        else:
            parts = [said(_lasting(elapsed), f"已用 {_lasting(elapsed)}")]
        if self.unserved is not None:
            plural = "" if self.unserved == 1 else "s"
            parts.append(said(f"{self.unserved} need{plural} unserved", f"尚有 {self.unserved} 项需求未满足"))
        if self.done is not None:
            done = self.before + self.done
            if self.steps:
                parts.append(said(f"step {done} of {self.steps}", f"第 {done} 步，共 {self.steps} 步"))
            else:
                parts.append(said(f"step {done}", f"第 {done} 步"))
        return said(", ", "；").join(parts)


def _draw(bar: _Bar, surface: _Surface) -> None:
    """What the thread does. Whatever goes wrong in it ends the bar, and nothing else."""
    try:
        if bar.running.acquire(timeout=DELAY):
            return
        # in this order: if the call ends in between, either it waits for this thread, or nothing is drawn
        bar.is_shown = True
        if bar.running.acquire(blocking=False):
            return
        while True:
            surface.show(said(*bar.doing), bar.share, bar.words())
            if bar.running.acquire(timeout=TICK):
                return
    except Exception:
        pass
    finally:
        with contextlib.suppress(Exception):
            surface.clear()


class _Surface(Protocol):
    """Where a bar is drawn."""

    def show(self, doing: str, share: float | None, words: str) -> None: ...
    def clear(self) -> None: ...


class _Line:
    """A line of a terminal, written over and over."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.written = 0

    def show(self, doing: str, share: float | None, words: str) -> None:
        room = _columns(self.stream) - 1  # in the last column some terminals go on to the next line
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        line = _fitting(_line(doing, share, words).encode(encoding, "replace").decode(encoding), room)
        width = sum(map(_width, line))
        self.stream.write("\r" + line + " " * (min(self.written, room) - width))
        self.stream.flush()
        self.written = width

    def clear(self) -> None:
        if self.written:
            self.stream.write("\r" + " " * min(self.written, _columns(self.stream) - 1) + "\r")
            self.stream.flush()


class _Cell:
    """A place below a cell of a notebook."""

    def __init__(self) -> None:
        self.handle: Any = None

    def show(self, doing: str, share: float | None, words: str) -> None:
        value = "" if share is None else f' value="{share:.3f}"'
        page = (
            f'<div><span>{html.escape(doing)}</span> <progress max="1"{value} style="vertical-align: middle">'
            f"</progress> <small>{html.escape(words)}</small></div>"
        )
        self._put(page, _line(doing, share, words))

    def clear(self) -> None:
        if self.handle is not None:
            self._put("", "")

    def _put(self, page: str, plain: str) -> None:
        data = {"text/html": page, "text/plain": plain}
        if self.handle is None:
            self.handle = importlib.import_module("IPython.display").display(data, raw=True, display_id=True)
        else:
            self.handle.update(data, raw=True)


def _surface() -> _Surface | None:
    """Where to draw, if anywhere."""
    if _chosen == [False] or (not _chosen and (_PYTEST in os.environ or _is_worker())):
        return None
    if _is_kernel():
        return _Cell()
    stream = sys.stderr
    return _Line(stream) if stream is not None and (_chosen or _is_terminal(stream)) else None


def _is_kernel() -> bool:
    """True in a notebook; IPython is asked only where somebody else has imported it."""
    ask = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return ask is not None and getattr(ask(), "kernel", None) is not None


def _is_worker() -> bool:
    """True in a process of a pool: several would write over one line."""
    parent = getattr(sys.modules.get("multiprocessing"), "parent_process", None)
    return parent is not None and parent() is not None


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):  # no such method, or closed
        return False


def _columns(stream: TextIO) -> int:
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (AttributeError, OSError, ValueError):
        columns = shutil.get_terminal_size().columns
    return max(columns, 2) if columns else 80


def _line(doing: str, share: float | None, words: str) -> str:
    if share is None:
        return f"{doing}: {words}"
    full = int(share * _BLOCKS)
    return f"{doing} [{'#' * full}{'-' * (_BLOCKS - full)}] {words}"


def _fitting(line: str, room: int) -> str:
    """As much of a line as has room."""
    used = 0
    for index, letter in enumerate(line):
        used += _width(letter)
        if used > room:
            return line[:index]
    return line


def _width(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _lasting(seconds: float) -> str:
    """So long, to a tenth of a second while it is short."""
    whole = int(seconds)
    if whole < 60:
        exact = f"{seconds:.1f}" if seconds < 10 else str(whole)
        return said(f"{exact} s", f"{exact} 秒")
    if whole < 3600:
        return said(f"{whole // 60} min {whole % 60:02} s", f"{whole // 60} 分 {whole % 60:02} 秒")
    return said(f"{whole // 3600} h {whole // 60 % 60:02} min", f"{whole // 3600} 小时 {whole // 60 % 60:02} 分")
