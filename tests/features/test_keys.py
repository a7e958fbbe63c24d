"""Every key of a drill, pressed."""

import pytest

pytestmark = pytest.mark.usefixtures("planned")
TYPING = "Tab done"
SURE = "How sure?  1 guess"
TICKING = "Did you say it?"
GRADED = "Enter next"


@pytest.fixture
def ask(start):
    """Return how to start a drill of one question of the example bank, ready for keys."""

    def ask(name, *options, ready=TYPING, **env):
        return start("drill", "--item", name, *options, **env).wait_for_box(ready)

    return ask


@pytest.fixture
def open_question(ask):
    return ask("partial-gangs")


# Typing


def test_tab_says_done_and_tab_goes_back_to_the_text(open_question):
    open_question.type("first").press("Tab").wait(SURE)
    open_question.press("Tab").wait(TYPING).type(" second").wait("┃ first second")


@pytest.mark.parametrize("name", ["ring-steps", "state-per-gpu"])
def test_enter_says_done_where_the_answer_is_one_line(ask, name):
    ask(name, ready="Enter done").type("14").press("Enter").wait(SURE)


def test_enter_is_a_new_line_where_the_answer_is_a_text(open_question):
    open_question.type("one").press("Enter").type("two").wait("┃ one\n ┃ two")


def test_control_d_deletes_within_the_text_and_says_done_at_its_end(open_question):
    open_question.type("abc").press("^A", "^D").wait("┃ bc")
    open_question.press("^E", "^D").wait(SURE)


def test_readline_keys_edit(open_question):
    open_question.type("one two three").wait("three").press("^W").wait("┃ one two", but="three")
    open_question.press("^A", "^K").wait("┃", but="one two").press("^Y").wait("┃ one two")


def test_an_escape_alone_does_nothing_while_typing(open_question):
    open_question.type("abc").wait("abc").press("Esc").wait_a_beat().type("def").wait("┃ abcdef")


def test_digits_and_letters_are_text_while_typing(open_question):
    open_question.type("u 1 q y ? e").wait("┃ u 1 q y ? e█", picture=True)


def test_vi_keys_edit_when_they_are_set(run, ask):
    run("config", "keys", "vi")
    terminal = ask("partial-gangs").type("abc").wait("abc").press("Esc").wait_a_beat()
    terminal.type("0x").wait("┃ bc").type("Ad").wait("┃ bcd")


def test_what_is_typed_before_the_box_is_ready_stands_in_it(start):
    terminal = start("drill", "--item", "partial-gangs", typed_ahead="early words")
    terminal.wait_for_box(TYPING).wait("┃ early words█", picture=True)


def test_what_is_typed_while_the_question_appears_is_not_echoed(start):
    terminal = start("drill", "--item", "partial-gangs").wait(TYPING).type("early words")
    terminal.wait("┃ early words")
    assert terminal.raw.count(b"early words") == 1


# Choice and order


def test_a_letter_picks_and_another_one_picks_anew(ask):
    terminal = ask("first-change", ready="a-c choose")
    terminal.press("a").wait("❯ a").press("c").wait("❯ c", but="❯ a")
    terminal.press("Backspace").wait("a-c choose", but="❯")


def test_letters_switch_on_and_off_where_several_are_right(ask, own_bank):
    own_bank(
        "several",
        "bank: several\ntitle: Several\nquestions:\n- id: both\n  kind: choice\n  prompt: Which?\n"
        "  options: [{text: right, correct: true}, {text: right too, correct: true}, {text: no}]\n",
    )
    terminal = ask("both", ready="a-c choose")
    terminal.press("c", "a").wait("❯ a").wait("❯ c").press("c").wait("❯ a", but="❯ c")


def test_a_digit_before_the_letter_says_what_is_missing(ask):
    ask("first-change", ready="a-c choose").press("2").wait("Choose a letter first.")
    ask("recovery", ready="a-d in order").press("a", "2").wait("Put all of them in order first.")


def test_zero_gives_up_at_once(ask):
    ask("recovery", ready="a-d in order").press("0").wait("Missed").wait(GRADED)


