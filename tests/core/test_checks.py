"""What must hold inside a question beyond its types; the messages stand in tests/broken_banks."""

import pytest

from mlprep.core.bank import parse_bank

HEAD = "bank: b\ntitle: B\nquestions:\n"


def said(question, thorough=True):
    """Return what is wrong with a question that is written in braces after its id."""
    bank = parse_bank(f"{HEAD}  - {{id: one, prompt: P, {question}}}\n", thorough=thorough)
    return [mistake.text for mistake in bank.mistakes]


def options(*texts):
    return "kind: choice, options: [{text: R, correct: true}, " + ", ".join(texts) + "]"


def estimate(compute, given="{a: [1, 2]}", more=""):
    return f"kind: estimate, given: {given}, compute: {compute}, unit: GPUs{more}"


def rubric(points, more=""):
    return f"answer: A, rubric: [{points}]{more}"


def design(ids, after="one"):
    phases = ", ".join(
        f"{{id: {name}, title: T, minutes: 5, ask: A, rubric: [R], answer: A}}" for name in ids
    )
    change = f"change: {{after: {after}, say: S, rubric: [R], answer: A}}"
    return f"kind: design, phases: [{phases}], {change}"


@pytest.mark.parametrize(
    "question",
    [
        options("W"),
        options("{text: W, correct: true}"),
        options("B", "C", "D", "E", "F", "G"),
        "kind: order, steps: [a, b, c]",
        estimate("a"),
        estimate("-a"),
        estimate("a ** 0.5 / 3"),
        estimate("'min(a, b)'", "{a: [1], b: {low: 1, high: 10, step: 1}}"),
        rubric("{point: P, id: p}", ", follow_ups: [{ask: A, when: p}]"),
        rubric("P", ', arithmetic: ["16 * 70e9 / 64 = 17.5e9 bytes"]'),
        design(["one", "two"]),
        design(["one", "two"], after="two"),
    ],
)
def test_a_right_question_is_left_in_peace(question):
    assert said(question) == []


@pytest.mark.parametrize(
    "question",
    [
        "kind: choice, options: [R, W]",
        options("{text: W, correct: no}"),
        options("W", "W"),
        options("R"),
        options("B", "C", "D", "E", "F", "G", "H"),
        "kind: order, steps: [a, b]",
        "kind: order, steps: [a, b, a]",
        "kind: order, steps: [a, b, c, d, e, f, g, h]",
        rubric("P, P"),
        rubric("{point: P, id: p}, {point: Q, id: p}"),
        rubric("{point: P, id: p}, {point: P, id: p}"),
        rubric("{point: P, id: p}", ", follow_ups: [{ask: A, when: q}]"),
        rubric("P", ", arithmetic: [1 + 1 = 3]"),
        "answer: A, arithmetic: [1 + 1 = 3]",
        "answer: A, requires: one",
        "answer: A, formerly: [two, one]",
        design(["one", "one"]),
        design(["one", "change"]),
        design(["one", "two"], after="three"),
    ],
)
def test_one_thing_is_said_of_one_mistake(question):
    assert len(said(question)) == 1


@pytest.mark.parametrize(
    ("expected", "question"),
    [
        ("'compute': 'b' is not given", estimate("a * b")),
        ("'compute': division by zero, with a = 2", estimate("1 / (a - 2)")),
        ("'compute': the power is too large, with a = 1", estimate("9 ** 9 ** 9 * a")),
        ("'compute': the result is not finite, with a = 1", estimate("a * 1e308 * 10")),
        ("'a': low, 2, is above high, 1", estimate("a", "{a: {low: 2, high: 1, step: 1}}")),
        ("'10' is not a tolerance; write 10% or x2", estimate("a", more=", tolerance: 10")),
        ("'hint': '{b}' is not given", estimate("a", more=", hint: '{b}'")),
        ("'answer' is the result; use another name", estimate("answer", "{answer: [1]}")),
    ],
)
def test_an_estimate_is_computed_before_it_is_asked(expected, question):
    assert [expected] == said(question)


def test_every_draw_is_computed_when_a_bank_is_checked():
    question = estimate("1 / (a - 50)", "{a: {low: 1, high: 100, step: 1}}")
    assert said(question, thorough=False) == []
    assert said(question) == ["'compute': division by zero, with a = 50"]


def test_a_start_of_the_program_computes_the_extremes():
    question = estimate("1 / (a - 100)", "{a: {low: 1, high: 100, step: 1}}")
    assert said(question, thorough=False) == ["'compute': division by zero, with a = 100"]


def test_a_long_list_of_inputs_makes_no_long_message():
    names = [f"a_long_name_of_an_input_{n}" for n in range(50)]
    given = "{" + ", ".join(f"{name}: [1]" for name in names) + "}"
    assert all(len(text) < 250 for text in said(estimate("1 / 0", given)))


def test_a_value_that_was_not_read_brings_no_second_mistake():
    assert said(estimate("a", "{a: []}")) == ["'a' needs at least an entry"]
    assert said("kind: choice, options: [{text: R, correct: yes}, W]") == [
        "'correct' is 'yes'; write true or false"
    ]
