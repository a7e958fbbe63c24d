"""The power goes out: what was answered is kept, and what was being typed is offered again."""

import pytest

pytestmark = pytest.mark.usefixtures("planned")
TWELVE = "bank: twelve\ntitle: Twelve\nquestions:\n" + "".join(
    f"- id: q{n:02}\n  kind: choice\n  prompt: Question {n}?\n"
    "  options: [{text: right, correct: true}, {text: also right, correct: true}]\n"
    for n in range(1, 13)
)


def test_ten_answers_are_kept_and_the_eleventh_question_is_asked(start, own_bank, open_store):
    own_bank("twelve", TWELVE)
    terminal = start("drill", "--bank", "twelve")
    for number in range(1, 11):
        terminal.wait(f"question {number} ").wait_for_box("a-b choose")
        terminal.press("a", "b", "2").wait("Enter next")
        if number < 10:
            terminal.press("Enter")
    terminal.kill()

    assert len(open_store().reviews()) == 10
    start("drill", "--bank", "twelve").wait("question 11 ").wait("Question 11?")


def test_a_half_typed_text_stands_in_the_box_again(start, open_store):
    terminal = start("drill").wait_for_box("Enter done").type("half an ans")
    terminal.wait(lambda: [draft.attempt.answer for draft in open_store().drafts()] != [])
    terminal.kill()

    again = start("drill").wait_for_box("kept from 09:00").wait("┃ half an ans█", picture=True)
    again.type("wer").wait("┃ half an answer")


def test_what_was_revealed_opens_at_its_ticks(start):
    terminal = start("drill", "--item", "partial-gangs").wait_for_box("Tab done")
    terminal.type("a deadlock").press("Tab").wait("How sure?").press("2").wait("Did you say it?")
    terminal.kill()

    start("drill").wait("Did you say it?").wait("✓ Pods are placed").wait("❯ · Asks for gang")


def test_a_bare_mlprep_says_that_an_answer_waits(start, run):
    terminal = start("drill", "--item", "partial-gangs").wait_for_box("Tab done").type("half")
    terminal.wait("half").press("^C").end()
    assert "a half-typed answer waits: every-kind/partial-gangs" in run().stdout
