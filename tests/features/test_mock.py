"""A mock interview in a terminal and through pipes, from its prompt to its scorecard."""

import json
import random
import time
from pathlib import Path

import pytest

from mlprep.core.formats import build_formats, parse_formats
from mlprep.session.mock_state import MockState

pytestmark = pytest.mark.usefixtures("planned", "formats")
ROOT = Path(__file__).parents[2]
STILL = "0.0001"  # so many seconds of the interview pass in one: its clock stands still
SHIPPED = (ROOT / "question_banks" / "formats.yaml").read_text(encoding="utf-8")
BEAT, LATEST = 2, 2  # seconds: two heartbeats; what was typed earlier is on disk
FORMATS = """\
formats:
  - id: case-13
    title: The recommender
    sections: [{title: Case, minutes: 13, draw: {kind: design}}]
  - id: day
    title: A day
    sections:
      - {title: Facts, minutes: 2, draw: {kind: recall}}
      - {title: Rest, minutes: 5, break: true}
      - {title: Why, minutes: 4, draw: {question: every-kind/partial-gangs}}
  - id: short
    title: A short one
    sections:
      - {title: Choice, minutes: 1, draw: {kind: choice}}
      - {title: Number, minutes: 3, draw: {kind: estimate}}
"""


@pytest.fixture
def formats(own_bank):
    own_bank("formats", FORMATS)


@pytest.fixture
def state(open_store):
    """Return how to read the latest mock from disk."""

    def state():
        store = open_store()
        states = [plain for _, plain in store.session_states("mock") if plain.get("parts")]
        store.close()
        return MockState.from_plain(states[-1]) if states else None

    return state


def case(start, *more, **size):
    terminal = start(
        "mock", "case-13", "--level", "principal", "--time-scale", STILL, *more, **size
    )
    return terminal.wait("Tab next").wait("┃")


# On a terminal


def test_a_case_runs_from_prompt_to_scorecard(start, snapshots):
    terminal = case(start)
    terminal.type("? what load\r? which team\rrevenue is the goal")
    terminal.wait("revenue is the goal").shows(snapshots, "asking and answering")
    terminal.press("Tab").wait("Serve it, part 2 of 2").shows(snapshots, "the second part")
    terminal.type("60,000 times 40 ms").wait("40 ms").press("Tab").wait("Enter ticks it now")
    terminal.press("Enter").wait("Did you say it?").shows(snapshots, "ticking")
    terminal.press("y", "Enter").wait("the model answer").shows(snapshots, "the answer after it")
    terminal.press("Enter").wait("Names a budget").press("y", "Enter").wait("the model answer")
    terminal.press("Enter")
    assert terminal.end() == 0
    terminal.shows(snapshots, "the scorecard")


@pytest.mark.parametrize(("columns", "rows"), [(40, 24), (200, 50)])
def test_the_clock_is_in_sight_on_narrow_and_wide_terminals(start, snapshots, columns, rows):
    terminal = case(start, columns=columns, rows=rows)
    terminal.type("? load\r").wait("60,000 requests").shows(snapshots, f"at {columns} columns")

    assert "5:00 of 5:00 left" in terminal.text
    assert "13:00 left" in terminal.text
    assert all(len(line) <= columns - 1 for line in terminal.lines)


def test_the_case_can_be_read_again(start):
    terminal = case(start)
    terminal.type("? load\r").wait("60,000 requests").press("Tab").wait("part 2 of 2")
    terminal.press("^X").wait("c case").press("c").wait("Design a recommender")
    terminal.wait("- 60,000 requests").press("Enter").wait("Tab next", but="60,000")


def test_a_pause_hides_the_question_and_is_recorded(start, state):
    terminal = start("mock", "case-13", "--time-scale", "1").wait("Tab next")
    terminal.type("words").wait("┃ words").press("^X").wait("p pause").press("p")
    terminal.wait("Paused.", but="What do you ask first")
    terminal.wait(lambda: state().parts[0].paused > 1)
    spent = state().parts[0].spent
    terminal.wait(lambda: state().parts[0].paused > 2).press("Enter").wait("┃ words")

    assert state().parts[0].spent - spent < 0.5


def test_over_time_is_said_and_allowed(start):
    terminal = start("mock", "short", "--time-scale", "60").wait("Tab next")

    terminal.wait("over by").type("a").wait("┃ a").press("Tab").wait("part 2 of 2")


def test_a_break_has_its_own_clock(start):
    terminal = start("mock", "day", "--time-scale", STILL).wait("Tab next").press("Tab")
    terminal.wait("Break, part 2 of 3").wait("A break.").wait("5:00 of 5:00 left").press("Tab")
    terminal.wait("Two 64-GPU jobs")


def test_interrupting_keeps_all_and_says_how_to_go_on(start, state):
    terminal = case(start).type("half a w").wait("half a w").press("^C")
    assert terminal.end() == 130
    terminal.wait("Mock kept, 13 min left.  mlprep mock --resume")

    assert state().parts[0].text == "half a w"
    again = start("mock").wait("13:00 left, left at 09:00.").press("Enter").wait("┃ half a w")
    again.type("ord").wait("┃ half a word")


