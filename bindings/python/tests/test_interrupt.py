"""Whatever takes long can be interrupted, and stops soon."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

import qise


@pytest.fixture(scope="module")
def busy() -> tuple[qise.Problem, qise.Plan]:
    """More needs than anybody can serve, so that there is much to find out."""
    problem = qise.generate(needs=1500, volunteers=300, teams=40)
    return problem, qise.solve(problem, iterations=0)


LONG: dict[str, Callable[[qise.Problem, qise.Plan], object]] = {
    "bound": lambda problem, plan: problem.bound(plan, time_limit=60),
    "coverage": lambda problem, plan: qise.coverage(problem, region=(97, 37, 107, 43), cell_m=1000),
    "sites": lambda problem, plan: qise.coverage(
        problem, place=6, skills=[], people=2, candidates="needs", exact=True, steps=10**9
    ),
    "improve": lambda problem, plan: qise.improve(plan),
    "unserved": lambda problem, plan: plan.unserved("proven"),
    "to_text": lambda problem, plan: plan.to_text(),
}


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("call", LONG)
def test_long_work_stops_soon(busy: tuple[qise.Problem, qise.Plan], call: str) -> None:
    problem, plan = busy
    asked: list[float] = []

    def interrupt() -> None:
        asked.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, interrupt)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            while not asked:
                # What is quicker than that is done again.
                LONG[call](problem, plan)
        # Half a second is for a machine that does other work at the same time.
        assert time.perf_counter() - asked[0] < 0.5
    finally:
        timer.cancel()
