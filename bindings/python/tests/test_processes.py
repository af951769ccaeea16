"""Several processes: those that were forked after the engine has worked, and those that begin anew."""

from __future__ import annotations

import multiprocessing

import pytest
import qise


def levels_of(problem: qise.Problem) -> tuple[int, ...]:
    """Whatever keeps threads busy: a problem read, a plan searched, reasons found."""
    again = qise.Problem.from_json(problem.to_json())
    plan = qise.solve(again, iterations=30, threads=2)
    assert qise.check(again, plan) == []
    assert plan.unserved()
    assert qise.explain(again, plan.unserved()[0]["need"]).people == len(again.to_dict()["volunteers"])
    return plan.score.levels


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Python itself, about forking while there are threads
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes_work_too(day: qise.Problem, method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("no such processes here")
    expected = levels_of(day)
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map_async(levels_of, [day, day]).get(timeout=60) == [expected, expected]
