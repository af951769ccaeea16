"""qise (七色): sends the right volunteers to the people who need them.

Read or generate a `Problem`, `solve` it, look at the `Plan`::

    import qise

    problem = qise.Problem.from_file("day.json")
    plan = qise.solve(problem, time_limit=10)
    print(plan)
"""

from ._core import Coverage as Coverage
from ._core import Plan as Plan
from ._core import Problem as Problem
from ._core import __version__ as __version__
from ._core import check as check
from ._core import coverage as coverage
from ._core import explain as explain
from ._core import frontier as frontier
from ._core import generate as generate
from ._core import improve as improve
from ._core import schema as schema
from ._core import solve as solve
from .choice import Choice as Choice
from .choice import DecidingTerm as DecidingTerm
from .choice import Margin as Margin
from .choice import RunnerUp as RunnerUp
from .compare import Difference as Difference
from .errors import Fault as Fault
from .errors import InvalidDocument as InvalidDocument
from .errors import QiseError as QiseError
from .errors import UnknownNeed as UnknownNeed
from .errors import UnknownVolunteer as UnknownVolunteer
from .fairness import Evenness as Evenness
from .fairness import Fairness as Fairness
from .fairness import Frontier as Frontier
from .fairness import FrontierPoint as FrontierPoint
from .improvement import Improvement as Improvement
from .improvement import Proof as Proof
from .improvement import Remedies as Remedies
from .improvement import Remedy as Remedy
from .improvement import Worth as Worth
from .ranking import Coming as Coming
from .ranking import Offer as Offer
from .ranking import Ranking as Ranking
from .results import Assignment as Assignment
from .results import Bounds as Bounds
from .results import Break as Break
from .results import Call as Call
from .results import CoverageGap as CoverageGap
from .results import CoverageShare as CoverageShare
from .results import Cut as Cut
from .results import DepotCall as DepotCall
from .results import LeftOut as LeftOut
from .results import LevelBound as LevelBound
from .results import Oddity as Oddity
from .results import PlacedSite as PlacedSite
from .results import Placement as Placement
from .results import PriorityBound as PriorityBound
from .results import Progress as Progress
from .results import Reason as Reason
from .results import Route as Route
from .results import Score as Score
from .results import Unserved as Unserved
from .results import Violation as Violation
from .results import Visit as Visit

__all__ = [
    "Assignment",
    "Bounds",
    "Break",
    "Call",
    "Choice",
    "Coming",
    "Coverage",
    "CoverageGap",
    "CoverageShare",
    "Cut",
    "DecidingTerm",
    "DepotCall",
    "Difference",
    "Evenness",
    "Fairness",
    "Fault",
    "Frontier",
    "FrontierPoint",
    "Improvement",
    "InvalidDocument",
    "LeftOut",
    "LevelBound",
    "Margin",
    "Oddity",
    "Offer",
    "PlacedSite",
    "Placement",
    "Plan",
    "PriorityBound",
    "Problem",
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
    "UnknownNeed",
    "UnknownVolunteer",
    "Unserved",
    "Violation",
    "Visit",
    "Worth",
    "__version__",
    "check",
    "coverage",
    "explain",
    "frontier",
    "generate",
    "improve",
    "schema",
    "solve",
]
