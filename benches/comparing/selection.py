"""Which problems are solved: of every family some that are hard in different ways."""
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]

# Family, name of the instance, its path in the folder of the family, and how the family's checker is asked. The first of a
# family stands for it in a quick run.
PUBLISHED = [
    ("vrptw", "R1_4_6", "gehring_homberger/400/R1_4_6", ["vrptw.py", "--convention", "dimacs"]),
    ("vrptw", "R207", "solomon/R207", ["vrptw.py", "--convention", "dimacs"]),
    ("vrptw", "RC1_2_6", "gehring_homberger/200/RC1_2_6", ["vrptw.py", "--convention", "dimacs"]),
    ("vrptw", "R1_10_6", "gehring_homberger/1000/R1_10_6", ["vrptw.py", "--convention", "dimacs"]),
    ("mdvrptw_sdvrptw", "sdvrptw_cordeau/PR10", "sdvrptw_cordeau/PR10", ["vrptw.py", "--convention", "exact1000"]),
    ("mdvrptw_sdvrptw", "mdvrptw_vidal/PR13B", "mdvrptw_vidal/PR13B", ["vrptw.py", "--convention", "exact1000"]),
    ("pcvrptw", "R2_10_2", "R2_10_2", ["vrptw.py", "--convention", "dimacs"]),
    ("pcvrptw", "R1_10_2", "R1_10_2", ["vrptw.py", "--convention", "dimacs"]),
    ("toptw", "pr05_m2", "instances/pr05", ["vrptw.py", "--convention", "toptw", "--paths", "2"]),
    ("toptw", "rc204_m1", "instances/rc204", ["vrptw.py", "--convention", "toptw", "--paths", "1"]),
    ("pdptw", "lrc1_2_4", "li_lim/200/lrc1_2_4", ["vrptw.py", "--convention", "sintef"]),
    ("pdptw", "lr204", "li_lim/100/lr204", ["vrptw.py", "--convention", "sintef"]),
    ("pdptw", "lc2_4_4", "li_lim/400/lc2_4_4", ["vrptw.py", "--convention", "sintef"]),
    ("hhcrsp_mankowska", "InstanzVNS_HCSRP_100_4", "instances/InstanzVNS_HCSRP_100_4", ["hhcrsp.py", "--tol", "2e-3"]),
    ("hhcrsp_mankowska", "InstanzVNS_HCSRP_300_6", "instances/InstanzVNS_HCSRP_300_6", ["hhcrsp.py", "--tol", "2e-3"]),
    ("hhcrsp_italian", "instance_018-udine-r17-p356-s3-sim21.2-seq21.7", "instances/instance_018-udine-r17-p356-s3-sim21.2-seq21.7", ["hhcrsp.py", "--tol", "2e-3"]),
    ("hhcrsp_italian", "instance_017-rome-r26-p101-s3-sim9.8-seq3.7", "instances/instance_017-rome-r26-p101-s3-sim9.8-seq3.7", ["hhcrsp.py", "--tol", "2e-3"]),
    ("hhcrsp_kummer", "HHCRSP_100_20_25_0.8_R_C", "instances/HHCRSP_100_20_25_0.8_R_C", ["hhcrsp.py", "--tol", "2e-3"]),
    ("hhcrsp_kummer", "HHCRSP_300_60_23_1.2_R_C", "instances/HHCRSP_300_60_23_1.2_R_C", ["hhcrsp.py", "--tol", "2e-3"]),
    ("vrptwsyn_bredstrom_ronnqvist", "09M", "instances/09M", ["vrptwsyn.py"]),
    ("vrptwsyn_bredstrom_ronnqvist", "10L", "instances/10L", ["vrptwsyn.py"]),
    ("roadef2007", "B6", "instances/B6", ["roadef2007.py"]),
    ("roadef2007", "A9", "instances/A9", ["roadef2007.py"]),
    ("trsp_pillac", "R207.100_25-5-5-5", "instances/R207.100_25-5-5-5", ["trsp.py"]),
    ("trsp_pillac", "RC101.100_25-5-5-5", "instances/RC101.100_25-5-5-5", ["trsp.py"]),
]
# Needs, people, seed of the generator of the neutral format.
FIELD = [(500, 80, 1), (2000, 300, 2)]
# Leagues of volunteers that the program makes itself.
LEAGUES = {
    "1000-of-all-kinds": "--needs 1000 --volunteers 4000 --teams 80 --crews 15 --rides 10 --deliveries 10 --loans 5 --depots 20 --vehicles 40",
    "1500-of-few-people": "--needs 1500 --volunteers 300 --teams 20 --days 2",
}
# Our own: solved in time, and at fixed steps.
OWN_IN_TIME = "alxa/day.json"
OWN = sorted(["alxa/day.json", "alxa/fodder.json", "alxa/lending.json", "alxa/rounds.json", "alxa/tiny.json",
              "goods/one_van.json", "goods/winter.json"])
