"""Long calls show how far they have come, where somebody looks; and are the same calls."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import qise
from qise import _progress

ROOT = Path(__file__).resolve().parents[3]
COLUMNS = 80


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def left_of(text: str) -> str:
    """What stands on a line in the end, and to the right of what is written last."""
    cells: list[str] = []
    for part in text.split("\r"):
        cells[: columns(part)] = part.ljust(len(part))
    return "".join(cells).rstrip()


def frames(terminal: Terminal) -> list[str]:
    """The lines that were shown, one after the other; each fits, and nothing is left of the last."""
    text = terminal.getvalue()
    assert "\n" not in text
    assert left_of(text) == ""
    shown = text.split("\r")
    assert all(columns(line) < COLUMNS for line in shown), shown
    return [line.rstrip() for line in shown if line.strip()]


@pytest.fixture()
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Standard error is a terminal, outside of pytest, and everything is shown at once."""
    monkeypatch.setattr(_progress, "_PYTEST", "PYTEST_ELSEWHERE")
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(_progress, "DELAY", 0.0)
    monkeypatch.setattr(_progress, "TICK", 0.01)
    screen = Terminal()
    # pytest puts its own stream into sys before each test
    monkeypatch.setattr("qise._progress.sys", SimpleNamespace(stderr=screen, modules=sys.modules))
    yield screen
    qise.set_progress(None)
    qise.set_language(None)
    for thread in threading.enumerate():
        if thread.name == "qise-progress":
            thread.join(10)  # nobody waits for what has drawn nothing
            assert not thread.is_alive()


@pytest.fixture(scope="module")
def busy() -> tuple[qise.Problem, qise.Plan]:
    """More needs than anybody can serve, so that there is much to find out."""
    problem = qise.generate(needs=500, volunteers=60, teams=8)
    return problem, problem.solve(iterations=0)


def left(plan: qise.Plan) -> str:
    return plan.unserved("none")[0]["need"]


LONG: dict[str, tuple[str, Callable[[qise.Problem, qise.Plan], object]]] = {
    "solve": (r"solving \[#*-*\] \d.\d s of 0.3 s(, \d+ needs unserved)?", lambda p, _: p.solve(time_limit=0.3)),
    "steps": (r"solving(: | \[#*-*\] )\d.\d s(, \d+ needs uns.*)?", lambda p, _: p.solve(iterations=300)),
    "bound": (r"proving bounds \[#*-*\] \d.\d s of 0.2 s", lambda p, plan: p.bound(plan, time_limit=0.2)),
    "rounds": (r"proving bounds: \d.\d s", lambda p, plan: p.bound(rounds=0)),
    "frontier": (
        r"weighing fairness against effort(: | \[#*-*\] )\d.\d s(, .*)?",
        lambda p, _: p.frontier(weights=[0, 5], iterations=50),
    ),
    "coverage": (r"measuring coverage: \d.\d s", lambda p, _: p.coverage(place=1, skills=[], candidates="needs")),
    "improve": (r"trying what would help: \d.\d s", lambda _, plan: plan.improve(left(plan), steps=20)),
    "unserved": (r"looking for reasons \[#*-*\] \d.\d s of 0.2 s", lambda _, plan: plan.unserved(time_limit=0.2)),
    "to_json": (r"looking for reasons \[#*-*\] \d.\d s of 0.2 s", lambda _, plan: plan.to_json(time_limit=0.2)),
    "to_text": (r"looking for reasons \[#*-*\] \d.\d s of 0.2 s", lambda _, plan: plan.to_text(time_limit=0.2)),
    "shown": (r"looking for reasons \[#*-*\] \d.\d s of 3.0 s", lambda _, plan: plan._repr_html_()),
    "save": (
        r"looking for reasons \[#*-*\] \d.\d s of 0.2 s",
        lambda _, plan: plan.save(os.devnull if os.name == "nt" else "/dev/null", time_limit=0.2),
    ),
    "explain": (r"explaining: \d.\d s", lambda _, plan: plan.explain(left(plan))),
    "compare": (r"solving(: | \[#*-*\] )\d.\d s(, .*)?", lambda p, plan: qise.compare(plan, p, iterations=100)),
}


@pytest.mark.parametrize("call", LONG)
def test_a_line_is_shown_and_cleared(terminal: Terminal, busy: tuple[qise.Problem, qise.Plan], call: str) -> None:
    words, ask = LONG[call]
    ask(*busy)
    shown = frames(terminal)
    assert shown, "something is shown"
    assert all(re.fullmatch(words, line) or len(line) > COLUMNS - 10 for line in shown), shown


def test_the_bar_grows_and_tells_the_best_so_far(terminal: Terminal, busy: tuple[qise.Problem, qise.Plan]) -> None:
    plan = busy[0].solve(time_limit=1)
    shown = frames(terminal)
    full = [line.count("#") for line in shown]
    assert full == sorted(full) and full[-1] > 10
    left = [int(found[1]) for line in shown if (found := re.search(r"(\d+) needs unserved", line))]
    assert left and left[-1] <= left[0] and len(plan.unserved("none")) <= left[0]