def test_quitting_leaves_it_open_and_mlprep_offers_it_first(start, run):
    case(start).press("^X").wait("q quit").press("q").wait("Mock kept").end()

    lines = run().stdout.splitlines()
    first = next(line for line in lines if line.startswith(" mlprep"))
    assert first.startswith(" mlprep mock --resume")
    assert "open: mlprep mock --resume" in run("mock", "--history").stdout


def test_a_mock_that_goes_on_elsewhere_is_left_without_loss(start, state):
    first = case(start).type("from the first").wait("from the first")
    first.wait(lambda: state().parts[0].text == "from the first")
    second = start("mock", "--resume").wait("Enter goes on").press("Enter").wait("from the first")
    second.type(", then the second").wait("then the second")

    first.wait("It goes on in another terminal.").press("Enter")
    assert first.end() == 1
    second.wait(lambda: state().parts[0].text == "from the first, then the second")


def test_ticks_that_were_made_are_kept_when_the_ticking_is_left(start, state):
    terminal = case(start).press("Tab").wait("part 2 of 2").press("Tab").wait("Enter ticks it now")
    terminal.press("Enter").wait("Did you say it?").press("y")
    terminal.wait(lambda: state().parts[0].ticks == {"goal": True}).kill()

    again = start("mock", "--score").wait("Did you say it?")
    again.wait("✓ Asks for the goal").wait("❯ · Asks for traffic")


def test_ticking_can_wait(start, run):
    terminal = case(start).press("Tab").wait("part 2 of 2").press("Tab").wait("Enter ticks it now")
    terminal.type("q\r").wait("Mock kept.  mlprep mock --score").end()

    assert "mlprep mock --score" in run().stdout


def test_aloud_tells_that_notes_are_optional_and_asks_how_it_went(start):
    terminal = start("mock", "short", "--aloud", "--time-scale", STILL)
    terminal.wait("speak; notes are optional").press("Tab").wait("part 2 of 2").press("Tab")
    terminal.wait("Enter ticks it now").press("Enter").wait("y got it").wait("Gate on the size")
    terminal.press("y").wait("per GPU").wait("part 2 of 2").press("n")
    terminal.wait("the weakest")


def test_the_editor_opens_the_answer(start, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf " and edited" >> "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    terminal = start(
        "mock", "case-13", "--time-scale", STILL, EDITOR=str(editor), VISUAL=str(editor)
    )
    terminal.wait("Tab next").type("typed").wait("┃ typed").press("^X").wait("e editor").press("e")

    terminal.wait("and edited")


def test_twenty_kills_lose_neither_words_nor_time(start, home, tmp_path):
    dice = random.Random(20)
    homes = [tmp_path / f"home-{n}" for n in range(10)]
    for folder in homes:
        _copy(home, folder)
    typed = [""] * 10
    for words in (["case-13"], ["--resume"]):
        terminals = [start("mock", *words, MLPREP_HOME=str(folder)) for folder in homes]
        for terminal, text in zip(terminals, typed, strict=True):
            if words == ["--resume"]:
                terminal.wait("Enter goes on").press("Enter")
            terminal.wait("Tab next")
            assert text in terminal.wait(f"┃ {text}".rstrip()).text
        before = [_on_disk(folder).spent for folder in homes]
        moments = [dice.uniform(0.1, 3.2) for _ in terminals]
        keys = _type_and_kill(terminals, moments)
        for n, folder in enumerate(homes):
            part = _on_disk(folder)
            sure = "".join(letter for letter, at in keys[n] if at < moments[n] - LATEST)
            assert part.text.startswith(typed[n] + sure)
            assert (typed[n] + "".join(letter for letter, _ in keys[n])).startswith(part.text)
            assert abs(moments[n] - (part.spent - before[n])) <= BEAT
            typed[n] = part.text


def _copy(home, folder):
    import shutil

    shutil.copytree(home, folder)


def _on_disk(folder):
    from mlprep.storage.store import Store

    store = Store(folder / "progress.sqlite", folder / "backups")
    [(_, plain)] = store.session_states("mock")
    store.close()
    return MockState.from_plain(plain).parts[0]


def _type_and_kill(terminals, moments):
    """Type into all of them, kill each at its moment; return each letter and when it was typed."""
    keys = [[] for _ in terminals]
    began = time.monotonic()
    alive = set(range(len(terminals)))
    while alive:
        now = time.monotonic() - began
        for n in sorted(alive):
            if now >= moments[n]:
                terminals[n].kill()
                moments[n] = now
                alive.discard(n)
            else:
                letter = "abcdefghijklmnopqrstuvwxyz"[len(keys[n]) % 26]
                terminals[n].type(letter)
                keys[n].append((letter, now))
        time.sleep(0.05)
    return keys


