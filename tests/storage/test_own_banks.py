"""What is written into the user's bank folder: it must read well, and lose nothing."""

import pytest

from mlprep.errors import MlprepError
from mlprep.storage.bank_checks import check_banks
from mlprep.storage.bank_files import BankFiles, bank_paths, read_bank
from mlprep.storage.own_banks import new_bank, own_question

SHIPPED = """\
bank: training
title: Training
level: staff
questions:
  # A comment before it
  - id: first
    prompt: First?
    answer: |
      In a block

        with code
    sources: [S]

  - id: last
    level: principal
    prompt: Last?
    answer: A
"""


@pytest.fixture
def shipped(tmp_path):
    path = tmp_path / "shipped" / "training.yaml"
    path.parent.mkdir()
    path.write_text(SHIPPED, encoding="utf-8")
    return path


@pytest.fixture
def load(shipped, home, tmp_path):
    """Return how the library is loaded from the built-in bank and the user's files."""
    files = BankFiles(tmp_path / "banks.sqlite")
    return lambda: files.library([shipped], bank_paths(home / "banks"))


def own_file(home, text, name="mine.yaml"):
    path = home / "banks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_new_bank_has_no_mistake(home):
    path = new_bank("acme")
    assert home / "banks" / "acme.yaml" == path
    (source,) = check_banks([path], strict=False)
    assert (source.mistakes, source.head["bank"], len(source.entries)) == ([], "acme", 2)


def test_a_bank_that_exists_is_not_written_over(home):
    path = own_file(home, "mine", "acme.yaml")
    with pytest.raises(MlprepError, match="exists already"):
        new_bank("acme")
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_built_in_question_is_copied_before_it_is_edited(load, home):
    path, line = own_question(load(), "training/first")
    assert (home / "banks" / "training.yaml", 3) == (path, line)
    assert path.read_text(encoding="utf-8").splitlines()[line - 1] == "  - id: first"


def test_a_copy_reads_as_the_question_did(load):
    before = load()
    own_question(before, "training/first")
    after = load()
    assert after.entry("training/first")[0].own
    copy = after.question("training/first")
    assert before.question("training/first") == copy._replace(weight=1)
    assert before.items["training/first"].level == after.items["training/first"].level
    assert [m for source in after.sources for m in source.mistakes] == []


def test_an_own_question_is_edited_where_it_stands(load, home):
    path = own_file(home, "bank: training\nquestions:\n  - {id: first, prompt: P, answer: A}\n")
    text = path.read_bytes()
    assert (path, 3) == own_question(load(), "training/first")
    assert text == path.read_bytes()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (4, "bank: training\nquestions:\n  - {id: own, prompt: P, answer: A}\n"),
        (4, "bank: training\nquestions:\n  - {id: own, prompt: P, answer: A}"),
        (4, "bank: training\nquestions:\n- {id: own, prompt: P, answer: A}\n"),
        (6, "bank: training\nquestions:\n    - id: own\n      prompt: P\n      answer: A\n"),
        (6, "bank: training\nquestions:\n  - {id: own, prompt: P, answer: A}\n\n# end\n"),
        (4, "bank: training\r\nquestions:\r\n  - {id: own, prompt: P, answer: A}\r\n"),
    ],
)
def test_a_copy_is_added_to_the_users_file_of_that_bank(line, text, load, home):
    path = own_file(home, text)
    assert (path, line) == own_question(load(), "training/last")
    assert path.read_bytes().startswith(text.encode())
    bank = read_bank(path)
    assert (bank.mistakes, [e.mapping["id"] for e in bank.entries]) == ([], ["own", "last"])
    assert line == bank.entries[-1].place[0]


@pytest.mark.parametrize(
    "text",
    [
        "questions:\n  - {id: own, prompt: P, answer: A}\nbank: training\n",
        "bank: training\nquestions: [{id: own, prompt: P, answer: A}]\n",
        "bank: training\nquestions:\n  - {id: own, prompt: @P}\n",
        "bank: training\nquestions:\n  - {id: own, prompt: P, answer: A}\n...\n",
        "bank: other\ntitle: T\nquestions:\n  - {id: own, prompt: P, answer: A}\n",
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(text, load, home):
    path = own_file(home, text, "training.yaml")
    copy, line = own_question(load(), "training/last")
    assert (home / "banks" / "training-2.yaml", 3) == (copy, line)
    assert text.encode() == path.read_bytes()
    assert read_bank(copy).mistakes == []


def test_two_copies_share_one_file(load, home):
    own_question(load(), "training/last")
    path, line = own_question(load(), "training/first")
    assert (home / "banks" / "training.yaml", 7) == (path, line)
    assert {"training/first", "training/last"} == {
        key for key in load().items if load().entry(key)[0].own
    }
