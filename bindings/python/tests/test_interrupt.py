"""Whatever takes long lets other threads run, can be interrupted, and stops soon."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

import pytest
import qise


@pytest.fixture(scope="module")
def busy() -> tuple[qise.Problem, qise.Plan]:
    """More needs than anybody can serve, so that there is much to find out."""
    problem = qise.generate(needs=1500, volunteers=300, teams=40)
    return problem, problem.solve(iterations=0)


LONG: dict[str, Callable[[qise.Problem, qise.Plan], object]] = {
    "solve": lambda problem, plan: problem.solve(time_limit=60),
    "frontier": lambda problem, plan: problem.frontier(time_limit=60),
    "bound": lambda problem, plan: problem.bound(plan, time_limit=60),
    "coverage": lambda problem, plan: problem.coverage(region=(97, 37, 107, 43), cell_m=1000),
    "sites": lambda problem, plan: problem.coverage(
        place=6, skills=[], people=2, candidates="needs", exact=True, steps=10**9
    ),
    "improve": lambda problem, plan: plan.improve(),
    "unserved": lambda problem, plan: plan.unserved("proven"),
    "to_text": lambda problem, plan: plan.to_text(),
    "to_html": lambda problem, plan: plan.to_html(time_limit=None),
    "save": lambda problem, plan: plan.save(Path(gettempdir()) / f"qise-{os.getpid()}.json"),
}


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("call", LONG)
def test_long_work_stops_soon(busy: tuple[qise.Problem, qise.Plan], call: str) -> None:
    problem, plan = busy
    asked: list[float] = []
    ticks = 0

    def interrupt() -> None:
        nonlocal ticks
        end = time.perf_counter() + 0.3
        while time.perf_counter() < end:
            time.sleep(0.005)
            ticks += 1
        asked.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    other = threading.Thread(target=interrupt)
    other.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            while not asked:
                # What is quicker than that is done again.
                LONG[call](problem, plan)
        # Half a second is for a machine that does other work at the same time.
        assert time.perf_counter() - asked[0] < 0.5
    finally:
        other.join()
        (Path(gettempdir()) / f"qise-{os.getpid()}.json").unlink(missing_ok=True)
    assert ticks > 5, "other threads run meanwhile"
