"""Formats of mocks: what parses, and the line and mend of what does not."""

import pytest

from mlprep.core.formats import build_formats, parse_formats

GOOD = """\
formats:
  - id: acme
    title: Acme
    sections:
      - {title: Case, minutes: 40, draw: {kind: design, bank: acme}}
      - {title: Rest, minutes: 5, break: true}
      - {title: Numbers, minutes: 15, draw: {kind: estimate, topic: [a, b], count: 4}}
  - id: day
    title: A day
    rounds: [acme, acme]
    pause: 20
"""


def built(text):
    file = parse_formats(text)
    assert file.mistakes == []
    return build_formats([entry for entry, _, _ in file.entries])


def test_a_format_holds_its_sections():
    formats, _ = built(GOOD)
    case, rest, numbers = formats["acme"].sections

    assert formats["acme"].minutes == 60
    assert (case.title, case.minutes) == ("Case", 40)
    assert (case.draw.kinds, case.draw.banks) == (("design",), ("acme",))
    assert rest.draw is None
    assert (numbers.draw.number, numbers.draw.topics) == (4, ("a", "b"))


def test_rounds_follow_each_other_with_a_break_between():
    formats, _ = built(GOOD)

    assert [section.title for section in formats["day"].sections] == [
        "Case",
        "Rest",
        "Numbers",
        "Break",
        "Case",
        "Rest",
        "Numbers",
    ]
    assert formats["day"].minutes == 140


def test_a_later_format_replaces_an_earlier_one_of_its_id():
    formats, _ = built(GOOD.replace("id: day", "id: acme").replace("rounds: [acme, acme]",
        "sections: [{title: Other, minutes: 9, draw: {}}]"))  # fmt: skip

    assert [section.title for section in formats["acme"].sections] == ["Other"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("    title: Acme\n", "    titel: Acme\n", 3, "did you mean 'title'?"),
        ("minutes: 40", "minutes: soon", 5, "minutes"),
        ("kind: design", "kind: desing", 5, "did you mean 'design'?"),
        (", break: true", "", 6, "this section draws nothing; add 'draw:', or 'break: true'"),
        ("5, break: true", "5, break: true, draw: {}", 6, "remove 'draw:' or 'break: true'"),
        (
            "    pause: 20",
            "    sections: [{title: T, minutes: 5, draw: {}}]",
            8,
            "either 'sections' or 'rounds'",
        ),
        ("formats:\n", "other: 1\nformats:\n", 1, "unknown key 'other'"),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, line, said):
    mistakes = parse_formats(GOOD.replace(old, new, 1)).mistakes

    assert any(line == mistake.line and said in mistake.text for mistake in mistakes), mistakes


def test_a_format_of_which_nothing_is_scored_is_a_mistake():
    section = "{title: T, minutes: 5, draw: {}, scored: false}"
    text = f"formats:\n- id: a\n  title: A\n  sections: [{section}]\n"

    assert [(mistake.line, mistake.text) for mistake in parse_formats(text).mistakes] == [
        (2, "nothing of this format is scored; remove a 'scored: false'")
    ]


@pytest.mark.parametrize("text", ["formats:\n", "formats: 3\n", "formats: []\n"])
def test_a_file_without_formats_says_so(text):
    [mistake] = parse_formats(text).mistakes

    assert "must list at least one format" in mistake.text


def test_rounds_must_name_formats_that_have_sections():
    file = parse_formats(GOOD + "  - {id: week, title: W, rounds: [day, acne]}\n")
    formats, wrong = build_formats([entry for entry, _, _ in file.entries])

    assert "week" not in formats
    assert wrong == [
        (2, "'day' has rounds itself; name its parts"),
        (2, "'rounds' names no format: 'acne'; did you mean 'acme'?"),
    ]