# Of the families, at fixed steps: enough to take a second or two.
STEPS = {"vrptw/R1_10_6": 60_000, "pdptw/lrc1_2_4": 20_000, "toptw/pr05_m2": 40_000, "trsp_pillac/R207.100_25-5-5-5": 20_000,
         "hhcrsp_mankowska/InstanzVNS_HCSRP_100_4": 20_000, "roadef2007/A9": 2_000, "field/500-80-1": 40_000,
         "league/1000-of-all-kinds": 10_000}


# Steps that show whether two builds make the same plan of any problem of a family, in a second or less.
EQUAL_STEPS = {"vrptw": 20_000, "mdvrptw_sdvrptw": 5_000, "pcvrptw": 10_000, "toptw": 10_000, "pdptw": 6_000,
               "hhcrsp_mankowska": 3_000, "hhcrsp_italian": 1_000, "hhcrsp_kummer": 3_000,
               "vrptwsyn_bredstrom_ronnqvist": 3_000, "roadef2007": 500, "trsp_pillac": 5_000, "field": 10_000,
               "league": 2_000}


@dataclass
class Problem:
    """A problem, and how it is given to the program."""
    family: str
    name: str
    path: Path
    checker: list
    kind: str  # "bench", "neutral" or "scenario"

    @property
    def label(self):
        return f"{self.family}/{self.name}"


def problems(args, out):
    """The problems that are wanted and there, and the names of those that are not there."""
    found, missing = [], []
    for problem in every(args, out):
        if args.only and not any(word in problem.label for word in args.only.split(",")):
            continue
        if args.quick and any(other.family == problem.family for other in found):
            continue
        path = made(args, problem, out)
        if path is None:
            missing.append(problem.label)
        else:
            problem.path = path
            found.append(problem)
    if not args.checkers:
        missing.append("checkers of the families: the judge of the program is believed")
    return found, missing


def every(args, out):
    for family, name, inside, checker in PUBLISHED:
        yield Problem(family, name, args.data / family / inside, checker, "bench")
    for needs, people, seed in FIELD:
        yield Problem("field", f"{needs}-{people}-{seed}", out / f"field-{needs}-{people}-{seed}.json", ["check.py"], "neutral")
    for name in LEAGUES:
        yield Problem("league", name, out / f"league-{name}.json", [], "scenario")
    yield Problem("own", OWN_IN_TIME, HERE / "tests/data" / OWN_IN_TIME, [], "scenario")


def made(args, problem, out):
    """The path of the problem, once it is made; nothing where it cannot be had."""
    if problem.family == "field":
        if not args.harness:
            return None
        with problem.path.open("w") as file:
            script = [sys.executable, args.harness / "gen.py", "field", *problem.name.split("-")]
            subprocess.run(script, stdout=file, check=True)
    elif problem.family == "league":
        words = LEAGUES[problem.name].split()
        # The old program makes it: the new one may draw other leagues, and both are to solve the same.
        subprocess.run([args.old, "generate", *words, "--quiet", "--out", problem.path], check=True)
    elif problem.kind == "bench":
        endings = ("", ".txt", ".vrp", ".json")
        paths = [problem.path.with_name(problem.path.name + ending) for ending in endings]
        return next((path for path in paths if path.exists()), None)
    return problem.path if problem.path.exists() else None
