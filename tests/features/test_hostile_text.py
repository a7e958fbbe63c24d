"""Text of banks and answers is text: it moves no cursor, sets no color, fills no clipboard."""

import re

import pytest

pytestmark = pytest.mark.usefixtures("planned")
HOSTILE = (
    "[red]red[/] [link=file:///x]link[/link] [bold on red]{} <b>&amp;\n"
    "\x1b[2J\x1b[31m\x1b]8;;file:///x\x07name\x1b]8;;\x07\x1b]52;c;aGk=\x07\x1bc\x90q\x9c"
    "\x9b31m\r\x07\x08\x0e\u202eright to left\u2066\u200f \u2028\x85"
    " 👨\u200d👩\u200d👧 e\u0301\u0302 日本語 \ufeff\x7f tab\tend"
)
READABLE = ("[red]red[/]", "[link=file:///x]link[/link]", "␛[2J␛[31m␛]8;;file:///x␇name", "日本語")
# What prompt_toolkit and our own styles write; nothing else may move the cursor or color a text.
SEQUENCES = re.compile(
    r"\x1b\[(?:\d*[ABCD]|\d*;?\d*H|[0-2]?[JK]|\?(?:1|7|12|25|2004)[hl]|(?:(?:0|1|2|33|36);?)*m)"
)


def quoted(text):
    """Return a text as YAML quotes it, with what no file may hold as escapes."""
    safe = "".join(c if " " <= c < "\x7f" or c in "👨👩👧日本語" else f"\\u{ord(c):04x}"
                   for c in text.replace("\\", "\\\\").replace('"', '\\"'))  # fmt: skip
    return f'"{safe}"'


def controls(written):
    """Return the control characters and sequences that a terminal would obey beyond drawing."""
    text = SEQUENCES.sub("", written)
    obeyed = "\x00-\x07\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
    return re.findall(f"\x1b.{{0,8}}|[{obeyed}]", text)


TEXT = quoted(HOSTILE)
TABLE = quoted("| a | b |\n|---|---|\n| " + HOSTILE.replace("\n", " ") + " | [x](file:///x) |")
BANK = f"""
bank: hostile
title: {TEXT}
questions:
- id: open
  kind: open
  prompt: {TEXT}
  hint: {TEXT}
  answer: {TABLE}
  rubric: [{TEXT}, {{point: {quoted("cued " + HOSTILE)}, cues: [{quoted("link=file:///x")}]}}]
  red_flags: [{TEXT}]
  follow_ups: [{{ask: {TEXT}, look_for: {TEXT}}}]
  sources: [{TEXT}]
- id: recall
  kind: recall
  prompt: {TEXT}
  answer: {quoted("# " + HOSTILE)}
- id: choice
  kind: choice
  prompt: {TEXT}
  options:
  - {{text: {TEXT}, correct: true, why: {TEXT}}}
  - {{text: {quoted("other " + HOSTILE)}, why: {TEXT}}}
- id: order
  kind: order
  prompt: {TEXT}
  steps: [{quoted("1" + HOSTILE)}, {quoted("2" + HOSTILE)}, {quoted("3" + HOSTILE)}]
- id: case
  kind: design
  prompt: {TEXT}
  facts: [{{about: [load], say: {TEXT}}}]
  phases:
  - {{id: one, title: {TEXT}, minutes: 5, assume: {TEXT}, ask: {TEXT}, answer: {TEXT}, rubric: [{TEXT}]}}
  - {{id: two, title: two, minutes: 5, ask: two, answer: two, rubric: [two]}}
"""  # noqa: E501


@pytest.fixture(autouse=True)
def hostile_bank(own_bank):
    own_bank("hostile", BANK)


@pytest.mark.parametrize("columns", [80, 140, 40])
def test_on_a_terminal(start, columns):
    terminal = start("drill", "--item", "hostile/open", columns=columns, rows=50)
    terminal.wait_for_box("Tab done").paste(HOSTILE).wait("日本語").press("^X", "h")
    terminal.wait("Hint, at most").press("Tab").wait("How sure?").press("3").wait("Did you say it")
    terminal.press("y", "y", "y", "Enter").wait("Enter next").press("a").wait("Enter back")
    terminal.press("Enter").wait("Enter next").press("Space")
    while "Space" in terminal.text:
        before = terminal.text
        terminal.press("Space").wait(lambda before=before: terminal.text != before)
    terminal.press("q")
    assert terminal.end() == 0
    assert controls(terminal.raw.decode("utf-8")) == []
    for readable in READABLE:
        assert readable in re.sub(r"\s+┃ |\n\s*", "", terminal.scrolled) or columns == 40


