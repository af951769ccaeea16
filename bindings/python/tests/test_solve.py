"""Searching: limits, threads, signals, progress."""

from __future__ import annotations

import math
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
import qise


def test_equal_seed_and_steps_give_equal_plans(day: qise.Problem) -> None:
    plans = [qise.solve(day, iterations=40, seed=7, threads=threads) for threads in (1, 2, None)]
    assert plans[0] == plans[1] == plans[2]
    assert plans[0].to_json() == plans[1].to_json()
    assert plans[0].statistics["iterations"] == 40


def test_time_limit(day: qise.Problem) -> None:
    begun = time.perf_counter()
    plan = qise.solve(day, time_limit=0.3, threads=1)
    # A share of the limit is kept for a last look at who is idle, which may need less.
    assert 0.2 <= time.perf_counter() - begun < 1.3
    assert qise.check(day, plan) == []
    assert qise.check(day, qise.solve(day, time_limit=0)) == []


def test_both_limits_bind(day: qise.Problem) -> None:
    begun = time.perf_counter()
    qise.solve(day, time_limit=0.2, iterations=10**15)
    assert time.perf_counter() - begun < 1.2
    assert qise.solve(day, time_limit=1e9, iterations=5).statistics["iterations"] == 5


def test_steps_alone_know_no_time(day: qise.Problem) -> None:
    """More steps than three seconds hold are all taken."""
    seen: list[qise.Progress] = []

    def until_four_seconds(progress: qise.Progress) -> bool:
        seen.append(progress)
        return progress.seconds < 3.5

    qise.solve(day, iterations=10**12, on_progress=until_four_seconds)
    assert seen[-1].seconds >= 3.5


def test_warm_start(day: qise.Problem, day_plan: qise.Plan) -> None:
    assert qise.solve(day, iterations=0, warm=day_plan).score.levels <= day_plan.score.levels


def test_warm_start_from_yesterday(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    """A need and a person have gone, another need has come."""
    document = tiny.to_dict()
    tea = {**document["needs"][1], "id": "n-tea", "name": "送茶"}
    document["needs"] = [tea, *(need for need in document["needs"] if need["id"] != "n-lamp")]
    document["volunteers"] = document["volunteers"][1:]
    today = qise.Problem.from_json(document)
    plan = qise.solve(today, iterations=50, warm=tiny_plan)
    assert qise.check(today, plan) == []
    assert {"n-talk"} <= {entry["need"] for entry in plan.assignments}


def test_nothing_to_do() -> None:
    empty = qise.generate(needs=0, volunteers=0, teams=0)
    plan = qise.solve(empty, iterations=10)
    assert (plan.routes, plan.unserved()) == ([], [])
    assert qise.solve(qise.generate(needs=3, volunteers=0, teams=0), time_limit=0.1).figures["served"] == 0


def test_progress(day: qise.Problem) -> None:
    seen: list[tuple[float, qise.Progress, int]] = []
    begun = time.perf_counter()
    qise.solve(day, time_limit=1, on_progress=lambda p: seen.append((time.perf_counter(), p, threading.get_ident())))
    passed = time.perf_counter() - begun
    assert 1 <= len(seen) <= passed * 10 + 1
    times = [moment for moment, _, _ in seen]
    assert all(after - before > 0.09 for before, after in pairwise(times))
    assert {thread for _, _, thread in seen} == {threading.get_ident()}
    last = seen[-1][1]
    assert isinstance(last, qise.Progress)
    assert last.score.levels <= seen[0][1].score.levels
    assert last.unserved == last.score.terms["unserved"]
    assert [p.iterations for _, p, _ in seen] == sorted(p.iterations for _, p, _ in seen)
    assert all(0 < p.seconds <= passed for _, p, _ in seen)


def test_a_short_search_reports_once(tiny: qise.Problem) -> None:
    seen: list[qise.Progress] = []
    qise.solve(tiny, iterations=1, on_progress=seen.append)
    assert len(seen) == 1


def test_false_ends_the_search_with_its_plan(day: qise.Problem) -> None:
    begun = time.perf_counter()
    plan = qise.solve(day, time_limit=math.inf, on_progress=lambda progress: False)
    assert time.perf_counter() - begun < 2
    assert qise.check(day, plan) == []


def test_an_exception_reaches_the_caller_unchanged(day: qise.Problem) -> None:
    class Enough(Exception):
        pass

    enough = Enough("now")
    calls = []

    def stop(progress: qise.Progress) -> None:
        calls.append(progress)
        raise enough

    begun = time.perf_counter()
    with pytest.raises(Enough) as caught:
        qise.solve(day, time_limit=60, on_progress=stop)
    assert caught.value is enough
    assert caught.value.__cause__ is None
    assert len(calls) == 1
    assert time.perf_counter() - begun < 2
    time.sleep(0.5)
    before = time.process_time()
    time.sleep(0.3)
    assert time.process_time() - before < 0.1, "the search has stopped"


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("arguments", [{"time_limit": 60}, {"iterations": 10**12}, {"time_limit": math.inf}])
def test_interrupt(day: qise.Problem, arguments: dict[str, Any]) -> None:
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    begun = time.perf_counter()
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        qise.solve(day, **arguments)
    assert time.perf_counter() - begun < 1.5


@pytest.mark.usefixtures("interruptible")
def test_interrupt_while_a_large_problem_is_prepared() -> None:
    large = qise.generate(needs=3000, volunteers=6000, teams=80)
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    begun = time.perf_counter()
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        qise.solve(large, time_limit=60)
    assert time.perf_counter() - begun < 1.2


def test_two_searches_run_side_by_side(day: qise.Problem) -> None:
    begun = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        plans = list(pool.map(lambda seed: qise.solve(day, time_limit=1, seed=seed, threads=1), (1, 2)))
    assert time.perf_counter() - begun < 1.7
    assert all(qise.check(day, plan) == [] for plan in plans)


def test_other_threads_run_meanwhile(day: qise.Problem) -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.01)

    ticker = threading.Thread(target=tick)
    ticker.start()
    qise.solve(day, time_limit=0.5, threads=1)
    done.set()
    ticker.join()
    assert ticks > 15


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"time_limit": -1}, ValueError, "time_limit must be 0 or more seconds, not -1"),
        ({"time_limit": math.nan}, ValueError, "time_limit must be 0 or more seconds, not NaN"),
        ({"time_limit": "soon"}, TypeError, "time_limit must be a number of seconds, not str"),
        ({"iterations": -1}, ValueError, "iterations must be from 0 to 18446744073709551615, not -1"),
        ({"iterations": 2**64}, ValueError, "iterations must be from 0"),
        ({"iterations": 1.0}, TypeError, "iterations must be an int, not float"),
        ({"seed": -1}, ValueError, "seed must be from 0"),
        ({"seed": "x"}, TypeError, "seed must be an int, not str"),
        ({"threads": 0}, ValueError, "threads must be from 1 to 1024, not 0"),
        ({"threads": 10**30}, ValueError, "threads must be from 1 to 1024"),
        ({"warm": "plan"}, TypeError, "warm must be a Plan, not str"),
        ({"on_progress": 7}, TypeError, "on_progress must be callable, not int"),
        ({"speed": 7}, TypeError, "speed"),
    ],
)
def test_bad_arguments(tiny: qise.Problem, arguments: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        qise.solve(tiny, **arguments)


def test_limits_must_be_named(tiny: qise.Problem) -> None:
    with pytest.raises(TypeError):
        qise.solve(tiny, 3.0)  # type: ignore[call-arg]
