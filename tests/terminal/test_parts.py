"""The parts of the screens of a drill."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlprep.core.days import day_text
from mlprep.core.grading import Attempt, grade
from mlprep.core.memory import Rating
from mlprep.core.review import Review
from mlprep.core.rubric import Level
from mlprep.session.drill import Outcome
from mlprep.terminal import parts
from mlprep.terminal.lines import line_width, plain, width

TODAY = 740_000
TYPED = st.text(st.sampled_from("ab \n日é"), max_size=60)


def text(lines):
    return "\n".join(map(plain, lines))


def outcome(ask, *, returns=False, due=TODAY + 3, kept=True, **attempt):
    done = Attempt(**attempt)
    verdict = grade(ask.question, done, Level.PRINCIPAL, truth=ask.truth)
    review = Review("id", ask.item.key, 0, TODAY, verdict.rating, 7) if kept else None
    return Outcome(ask, done, verdict, review, before=0.41, after=0.74, due=due, returns=returns)


def missed_before(ask, *days):
    marks = {"timeout": False, "gang": True}
    return tuple(
        Review(str(day), ask.item.key, 0, day, Rating.HARD, 7, marks=marks) for day in days
    )


# Header, prompt, case


def test_the_header_says_what_is_asked_and_how_far_the_session_is(ask):
    asked = ask("partial-gangs", number=3, spent=9.4, minutes=30)
    assert plain(parts.header(asked, 79)) == (
        " new · open · staff · 4 min                            question 3 · 9 of 30 min"
    )
    assert "9 min" in plain(parts.header(asked._replace(minutes=None), 79))


def test_a_returned_question_says_what_is_missing(ask):
    asked = ask("partial-gangs")
    first = missed_before(asked, TODAY)[0]._replace(rating=Rating.AGAIN)
    back = asked._replace(before=(first,), earlier=(first,))
    assert plain(parts.header(back, 79)).startswith(" again · 3 of 4 points are missing")


def test_a_phase_names_itself_and_shows_the_case(ask):
    asked = ask("recommender/serving")
    assert plain(parts.header(asked, 79)).startswith(" new · design · Serve it · staff · 8 min")
    assert text(parts.case_lines(asked, 79)) == (
        " Design a recommender for 100 million users.\n\n - 60,000 requests per second at peak\n\n"
        " Settled so far: Revenue is the goal; 100 ms at the 99th percentile."
    )


@pytest.mark.parametrize("most", [19, 39, 79, 199])
@pytest.mark.parametrize("name", ["partial-gangs", "recommender/scope", "first-change"])
def test_a_header_fits(ask, name, most):
    assert line_width(parts.header(ask(name, number=12, spent=28, minutes=30), most)) <= most


def test_the_last_sentence_stands_for_the_prompt(ask):
    assert text(parts.last_sentence(ask("partial-gangs"), 79)) == (
        " … What happened, and what do you change so that it cannot happen again?"
    )
    assert text(parts.last_sentence(ask("proudest"), 79)).startswith(" Tell me about")


# The box


@given(TYPED, st.integers(4, 20))
@settings(max_examples=100)
def test_rows_of_a_text_lose_no_character(typed, most):
    rows = parts.text_rows(typed, most)
    joined = ""
    for start, row in rows:
        joined += typed[len(joined) : start] + row
    assert joined == typed
    assert all(width(row.rstrip(" ")) <= most for _, row in rows)


@given(TYPED, st.data())
@settings(max_examples=100)
def test_the_cursor_stands_where_it_is_in_the_text(typed, data):
    cursor = data.draw(st.integers(0, len(typed)))

    class Typed:
        text = typed

    Typed.cursor = cursor
    rows, (row, column) = parts.box(Typed, 20, 3)
    assert 1 <= len(rows) <= 3
    assert 0 <= row < len(rows)
    assert 3 <= column <= 20
    start, _ = [r for r in parts.text_rows(typed, 17) if r[0] <= cursor][-1]
    assert column == min(3 + width(typed[start:cursor]), 20)


def test_own_words_light_what_earned_a_point(view):
    asked = view("partial-gangs")
    asked.text = "a deadlock, so Kueue"
    assert parts.own_words(asked, 79) == [
        [("accent", " ┃ "), ("dim", "a "), ("accent", "deadlock"), ("dim", ", so "),
         ("accent", "Kueue")]
    ]  # fmt: skip


def test_own_words_say_that_there_are_none_and_how_many_do_not_fit(view):
    asked = view("proudest")
    assert text(parts.own_words(asked, 79)) == " ┃ (nothing typed)"
    asked.text = "\n".join("abcdef")
    assert text(parts.own_words(asked, 79, 3)) == " ┃ a\n ┃ b\n ┃ … 4 more lines"


# Points


def test_a_point_stands_beside_the_words_that_earned_it(view):
    asked = view("partial-gangs")
    asked.text = "Kueue"
    asked.reveal()
    asked.current = 0
    assert text(parts.point_lines(asked, 1, 79)) == (
        "   ✓ Asks for gang scheduling or admission                                Kueue"
    )
    assert text(parts.point_lines(asked, 0, 79)).startswith(" ❯ · Pods are placed one by one")


def test_a_point_says_when_it_was_missed(ask, view):
    asked = view("partial-gangs")
    asked.ask = asked.ask._replace(earlier=missed_before(asked.ask, TODAY - 7))
    when = day_text(TODAY - 7).partition(" ")[2]
    assert f"missed on {when}" in text(parts.point_lines(asked, 2, 79))
    assert "missed" not in text(parts.point_lines(asked, 1, 79))


def test_a_red_flag_costs_the_grade(view):
    asked = view("partial-gangs")
    assert "· Or did you say:  Adds more GPUs" in text(parts.point_lines(asked, 4, 79))
    assert "costs the grade" in text(parts.point_lines(asked, 4, 79))


def test_missed_points_say_how_often(ask):
    asked = ask("partial-gangs")
    asked = asked._replace(earlier=missed_before(asked, TODAY - 7, TODAY - 3))
    said = outcome(asked, marks={"one-by-one": True, "gang": True, "detect": True})
    assert text(parts.missed_lines(said, 79)) == (
        " ✗ Adds a timeout that frees a partial gang                          third time"
    )


# Judged options and steps


def test_options_stay_where_they_were_with_their_reasons_below(view):
    asked = view("first-change")
    asked.pick("a")
    assert text(parts.judged_options(asked, 79)).splitlines() == [
        " ✗ a  Lower the threshold to p < 0.0001",
        "      The critical distance hardly grows.",
        " ✓ b  Gate on the size of the change, not on its significance",
        "      At 20 million rows every harmless shift is significant.",
        "   c  Apply a Bonferroni correction over the features",
        "      It mends many tests, not one test that is too powerful.",
    ]


def test_every_reason_is_aligned_with_its_option(view):
    asked = view("first-change")
    asked.pick("a")
    for row in text(parts.judged_options(asked, 79)).splitlines():
        assert row[:6].strip() in {"a", "b", "c", "✓ a", "✓ b", "✓ c", "✗ a", "✗ b", "✗ c", ""}
        assert row[6] != " "


def test_steps_say_where_they_were_put(view):
    asked = view("recovery")
    for step in (1, 0, 2, 3):
        asked.pick(asked.ask.letter_of(step))
    assert text(parts.judged_steps(asked, 60)).splitlines() == [
        " ✗ 1  Detect                                  you put it 2nd",
        " ✗ 2  Fence the node                          you put it 1st",
        " ✓ 3  Restore the last checkpoint",
        " ✓ 4  Verify the loss curve",
    ]


# Verdict


@pytest.mark.parametrize(
    ("attempt", "said"),
    [
        ({"marks": {"gang": True, "one-by-one": True, "timeout": True, "detect": True},
          "confidence": 2, "seconds": 192}, "Good   100 %, 4 of 4 points   3:12 of 4 min   fairly"),
        ({"marks": {"gang": True, "one-by-one": True}, "confidence": 1}, "Partly   60 %, 2 of 4"),
        ({"marks": {}, "confidence": 3}, "Missed, and you were sure   0 %, 0 of 4 points"),
        ({"marks": {}, "confidence": 0}, "Missed   0 %, 0 of 4 points   no idea"),
        ({"marks": {"gang": True}, "overruled": "guessed"}, "you guessed"),
    ],
)  # fmt: skip
def test_a_verdict_says_what_how_long_and_how_sure(ask, attempt, said):
    found = text(parts.verdict(outcome(ask("partial-gangs"), **attempt), 79))
    assert said in found
    assert found.endswith("kinds")


@pytest.mark.parametrize("most", [19, 39, 79, 199])
def test_a_verdict_fits(ask, most):
    found = outcome(ask("partial-gangs"), confidence=3, seconds=200, overruled="guessed")
    assert all(line_width(line) <= most for line in parts.verdict(found, most))


@pytest.mark.parametrize(
    ("known", "date", "said"),
    [
        ({}, TODAY + 13, "you recall it with 74 %; before this answer it was 41 %."),
        ({}, None, f"Next on {day_text(TODAY + 3)}."),
        ({"due": TODAY}, None, "It is due again today."),
        ({"due": None}, None, "It is not due again for now."),
        ({"returns": True}, TODAY + 13, "It comes back in this drill."),
        (
            {"kept": False},
            None,
            "Answered in another terminal meanwhile: this answer was not kept.",
        ),
    ],
)
def test_a_consequence_says_what_the_answer_changed(ask, known, date, said):
    assert parts.consequence(outcome(ask("proudest"), **known), date, TODAY).endswith(said)


def test_what_can_wait_is_look_fors_sources_and_key(ask):
    found = text(parts.behind_space(ask("partial-gangs"), 79))
    assert found.startswith(" Looks for: Quotas")
    assert found.endswith(" every-kind/partial-gangs")


def test_blocks_are_one_empty_line_apart():
    assert parts.blocks([[("", "a")]], [], [[("", "b")]]) == [[("", "a")], [], [("", "b")]]