def test_a_frontier_counts_all_its_searches(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, day: qise.Problem) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    day.frontier(weights=[0, 5, 10], iterations=800)
    told = re.findall(r"step (\d+) of (\d+)", terminal.getvalue())
    done, total = [int(steps) for steps, _ in told], int(told[0][1])
    # the last search is well on its way when the bar is drawn the last time
    assert done == sorted(done) and done[-1] > total / 2


def test_both_languages(terminal: Terminal, busy: tuple[qise.Problem, qise.Plan]) -> None:
    qise.set_language("zh")
    busy[0].solve(time_limit=0.3)
    busy[1].unserved(time_limit=0.1)
    shown = frames(terminal)
    assert any(re.match(r"求解 \[#*-*\] 已用 0\.\d 秒，限时 0\.3 秒", line) for line in shown), shown
    assert any(re.match(r"查找原因 \[#*-*\] 已用 0\.\d 秒", line) for line in shown), shown
    assert not [line for line in shown if re.search("[a-z]", line)]


def test_nothing_is_shown_of_what_is_short(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, day: qise.Problem, day_plan: qise.Plan
) -> None:
    monkeypatch.setattr(_progress, "DELAY", 30.0)
    day.solve(iterations=20)
    day.coverage(hours="9")
    assert terminal.getvalue() == ""


def test_nothing_is_shown_where_nobody_looks(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, day: qise.Problem
) -> None:
    def solve() -> None:
        day.solve(iterations=50)
        assert terminal.getvalue() == ""

    qise.set_progress(False)
    solve()
    qise.set_progress(None)
    monkeypatch.setenv("PYTEST_ELSEWHERE", "here")
    solve()
    monkeypatch.delenv("PYTEST_ELSEWHERE")
    with monkeypatch.context() as pool:
        pool.setitem(sys.modules, "multiprocessing", SimpleNamespace(parent_process=lambda: "parent"))
        solve()
    monkeypatch.setenv("TERM", "dumb")
    solve()
    monkeypatch.setenv("TERM", "xterm")
    for stream in (io.StringIO(), object(), None):
        monkeypatch.setattr("qise._progress.sys.stderr", stream)
        solve()
    closed = Terminal()
    closed.close()
    monkeypatch.setattr("qise._progress.sys.stderr", closed)
    solve()


def test_shown_where_it_is_asked_for(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, day: qise.Problem) -> None:
    monkeypatch.setenv("PYTEST_ELSEWHERE", "here")
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    qise.set_progress(True)
    day.solve(iterations=50)
    assert frames(terminal)
    for wrong in (1, "yes", 0.0):
        with pytest.raises(TypeError, match="^shown must be True, False or None, not "):
            qise.set_progress(wrong)  # type: ignore[arg-type]


def test_who_is_told_sees_nothing(terminal: Terminal, day: qise.Problem) -> None:
    qise.set_progress(True)
    told: list[qise.Progress] = []
    day.solve(iterations=50, on_progress=told.append)
    day.frontier(weights=[0], iterations=20, on_progress=told.append)
    assert told and terminal.getvalue() == ""
    # what it asks for itself is seen
    day.solve(iterations=50, on_progress=lambda _: day.coverage(hours="9") and None)


def test_answers_are_the_same(
    terminal: Terminal, tiny: qise.Problem, tiny_plan: qise.Plan, day: qise.Problem, day_plan: qise.Plan
) -> None:
    def everything() -> list[Any]:
        points = day.frontier(weights=[0, 5], iterations=30).points
        return [
            day.solve(iterations=300, seed=2),
            [(point.mark, point.plan) for point in points],
            tiny.bound(tiny_plan, rounds=20),
            day.coverage(hours="9", place=1, skills=[]),
            day_plan.improve("n-station-dawn", steps=20),
            day_plan.explain("n-water-01"),
            day_plan.unserved(),
            day_plan.to_json(),
        ]

    shown = everything()
    assert frames(terminal)
    qise.set_progress(False)
    assert everything() == shown


def test_errors_stay_what_they_are(terminal: Terminal, day: qise.Problem, day_plan: qise.Plan) -> None:
    def told() -> list[tuple[type, str]]:
        wrong: list[Callable[[], object]] = [
            lambda: day.solve(time_limit=-1),
            lambda: day.solve(time_limit="soon"),  # type: ignore[arg-type]
            lambda: day.solve(iterations=object()),  # type: ignore[arg-type]
            lambda: day.solve(on_progress=7),  # type: ignore[arg-type]
            lambda: day.frontier(weights=7),  # type: ignore[arg-type]
            lambda: day.frontier(iterations=object()),  # type: ignore[arg-type]
            lambda: day.frontier(term="kindness"),
            lambda: day.bound(rounds=-1),
            lambda: day.coverage(hours="late"),
            lambda: day_plan.improve("n-nobody"),
            lambda: day_plan.explain("n-nobody"),
            lambda: day_plan.unserved("some"),  # type: ignore[arg-type]
            lambda: day_plan.to_text(time_limit=-1),
        ]
        found = []
        for ask in wrong:
            with pytest.raises(Exception) as raised:
                ask()
            found.append((raised.type, str(raised.value)))
        return found

    shown = told()
    qise.set_progress(False)
    assert told() == shown
    assert left_of(terminal.getvalue()) == ""


