"""qise (七色): sends the right volunteers to the people who need them.

Read or generate a `Problem`, solve it, ask the `Plan`::

    import qise

    problem = qise.Problem.from_file("day.json")
    plan = problem.solve(time_limit=10)
    print(plan)
    print(plan.explain("n-17").text)

What is asked of a problem is a method of the problem (``solve``, ``bound``, ``eligible``,
``check``, ``coverage``, ``frontier``), what is asked of a plan a method of the plan (``rank``,
``needs_for``, ``explain``, ``improve``, ``check``, ``diff``, ``fairness``, ``unserved``). The
functions `solve`, `check`, `coverage`, `explain`, `frontier` and `improve` of this module do the
same, with the problem or the plan as first argument. What an answer is about is given by
position or by name, options by name.

A `Model` is a scenario written down in Python, with objects instead of ids::

    m = qise.Model("2026-11-24", tz="Asia/Shanghai")
    bat = m.volunteer("bat", home=(38.83, 105.66), skills={"nursing": 2}, shifts="8:00-17:00")
    m.need("water-1", at=(38.84, 105.67), minutes=20, window="9:00-12:00", requires={"nursing": 2})
    plan = m.solve()

`Dispatch` is the live service: it takes events as they come, and keeps them in a journal.
"""

from ._core import __version__ as __version__
from ._progress import set_progress as set_progress
from .bounds import Bounds as Bounds
from .bounds import LevelBound as LevelBound
from .bounds import PriorityBound as PriorityBound
from .choice import Choice as Choice
from .choice import DecidingTerm as DecidingTerm
from .choice import Margin as Margin
from .choice import RunnerUp as RunnerUp
from .comparison import Comparison as Comparison
from .comparison import compare as compare
from .coverage_parts import CoverageGap as CoverageGap
from .coverage_parts import CoverageShare as CoverageShare
from .coverage_parts import PlacedSite as PlacedSite
from .coverage_parts import Placement as Placement
from .coverage_report import Coverage as Coverage
from .coverage_report import coverage as coverage
from .difference import Difference as Difference
from .dispatch import Dispatch as Dispatch
from .dispatch_parts import DispatchAnswer as DispatchAnswer
from .dispatch_parts import JournalDamage as JournalDamage
from .dispatch_parts import JournalReport as JournalReport
from .dispatch_parts import Notice as Notice
from .errors import DispatchError as DispatchError
from .errors import Fault as Fault
from .errors import InvalidDocument as InvalidDocument
from .errors import ModelError as ModelError
from .errors import ModelFault as ModelFault
from .errors import QiseError as QiseError
from .errors import UnknownId as UnknownId
from .errors import UnknownNeed as UnknownNeed
from .errors import UnknownVolunteer as UnknownVolunteer
from .fairness import Evenness as Evenness
from .fairness import Fairness as Fairness
from .fairness_frontier import Frontier as Frontier
from .fairness_frontier import FrontierPoint as FrontierPoint
from .fairness_frontier import frontier as frontier
from .generation import generate as generate
from .generation import schema as schema
from .improvement import Improvement as Improvement
from .improvement import Proof as Proof
from .improvement import Remedies as Remedies
from .improvement import Remedy as Remedy
from .improvement import Worth as Worth
from .improvement import improve as improve
from .judgement import Score as Score
from .judgement import Violation as Violation
from .judgement import check as check
from .language import set_language as set_language
from .model import Model as Model
from .plan import Plan as Plan
from .plan_parts import Assignment as Assignment
from .plan_parts import Break as Break
from .plan_parts import Call as Call
from .plan_parts import DepotCall as DepotCall
from .plan_parts import LeftOut as LeftOut
from .plan_parts import Route as Route
from .plan_parts import Visit as Visit
from .problem import Oddity as Oddity
from .problem import Problem as Problem
from .problem_frames import ProblemFrames as ProblemFrames
from .ranking import Offer as Offer
from .ranking import OfferedVisit as OfferedVisit
from .ranking import Ranking as Ranking
from .reasons import Exclusion as Exclusion
from .reasons import Reason as Reason
from .reasons import Unserved as Unserved
from .reasons import explain as explain
from .search import Progress as Progress
from .search import solve as solve

__all__ = [
    "Assignment",
    "Bounds",
    "Break",
    "Call",
    "Choice",
    "Comparison",
    "Coverage",
    "CoverageGap",
    "CoverageShare",
    "DecidingTerm",
    "DepotCall",
    "Difference",
    "Dispatch",
    "DispatchAnswer",
    "DispatchError",
    "Evenness",
    "Exclusion",
    "Fairness",
    "Fault",
    "Frontier",
    "FrontierPoint",
    "Improvement",
    "InvalidDocument",
    "JournalDamage",
    "JournalReport",
    "LeftOut",
    "LevelBound",
    "Margin",
    "Model",
    "ModelError",
    "ModelFault",
    "Notice",
    "Oddity",
    "Offer",
    "OfferedVisit",
    "PlacedSite",
    "Placement",
    "Plan",
    "PriorityBound",
    "Problem",
    "ProblemFrames",
    "Progress",
    "Proof",
    "QiseError",
    "Ranking",
    "Reason",
    "Remedies",
    "Remedy",
    "Route",
    "RunnerUp",
    "Score",
    "UnknownId",
    "UnknownNeed",
    "UnknownVolunteer",
    "Unserved",
    "Violation",
    "Visit",
    "Worth",
    "__version__",
    "check",
    "compare",
    "coverage",
    "explain",
    "frontier",
    "generate",
    "improve",
    "schema",
    "set_language",
    "set_progress",
    "solve",
]
