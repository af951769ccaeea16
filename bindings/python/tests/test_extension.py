"""The extension knows nothing of the package that wraps it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import qise
from qise import _core

SOURCES = Path(__file__).parents[1] / "src"

ALONE = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("_core", sys.argv[1])
core = importlib.util.module_from_spec(spec)
spec.loader.exec_module(core)

def raised(ask):
    try:
        ask()
    except Exception as error:
        return type(error).__name__, error.args
    return None

problem = core.generate(3, 0, 0, 0, 0, 0, 0, 0, 5, 1, 1, 1, "alxa")
plan = core.solve(problem, None, 20, 1, 1, None, None)
assert problem.document() and plan.bare() and plan.unserved("proven", None) is not None
print(raised(lambda: core.Problem.read(b"{}", "bad.json")))
print(raised(lambda: core.rank(plan, "nobody", 1)))
live = core.Dispatch.open(None, problem, plan, "WGS-84")
print(raised(lambda: live.ask('{"ask": "need", "need": "nobody"}')))

class Mine(Exception):
    pass

invalid = lambda faults, name: Mine(len(faults[0]), name)
refused = lambda code, en, zh, faults, expected: Mine(code)
core.register_errors(invalid, lambda key, known: Mine(key), lambda key, known: 7, refused)
print(raised(lambda: core.Problem.read(b"{}", "bad.json")))
print(raised(lambda: core.rank(plan, "nobody", 1)))
print(raised(lambda: core.needs_for(plan, "nobody", 1)))
print(raised(lambda: live.ask('{"ask": "need", "need": "nobody"}')))
print([name for name in sys.modules if name.split(".")[0] == "qise"])
"""


def test_no_source_names_the_package() -> None:
    for path in SOURCES.rglob("*.rs"):
        imported = re.findall(r'import\("([^"]*)"\)', path.read_text(encoding="utf-8"))
        assert [name for name in imported if name.split(".")[0] == "qise"] == [], path


def test_it_works_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ALONE, str(_core.__file__)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "('ValueError', ('bad.json',))",
        "('LookupError', ('nobody',))",
        "('RuntimeError', ('unknown_need: there is no need \"nobody\"',))",
        "('Mine', (10, 'bad.json'))",
        "('Mine', ('nobody',))",
        "('TypeError', ('exceptions must derive from BaseException',))",
        "('Mine', ('unknown_need',))",
        "[]",
    ]


def test_its_names_are_private() -> None:
    public = {getattr(qise, name) for name in qise.__all__}
    assert not public & {value for name, value in vars(_core).items() if not name.startswith("__")}
