"""Differences of pairs, told family by family.

>>> round(difference([2, 100.0], [2, 101.0]), 2)
0.99
>>> difference([2, 100.0], [1, 500.0])
-50.0
>>> difference([0, 0], [0, 3])
100.0
>>> difference([5], [5])
0.0
>>> half_width([1.0])
inf
>>> round(half_width([1.0, 2.0, 3.0]), 2)
2.48
"""
import math
from statistics import mean, stdev

# Student's t, 95 % on both sides, for 1 to 10 degrees of freedom; beyond, that of the normal distribution is near enough.
STUDENT = [12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23]


def difference(old, new):
    """By how many percent NEW is worse on the first level on which they differ; of the greater of both values."""
    for before, after in zip(old, new, strict=True):
        if before != after:
            return 100.0 * (after - before) / max(abs(before), abs(after))
    return 0.0


def half_width(differences):
    """Half the width of the range in which the true mean lies in 95 of 100 cases."""
    count = len(differences)
    if count < 2:
        return math.inf
    student = STUDENT[count - 2] if count - 2 < len(STUDENT) else 1.96
    return student * stdev(differences) / math.sqrt(count)


def between_seeds(outcomes):
    """By how much OLD differs from itself with another seed, on average: what is noise."""
    by_problem = {}
    for problem, _, old, _ in outcomes:
        if not old.wrong:
            by_problem.setdefault(problem.label, []).append(old.values)
    apart = [abs(difference(one, other)) for values in by_problem.values() for one, other in zip(values, values[1:])]
    return mean(apart) if apart else None


def families(outcomes):
    """Prints a line for each family. Whether none falls beyond its spread and every plan of NEW is valid."""
    print("\nNEW against OLD, % worse on the first level that differs (less than nought: better)")
    heading = f"{'family':30} {'runs':>4} {'mean':>8} {'spread':>8} {'mean ±':>8} {'seeds':>8}  better/equal/worse"
    print(heading)
    well = True
    for family in dict.fromkeys(problem.family for problem, *_ in outcomes):
        of_family = [outcome for outcome in outcomes if outcome[0].family == family]
        invalid = [(problem, seed, "OLD" if run is old else "NEW", run.wrong)
                   for problem, seed, old, new in of_family for run in (old, new) if run.wrong]
        well &= not any(build == "NEW" for _, _, build, _ in invalid)
        counted = [difference(old.values, new.values) for _, _, old, new in of_family if not old.wrong and not new.wrong]
        if counted:
            middle, width = mean(counted), half_width(counted)
            spread = stdev(counted) if len(counted) > 1 else math.nan
            noise = between_seeds(of_family)
            falls = middle > 0 and middle > width
            well &= not falls
            signs = "/".join(str(sum(one)) for one in ([d < 0 for d in counted], [d == 0 for d in counted], [d > 0 for d in counted]))
            mark = "  FALLS BEYOND ITS SPREAD" if falls else ""
            seeds = f"{noise:8.3f}" if noise is not None else f"{'-':>8}"
            print(f"{family:30} {len(counted):4} {middle:+8.3f} {spread:8.3f} {width:8.3f} {seeds}  {signs}{mark}")
        for problem, seed, build, wrong in invalid:
            print(f"{family:30} INVALID: {build} on {problem.label}, seed {seed}: {wrong}")
    print("mean ±: half of the 95 % range of the mean; seeds: mean difference of OLD from itself with the next seed")
    return well
