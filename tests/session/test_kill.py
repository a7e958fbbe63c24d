"""kill -9 at any instant: nothing is lost that `record` has returned."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from mlprep.storage import folders
from mlprep.storage.store import Store
from tests.session import banks
from tests.session.banks import answer, at, drill

ROOT = Path(__file__).parents[2]
LIBRARY = banks.library(*[banks.open_question(f"q{n}", minutes=1) for n in range(200)])
ANSWER = """
from mlprep.core.grading import Attempt
from mlprep.storage import folders
from mlprep.storage.store import Store
from tests.session import banks, test_kill
store = Store(folders.progress_file(), folders.backup_folder())
mine = banks.drill(store, test_kill.LIBRARY, extra=True)
print("ready", flush=True)
while True:
    ask = mine.next(banks.at())
    mine.keep(ask, Attempt(answer=ask.item.key + " half"), banks.at())
    print("typed", ask.item.key, flush=True)
    outcome = mine.record(ask, banks.attempt(ask, answer=ask.item.key), banks.at())
    print("kept", outcome.review.id, flush=True)
"""


def answer_until_killed(seconds):
    """Run a drill, kill it, and return the lines that it had said by then."""
    program = subprocess.Popen([sys.executable, "-c", ANSWER], cwd=ROOT, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    time.sleep(seconds)
    program.kill()
    assert program.stderr is not None
    # Not communicate(): it would leave out what readline() has buffered behind "ready".
    said, errors = program.stdout.read(), program.stderr.read()
    program.wait()
    assert errors == ""
    return said[: said.rfind("\n") + 1].splitlines()


@pytest.mark.parametrize("seed", range(6))
def test_no_answer_that_was_kept_is_lost(home, seed):
    said = answer_until_killed(Random(seed).uniform(0.02, 0.3))

    store = Store(folders.progress_file(), folders.backup_folder())
    kept = [line.split()[1] for line in said if line.startswith("kept")]
    found = [review.id for review in store.reviews()]
    assert found[: len(kept)] == kept
    assert len(found) <= len(kept) + 1
    assert all(len(review.marks) == 4 for review in store.reviews())
    assert store.problems() == []

    again = drill(store, LIBRARY, extra=True).next(at())
    assert again.number == len(found) + 1
    if said and said[-1].startswith("typed") and len(found) == len(kept):
        assert again.draft.attempt.answer == f"{said[-1].split()[1]} half"
    store.close()


def test_a_drill_goes_on_after_many_kills(home):
    for _ in range(3):
        answer_until_killed(0.05)
    store = Store(folders.progress_file(), folders.backup_folder())
    before = store.count_reviews()

    assert answer(drill(store, LIBRARY, extra=True)).review
    assert store.count_reviews() == before + 1
    assert len(store.export()["session"]) == 1
    store.close()
