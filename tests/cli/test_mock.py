"""Options of `mlprep mock`: what they refuse, and where they look."""

import pytest
from typer.testing import CliRunner

from mlprep.cli.app import app


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("MLPREP_NOW", "2026-12-01T09:00")

    def run(*words, text=""):
        return CliRunner().invoke(app, ["mock", *words], input=text)

    return run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lightening-15"], "no format 'lightening-15'; did you mean 'lightning-15'?"),
        (["--level", "staf"], "no level 'staf'; did you mean 'staff'?"),
        (["--question", "nothing-like-it"], "no question 'nothing-like-it'"),
        (["--resume"], "no mock to go on with; mlprep mock --list shows the formats"),
        (["--score"], "no finished mock waits for its ticks"),
        (["--show", "1"], "no mock 1; mlprep mock --history shows 0"),
        (["--export", "mock.txt"], "mock.txt: name a file that ends in .md, .html, .json"),
        (["--for-friend", "script.pdf"], "script.pdf: name a file that ends in .md, .html"),
        (["--record-form", "none.md"], "none.md: No such file or directory"),
        (["--time-scale", "0"], "write a number above 0"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_mend(run, words, said):
    result = run(*words)

    assert result.exit_code != 0
    assert said in str(result.exception)


def test_every_shipped_format_is_listed_with_its_minutes(run):
    out = run("--list").stdout

    assert " ml-system-design-45           45 min  One case" in out
    assert " onsite                       195 min  Four rounds" in out


def test_a_script_is_written_nowhere_else_and_taken_back(run, tmp_path):
    script = tmp_path / "script.md"

    assert run("lightning-15", "--for-friend", str(script)).exit_code == 0
    assert "with a friend" in run("--history").stdout
    assert "the weakest" in run("--record-form", str(script)).stdout
    assert "taken already" in str(run("--record-form", str(script)).exception)


def test_another_format_begins_although_a_mock_is_open(run):
    run("recruiter-20", text="q\n")

    assert "Lightning round" in run("lightning-15", text="q\n").stdout
    assert "An interview is open and goes on" in run(text="q\n").stdout


def test_a_seed_draws_the_same_interview_after_other_mocks(run):
    first = run("lightning-15", "--seed", "4", text="q\n").stdout
    run("lightning-15", text="q\n")

    assert first == run("lightning-15", "--seed", "4", text="q\n").stdout