# Through pipes


def test_a_second_mock_of_the_case_shows_the_change(run):
    run("mock", "case-13", "--time-scale", STILL, text="\n\n-\n-\n")
    words = "latency and revenue\n\nbudget\n\n1,2\n1,2\n"
    again = run("mock", "case-13", "--time-scale", STILL, text=words).stdout

    assert "Last time, on Tue 1 Dec: No hire." in again
    assert "score  points       weight  1 Dec" in again
    assert "━━━━  4  4 of 4        100 %  1      strong: hardly a gap" in again


def test_the_reviews_of_a_mock_count_in_stats(run):
    run("mock", "case-13", "--time-scale", STILL, text="\n\n-\n-\n")

    assert "mock" in run("stats", "--item", "every-kind/recommender/scope").stdout
    assert [mock["verdict"] for mock in json.loads(run("stats", "--json").stdout)["mocks"]] == [
        "no hire"
    ]


def test_the_interviewer_answers_and_injects_what_was_not_covered(run):
    out = run("mock", "day", "--time-scale", STILL, text="\n\n?budget\ngang and pending\n\n").stdout

    assert "Interviewer: Your call. Say what you assume." in out
    assert "Interviewer: And if one team's gang never fits?" in out


def test_words_that_look_like_keys_can_be_typed(run, state):
    run("mock", "case-13", "--time-scale", STILL, text="\\q\n\\?\nc\np\n\nq\n")

    assert state().parts[0].text == "q\n?"


def test_end_of_input_leaves_it_open(run, state):
    out = run("mock", "case-13", "--time-scale", STILL, text="words\n").stdout
    assert "Mock kept, 13 min left.  mlprep mock --resume" in out

    resumed = run("mock", "--resume", text="more\n").stdout
    assert "Goes on with 13:00 left." in resumed
    assert state().parts[0].text.split() == ["words", "more"]


@pytest.mark.parametrize(
    "script", build_formats([e for e, _, _ in parse_formats(SHIPPED).entries])[0]
)
def test_every_shipped_format_runs_through_and_is_scored(run, script, tmp_path_factory):
    shared = tmp_path_factory.getbasetemp() / "shipped"  # the banks are read once
    shipped = {"PYTHONPATH": str(ROOT / "src"), "MLPREP_HOME": str(shared)}
    answers = "\n" * 120 + "1\n" * 80
    done = run("mock", script, "--seed", "1", "--time-scale", "600", text=answers, **shipped)

    assert (done.returncode, done.stderr) == (0, "")
    assert "score" in done.stdout
    assert "the weakest" in done.stdout


# Hostile text

EVIL = "\\x1b[2J\\x1b]0;owned\\x07</li><script>alert(1)</script>\\u202e"
EVIL_BANK = f"""\
bank: evil
title: Evil
questions:
- id: case
  kind: design
  prompt: "{EVIL} prompt"
  facts: [{{about: [traffic], say: "{EVIL} fact"}}]
  phases:
  - {{id: a, title: "{EVIL} title", minutes: 5, dimension: framing, ask: "{EVIL} ask",
     rubric: ["{EVIL} one", "{EVIL} two", three], answer: "{EVIL} answer"}}
  - {{id: b, title: "{EVIL} title", minutes: 5, dimension: data, ask: "{EVIL} ask",
     rubric: ["{EVIL} one", "{EVIL} two", three], answer: "{EVIL} answer"}}
"""
EVIL_FORMAT = f"""\
formats:
- id: evil
  title: "{EVIL} format"
  about: "{EVIL} about"
  sections: [{{title: "{EVIL} section", minutes: 5, draw: {{bank: evil}}}}]
"""


def test_hostile_text_is_inert_everywhere(run, start, own_bank, home, tmp_path):
    own_bank("evil", EVIL_BANK)
    own_bank("formats", EVIL_FORMAT)
    files = [tmp_path / name for name in ("a.md", "a.html", "b.md", "b.html", "c.json")]
    typed = "?traffic\n\x1b[2J</blockquote><script>x</script>\n\n\n1\n1\n"
    texts = [
        run("mock", "--list").stdout,
        run("mock", "evil", "--time-scale", STILL, text=typed).stdout,
        run("mock", "--history").stdout,
        run("mock", "--show", "1").stdout,
    ]
    for file in files[2:]:
        run("mock", "--show", "1", "--export", str(file))
    for file in files[:2]:
        run("mock", "evil", "--for-friend", str(file))
    pages = [file.read_text(encoding="utf-8") for file in files]

    assert all("\x1b" not in text and "\x07" not in text and "\u202e" not in text
               for text in texts + pages)  # fmt: skip
    assert all("<script>alert" not in page and "<script>x" not in page
               for page in (pages[1], pages[3]))  # fmt: skip
    terminal = start("mock", "evil", "--time-scale", STILL).wait("Tab next")
    assert b"\x1b]0;owned" not in terminal.raw
    assert "\u202e" not in terminal.text
