"""The stubs are exact, and the package and its tests pass a strict type checker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import qise

HERE = Path(__file__).parent


def run(folder: Path, *arguments: str) -> None:
    # In a folder apart, so that the installed package is looked at and nothing is left behind.
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_are_exact(tmp_path: Path) -> None:
    # The checker of stubs takes the name of a Literal with several words for that of a Union.
    words = tmp_path / "words"
    words.write_text("qise\\.(literals|_frames\\.columns)\\..*", encoding="utf-8")
    run(tmp_path, "mypy.stubtest", "qise", "--concise", "--allowlist", str(words), "--ignore-unused-allowlist")


@pytest.mark.parametrize("what", [["-p", "qise"], ["--allow-untyped-defs", str(HERE)]])
def test_types_hold(what: list[str], tmp_path: Path) -> None:
    run(tmp_path, "mypy", "--strict", *what)


PLANTED = """
import qise
problem = qise.Problem.from_file("day.json")
plan = problem.solve()
plan.routes[0]["voluntier"]  # wrong
plan.routes[0]["volunteer"]
plan.unserved()[0]["verdict"] == "imposible"  # wrong
plan.unserved()[0]["verdict"] == "impossible"
plan.score.terms["travel_tme"]  # wrong
plan.score.terms["travel_time"]
plan.to_frames()["asignments"]  # wrong
plan.to_frames()["assignments"]
problem.to_frames()["need"]  # wrong
problem.to_frames(backend="panda")  # wrong
problem.with_objective(["travel_tme"])  # wrong
problem.with_objective(["travel_time", ("load", 2)])
plan.diff(plan).needs[0]["change"] == "gained"  # wrong
plan.diff(plan).better == "neu"  # wrong
qise.set_language("cn")  # wrong
plan.to_text(lang="cn")  # wrong
"""


def test_wrong_words_are_found(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(PLANTED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "script.py"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    found = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    wrong = {number for number, line in enumerate(PLANTED.splitlines(), 1) if line.endswith("# wrong")}
    assert found == wrong, done.stdout + done.stderr


def test_all_is_there() -> None:
    assert all(hasattr(qise, name) for name in qise.__all__)
    assert sorted(qise.__all__) == qise.__all__
    version = qise.__version__.split(".")
    assert len(version) == 3