def test_backspace_takes_the_last_step_back(ask):
    terminal = ask("recovery", ready="a-d in order").press("d", "b").wait("2 b")
    terminal.press("Backspace").wait("1 d", but="2 b")


# The menu


def test_escape_and_control_x_close_the_menu(open_question):
    open_question.press("^X").wait("p pause").press("^X").wait(TYPING)
    open_question.press("^X").wait("p pause").press("Esc").wait(TYPING)
    open_question.type("h").wait("┃ h")


def test_hints_come_one_at_a_time(open_question):
    open_question.press("^X", "h").wait("Who holds what the other one needs?")
    open_question.press("^X", "h").wait("Look at how pods are placed.")
    open_question.press("^X", "h").wait("No more hints.")


def test_later_puts_a_question_off_and_keeps_its_text(start):
    terminal = start("drill").wait_for_box("Enter done").type("half").wait("half")
    terminal.press("^X", "s").wait("new · choice")
    terminal.press("^X", "u").wait("new · recall").wait("┃ half")


@pytest.mark.parametrize("letter", ["t", "x"])
def test_tomorrow_and_set_aside_go_on_and_can_be_undone(start, open_store, letter):
    terminal = start("drill").wait_for_box("Enter done").press("^X", letter).wait("new · choice")
    assert list(open_store().holds()) == ["every-kind/ring-steps"]
    terminal.press("^X", "u").wait("new · recall")
    assert open_store().holds() == {}


def test_undo_on_an_untouched_first_question_says_so(open_question):
    open_question.press("^X", "u").wait("There is nothing to undo.")


def test_pause_hides_the_question(open_question):
    open_question.type("mine").press("^X", "p").wait("Paused.", but="Two 64-GPU jobs")
    open_question.press("x").press("Enter").wait("┃ mine")


def test_quit_keeps_the_text(open_question, start):
    open_question.type("half an answer").wait("half").press("^X", "q").wait("Nothing was answered")
    assert open_question.end() == 0
    start("drill").wait_for_box("kept from 09:00").wait("┃ half an answer█", picture=True)


def test_question_mark_shows_all_keys(open_question):
    open_question.type("mine").press("^X", "?").wait("anywhere: ^C leaves").press("Enter")
    open_question.wait("┃ mine")


def test_the_menu_of_a_choice_has_no_editor(ask):
    terminal = ask("first-change", ready="a-c choose").press("^X").wait("p pause")
    assert "editor" not in terminal.text


# The editor


@pytest.fixture
def editor(tmp_path):
    """Return how to make an editor that does one thing to the file that it is given."""

    def editor(does):
        script = tmp_path / "editor"
        script.write_text(f"#!/bin/sh\nfor file; do :; done\n{does}\n")
        script.chmod(0o755)
        return str(script)

    return editor


def test_the_answer_opens_in_the_editor(ask, editor):
    terminal = ask("partial-gangs", EDITOR=editor('echo "from the editor" >> "$file"'))
    terminal.type("typed ").press("^X", "e").wait("┃ typed from the editor")
    terminal.press("Enter", "^X", "^E").wait("┃ typed from the editor\n ┃ from the editor")


def test_what_the_editor_returns_presses_no_key_and_sets_no_color(ask, editor):
    terminal = ask("partial-gangs", EDITOR=editor(r"""printf 'a\tb\033[31m' > "$file" """))
    terminal.press("^X", "e").wait("┃ a   b␛[31m")


def test_a_question_opens_in_the_editor_as_a_copy_of_the_users_own(ask, editor, home):
    program = editor("""sed -i.old 's/Two 64-GPU jobs/Two jobs of 64 GPUs/' "$file" """)
    terminal = ask("partial-gangs", EDITOR=program).type("mine").press("Tab").wait(SURE)
    terminal.press("2").wait(TICKING).press("e").wait("Two jobs of 64 GPUs")
    terminal.wait("1 question, no mistakes.").wait("┃ mine")
    assert "Two jobs of 64 GPUs" in (home / "banks" / "every-kind.yaml").read_text()


