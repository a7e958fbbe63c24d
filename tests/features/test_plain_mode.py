"""Without a terminal that draws: pipes, dumb terminals, screen readers, ASCII, no color."""

import re
import subprocess

import pytest

from tests.features.conftest import PYTHON

pytestmark = pytest.mark.usefixtures("planned")
BIG = "bank: big\ntitle: Big\nquestions:\n" + "".join(
    f"- id: q{n}\n  prompt: What is {n}?\n  answer: a number of some length\n" for n in range(500)
)
NO_UNICODE = [
    {"PYTHONIOENCODING": "ascii"},
    {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize(
    ("words", "env"),
    [([], {"TERM": "dumb"}), ([], {"ACCESSIBLE": "1"}), (["--plain"], {})],
)
def test_a_terminal_that_does_not_draw_is_asked_line_by_line(start, open_store, words, env):
    terminal = start("drill", "--item", "first-change", *words, **env).wait("Letters:")
    terminal.type("b\r").wait("How sure, 0 to 3:").type("2\r").wait("Verdict: Good")
    assert terminal.end() == 0
    assert [review.answer for review in open_store().reviews()] == ["b"]
    assert set(re.findall("\x1b.{0,3}", terminal.raw.decode())) <= {"\x1b[0m", "\x1b[2m", "\x1b[36"}


@pytest.mark.parametrize("words", [["drill"], ["stats"], ["plan"], []])
def test_no_color_is_honored(start, words):
    terminal = start(*words, NO_COLOR="1")
    if words == ["drill"]:
        terminal.wait_for_box("Enter done").type("x").wait("x").press("Enter").wait("How sure?")
        terminal.press("0").wait("Missed").press("q")
    assert terminal.end() == 0
    attributes = set(re.findall(r"\x1b\[([\d;]*)m", terminal.raw.decode()))
    assert attributes <= {"", "0", "0;1"}


def test_color_is_the_themes_own(start):
    terminal = start("drill").wait_for_box("Enter done").type("x").wait("x").press("^C")
    terminal.end()
    attributes = set(re.findall(r"\x1b\[([\d;]*)m", terminal.raw.decode()))
    assert attributes <= {"0", "1", "2", "36", "33", "0;1", "0;2", "0;36", "0;33"}
    assert {"0;36", "0;2"} <= attributes


@pytest.mark.parametrize("env", NO_UNICODE)
def test_signs_are_ascii_where_there_is_no_unicode(start, env):
    terminal = start("drill", "--item", "partial-gangs", **env).wait_for_box("Tab done", bar="|")
    terminal.type("a deadlock").wait("| a deadlock").press("Tab").wait("How sure?").press("2")
    terminal.wait("> . Asks for gang").wait("+ Pods are placed").press("Enter").wait("x Asks")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.raw.isascii()


@pytest.mark.parametrize("env", NO_UNICODE)
@pytest.mark.parametrize("words", [["drill"], ["stats"], ["bank", "show", "partial-gangs"], []])
def test_commands_print_ascii_where_there_is_no_unicode(run, words, env):
    ended = run(*words, **env)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.isascii()


def test_without_input_the_first_question_is_asked_and_nothing_is_lost(run):
    ended = run("drill")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Question: How many communication steps" in ended.stdout


@pytest.mark.parametrize("words", [["bank", "list", "--json"], ["bank", "list", "big"]])
def test_a_reader_that_stops_is_no_error(environment, own_bank, words):
    own_bank("big", BIG)
    program = subprocess.Popen([*PYTHON, *words], env=environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    program.stdout.readline()
    program.stdout.close()
    assert program.stderr.read() == ""
    assert program.wait() == 0


def test_a_drill_whose_reader_stops_ends_quietly(environment):
    program = subprocess.Popen([*PYTHON, "drill"], env=environment, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    program.stdout.readline()
    program.stdout.close()
    program.stdin.write(b"answer\n")
    program.stdin.close()
    assert program.stderr.read() == b""
    assert program.wait() == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-"])
def test_closed_streams_are_no_bug(environment, closed):
    ended = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *PYTHON, "drill"],
                           env=environment, capture_output=True, check=False)  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_bytes_that_are_no_text_are_read_as_signs(environment, open_store):
    ended = subprocess.run([*PYTHON, "drill"], env=environment, capture_output=True,
                           input=b"caf\xff\xc3\n2\ny\n", check=False)  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert [review.answer for review in open_store().reviews()] == ["caf\ufffd\ufffd"]
