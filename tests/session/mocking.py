"""A mock on a small bank, without a terminal."""

from mlprep.core.formats import Draw, Format, Section
from mlprep.core.grading import Attempt
from mlprep.core.rubric import Level
from mlprep.session.mock import start_mock
from mlprep.session.mock_scoring import Scoring
from mlprep.session.study import Study
from tests.session.banks import at, choice, design, estimate, library, open_question, recall

FACTS = [
    {"about": ["traffic"], "say": "60,000 per second"},
    {"about": ["money"], "say": "a million"},
]
PROBES = [{"ask": "Anything else?"}, {"ask": "And p1?", "when": "p1", "look_for": "p1"}]
CASE = Format("case", "A case", "", (Section("Case", 10, Draw(kinds=("design",))),))
MIXED = Format(
    "mixed",
    "A mixture",
    "",
    (
        Section("Facts", 4, Draw(kinds=("recall", "choice", "estimate"), number=3)),
        Section("Break", 5, None),
        Section("Why", 10, Draw(kinds=("open",))),
    ),
)


def a_case(name="case", **keys):
    case = design(name, phases=2, facts=FACTS, **keys)
    case["phases"][0]["rubric"] = [
        {"point": "asks for latency", "id": "p0", "cues": ["latency"], "weight": 2},
        {"point": "names a cache", "id": "p1", "cues": ["cache"]},
    ]
    case["phases"][0]["follow_ups"] = PROBES
    rubric = [{"point": "cuts", "id": "p0"}, {"point": "asks", "id": "p1"}]
    case["change"] = {"after": "part1", "say": "Half the money.", "minutes": 2, "answer": "less",
                      "rubric": rubric}  # fmt: skip
    return case


def mixed_library():
    return library(
        recall("fact"), choice("which"), estimate("many"), open_question("why"), a_case()
    )


def begin(store, questions, script=CASE, *, now=None, seed=1, **known):
    now = now or at()
    study = Study(store, questions, now)
    return start_mock(study, script, Level.PRINCIPAL, now, seed=seed, **known)


def run_through(mock, now=None, seconds=60):
    """Type nothing more, part by part, and return what each step was."""
    steps = []
    while not steps or steps[-1] != "end":
        mock.write(mock.part.answers[-1], seconds, now or at())
        steps.append(mock.advance(now or at()))
    return steps


def tick_all(mock, *, hit=(), now=None):
    """Tick points by key; answers without points went well where `answer` is hit."""
    scoring = Scoring(mock)
    for position in scoring.waiting():
        attempt = Attempt(marks=dict.fromkeys(hit, True), picks=(0,) if "answer" in hit else (1,))
        scoring.tick(position, attempt, now or at())
    return scoring.finish(now or at())
