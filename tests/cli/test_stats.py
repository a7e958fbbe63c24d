"""`mlprep stats`: its options, its files, and what it says where something is missing."""

import json
import webbrowser

import pytest


@pytest.fixture
def key(mlprep):
    """Return the key of an open question that was answered today."""
    keys = [row["key"] for row in json.loads(mlprep("bank", "list", "--json").out)["questions"]
            if row["kind"] == "open"]  # fmt: skip
    mlprep("record", keys[0], "--answer", "my own words", "--points", "1", "--confidence", "3")
    return keys[0]


def test_a_bare_command_is_the_same_as_one_that_is_parsed(mlprep, key):
    assert (mlprep("stats").code, mlprep("stats").err) == (0, "")
    assert mlprep("stats").out == mlprep("stats", "--since", "2000-01-01").out


@pytest.mark.parametrize("screen", ["--activity", "--calibration"])
def test_screens(mlprep, key, screen):
    ended = mlprep("stats", screen)

    assert (ended.code, ended.err) == (0, "")
    assert len(ended.out.splitlines()) <= 22


def test_the_life_of_a_question(mlprep, key):
    assert "my own words" in mlprep("stats", "--item", key).out
    document = json.loads(mlprep("stats", "--item", key, "--json").out)
    assert ("item", key, "my own words") == (
        document["document"], document["item"], document["events"][0]["answer"])  # fmt: skip


def test_since_looks_back(mlprep, key):
    assert json.loads(mlprep("stats", "--json", "--since", "4 weeks").out)["counted"] == 1
    document = json.loads(mlprep("stats", "--json", "--since", "1 dec").out)
    assert (document["since"], document["counted"]) == ("2026-12-01", 1)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--since", "12/11"], 1, "since: '12/11' cannot be read; write 2026-09-01 or '4 weeks'"),
        (["--since", "soon"], 1, "since: 'soon' cannot be read"),
        (["--item", "nothing-like-it"], 1, "no question 'nothing-like-it'"),
        (["--open"], 2, "--open shows the page of --html FILE"),
        (["--csv", "/proc/nothing/here"], 1, "name a folder of yours"),
        (["--html", "/proc/nothing/here.html"], 1, "name a file of yours"),
    ],
)
def test_mistakes_are_said_on_one_line(mlprep, words, code, said):
    ended = mlprep("stats", *words)

    assert (code, "") == (ended.code, ended.out)
    assert said in ended.err
    assert ended.err.count("\n") == 1


def test_tables_and_page_are_written(mlprep, key, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(webbrowser, "open", shown.append)
    tables, page = tmp_path / "tables", tmp_path / "page.html"
    ended = mlprep("stats", "--csv", str(tables), "--html", str(page), "--open")

    assert (ended.code, ended.err) == (0, "")
    assert {"summary.csv", "topics.csv", "items.csv"} <= {path.name for path in tables.iterdir()}
    assert [page.as_uri()] == shown
    assert key not in mlprep("stats").err


def test_an_old_answer_is_ticked_again_line_by_line(mlprep, key, monkeypatch):
    assert "No typed open answer" in mlprep("stats", "--audit").out
    monkeypatch.setenv("MLPREP_NOW", "2026-12-05T09:00")
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("-\n"))
    ended = mlprep("stats", "--audit")

    assert "Your answer: my own words" in ended.out
    assert "too kind at first" in ended.out
    assert json.loads(mlprep("stats", "--json").out)["audits"][0]["audits"] == 1
