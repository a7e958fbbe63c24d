"""The one place at which errors become a line on stderr and an exit code."""

import sqlite3

import pytest

from mlprep.cli import common

BROKEN = "bank: acme\ntitle: Acme\nquestions:\n- id: skew\n  prompt: Why?\n  awnser: Because.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["drill", "--topic", "kindz"], 1, "mlprep: no topic 'kindz'; did you mean 'kinds'?"),
        (["drill", "--bank", "every-kinds"], 1, "did you mean 'every-kind'?"),
        (["drill", "--item", "proudst"], 1, "did you mean 'proudest'?"),
        (["drill", "--kind", "chioce"], 1, "did you mean 'choice'?"),
        (["drill", "--level", "boss"], 1, "mlprep: no level 'boss'; one of senior, staff"),
        (["drill", "--tag", "x"], 1, "mlprep: no tag 'x'"),
        (["drill", "--dimension", "sytems"], 1, "did you mean 'systems'?"),
        (["bank", "list", "every"], 1, "mlprep: no bank 'every'"),
        (["bank", "show", "every-kind/recovry"], 1, "did you mean 'every-kind/recovery'?"),
        (["bank", "check", "nowhere.yaml"], 1, "mlprep: nowhere.yaml: no such file"),
        (["bank", "new", "Not A Name"], 1, "use lower-case letters, digits and hyphens"),
        (["history", "x"], 1, "mlprep: no question 'x'; mlprep bank list shows all"),
        (["suspend", "x"], 1, "mlprep: no question 'x'"),
        (["undo"], 1, "mlprep: nothing was answered yet"),
        (["config", "kyes"], 1, "mlprep: no setting 'kyes'; did you mean 'keys'?"),
        (["config", "keys", "nano"], 1, "mlprep: keys: 'nano' cannot be read; write emacs or vi"),
        (["plan", "--date", "12/11"], 1, "may be 2026-12-11 or 2027-11-12; write one of them"),
        (["plan", "--minutes", "0"], 1, "write minutes a day from 1 to 720"),
        (["plan", "--off", "someday"], 1, "'someday' is no weekday"),
        (["plan", "--weight", "kinds"], 1, "write e.g. training=2"),
        (["stats", "kindz"], 1, "did you mean 'kinds'?"),
        (["data", "restore", "nowhere"], 1, "nowhere: no such file"),
        (["record", "recommender", "--points", "1"], 1, "has 2 parts; name one"),
        (["record", "proudest"], 1, "give --points"),
        (["record", "ring-steps"], 1, "give --rating"),
        (["record", "first-change", "--answer", "z"], 1, "give letters"),
        (["drill", "--minutes", "-1"], 2, "write a number above 0"),
        (["drill", "--limit", "many"], 2, "try: mlprep drill --help"),
        (["record", "proudest", "--confidence", "4"], 2, "try: mlprep record --help"),
        (["dril"], 2, "try: mlprep --help"),
        (["--nothing"], 2, "try: mlprep --help"),
        (["history"], 2, "try: mlprep history --help"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_do(mlprep, words, code, said):
    ended = mlprep(*words)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith("mlprep: ")
    assert ended.err.count("\n") == 1
    assert said in ended.err


def test_a_moment_that_cannot_be_read_is_a_usage_error(mlprep, monkeypatch):
    monkeypatch.setenv("MLPREP_NOW", "tomorrow")
    assert mlprep("undo")[::2] == (
        2, "mlprep: MLPREP_NOW: 'tomorrow' is no moment; write 2026-12-01T09:00\n"
    )  # fmt: skip


def test_what_goes_well_ends_with_zero(mlprep):
    assert mlprep("bank", "path").code == 0
    assert mlprep("--help").code == 0
    assert mlprep("--version").code == 0


def test_control_c_ends_with_130_and_says_nothing(mlprep, monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(common, "open_store", interrupted)
    assert mlprep("undo") == (130, "", "")


def test_a_bug_leaves_a_report_and_is_told_in_one_line(mlprep, monkeypatch, home):
    def broken():
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(common, "open_store", broken)
    ended = mlprep("undo")
    report = home / "cache" / "last-error.log"
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        f"mlprep: a bug: ZeroDivisionError: by zero; the report lies in {report};"
        " nothing that was answered is lost\n"
    )
    assert "Traceback" in report.read_text()


def test_a_bug_is_told_where_no_report_can_be_written(mlprep, monkeypatch, home):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(common, "open_store", broken)
    home.mkdir()
    (home / "cache").write_text("a file where a folder should be")
    ended = mlprep("undo")
    assert ended.code == 3
    assert "Traceback" in ended.err
    assert ended.err.splitlines()[-1].startswith("mlprep: a bug: ZeroDivisionError: ;")


def test_a_damaged_progress_file_is_a_mistake_that_can_be_mended(mlprep, home):
    home.mkdir()
    (home / "progress.sqlite").write_bytes(b"no database at all" * 100)
    ended = mlprep("stats")
    assert ended.code == 1
    assert "mlprep data restore brings back a backup" in ended.err


def test_a_damaged_cache_is_made_anew_without_a_word(mlprep, home):
    (home / "cache").mkdir(parents=True)
    (home / "cache" / "banks.sqlite").write_bytes(b"no database at all" * 100)
    assert mlprep("bank", "list").code == 0


def test_banks_without_a_question_are_named(mlprep, monkeypatch, tmp_path):
    from mlprep.storage import folders

    monkeypatch.setattr(folders, "shipped_banks", lambda: tmp_path / "nothing")
    assert mlprep("drill")[::2] == (
        1, "mlprep: no question can be used; mlprep bank check says why\n"
    )  # fmt: skip


def test_a_broken_bank_is_named_in_one_line_and_the_drill_goes_on(mlprep, own_bank, monkeypatch):
    from io import StringIO

    own_bank("acme", BROKEN)
    monkeypatch.setattr("sys.stdin", StringIO(""))
    ended = mlprep("drill")
    assert ended.code == 0
    assert "acme.yaml: 1 question left out; mlprep bank check" in ended.out
    assert "question 1" in ended.out


def test_a_file_that_fails_in_the_middle_says_how_to_go_on(mlprep, home):
    common.open_store().close()
    file = home / "progress.sqlite"
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)

    ended = mlprep("stats")
    assert ended.code == 1
    assert f"{file}: database disk image is malformed; mlprep data check" in ended.err


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        ("SQLITE_FULL", "free some space"),
        ("SQLITE_BUSY_SNAPSHOT", "another program holds the file"),
        ("SQLITE_READONLY_DIRECTORY", "writable"),
        ("SQLITE_CORRUPT_INDEX", "mlprep data restore"),
    ],
)
def test_each_trouble_of_the_file_has_its_cure(mlprep, monkeypatch, code, cure):
    def fails():
        error = sqlite3.OperationalError("it fails")
        error.sqlite_errorcode = getattr(sqlite3, code)
        raise error

    monkeypatch.setattr(common, "open_store", fails)
    ended = mlprep("undo")
    assert ended.code == 1
    assert cure in ended.err
