"""What all tests share: the four needs and two people that can be worked out by hand, and a real day."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import qise

DATA = Path(__file__).parents[3] / "tests" / "data" / "alxa"


@pytest.fixture()
def interruptible() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt, also where it is ignored, as in what is started in the background or under nohup."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def frames_of_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test changes in which library the next gets its frames."""
    monkeypatch.setattr("qise._frames._last", ["pandas"])


@pytest.fixture(scope="session")
def tiny() -> qise.Problem:
    """Four needs, two people; see the README beside it for the best plan."""
    return qise.Problem.from_file(DATA / "tiny.json")


@pytest.fixture(scope="session")
def tiny_plan(tiny: qise.Problem) -> qise.Plan:
    return qise.solve(tiny, iterations=200, threads=1)


@pytest.fixture()
def tiny_document() -> dict[str, Any]:
    """The document of `tiny`, to be spoilt."""
    return dict(json.loads((DATA / "tiny.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def day() -> qise.Problem:
    """A day in Alxa League: 171 needs, 77 people."""
    return qise.Problem.from_file(DATA / "day.json")


@pytest.fixture(scope="session")
def day_plan(day: qise.Problem) -> qise.Plan:
    return qise.solve(day, iterations=60)
