"""The live service: it holds the state of a day, takes every event as it comes, and keeps all of it in a journal."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, final

from . import _core, _dispatch_frames
from ._dispatch_lines import command_line, question_line
from ._frames import Frames
from ._handles import closed, plan_handle, problem_handle
from .dispatch_parts import DispatchAnswer, JournalReport, Notice, report_of
from .literals import Backend
from .ranking import Ranking

if TYPE_CHECKING:
    from .plan import Plan
    from .problem import Problem


@final
class Dispatch:
    """A live service: commands in, decided and visible at once, durable a few milliseconds later.

    Made by `Dispatch.open`, and closed by `Dispatch.close` or at the end of a ``with`` block. Any
    number of threads may use it; other Python threads run during every call. It reads no clock: time
    is what commands say, and never goes back. The guide has the table of commands.
    """

    __slots__ = ("_handle",)

    _handle: _core.Dispatch

    def __init__(self) -> None:
        raise closed(Dispatch, "Dispatch.open")

    def __init_subclass__(cls) -> None:
        raise closed(Dispatch, "Dispatch.open")

    @staticmethod
    def open(
        path: str | os.PathLike[str] | None,
        problem: Problem | None = None,
        plan: Plan | None = None,
        *,
        datum: str = "WGS-84",
    ) -> Dispatch:
        """Opens a journal. A new one begins with a problem; an old one has its own.

        Args:
            path: the file; None for a journal in memory, which is gone when it is closed.
            problem: what a new journal begins with. Where there is a journal already, it must be the
                one it was begun with.
            plan: the plan that holds when a new journal begins; nobody goes out if None. Of an old
                journal it is not looked at.
            datum: the datum of coordinates in commands: ``WGS-84``, ``GCJ-02`` or ``BD-09``. Only a
                new journal takes it.

        Raises:
            FileNotFoundError: there is no such file, and no problem to begin with.
            DispatchError: the journal cannot be opened, is in use, or was begun with another problem.
            ValueError: there is no such datum, or no problem for a journal in memory.

        Example:
            >>> with qise.Dispatch.open(folder / "alxa.qise", problem, plan) as day:
            ...     answer = day.tick("2026-11-24T09:00")
            >>> with qise.Dispatch.open(folder / "alxa.qise") as day:
            ...     day.status()["as_of"] == answer.seq
            True
        """
        if problem is None:
            if path is None:
                raise ValueError("a journal in memory needs a problem to begin with")
            if not Path(path).exists():
                raise FileNotFoundError(2, "there is no such journal, and no problem to begin with", os.fspath(path))
            if plan is not None:
                raise ValueError("a plan needs its problem")
        handle = None if problem is None else problem_handle(problem)
        made: Dispatch = object.__new__(Dispatch)
        stands = None if plan is None else plan_handle(plan)
        made._handle = _core.Dispatch.open(None if path is None else os.fspath(path), handle, stands, datum)
        return made

    @staticmethod
    def verify(path: str | os.PathLike[str]) -> JournalReport:
        """Checks a journal from its first entry to its last: numbers, hashes, keys, notices.

        A service may have it open meanwhile.

        Args:
            path: the file.

        Raises:
            DispatchError: it cannot be read, or is no journal. Damage is reported, not raised.

        Example:
            >>> with qise.Dispatch.open(folder / "alxa.qise", problem) as day:
            ...     answer = day.tick("2026-11-24T09:00")
            >>> qise.Dispatch.verify(folder / "alxa.qise").entries == answer.seq
            True
        """
        return report_of(_core.verify(os.fspath(path)))

    def submit(
        self, *, at: datetime | str, key: str | None = None, actor: str = "", **command: dict[str, Any]
    ) -> DispatchAnswer:
        """Decides one command. What it leads to is visible at once, and durable a little later.

        Timers that are due before it fire first. A command that is refused changes nothing else.

        Args:
            at: when it is given: a datetime (without a zone: local time of the scenario), or text as
                in documents. What comes late counts as of now.
            key: by which the command is known when it comes again: it is carried out once.
            actor: who gives it, for the journal.
            command: exactly one, by its word, with its fields as in a line of ``qise dispatch``:
                ``accept={"offer": 3}``. ``add_need`` and ``change_need`` take the need itself, as in
                a scenario. ``raise`` is a word of Python: ``raise_={...}``.

        Returns:
            A `DispatchAnswer`. Whoever acts on it waits until it is durable: see `Dispatch.wait`.

        Raises:
            DispatchError: it is refused; ``code`` says why. Nothing was written then.
            TypeError: there is no command, or more than one, or it is not a dict.

        Example:
            >>> answer = live.submit(at="2026-11-24T08:00", key="c-1", cancel_need={
            ...     "need": "n-boiler", "reason": "no_longer_needed"})
            >>> answer.outcome
            {'noted': {}}
            >>> live.need("n-boiler")["state"]
            'cancelled'
        """
        return DispatchAnswer(*self._handle.submit(command_line(at, key, actor, command)))

    def tick(self, at: datetime | str) -> DispatchAnswer:
        """Says what time it is: timers that are due fire, in order.

        Args:
            at: as for `Dispatch.submit`.

        Raises:
            DispatchError: the time cannot be read, or the service is closed.

        Example:
            >>> live.tick("2026-11-24T09:00").code
            'noted'
        """
        return self.submit(at=at, tick={})

    def rank(self, need_id: str, *, best: int = 10) -> Ranking:
        """Tells who could serve a need now, the best first; whoever has declined is among them.

        Args:
            need_id: id of the need.
            best: number of offers at most.

        Returns:
            A `Ranking`, a list of `Offer`; empty if nobody can, or the need has ended.

        Raises:
            DispatchError: there is no such need.

        Example:
            >>> [offer.visits[0]["volunteer"] for offer in live.rank("n-water")]
            ['v-gao-feng', 'v-siqin']
        """
        answer = self._handle.ask(question_line("rank", need=need_id, best=best))
        return Ranking._of(answer["offers"], self._handle.time_zone)

    def explain(self, need_id: str) -> dict[str, Any]:
        """Tells why those serve a need who do, or why nobody does.

        Returns:
            A new dict: ``verdict``, ``text``, ``public_text`` (which names nobody) and their Chinese
            ``text_zh`` and ``public_text_zh``, and whatever else a line of ``qise dispatch`` tells.

        Raises:
            DispatchError: there is no such need.

        Example:
            >>> live.explain("n-boiler")["verdict"]
            'impossible'
        """
        return self._asked("explain", need=need_id)

    def audit(self, need_id: str) -> dict[str, Any]:
        """Tells what has happened to a need: who was asked, who declined, who went, when, and why.

        Returns:
            A new dict: ``asked``, ``declined``, ``committed`` and ``went``, lists of who and when,
            and ``story``, a list of steps with ``seq``, ``at``, ``what``, ``who``, ``reason`` and
            sentences for the dispatcher (``text``) and the resident (``public_text``), both also in
            Chinese. Times are text.

        Raises:
            DispatchError: there is no such need.

        Example:
            >>> answer = live.tick("2026-11-24T08:00")
            >>> [step["what"] for step in live.audit("n-water")["story"]]
            ['need_added', 'committed']
        """
        return self._asked("audit", need=need_id)

    def need(self, need_id: str) -> dict[str, Any]:
        """Tells how a need stands: its state, who has its places, open offers, who has declined.

        Raises:
            DispatchError: there is no such need.

        Example:
            >>> answer = live.tick("2026-11-24T08:00")
            >>> live.need("n-water")["state"]
            'staffed'
        """
        return self._asked("need", need=need_id)

    def person(self, volunteer_id: str) -> dict[str, Any]:
        """Tells where a volunteer stands: state, route, shifts, position, open offers.

        Raises:
            DispatchError: there is no such volunteer.

        Example:
            >>> live.person("v-siqin")["state"]
            'free'
        """
        return self._asked("person", who=volunteer_id)

    def plan(self) -> dict[str, Any]:
        """The plan as it is: a new plan document.

        Its problem is the one of the beginning with all changes since.

        Example:
            >>> live.plan()["format"]
            'qise/plan'
        """
        return self._asked("plan")

    def status(self) -> dict[str, Any]:
        """Counts: needs by state, offers, keys; ``as_of`` and ``durable``, numbers of entries; memory in bytes.

        Example:
            >>> sorted(live.status())[:3]
            ['as_of', 'durable', 'keys']
        """
        return self._asked("status")

    def to_frames(self, *, backend: Backend | None = None) -> _dispatch_frames.DispatchFrames:
        """What has happened and how things stand, as data frames of one moment.

        Times are in the zone of the scenario.

        Args:
            backend: the library, as for `Problem.to_frames`.

        Raises:
            ImportError: the library is not installed.
            ValueError: ``backend`` is another word.

        Example:
            >>> answer = live.tick("2026-11-24T08:00")
            >>> live.to_frames()["assignments"]["who"].tolist()
            ['v-gao-feng', 'v-gao-feng', 'v-siqin']
        """
        # What is missing is told before anything is read.
        make = Frames(backend, self._handle.time_zone)
        return _dispatch_frames.frames(make, self._handle.tables())

    def notices(self, *, after: Notice | None = None, most: int = 100) -> list[Notice]:
        """What people must be told: durable notices that nobody has marked as delivered, in order.

        Each comes again until it is marked, also after a crash; ``seq`` and ``index`` stay the same.

        Args:
            after: only those after this one, to pass over what cannot be delivered just now.
            most: number of notices at most.

        Raises:
            DispatchError: the service is closed, or the journal has failed.

        Example:
            >>> answer = live.submit(at="2026-11-24T08:00", withdraw={
            ...     "need": "n-water", "who": "v-gao-feng"})
            >>> live.wait(answer.seq, timeout=10)
            True
            >>> [(notice.to, notice.body["what"]) for notice in live.notices()]
            [('v-gao-feng', 'released')]
        """
        place = None if after is None else (after.seq, after.index)
        return [Notice(*told) for told in self._handle.notices(place, most)]

    def delivered(self, notices: Iterable[Notice]) -> int:
        """Marks notices as delivered, now. The marks are written with the next commit.

        Args:
            notices: the notices. Those that are marked already are passed over.

        Returns:
            How many were not marked before.

        Raises:
            DispatchError: the service is closed, or the journal has failed.

        Example:
            >>> live.delivered(live.notices())
            0
        """
        return self._handle.delivered([(notice.seq, notice.index) for notice in notices], int(time.time()))

    def wait(self, seq: int | None = None, *, timeout: float | None = None) -> bool:
        """Waits until an entry of the journal is durable. Ctrl-C ends it with KeyboardInterrupt.

        Args:
            seq: its number; of the last that was decided if None.
            timeout: seconds at most; no limit if None.

        Returns:
            True once it is durable, False if that takes longer.

        Raises:
            DispatchError: it never will be: the journal has failed, or was closed before.

        Example:
            >>> live.wait(live.tick("2026-11-24T09:00").seq, timeout=10)
            True
        """
        return self._handle.wait(seq, timeout)

    def close(self) -> None:
        """Writes what waits, and takes no more. May be called again.

        Raises:
            DispatchError: not everything that was decided is in the journal.

        Example:
            >>> live.close()
        """
        self._handle.close()

    @property
    def durable(self) -> int:
        """Number of the last entry of the journal that is durable: it and all before it are kept."""
        return self._handle.durable

    @property
    def time_zone(self) -> str:
        """The zone of the scenario, in which times without one are read."""
        return self._handle.time_zone

    def _asked(self, word: str, **fields: str) -> dict[str, Any]:
        return self._handle.ask(question_line(word, **fields))

    def __enter__(self) -> Dispatch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Dispatch holds a journal: it is neither pickled nor copied")

    def __repr__(self) -> str:
        return f"<Dispatch: durable up to entry {self.durable}>"
