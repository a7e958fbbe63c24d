"""Whole files: the examples of the documents, broken banks, random damage."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlprep.core.bank import MOST_MISTAKES, parse_bank
from mlprep.core.question import BankHead, Question
from mlprep.core.rubric import Level
from tests.core import hostile

TESTS = Path(__file__).parents[1]
BROKEN = sorted((TESTS / "broken_banks").glob("*.yaml"))
PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
FINE = "  - {id: fine, prompt: P, answer: A}\n"
ACROSS_BANKS = ("names no question", "leads back", "in its first file", "that exists", "claims too")


def example(name, pure=False):
    text = (TESTS / "examples" / name).read_text(encoding="utf-8")
    bank = parse_bank(text, thorough=True, pure=pure)
    assert bank.mistakes == []
    head = BankHead(
        **{"id": bank.head["bank"], **{k: v for k, v in bank.head.items() if k != "bank"}}
    )
    return [Question.from_mapping(entry.mapping, head) for entry in bank.entries]


def bank(questions, head="bank: b\ntitle: B\n"):
    return f"{head}questions:\n{questions}"


@PARSERS
def test_the_example_of_the_format_gives_its_questions(pure):
    questions = example("bank_format.yaml", pure)
    assert [(q.key.partition("/")[2], q.kind, q.minutes, q.weight, q.topic) for q in questions] == [
        ("ddp-vs-fsdp", "open", 4, 2, "training/parallelism"),
        ("zero3-state-per-gpu", "estimate", 3, 1, "training"),
        ("gradient-sync-volume", "choice", 1, 1, "training"),
        ("fault-recovery-order", "order", 2, 1, "training"),
        ("proudest-system", "story", 5, 1, "training"),
        ("rec-system-100m", "design", 15, 1, "training"),
        ("zero-stages", "recall", 1, 1, "training"),
    ]
    assert {Level.STAFF} == {question.level for question in questions}


@PARSERS
def test_an_open_question_of_the_format_is_complete(pure):
    question = example("bank_format.yaml", pure)[0]
    first, second = question.rubric
    assert question.tags == ("fsdp", "gpu-memory")
    assert question.hints == ("Compare what each replica stores.",)
    assert (first.weight, first.level, first.cues) == (1, None, ())
    assert (second.key, second.weight, second.level) == ("trades-memory", 2, Level.STAFF)
    assert second.cues == ("all-gather", "allgather")
    assert question.red_flags == ("Says that FSDP reduces the total communication volume",)
    assert question.follow_ups[0].when == "trades-memory"
    assert question.arithmetic == ("16 * 70e9 / 64 = 17.5e9 bytes",)


@PARSERS
def test_the_other_kinds_of_the_format_are_complete(pure):
    _, estimate, choice, order, story, design, _ = example("bank_format.yaml", pure)
    assert estimate.given == {"params_b": [7, 13, 70, 405], "gpus": [64, 256, 1024]}
    assert (
        estimate.compute, estimate.unit, estimate.tolerance,
    ) == ("16 * params_b * 1e9 / gpus", "bytes", "10%")  # fmt: skip
    assert [option.correct for option in choice.options] == [True, False]
    assert choice.options[0].why == "reduce-scatter then all-gather, each S (N-1)/N"
    assert order.steps[2] == "Swap a spare in"
    assert len(story.rubric) == 3
    assert [p.key.split("/")[2] for p in design.phases] == ["requirements", "serving", "change"]
    assert [phase.dimension for phase in design.phases] == ["framing", "systems", "systems"]
    assert design.phases[0].case.facts[0].about == ("traffic", "qps", "load")


@PARSERS
def test_the_examples_of_the_writing_guide_give_their_questions(pure):
    estimate, choice, opened = example("writing_guide.yaml", pure)
    assert (estimate.kind, estimate.level, estimate.unit) == ("estimate", Level.SENIOR, "%")
    assert (choice.kind, choice.level, len(choice.options)) == ("choice", Level.STAFF, 4)
    assert (opened.kind, len(opened.rubric), len(opened.follow_ups)) == ("open", 5, 1)
    assert [point.weight for point in opened.rubric] == [2, 2, 1, 1, 1]
    assert opened.rubric[1].cues == ("gang", "all-or-nothing", "kueue", "volcano", "coscheduling")


@pytest.mark.parametrize("path", hostile.KINDS, ids=lambda path: path.stem)
def test_one_small_file_of_each_kind_is_right(path):
    read = hostile.read(path.read_bytes())
    assert ([], [path.stem]) == (read.mistakes, [e.mapping["kind"] for e in read.entries])


def test_enough_broken_banks_are_kept():
    assert len(BROKEN) >= 40


@PARSERS
@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_each_mistake_is_said_at_its_place(path, pure):
    said = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()[:-1]
    expected = [line for line in said if not any(across in line for across in ACROSS_BANKS)]
    read = parse_bank(path.read_text(encoding="utf-8"), thorough=True, pure=pure)
    assert expected == [
        f"{path.name}:{m.line}:{m.column}: {'warning: ' * m.warning}{m.text}" for m in read.mistakes
    ]


@pytest.mark.parametrize(
    "question",
    [
        "  - {id: one, prompt: P, awnser: A}\n",
        "  - {id: one, prompt: &x P, answer: *x}\n",
        "  - &x {id: one, prompt: P, answer: A}\n",
        "  - *x\n",
        "  - {id: one, prompt: !x P, answer: A}\n",
        "  - {id: one, id: two, prompt: P, answer: A}\n",
        "  - {id: one, prompt: P, answer: A, <<: {a: b}}\n",
        "  - {id: one, prompt: P, answer: A, [a]: b}\n",
        "  - text\n",
        "  -\n",
    ],
)
@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
def test_a_mistake_inside_a_question_leaves_out_that_question(question, first):
    text = bank(question + FINE if first else FINE + question)
    for read in (parse_bank(text), parse_bank(text, pure=True)):
        assert (
            read.broken, read.left_out, [entry.mapping["id"] for entry in read.entries],
        ) == (False, 1, ["fine"])  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        bank(FINE, head="bank: b\ntitle: &t B\n"),
        bank(FINE, head="bank: b\ntitle: B\ntitle: C\n"),
        bank(FINE, head="bank: b\nlevel: expert\n"),
        bank(FINE, head="title: B\n"),
        "bank: b\ntitle: B\nquestions: &q\n" + FINE,
        bank(FINE) + "title: !t B\n",
        bank(FINE) + "zzz: 1\n",
        bank(FINE + "  - {id: one\n"),
    ],
)
def test_a_mistake_outside_of_the_questions_leaves_out_the_file(text):
    assert parse_bank(text).broken
    assert parse_bank(text, pure=True).broken


def test_the_head_may_stand_behind_the_questions():
    read = parse_bank(f"questions:\n{FINE}bank: b\ntitle: B\n")
    assert (read.mistakes, read.head) == ([], {"bank": "b", "title": "B"})


@pytest.mark.parametrize("text", ["formats:\n  - id: one\n", "formats: [\n"])
def test_a_file_of_formats_is_no_bank(text):
    read = parse_bank(text)
    assert (read.is_bank, read.mistakes) == (False, [])


def test_kind_is_open_where_there_is_a_rubric_else_recall():
    read = parse_bank(bank("  - {id: one, prompt: P, answer: A, rubric: [R]}\n" + FINE))
    assert [entry.mapping["kind"] for entry in read.entries] == ["open", "recall"]


def test_points_come_with_their_keys():
    read = parse_bank(bank("  - {id: one, prompt: P, answer: A, rubric: [{point: R, id: r}, S]}\n"))
    first, second = read.entries[0].mapping["rubric"]
    assert (first["key"], second["key"][0]) == ("r", "~")


def test_more_mistakes_than_anyone_reads_are_counted():
    read = parse_bank(bank("  - {id: A, prompt: P, answer: A}\n" * 300))
    assert len(read.mistakes) == MOST_MISTAKES + 1
    assert read.mistakes[-1].text == "and 100 more mistakes"
    assert (read.left_out, read.broken) == (300, False)


def test_more_warnings_than_anyone_reads_are_no_mistake():
    read = parse_bank(bank("".join(f"  - {{id: q{n}, prompt: P, answer: A #\n    }}\n"
                                   for n in range(300))))  # fmt: skip
    assert (len(read.mistakes), read.left_out) == (MOST_MISTAKES + 1, 0)
    assert (read.mistakes[-1].text, read.mistakes[-1].warning) == ("and 100 more warnings", True)


def test_a_file_of_nothing_but_mistakes_is_left_out():
    assert parse_bank(bank("  - {id: A, prompt: P, answer: A}\n" * 2000)).broken


def test_all_texts_of_a_bank_are_made_visible():
    hidden = "\\e[31m\\u202e\\a\\x9b\\u2028"
    shown = "␛[31m\\u202e␇\\u009b\\u2028"
    phase = (
        f'title: "{hidden}", minutes: 5, ask: "{hidden}", answer: "{hidden}", rubric: ["{hidden}"]'
    )
    questions = f"""
  - {{id: open, prompt: "{hidden}", answer: "{hidden}", hint: "{hidden}", sources: ["{hidden}"],
     rubric: [{{point: "{hidden}", cues: ["{hidden}"]}}], red_flags: ["{hidden}"],
     follow_ups: [{{ask: "{hidden}", look_for: "{hidden}"}}]}}
  - {{id: choice, kind: choice, prompt: P,
     options: [{{text: "{hidden}", why: "{hidden}", correct: true}}, B]}}
  - {{id: order, kind: order, prompt: P, steps: ["{hidden}", b, c]}}
  - {{id: design, kind: design, prompt: P, facts: [{{about: "{hidden}", say: "{hidden}"}}],
     phases: [{{id: a, assume: "{hidden}", {phase}}}, {{id: b, {phase}}}]}}
"""
    read = parse_bank(bank(questions, head=f'bank: b\ntitle: "{hidden}"\n'))
    assert read.mistakes == []
    texts = str(read.head) + "".join(str(entry.mapping) for entry in read.entries)
    assert questions.count(hidden) + 1 == texts.count(str([shown])[2:-2])
    assert texts.isprintable()


EDITS = st.lists(
    st.builds(
        hostile.Edit,
        action=st.sampled_from(["delete", "double", "swap", "insert"]),
        at=st.floats(0, 1),
        length=st.integers(1, 12),
        sign=st.integers(0, len(hostile.SIGNS) - 1),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("path", hostile.KINDS, ids=lambda path: path.stem)
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_no_damage_brings_more_than_short_messages(path, edits):
    hostile.read(hostile.damaged(path.read_bytes(), edits))
