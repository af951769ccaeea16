"""The same number of steps with both builds: are the plans the same, and what does a step cost?"""
import hashlib
import json
from statistics import median

from . import runs, selection

# What a plan says, without what is told about it: later builds may tell more about the same plan.
TOLD = {"reason", "figures", "statistics", "score"}


def compare(args, problems, out):
    """Prints a line for each problem. Whether every plan of NEW is valid and hangs on no number of threads; with
    --steps-only also whether it is the plan of OLD."""
    print("\nfixed steps: hashes of what is planned; time of NEW by that of OLD, medians of alternating runs on one thread")
    well = True
    for problem, steps, times in wanted(args, problems):
        hashes, seconds, wrong = {}, {"old": [], "new": []}, []
        rounds = [("old", args.old), ("new", args.new)] * times
        for turn, (name, build) in enumerate(rounds):
            run = one(args, problem, build, out, name, steps, 1, f"t1-{turn}", wrong)
            hashes.setdefault(name, digest(run))
            seconds[name].append(run.seconds)
        run = one(args, problem, args.new, out, "new", steps, 2, "t2", wrong)
        same = hashes["old"] == hashes["new"]
        threads = "" if digest(run) == hashes["new"] else "  ANOTHER PLAN ON TWO THREADS"
        ratio = f"  time × {median(seconds['new']) / median(seconds['old']):.3f}" if times > 1 else ""
        words = "same" if same else "differ"
        mistakes = "".join(f"  {word}" for word in dict.fromkeys(wrong))
        print(f"{problem.label:60} {steps:6} steps  {hashes['old']} {hashes['new']} {words}{ratio}{threads}{mistakes}", flush=True)
        well &= same or not args.steps_only
        well &= not threads and not any(word.startswith("NEW") for word in wrong)
    return well


def wanted(args, problems):
    """Problem, steps, and how often both builds solve it."""
    for inside in selection.OWN:
        problem = selection.Problem("own", inside, selection.HERE / "tests/data" / inside, [], "scenario")
        if not args.only or any(word in problem.label for word in args.only.split(",")):
            yield problem, 500 if args.quick else 3000, 1
    for problem in problems:
        steps = selection.STEPS.get(problem.label)
        if args.steps_only:
            yield problem, selection.EQUAL_STEPS.get(problem.family, 3000), 1
        elif steps:
            yield problem, steps // 10 if args.quick else steps, 2 if args.quick else 5


def one(args, problem, build, out, name, steps, threads, part, wrong):
    folder = out / "steps" / name / problem.label.replace("/", "__") / part
    run = runs.solve(args, problem, build, folder, seed=1, threads=threads, steps=steps)
    mistake = run.wrong or runs.check(args, problem, run)
    if mistake:
        wrong.append(f"{name.upper()}: {mistake}")
    return run


def digest(run):
    """Eight digits that stand for what is planned."""
    if run.plan is None or not run.plan.exists():
        return "no plan "
    said = json.loads(run.plan.read_text())
    if isinstance(said, dict) and said.get("format") == "qise/plan":
        left = [{key: value for key, value in need.items() if key not in TOLD} for need in said.get("unserved", [])]
        said = {"routes": said["routes"], "unserved": sorted(left, key=json.dumps)}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:8]
