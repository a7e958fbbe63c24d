"""Help with examples, and completion of what is typed."""

import re

import pytest
import typer

from mlprep.cli import common
from mlprep.cli.app import app

COMMANDS = sorted(typer.main.get_command(app).commands)
WITH_EXAMPLES = [["drill"], ["mock"], ["stats"], ["plan"], ["next"], ["record"], ["config"],
                 ["bank", "check"]]  # fmt: skip


def test_help_names_every_command_and_shows_examples(mlprep):
    shown = mlprep("--help").out
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", shown, re.MULTILINE)
    assert "Examples:" in shown and "mlprep drill --topic" in shown
    assert mlprep("-h").out == shown


@pytest.mark.parametrize("words", WITH_EXAMPLES)
def test_a_command_shows_an_example_that_names_it(mlprep, words):
    shown = mlprep(*words, "--help").out
    assert re.search(rf"Examples?:\s+mlprep {' '.join(words)}", shown)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_eighty_columns(mlprep, name):
    ended = mlprep(name, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert max(map(len, ended.out.splitlines())) <= 80


def test_every_option_has_a_word_of_help():
    def bare(command, path):
        for option in command.params:
            if not option.hidden and not getattr(option, "help", None) and option.name != "help":
                yield f"{path} {option.name}"
        for name, child in getattr(command, "commands", {}).items():
            yield from bare(child, f"{path} {name}")

    assert list(bare(typer.main.get_command(app), "mlprep")) == []


@pytest.mark.parametrize("words", [["bank"], ["data"]])
def test_a_group_alone_shows_its_commands(mlprep, words):
    ended = mlprep(*words)
    assert "path" in ended.out + ended.err
    assert "Usage" in ended.out + ended.err


@pytest.mark.parametrize(
    ("complete", "typed", "offered"),
    [
        (common.complete_topic, "ki", ["kinds"]),
        (common.complete_bank, "ev", ["every-kind"]),
        (common.complete_key, "every-kind/re", ["every-kind/recovery",
                                                "every-kind/recommender/scope",
                                                "every-kind/recommender/serving"]),
        (common.complete_key, "x", []),
        (common.complete_tag, "", []),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("mlprep")
def test_topics_banks_and_keys_complete(complete, typed, offered):
    assert complete(typed) == offered


@pytest.mark.usefixtures("mlprep")
def test_completion_prints_no_error_over_the_line_that_is_typed(monkeypatch, capsys):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(common, "open_library", broken)
    assert common.complete_key("x") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_is_given_what_completes(mlprep, monkeypatch, capsys, shell):
    monkeypatch.setenv("_MLPREP_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", "mlprep drill --bank ev")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "mlprep drill --bank ev")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    with pytest.raises(SystemExit):  # Typer's own, from within the completion
        mlprep()
    assert "every-kind" in capsys.readouterr().out


def test_version_is_told_without_loading_anything(mlprep):
    from mlprep import __version__

    assert mlprep("--version").out == f"mlprep {__version__}\n"
