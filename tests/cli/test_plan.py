"""`mlprep plan`: what the options set, and the screens of a plan, edge cases too."""

import json
from random import Random

import pytest
import yaml

from mlprep.cli.boundary import run
from mlprep.core.memory import Rating
from mlprep.session.drill import Drill
from mlprep.session.options import Done, Options
from mlprep.storage import folders
from mlprep.storage.bank_files import load_library
from mlprep.storage.store import Store
from tests.session.banks import at, attempt, choice, open_question

NOW = "2026-12-01T09:00"


@pytest.fixture(scope="module")
def banks(tmp_path_factory):
    """Return a folder of banks of eight fields."""
    folder = tmp_path_factory.mktemp("banks")
    fields = ("training", "serving", "monitoring", "llm", "design", "data", "platform", "role")
    for name in fields:
        questions = [choice(f"c{n}") for n in range(6)] + [open_question(f"o{n}") for n in range(6)]
        bank = {"bank": name, "title": name, "level": "senior", "questions": questions}
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(bank, sort_keys=False))
    return folder


@pytest.fixture(autouse=True)
def today(monkeypatch, banks):
    monkeypatch.setenv("MLPREP_NOW", NOW)
    monkeypatch.setattr(folders, "shipped_banks", lambda: banks)


@pytest.fixture
def plan(capsys):
    """Return how to run `mlprep plan` and read what it prints."""

    def plan(*words):
        assert run(["plan", *words]) == 0
        return capsys.readouterr().out

    return plan


@pytest.fixture
def answered(home):
    """Answer questions for six days before, by chance."""
    store = Store(folders.progress_file(), folders.backup_folder())
    library, rng = load_library(), Random(5)
    for day in range(-6, 0):
        today = Drill(store, library, Options(minutes=20), at(day), rng)
        while not isinstance(ask := today.next(at(day)), Done):
            rating = Rating.GOOD if rng.random() < 0.6 else Rating.AGAIN
            today.record(
                ask, attempt(ask, rating)._replace(value=ask.truth), at(day), rating=rating
            )
        today.end(at(day))
    store.close()


def test_everything_is_shown_back_and_fits(plan, answered):
    screen = plan("--date", "2026-12-14", "--minutes", "35", "--off", "sun", "--weight",
                  "serving=2", "--level", "staff")  # fmt: skip

    assert screen.startswith(" Mon 14 Dec 2026 · staff · 35 min a day, Sun off")
    for words in ("13 days, 6 h 25 left", "weights: serving 2", "on the day, stopping",
                  "on the day, going on", "in 8 of 10 such plans", "minutes a day",
                  "to come  left out", "mlprep plan --minutes 45"):  # fmt: skip
        assert words in screen
    lines = screen.splitlines()
    assert len(lines) <= 22
    assert max(map(len, lines)) <= 79


@pytest.mark.parametrize(
    ("date", "first"),
    [
        ("2026-12-01", "today: only what you have seen"),
        ("2026-12-02", "1 day, 30 min left"),
        ("2028-12-01", "731 days"),
        ("2026-11-20", "The interview was on Fri 20 Nov 2026"),
    ],
)
def test_any_date_gives_a_sensible_screen(plan, answered, date, first):
    screen = plan("--date", date)

    assert first in screen
    assert "today" in screen
    assert "nan" not in screen
    assert len(screen.splitlines()) <= 22


def test_a_date_today_asks_for_nothing_new(plan, answered):
    screen = plan("--date", "today")

    assert "going on" not in screen
    assert " mlprep drill" in screen


def test_one_minute_a_day(plan, answered):
    screen = plan("--date", "2026-12-14", "--minutes", "1")

    assert "1    11    31" in screen
    assert "13 days, 13 min left" in screen


def test_everything_known(plan, answered):
    screen = plan("--date", "2027-06-01", "--minutes", "240")

    whole = next(line for line in screen.splitlines() if line.startswith("   all "))
    assert whole.split()[4] == "0"  # nothing is left out


def test_nothing_in_scope(plan, answered):
    store = Store(folders.progress_file(), folders.backup_folder())
    for key in load_library().items:
        store.add_hold(key, None, 1)
    store.close()

    assert "Nothing is in your scope" in plan("--date", "2026-12-14")


def test_a_clock_set_back(plan, answered, monkeypatch):
    plan("--date", "2026-12-14")
    monkeypatch.setenv("MLPREP_NOW", "2026-11-01T09:00")

    assert "43 days" in plan()


def test_before_20_answers_no_figure_is_told(plan):
    screen = plan("--date", "2026-12-14")

    assert "told after 20 more answers" in screen
    assert "going on" not in screen


def test_without_a_date(plan, answered):
    screen = plan()

    assert screen.startswith(" No interview date · principal · 30 min a day")
    assert "mlprep plan --date 2026-12-29" in screen


def test_several_dates_are_kept_and_the_nearest_counts(plan, monkeypatch):
    plan("--date", "2026-12-14")
    screen = plan("--date", "20 jan", "--date", "2026-12-05")

    assert screen.startswith(" Sat 5 Dec 2026")
    assert "then Wed 20 Jan 2027" in screen
    monkeypatch.setenv("MLPREP_NOW", "2026-12-06T09:00")
    assert plan().startswith(" Wed 20 Jan 2027")
    assert json.loads(plan("--date", "1 feb", "--json"))["dates"] == ["2026-12-05", "2027-02-01"]


def test_minutes_of_weekdays(plan):
    assert "30 min, Sat 60 " in plan("--date", "2026-12-14", "--minutes", "30,sat=60")
    assert "30 min, Sat 60, Sun 10 " in plan("--minutes", "sat=60,sun=10")
    assert "20 min a day" in plan("--minutes", "20")


def test_clear_forgets_what_lies_ahead(plan, home):
    plan("--date", "2026-11-20", "--off", "sun", "--weight", "serving=2", "--minutes", "20,sat=9")
    document = json.loads(plan("--clear", "--json"))

    assert tuple(document[key] for key in ("dates", "off", "weights", "minutes")) == (
        ["2026-11-20"],
        [],
        {},
        20,
    )


def test_how_it_went_is_kept(plan, capsys):
    assert "--went" in plan("--date", "2026-11-20")
    assert "it went: offer at staff" in plan("--went", "offer at staff")
    assert "--went" not in plan()
    assert json.loads(plan("--json"))["outcomes"] == {"2026-11-20": "offer at staff"}
    plan("--date", "2026-12-14")
    assert run(["plan", "--went", "well"]) == 1
    assert "no past interview" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--date", "12/11"], "may be 2026-12-11 or 2027-11-12; write one of them"),
        (["--date", "soon"], "date: 'soon' cannot be read"),
        (["--minutes", "sat=0"], "week: 'sat=0' cannot be read"),
        (["--minutes", "noday=5"], "is no weekday"),
        (["--weight", "serving"], "write e.g. training=2"),
        (["--weight", "servin=2"], "did you mean 'serving'?"),
    ],
)
def test_what_cannot_be_read_changes_nothing(capsys, home, words, said):
    assert run(["plan", "--minutes", "12", *words] if "--minutes" not in words else
               ["plan", *words]) == 1  # fmt: skip
    assert said in capsys.readouterr().err
    store = Store(folders.progress_file(), folders.backup_folder())
    assert store.settings() == {}
    store.close()


def test_memory_before_it_is_fitted(plan):
    screen = plan("--memory")

    assert "Memory of the average learner" in screen
    assert "tried at 30 second reviews; there are 0 so far" in screen


def test_memory_as_json(plan, answered):
    assert json.loads(plan("--memory", "--json"))["reviews"] > 0
