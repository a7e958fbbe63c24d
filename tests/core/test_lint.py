"""One question for each warning of a reviewer, beside one of which nothing can be said."""

from pathlib import Path

import pytest

from mlprep.core.bank import parse_bank
from mlprep.core.lint import lint_file, lint_set
from mlprep.storage.bank_files import to_source

CLEAN = """
  - id: clean
    prompt: When do you shard the optimizer state?
    answer: When it does not fit.
    tags: [zero]
    rubric:
      - {point: Says what stage one shards, cues: [optimizer only]}
      - Names the cost in communication
      - Gives the memory of each rank
"""


def parsed(questions, name="b", head="title: B"):
    bank = parse_bank(f"bank: {name}\n{head}\nquestions:\n{questions}\n")
    assert bank.mistakes == []
    return bank


def warnings(questions):
    """Return the texts of the warnings about one file, without `question 'one': `."""
    found = lint_file(parsed(questions), ["zero"])
    assert all(mistake.warning for mistake in found)
    return [mistake.text.removeprefix("question 'one': ") for mistake in found]


def of_open(point="Says so", more="", answer="A", points=3):
    """Return an open question with a last point of this text."""
    others = "".join(f"      - Point {n}\n" for n in range(1, points))
    return (f"  - id: one\n    prompt: When do you shard?\n    answer: {answer}\n    tags: [zero]\n"
            f"    rubric:\n{others}      - {point}\n{more}")  # fmt: skip


def choice(name, right, wrong):
    return (f"  - id: {name}\n    kind: choice\n    prompt: Which {name}?\n    tags: [zero]\n"
            f"    options: [{{text: {right}, correct: true, why: W}},"
            f" {{text: {wrong}, why: W}}]\n")  # fmt: skip


def test_of_a_clean_question_nothing_is_said():
    assert warnings(CLEAN) == []


@pytest.mark.parametrize(
    ("expected", "question"),
    [
        ("a figure in its answer, but no 'sources'", of_open(answer="312 TFLOP/s at most")),
        ("a figure in its answer, but no 'sources'", of_open(point="About 40 % of the step")),
        ("2 points; 3 to 7 can be judged", of_open(points=2)),
        ("1 point; 3 to 7 can be judged", of_open(points=1)),
        ("8 points; 3 to 7 can be judged", of_open(points=8)),
        ("a point of 21 words; at most 20: 'word word word word word word word word…'",
         of_open(point="word " * 21)),
        ("a point that starts with 'Discusses': say what a listener can tick",
         of_open(point="Discusses the cost")),
        ("a point that starts with 'understanding': say what a listener can tick",
         of_open(point="understanding of cost")),
        ("the cue 'shard' stands in the prompt",
         of_open(point="{point: One, cues: [shard, state]}")),
        ("an answer of 251 words; at most 250", of_open(answer="word " * 251)),
        ("'32 GB' of its arithmetic does not stand in the answer",
         of_open(answer="30 GB", more='    arithmetic: ["16 * 2e9 = 32 GB"]\n')),
        ("no 'tags'", "  - {id: one, prompt: P, answer: A}\n"),
        ("no other question has tag 'rare'",
         "  - {id: one, prompt: P, answer: A, tags: [rare, zero]}\n"),
        ("an option without 'why'", "  - {id: one, kind: choice, prompt: P, tags: [zero],"
         " options: [{text: R, correct: true, why: W}, B]}\n"),
        ("a 'solution' without {answer}", "  - {id: one, kind: estimate, prompt: P, tags: [zero],"
         ' given: {a: [1]}, compute: a, unit: GPUs, solution: "{a}"}\n'),
    ],
)  # fmt: skip
def test_each_thing_that_a_reviewer_would_say_is_said(expected, question):
    assert [expected] == warnings(question)


@pytest.mark.parametrize(
    "question",
    [
        of_open(answer="312 TFLOP/s", more="    sources: [NVIDIA 2020]\n"),
        of_open(answer="16 * 2e9 = 32 GB", more='    arithmetic: ["16 * 2e9 = 32 GB"]\n'),
        of_open(point="Says that nobody discusses it"),
        of_open(point="{point: One, cues: [hard]}"),  # not the start of a word of the prompt
        of_open(answer="ZeRO-3 over 64 ranks"),  # a name, and a small number
        of_open(points=7),
    ],
)
def test_what_only_looks_alike_is_left_in_peace(question):
    assert warnings(question) == []


def test_a_tag_that_two_questions_share_is_known():
    one = "  - {id: one, prompt: P, answer: A, tags: [rare]}\n"
    assert warnings(one + one.replace("one", "two")) == []


def test_the_phase_is_named():
    phase = "title: T, minutes: 5, ask: A, answer: A, rubric: [R]"
    question = (
        f"  - {{id: one, kind: design, prompt: P, tags: [zero], phases: [{{id: a, {phase}}},"
        f" {{id: b, {phase}}}], change: {{after: a, say: S, answer: A, rubric: [R]}}}}\n"
    )
    assert [
        f"{where}: 1 point; 3 to 7 can be judged"
        for where in ("phase 'a'", "phase 'b'", "phase 'change'")
    ] == warnings(question)


def test_a_right_option_that_its_length_gives_away_is_said_once():
    given_away = [choice(f"q{n}", "much longer than the other", "short") for n in range(3)]
    fair = choice("fair", "longer", "shorter")
    said = "the right option is the longest by 1.5 times here and in 2 more of 4 choice questions"
    assert [f"question 'q0': {said}"] == warnings("".join([*given_away, fair]))
    assert (
        warnings("".join([given_away[0], *[fair.replace("fair", f"f{n}") for n in range(4)]])) == []
    )


def on_all(*banks):
    sources = [(to_source(Path(f"/{n}.yaml"), bank, own=bool(n)), bank)
               for n, bank in enumerate(banks)]  # fmt: skip
    return [(Path(source.path).stem, mistake.text) for source, mistake in lint_set(sources)]


PROMPT = "A job of a thousand GPUs slows down by half after its third restart of the day"


def test_a_prompt_that_stands_there_already_is_said():
    one = parsed(f"  - {{id: one, prompt: {PROMPT}, answer: A}}")
    two = parsed(f"  - {{id: two, prompt: {PROMPT} at noon, answer: A}}", name="c")
    assert on_all(one, two) == [
        ("1", f"question 'two': its prompt is nearly that of {Path('/0.yaml')}:4:5")
    ]


def test_a_users_question_may_be_like_the_one_that_it_replaces():
    one = parsed(f"  - {{id: one, prompt: {PROMPT}, answer: A}}")
    assert on_all(one, one) == []


def test_another_prompt_is_no_duplicate():
    one = parsed(f"  - {{id: one, prompt: {PROMPT}, answer: A}}")
    two = parsed(f"  - {{id: two, prompt: '{' '.join(reversed(PROMPT.split()))}', answer: A}}")
    assert on_all(one, two) == []


def test_a_level_that_is_rare_is_said():
    levels = ["senior"] * 20 + ["staff"] * 19 + ["principal"]
    questions = "".join(
        f"  - {{id: q{n}, prompt: Prompt {n}, answer: A, level: {level}}}\n"
        for n, level in enumerate(levels)
    )
    said = "only 1 of 40 questions over all banks are for level principal"
    assert [("0", said)] == on_all(parsed(questions))


def test_few_questions_say_nothing_of_levels():
    assert on_all(parsed("  - {id: one, prompt: P, answer: A}")) == []
