"""One convention for the whole package: names, order of arguments, documentation with examples that run."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
import qise

PACKAGE = Path(qise.__file__).parent

# What a question is about, or what it starts from. Everything else is an option, and has to be named.
SUBJECTS = {
    *("self", "problem", "plan", "need_id", "volunteer_id", "other"),
    *("document", "table", "path", "format", "reasons"),
    *("at", "seq", "notices", "now", "old", "new", "lang", "shown"),
    *("objective", "volunteer", "ids", "factor", "assignments"),
    *("id", "first", "second", "need", "needs", "who", "levels", "price"),
}


def callables() -> Iterator[tuple[str, Any]]:
    """Every public function and method, by its name; a method that is a function of the module comes twice."""
    for name in qise.__all__:
        value = getattr(qise, name)
        if isinstance(value, FunctionType):
            yield f"qise.{name}", value
        if isinstance(value, type):
            # A model has its methods from several classes.
            members = {key: one for base in reversed(value.__mro__) for key, one in vars(base).items()}
            for inner, member in (members if value is qise.Model else vars(value)).items():
                function = member.__func__ if isinstance(member, staticmethod) else member
                if not inner.startswith("_") and isinstance(function, FunctionType):
                    yield f"qise.{name}.{inner}", function


EVERYTHING = dict(callables())


def test_what_is_asked_is_there() -> None:
    assert {"solve", "bound", "eligible", "check", "coverage", "frontier"} <= set(dir(qise.Problem))
    asked = {"rank", "needs_for", "explain", "improve", "check", "diff", "fairness", "unserved", "coverage", "carried"}
    assert asked <= set(dir(qise.Plan))
    assert {name for name, value in vars(qise).items() if isinstance(value, FunctionType)} == {
        *("check", "compare", "coverage", "explain", "frontier", "generate", "improve", "schema", "solve"),
        *("set_language", "set_progress"),
    }


def test_functions_are_the_methods() -> None:
    assert qise.solve is qise.Problem.solve
    assert qise.check is qise.Problem.check
    assert qise.coverage is qise.Problem.coverage is qise.Plan.coverage
    assert qise.frontier is qise.Problem.frontier
    assert qise.improve is qise.Plan.improve


def test_functions_and_methods_tell_the_same(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    assert tiny.solve(iterations=50, seed=3) == qise.solve(tiny, iterations=50, seed=3)
    assert tiny.eligible("n-water") == qise.explain(tiny, "n-water")
    for need in tiny.needs:
        assert tiny_plan.explain(need["id"]) == qise.explain(tiny, need["id"], tiny_plan)
    nobody = qise.Plan.from_json(tiny, {"format": "qise/plan", "version": 1, "routes": []})
    assert nobody.check() == tiny.check(nobody) == qise.check(problem=tiny, plan=nobody) != []
    assert tiny.coverage(hours="9") == tiny_plan.coverage(hours="9") == qise.coverage(problem=tiny, hours="9")
    assert tiny_plan.improve("n-boiler", steps=20) == qise.improve(tiny_plan, need_id="n-boiler", steps=20)
    assert tiny.frontier(weights=[0, 5], iterations=20) == qise.frontier(tiny, weights=[0, 5], iterations=20)


@pytest.mark.parametrize("name", EVERYTHING)
def test_subjects_come_first_and_options_have_names(name: str) -> None:
    parameters = inspect.signature(EVERYTHING[name]).parameters.values()
    for parameter in parameters:
        is_subject = parameter.name in SUBJECTS and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        # A command of the live service is given by its word.
        is_option = parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD)
        assert is_subject or is_option, f"{parameter.name} of {name} is {parameter.kind.description}"


@pytest.mark.parametrize("name", EVERYTHING)
def test_arguments_are_documented(name: str) -> None:
    function = EVERYTHING[name]
    text = inspect.getdoc(function) or ""
    assert text.split("\n")[0].endswith("."), f"{name} has no summary in its first line"
    given = [parameter for parameter in inspect.signature(function).parameters if parameter != "self"]
    section = re.search(r"\nArgs:\n(.*?)(?:\n\n|\Z)", text, re.DOTALL)
    told = re.findall(r"^    (\w+): ", section[1], re.MULTILINE) if section else []
    if "Arguments and errors as for" not in text and len(given) > 1:
        assert told == given
    assert set(told) <= set(given)


def a_model() -> dict[str, Any]:
    """What the examples of a model start from."""
    m = qise.Model("2026-11-24", tz="Asia/Shanghai")
    home = m.place("station", lat=38.8331, lon=105.6649)
    bat, siqin = (m.volunteer(key, home=home, shifts="8:00-17:00") for key in ("bat", "siqin"))
    water, talk = (m.need(key, at=home, minutes=20, window="9:00-12:00") for key in ("water", "talk"))
    return {"m": m, "bat": bat, "siqin": siqin, "water": water, "talk": talk}


@pytest.mark.parametrize("name", EVERYTHING)
def test_examples_run(name: str, tiny: qise.Problem, tiny_plan: qise.Plan, tmp_path: Path) -> None:
    names: dict[str, Any] = {"qise": qise, "problem": tiny, "plan": tiny_plan, "folder": tmp_path}
    if name.startswith("qise.Dispatch."):
        names["live"] = qise.Dispatch.open(None, tiny, tiny_plan)
    if name.startswith("qise.Model."):
        names |= a_model()
    (example,) = doctest.DocTestFinder(recurse=False).find(EVERYTHING[name], name, globs=names)
    assert example.examples, f"{name} has no example"
    told: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=told.append)
    assert told == [], "".join(told)


def test_every_value_is_documented() -> None:
    """Classes, properties, and every field of a dataclass or a typed dict; `Unserved` has those of `Reason`."""
    missing = []
    for path in sorted([*PACKAGE.glob("*.py"), *PACKAGE.glob("model/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef) or node.name not in qise.__all__:
                continue
            if ast.get_docstring(node) is None:
                missing.append(node.name)
            for index, entry in enumerate(node.body):
                if isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name):
                    after = node.body[index + 1] if index + 1 < len(node.body) else None
                    is_text = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                    if not is_text and not entry.target.id.startswith("_") and node.name != "Unserved":
                        missing.append(f"{node.name}.{entry.target.id}")
                if isinstance(entry, ast.FunctionDef) and not ast.get_docstring(entry):
                    missing += [] if entry.name.startswith("_") else [f"{node.name}.{entry.name}"]
    assert missing == []


def test_documentation_stands_once() -> None:
    """The stub of the extension has types alone, so that nothing is told twice, and each text stands in one place."""
    stub = ast.parse((PACKAGE / "_core.pyi").read_text(encoding="utf-8"))
    inner = [node for node in ast.walk(stub) if isinstance(node, (ast.ClassDef, ast.FunctionDef))]
    assert inner
    assert [node.name for node in inner if ast.get_docstring(node)] == []
    assert [path.name for path in PACKAGE.rglob("*.pyi")] == ["_core.pyi"]
    texts = {id(function): inspect.getdoc(function) for function in EVERYTHING.values()}
    assert len(set(texts.values())) == len(texts)


@pytest.mark.parametrize(
    "ask",
    [
        lambda plan, key: plan.rank(key),
        lambda plan, key: plan.explain(key),
        lambda plan, key: plan.improve(key, steps=1),
        lambda plan, key: plan.problem.eligible(key),
        lambda plan, key: qise.explain(plan.problem, key),
        lambda plan, key: qise.explain(plan.problem, key, plan),
        lambda plan, key: qise.improve(plan, key, steps=1),
    ],
)
def test_unknown_needs(ask: Any, tiny_plan: qise.Plan) -> None:
    with pytest.raises(qise.UnknownNeed, match=r'^the problem has no need "n-wter"; did you mean "n-water"\?$'):
        ask(tiny_plan, "n-wter")
    with pytest.raises(qise.UnknownNeed, match=r'^the problem has no need "需求"$'):
        ask(tiny_plan, "需求")
    for key in (None, 7, b"n-water"):
        if key is not None or "improve" not in inspect.getsource(ask):
            with pytest.raises(TypeError):
                ask(tiny_plan, key)


def test_unknown_volunteers(tiny_plan: qise.Plan) -> None:
    message = r'^the problem has no volunteer "v-gao"; did you mean "v-gao-feng"\?$'
    with pytest.raises(qise.UnknownVolunteer, match=message):
        tiny_plan.needs_for("v-gao")


@pytest.mark.parametrize("other", [None, 7, "plan", {}, object()])
def test_what_is_no_problem_and_no_plan(other: Any, tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    name = type(other).__name__
    of_problems: list[Any] = [qise.solve, qise.coverage, qise.frontier, tiny_plan.carried, qise.Problem.bound]
    for ask in of_problems:
        with pytest.raises(TypeError, match=f"^problem must be a Problem, not {name}$"):
            ask(other)
    of_plans: list[Any] = [qise.improve, tiny.check, tiny.with_previous, tiny.with_hours, qise.Plan.fairness]
    for ask in of_plans:
        with pytest.raises(TypeError, match=f"^plan must be a Plan, not {name}$"):
            ask(other)
    with pytest.raises(TypeError, match=f"^other must be a Plan, not {name}$"):
        tiny_plan.diff(other)


def test_problems_and_plans_are_closed(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    for value in (tiny, tiny_plan, tiny.coverage(hours="9"), qise.Dispatch.open(None, tiny)):
        with pytest.raises(TypeError, match="is made by"):
            type(value)()
        with pytest.raises(TypeError, match="cannot be extended"):
            type("Mine", (type(value),), {})
        for name in ("mine", "problem", "name"):
            with pytest.raises(AttributeError):
                setattr(value, name, None)