def test_a_question_can_be_edited_after_its_grade(start, editor):
    terminal = start("drill", EDITOR=editor("true")).wait_for_box("Enter done").press("^X", "x")
    terminal.wait_for_box("a-c choose").press("a", "2").wait(GRADED).press("e")
    terminal.wait("1 question, no mistakes.").wait("new · estimate")


def test_a_mistake_in_an_edited_question_is_offered_again(ask, editor):
    terminal = ask("proudest", EDITOR=editor("""sed -i.old 's/rubric/rubrik/' "$file" """))
    terminal.press("Tab").wait(SURE).press("2").wait(TICKING).press("e")
    terminal.wait("unknown key 'rubrik'").wait("Open it again at that line?").press("n")
    terminal.wait("1 mistake; mlprep bank check")


def test_without_an_editor_the_drill_goes_on(ask):
    terminal = ask("partial-gangs", EDITOR="/nowhere/editor").press("Tab").wait(SURE).press("2")
    terminal.wait(TICKING).press("e").wait("cannot be started").wait(TICKING)


# Ticking


@pytest.fixture
def ticking(open_question):
    return open_question.type("a deadlock").press("Tab").wait(SURE).press("2").wait(TICKING)


def test_y_and_n_mark_and_move_on(ticking):
    ticking.wait("❯ · Asks for gang").press("y").wait("✓ Asks for gang").wait("❯ · Adds a timeout")
    ticking.press("n").wait("✗ Adds a timeout").wait("❯ · Says how")


def test_arrows_move_without_a_mark(ticking):
    ticking.press("Up").wait("❯ ✓ Pods are placed").press("n").wait("✗ Pods are placed")
    ticking.press("Down").wait("❯ · Adds a timeout", but="❯ · Asks")


def test_enter_alone_earns_nothing(ask, open_store):
    terminal = ask("proudest").press("Tab").wait(SURE).press("3").wait(TICKING)
    terminal.press("Enter").wait("Missed, and you were sure")
    assert set(open_store().reviews()[0].marks.values()) == {False}


def test_u_goes_back_to_the_text_and_keeps_the_ticks(ticking):
    ticking.press("y", "u").wait(TYPING).type(", Kueue").wait("┃ a deadlock, Kueue")
    ticking.press("Tab").wait(SURE).press("2").wait("❯ · Adds a timeout").wait("✓ Asks for gang")


def test_a_red_flag_can_be_ticked(ticking):
    ticking.press("y", "y", "y", "y").wait("✗ Or did you say:  Adds more GPUs")
    ticking.press("Enter").wait("Partly").wait("You said: Adds more GPUs")


def test_quitting_at_the_ticks_opens_at_the_ticks(ticking, start):
    ticking.press("y", "q").wait("mlprep drill")
    assert ticking.end() == 0
    start("drill").wait(TICKING).wait("✓ Asks for gang").wait("❯ · Adds a timeout")


@pytest.mark.parametrize(("key", "word"), [("y", "good"), ("p", "partly"), ("n", "missed")])
def test_a_recall_is_graded_by_one_key(ask, open_store, key, word):
    terminal = ask("ring-steps", ready="Enter done").press("Enter").wait(SURE).press("2")
    terminal.wait("y got it").press(key).wait("1 question in")
    assert terminal.end() == 0
    assert [review.rating.word for review in open_store().reviews()] == [word]


# Dropped and kept keys


def test_keys_that_were_pressed_before_the_reveal_tick_nothing(open_question):
    open_question.type("a deadlock").press("Tab").wait(SURE).type("3yyy").wait("❯ · Asks for gang")
    assert "✓ Asks" not in open_question.text


def test_a_second_enter_does_not_skip_the_grade(ticking):
    ticking.type("\r\r").wait(GRADED).wait("Missed")


# Graded


@pytest.fixture
def graded(start):
    """Return a drill at the grade of its second question, a choice answered wrong."""
    terminal = start("drill").wait_for_box("Enter done").press("Enter").wait(SURE).press("2")
    terminal.wait("y got it").press("y").wait("a-c choose").press("a", "2")
    return terminal.wait(GRADED)


