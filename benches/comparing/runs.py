"""Runs of both builds, in pairs."""
import csv
import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Run:
    """What one build made of one problem with one seed."""
    values: list  # the most important first; less is better
    wrong: str  # why the plan is not valid; empty where it is
    seconds: float
    plan: Path = None
    extra: dict = field(default_factory=dict)


def pairs(args, problems, out):
    """For each problem and seed the runs of both builds: `(problem, seed, old, new)`."""
    outcomes = []
    table = None
    if args.out:
        table = (out / "runs.csv").open("w", newline="")
        csv.writer(table).writerow(["problem", "seed", "build", "values", "valid", "seconds"])
    turn = 0
    for problem in problems:
        for seed in args.seeds:
            turn += 1
            builds = [("old", args.old), ("new", args.new)]
            if turn % 2 == 0:
                builds.reverse()
            made = {}
            for name, build in builds:
                folder = out / name / problem.label.replace("/", "__") / str(seed)
                made[name] = solve(args, problem, build, folder, seed=seed, threads=args.threads, seconds=args.seconds)
                made[name].wrong = made[name].wrong or check(args, problem, made[name])
            outcomes.append((problem, seed, made["old"], made["new"]))
            line(problem, seed, made["old"], made["new"])
            for name in ("old", "new") if table else ():
                run = made[name]
                csv.writer(table).writerow([problem.label, seed, name, " ".join(map(str, run.values)), not run.wrong, f"{run.seconds:.2f}"])
                table.flush()
    return outcomes


def line(problem, seed, old, new):
    wrong = "".join(f"  {name}: {run.wrong}" for name, run in (("OLD", old), ("NEW", new)) if run.wrong)
    print(f"{problem.label}  seed {seed}  {shown(old.values)} -> {shown(new.values)}{wrong}", flush=True)


def shown(values):
    return " ".join(f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}" for value in values) or "none"


def solve(args, problem, build, folder, seed, threads, seconds=None, steps=None):
    """Solves a problem in so many seconds, or so many steps."""
    folder.mkdir(parents=True, exist_ok=True)
    limit = ["--time-limit", f"{seconds:g}"] if steps is None else ["--iterations", str(steps)]
    words = [*limit, "--threads", str(threads), "--seed", str(seed)]
    plan = folder / "plan.json"
    if problem.kind == "bench":
        data = args.data / problem.family
        name, paths = problem.name, []
        if problem.family == "toptw":
            name, number = problem.name.split("_m")
            paths = ["--paths", number]
        command = ["bench", problem.family, "--data", data, "--instances", name, *paths, "--solutions", folder, "--out", folder / "rows.csv"]
    elif problem.kind == "neutral":
        command = ["solve", "--format", "neutral", problem.path, "--out", plan]
    else:
        command = ["solve", problem.path, "--out", plan]
    begun = time.monotonic()
    # A build that hangs is told of, and does not hold up the rest.
    ended = None
    try:
        ended = subprocess.run([build, *command, *words, "--quiet"], capture_output=True, text=True, timeout=20 * (seconds or 30) + 300)
    except subprocess.TimeoutExpired:
        return Run([], "no end", time.monotonic() - begun)
    took = time.monotonic() - begun
    if ended.returncode != 0:
        return Run([], f"exit {ended.returncode}: {ended.stderr.strip()[:200]}", took)
    if problem.kind == "bench":
        return row(problem, folder, took)
    if problem.kind == "neutral":
        return Run([], "", took, plan)
    levels = json.loads(plan.read_text())["score"]["levels"]
    return Run(levels, "", took, plan)


def row(problem, folder, took):
    """The row of a benchmark, as values of which less is better."""
    with (folder / "rows.csv").open() as table:
        rows = list(csv.DictReader(table))
    if len(rows) != 1:
        return Run([], f"{len(rows)} rows", took)
    found = rows[0]
    value = float(found["value"])
    if problem.family == "toptw":
        values = [-value]
    elif problem.family == "pdptw":
        values = [int(found["vehicles"]), value]
    else:
        values = [value]
    plan = folder / (found["instance"].replace("/", "__") + ".json")
    wrong = "" if found["feasible"] == "true" else "not feasible, says its own judge"
    return Run(values, wrong, float(found["seconds"]), plan)


def check(args, problem, run):
    """Why a plan is not valid: nothing where it is."""
    if not run.plan:
        return "no plan"
    if problem.kind == "scenario":
        # The newest judge is the strictest: what the old build hands out is held to it too.
        judged = subprocess.run([args.new, "check", problem.path, run.plan, "--quiet"], capture_output=True, text=True)
        return "" if judged.returncode == 0 else f"exit {judged.returncode} of check"
    folder = args.harness if problem.kind == "neutral" else args.checkers
    if folder is None:
        return ""
    script, *words = problem.checker
    judged = subprocess.run([sys.executable, folder / script, problem.path, run.plan, *words], capture_output=True, text=True)
    try:
        said = json.loads(judged.stdout)
    except ValueError:
        return f"the checker: {(judged.stderr or judged.stdout).strip()[-200:]}"
    if problem.kind == "neutral":
        run.values = [said["priority_all"] - said["priority"], said["travel"]]
        return f"{said['violations']} violations: {said['first_violations'][:1]}" if said["violations"] else ""
    if judged.returncode != 0 or not said.get("feasible", False):
        return f"the checker: {str(said.get('violations', said))[:200]}"
    return ""
