import json
from pathlib import Path

import pytest

from mlprep.core.bank import parse_bank
from mlprep.core.question import BankHead, Question, item_heads
from mlprep.core.rubric import Level

EXAMPLES = Path(__file__).parents[1] / "examples"
HEAD = BankHead("b", "B", topic="training", level="staff", weight=2, dimension="numbers")


def mappings(name):
    bank = parse_bank((EXAMPLES / name).read_text(encoding="utf-8"))
    assert bank.mistakes == []
    return {entry.mapping["id"]: entry.mapping for entry in bank.entries}


KINDS = [path.stem for path in sorted((EXAMPLES / "kinds").glob("*.yaml"))]
DESIGN = mappings("kinds/design.yaml")["one"]


def recall(**keys):
    return {"id": "one", "kind": "recall", "prompt": "P", "answer": "A", "minutes": 1, **keys}


@pytest.mark.parametrize("kind", KINDS)
def test_cache_and_parser_build_the_same_question(kind):
    mapping = mappings(f"kinds/{kind}.yaml")["one"]
    cached = json.loads(json.dumps(mapping))
    assert Question.from_mapping(mapping, HEAD) == Question.from_mapping(cached, HEAD)
    assert item_heads(mapping) == item_heads(cached)


@pytest.mark.parametrize("kind", KINDS)
def test_items_say_of_a_question_what_it_says_itself(kind):
    mapping = mappings(f"kinds/{kind}.yaml")["one"]
    question = Question.from_mapping(mapping, HEAD)
    parts = question.phases or (question,)
    assert [part.minutes for part in parts] == [head["minutes"] for head in item_heads(mapping)]


def test_what_a_question_does_not_say_its_bank_says():
    question = Question.from_mapping(recall(), HEAD)
    assert (
        question.topic, question.level, question.weight, question.dimension,
    ) == ("training", Level.STAFF, 2, "numbers")  # fmt: skip


def test_what_a_question_says_goes_before_its_bank():
    keys = {"topic": "zero", "level": "principal", "weight": 0.5, "dimension": "data"}
    question = Question.from_mapping(recall(**keys), HEAD)
    assert (
        question.topic, question.level, question.weight, question.dimension,
    ) == ("training/zero", Level.PRINCIPAL, 0.5, "data")  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "head", "topic"),
    [
        ("training/parallelism", "training", "parallelism"),
        ("training/parallelism", "training", "training/parallelism"),
        ("training", "training", "training"),
        ("training", "training", None),
        ("training/trainings", "training", "trainings"),
        ("b/parallelism", "", "parallelism"),
        ("b", "", None),
    ],
)
def test_a_topic_stands_below_that_of_its_bank(expected, head, topic):
    assert expected == BankHead("b", topic=head).topic_of(topic)


def test_phases_and_the_change_of_requirements_run_in_order():
    question = Question.from_mapping(DESIGN, HEAD)
    assert [p.key for p in question.phases] == ["b/one/scope", "b/one/change", "b/one/serving"]
    assert [p.prompt for p in question.phases] == ["A", "Ten times more", "How?"]
    assert [p.minutes for p in question.phases] == [5, 5, 10]
    assert [p.case.prompt == "Design a recommender" for p in question.phases] == [True, True, True]
    assert question.minutes == 15


def test_a_phase_takes_from_its_case_what_it_does_not_say():
    phases = [{**DESIGN["phases"][0], "level": "senior", "weight": 3}, *DESIGN["phases"][1:]]
    mapping = {**DESIGN, "phases": phases, "level": "principal", "sources": ["S"]}
    first, _, last = Question.from_mapping(mapping, HEAD).phases
    assert (first.level, first.weight, first.sources) == (Level.SENIOR, 3, ("S",))
    assert (last.level, last.weight, last.sources) == (Level.PRINCIPAL, 2, ("S",))


def test_the_part_of_an_item_is_its_phase_or_the_question():
    question = Question.from_mapping(DESIGN, HEAD)
    assert question.part("b/one/serving").prompt == "How?"
    recalled = Question.from_mapping(recall(), HEAD)
    assert recalled == recalled.part("b/one")


def test_an_estimate_shows_its_solution_and_then_its_answer():
    mapping = {**mappings("kinds/estimate.yaml")["one"], "solution": "S", "answer": "A"}
    assert Question.from_mapping(mapping, HEAD).answer == "S\n\nA"


def test_the_right_options_are_known_by_their_place():
    mapping = mappings("kinds/choice.yaml")["one"]
    assert {0} == Question.from_mapping(mapping, HEAD).correct
