"""Files of mock formats: built-in and own ones together, and what `bank check` says of them."""

import pytest

from mlprep.cli.boundary import run
from mlprep.storage.format_files import check_formats, load_formats

FORMAT = "formats:\n  - id: {id}\n    title: T\n    sections: [{section}]\n"


@pytest.fixture
def own(home):
    """Return how to write an own file of one format with one section."""

    def write(section, file="mine.yaml", name="mine"):
        path = home / "banks" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FORMAT.format(id=name, section=section))
        return path

    return write


def test_own_formats_stand_beside_built_in_ones_and_replace_them(own):
    before = load_formats()
    name = next(iter(before))
    own("{title: One, minutes: 7, draw: {kind: open}}", name=name)
    own("{title: Two, minutes: 9, draw: {kind: open}}", "more.yaml")

    after = load_formats()
    assert {"mine"} == set(after) - set(before)
    assert (after[name].minutes, after["mine"].minutes) == (7, 9)


def test_only_the_named_files_are_told_of(own):
    first = own("{title: One, minutes: 7, draw: {kind: open}}")
    own("{title: Two, minutes: 9, draw: {kind: oops}}", "more.yaml", "more")

    (told,) = check_formats([first])
    assert (told.path, told.ids, told.mistakes) == (first.resolve(), ("mine",), [])


@pytest.mark.parametrize(
    "draw",
    ["kind: open, topic: nowhere", "bank: nobody", "tag: [no-such, tag]", "question: nothing"],
)
def test_a_section_that_finds_nothing_is_warned_of(own, draw, capsys):
    path = own(f"{{title: Empty, minutes: 7, draw: {{{draw}}}}}")

    assert run(["bank", "check", str(path)]) == 0
    said = capsys.readouterr().out
    assert ":2:5: warning: section 'Empty' finds no question" in said
    assert "1 format, no mistakes; 1 warning." in said
    assert run(["bank", "check", "--strict", str(path)]) == 1


@pytest.mark.parametrize(
    "section",
    [
        "{title: A, minutes: 7, draw: {kind: [design, open], level: principal}}",
        "{title: A, minutes: 7, draw: {question: rec-system-100m}}",
        "{title: A, minutes: 7, draw: {}}, {title: B, minutes: 1, break: true}",
    ],
)
def test_sections_that_find_something_pass(own, section):
    (told,) = check_formats([own(section)])

    assert told.mistakes == []


def test_a_format_may_draw_from_a_bank_that_is_checked_with_it(own, tmp_path):
    bank = tmp_path / "acme.yaml"
    question = "{id: one, prompt: Why so, answer: Because}"
    bank.write_text(f"bank: acme\ntitle: Acme\nquestions: [{question}]\n")
    script = own("{title: A, minutes: 7, draw: {bank: acme}}")

    assert [told.mistakes for told in check_formats([script, bank])] == [[]]
    assert [len(told.mistakes) for told in check_formats([script])] == [1]
