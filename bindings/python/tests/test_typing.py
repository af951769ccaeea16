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


def test_all_is_there() -> None:
    assert all(hasattr(qise, name) for name in qise.__all__)
    assert sorted(qise.__all__) == qise.__all__
    version = qise.__version__.split(".")
    assert len(version) == 3