def test_u_goes_one_step_back_each_time(graded, open_store):
    graded.press("u").wait("❯ a", but=GRADED).wait(SURE)
    assert len(open_store().reviews()) == 1
    graded.press("^X", "u").wait("y got it")
    assert open_store().reviews() == []
    graded.press("u").wait("Enter done").press("^X", "u").wait("There is nothing to undo.")


def test_undo_reaches_over_a_restart(graded, start, open_store):
    graded.press("q").wait("mlprep undo")
    assert graded.end() == 0
    terminal = start("drill").wait_for_box("a-c choose").press("^X", "u").wait("❯ a")
    terminal.press("b", "3").wait(GRADED)
    assert [review.answer for review in open_store().reviews()] == ["", "b"]


def test_g_says_that_it_was_a_guess(start, open_store):
    terminal = start("drill", "--item", "state-per-gpu").wait_for_box("Enter done").type("17.5 GB")
    terminal.press("Enter").wait(SURE).press("2").wait("Good").press("g").wait("you guessed")
    assert [(r.rating.word, r.overruled) for r in open_store().reviews()] == [("partly", "guessed")]


def test_k_says_that_it_was_known(graded, open_store):
    graded.press("k").wait("Good").wait("you knew it")
    assert open_store().reviews()[-1].overruled == "knew"


def test_a_shows_earlier_answers(graded):
    graded.press("a").wait("every-kind/first-change").wait("Tue 1 Dec   missed   fairly sure")
    graded.press("Enter").wait(GRADED)


@pytest.mark.parametrize("letter", ["t", "x"])
def test_an_item_can_be_set_aside_after_its_grade(graded, open_store, letter):
    graded.press(letter).wait("new · estimate")
    assert list(open_store().holds()) == ["every-kind/first-change"]


def test_question_mark_shows_all_keys_after_the_grade(graded):
    graded.press("?").wait("anywhere: ^C leaves").press("q").wait(GRADED)


# Anywhere


@pytest.mark.parametrize("stage", ["typing", "how sure", "ticking", "graded"])
def test_control_c_leaves_with_all_kept(open_question, start, stage):
    open_question.type("mine").wait("mine")
    if stage != "typing":
        open_question.press("Tab").wait(SURE)
    if stage in ("ticking", "graded"):
        open_question.press("2").wait(TICKING)
    if stage == "graded":
        open_question.press("Enter").wait(GRADED)
    open_question.press("^C")
    assert open_question.end() == 130
    again = start("drill")
    if stage == "graded":
        again.wait("question 2")
    elif stage == "ticking":
        again.wait(TICKING).wait("┃ mine")
    else:
        again.wait("kept from 09:00").wait("┃ mine")


def test_control_l_draws_anew(open_question):
    open_question.type("mine").wait("mine")
    before = open_question.picture
    open_question.screen.erase_in_display(2)
    open_question.press("^L").wait(lambda: open_question.picture == before)


def test_control_z_stops_and_the_shell_brings_it_back(start):
    terminal = start("drill", "--item", "partial-gangs",
                     shell='set -m; "$@"; echo In the background; read line; fg')  # fmt: skip
    terminal.wait_for_box(TYPING).type("mine").wait("mine").press("^Z").wait("In the background")
    terminal.press("Enter").wait(TYPING).type(" again").wait("┃ mine again")


# Paste


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("a\tb", "┃ a   b"),
        ("one\rtwo", "┃ one\n ┃ two"),
        ("one\r\ntwo", "┃ one\n ┃ two"),
        ("a\x1b[31mb", "┃ a␛[31mb"),
        ("a\x03\x18\x04b", "┃ a␃␘␄b"),
        ("a\x1b[201~\t0\r", "┃ a␛[201~ 0"),
    ],
)
def test_a_paste_is_text_and_presses_no_key(open_question, pasted, shown):
    open_question.paste(pasted).wait(shown).type("!").wait("!")
    assert TYPING in open_question.text


def test_a_paste_where_no_text_is_asked_does_nothing(ticking):
    before = ticking.wait("y said it").text
    ticking.paste("yyyq").press("?").wait("anywhere: ^C").press("Enter")
    ticking.wait(lambda: ticking.text == before)