def test_in_a_recall(start):
    terminal = start("drill", "--item", "hostile/recall", rows=60).wait_for_box("Enter done")
    terminal.press("Enter").wait("How sure?").press("2").wait("y got it").press("y")
    assert terminal.end() == 0
    assert controls(terminal.raw.decode("utf-8")) == []


@pytest.mark.parametrize(("item", "letters"), [("choice", "a"), ("order", "abc")])
def test_in_options_and_steps(start, item, letters):
    terminal = start("drill", "--item", f"hostile/{item}", rows=60).wait_for_box("then how sure")
    terminal.press(*letters).wait("How sure?").press("2").wait("Enter next").press("q")
    assert terminal.end() == 0
    assert controls(terminal.raw.decode("utf-8")) == []


def test_in_a_case(start):
    terminal = start("drill", "--item", "hostile/case/one", rows=60).wait_for_box("Tab done")
    terminal.press("^X", "c").wait("Enter back").press("Enter").wait_for_box("Tab done")
    terminal.press("Tab").wait("How sure?").press("2").wait("Did you say it?").press("y", "Enter")
    terminal.wait("Enter next").press("q")
    assert terminal.end() == 0
    assert controls(terminal.raw.decode("utf-8")) == []


def test_the_cursor_stays_behind_what_was_typed(start):
    terminal = start("drill", "--item", "proudest").wait_for_box("Tab done")
    terminal.paste("日本語 e\u0301 \x1b[31m").wait("┃ 日本語 é ␛[31m█", picture=True)
    assert terminal.screen.cursor.x == len(" ┃ ") + 6 + len(" e ") + len("␛[31m")
    terminal.press("^A").type("👨\u200d👩\u200d👧").wait("👨👩👧█本語", picture=True)


def test_line_by_line(run):
    lines = ["recall", "2", "y", HOSTILE.replace("\n", " ").replace("\r", ""), "2", "1,f1"]
    ended = run("drill", "--bank", "hostile", text="\n".join(lines))
    assert ended.returncode == 0
    assert controls(ended.stdout) == []
    assert "[red]red[/] [link=file:///x]link[/link]" in ended.stdout


@pytest.mark.parametrize(
    "command",
    [
        ["bank", "show", "hostile/open"],
        ["bank", "show", "hostile/choice"],
        ["bank", "show", "hostile/order"],
        ["bank", "show", "hostile/case"],
        ["bank", "list"],
        ["bank", "list", "hostile"],
        [],
        ["stats"],
        ["plan"],
    ],
)
def test_in_what_commands_print(start, command):
    terminal = start(*command)
    assert terminal.end() == 0
    assert controls(terminal.raw.decode("utf-8")) == []


def test_in_the_history_of_a_question(start):
    terminal = start("record", "hostile/open", "--answer", HOSTILE, "--points", "1")
    assert terminal.end() == 0
    terminal = start("history", "hostile/open")
    assert terminal.end() == 0
    assert "␛[2J␛[31m" in terminal.scrolled
    assert controls(terminal.raw.decode("utf-8")) == []


def test_in_the_errors_of_a_bank(start, own_bank):
    own_bank(
        "broken",
        f"bank: broken\ntitle: Broken\n{TEXT}: 1\nquestions:\n- id: {TEXT}\n  kind: {TEXT}\n"
        f"  {TEXT}: {TEXT}\n  minutes: {TEXT}\n  requires: [{TEXT}]\n",
    )
    terminal = start("bank", "check")
    assert terminal.end() == 1
    assert controls(terminal.raw.decode("utf-8")) == []
    terminal = start("drill", columns=200).wait("broken.yaml:")
    assert controls(terminal.raw.decode("utf-8")) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["drill", "--topic", HOSTILE],
        ["drill", "--item", HOSTILE],
        ["config", HOSTILE],
        ["config", "date", HOSTILE],
        ["plan", "--date", HOSTILE],
        ["plan", "--weight", HOSTILE],
        ["bank", "new", HOSTILE],
        ["bank", "check", HOSTILE],
        ["data", "restore", HOSTILE],
        [HOSTILE],
        [f"--{HOSTILE}"],
        ["record", "hostile/choice", "--answer", HOSTILE],
    ],
)
def test_in_messages_about_arguments(run, arguments):
    ended = run(*arguments)
    assert ended.returncode in (1, 2)
    assert ended.stderr.startswith("mlprep: ")
    assert ended.stderr.count("\n") == 1
    assert controls(ended.stderr) == []