def test_a_terminal_that_fails_does_no_harm(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, day: qise.Problem
) -> None:
    def fail(*_: object) -> int:
        raise OSError("gone")

    monkeypatch.setattr(terminal, "write", fail)
    plan = day.solve(iterations=300)
    qise.set_progress(False)
    assert plan == day.solve(iterations=300)


def test_a_terminal_without_letters(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, day: qise.Problem) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict", newline="")
    monkeypatch.setattr("qise._progress.sys.stderr", stream)
    qise.set_progress(True)
    qise.set_language("zh")
    day.solve(iterations=100)
    stream.seek(0)
    assert "?? [" in stream.read()


def test_no_threads_left_to_draw_with(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, day: qise.Problem) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", fail)
    assert day.solve(iterations=50).check() == []
    assert terminal.getvalue() == ""


def test_one_line_for_all_threads(terminal: Terminal, day: qise.Problem) -> None:
    others = [threading.Thread(target=lambda: day.solve(time_limit=0.5)) for _ in range(3)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert frames(terminal)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("call", ["solve", "bound", "improve"])
def test_interrupts_end_it(terminal: Terminal, call: str) -> None:
    problem = qise.generate(needs=1500, volunteers=300, teams=40)
    plan = problem.solve(iterations=0)
    ask: Callable[[], object] = {
        "solve": lambda: problem.solve(time_limit=60),
        "bound": lambda: problem.bound(plan, time_limit=60),
        "improve": lambda: plan.improve(),
    }[call]

    def interrupt() -> None:
        end = time.perf_counter() + 10
        while not terminal.getvalue() and time.perf_counter() < end:
            time.sleep(0.01)
        time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGINT)

    other = threading.Thread(target=interrupt)
    other.start()
    with pytest.raises(KeyboardInterrupt):
        ask()
    other.join()
    assert frames(terminal)


SCRIPT = """
import sys, qise
problem = qise.Problem.from_file("tests/data/alxa/day.json")
try:
    problem.solve(time_limit=float(sys.argv[1]))
except KeyboardInterrupt:
    print("interrupted")
print("done")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize("is_interrupted", [False, True])
def test_in_a_real_terminal(is_interrupted: bool) -> None:
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTEST_CURRENT_TEST", "COLUMNS")}
    asked = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "60" if is_interrupted else "1.5"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=ROOT,
        env={**environment, "TERM": "xterm", "PYTHONPATH": os.pathsep.join(sys.path)},
        # Ctrl-C is not ignored, as it is in what runs in the background
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # nobody is there any more
            break
        if not part:
            break
        if is_interrupted and not shown:
            asked.send_signal(signal.SIGINT)
        shown += part
    os.close(ours)
    out, _ = asked.communicate(timeout=60)
    assert out.decode().split() == (["interrupted", "done"] if is_interrupted else ["done"])
    assert asked.returncode == 0
    text = shown.decode()
    assert left_of(text) == "" and "\n" not in text
    assert "solving [" in text and all(columns(line) < 40 for line in text.split("\r"))


def test_in_a_notebook(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, day: qise.Problem) -> None:
    """IPython is only used where it is there; a real kernel is in test_notebooks."""
    pages: list[str] = []

    def put(data: dict[str, str], *, raw: bool, display_id: bool | None = None) -> Any:
        assert raw and set(data) == {"text/html", "text/plain"}
        pages.append(data["text/html"])
        return SimpleNamespace(update=put)

    module, display = ModuleType("IPython"), ModuleType("IPython.display")
    module.get_ipython = lambda: SimpleNamespace(kernel=object())  # type: ignore[attr-defined]
    display.display = put  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", module)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    day.solve(time_limit=0.3)
    assert terminal.getvalue() == ""
    assert len(pages) > 2 and pages[-1] == ""
    assert re.search(r'<span>solving</span> <progress max="1" value="[01]\.\d+"', pages[-2])
    pages.clear()
    _progress._Cell().show("a<b", None, "1 & 2")
    assert "a&lt;b" in pages[0] and "1 &amp; 2" in pages[0] and "value" not in pages[0]
    module.get_ipython = lambda: None  # type: ignore[attr-defined]
    day.solve(iterations=50)
    assert len(pages) == 1 and frames(terminal)


def test_where_nothing_is_shown_ipython_is_not_imported() -> None:
    script = "import sys, qise; qise.generate(needs=5, volunteers=2).solve(iterations=5); print('IPython' in sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (asked.stdout.strip(), asked.stderr) == ("False", "")
