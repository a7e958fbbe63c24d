"""Markdown answers: tables, headings, lists and code, readable at every width."""

from itertools import pairwise

import pytest

from mlprep.terminal.lines import line_width, plain
from mlprep.terminal.markdown import markdown_lines
from mlprep.terminal.page import answer_lines

TABLE = """\
# Choices

Some *words* and `code`, and [a link](https://example.com/x).

| scheme | state per GPU |
|---|---|
| DDP | 16 bytes per parameter |
| ZeRO-3 | 16 / N bytes per parameter, and an all-gather of the parameters in each pass |

1. first
   - nested **bold**

```python
loss.backward()  # [red]not markup[/red]
```
"""


def text(most):
    return "\n".join(map(plain, markdown_lines(TABLE, most)))


@pytest.mark.parametrize("most", [20, 39, 79, 199])
def test_every_line_fits_and_no_two_are_empty(most):
    lines = markdown_lines(TABLE, most)
    assert max(map(line_width, lines)) <= min(most, 90)
    assert not any(not one and not two for one, two in pairwise(lines))


@pytest.mark.parametrize("most", [39, 79, 199])
def test_no_word_is_lost(most):
    shown = text(most)
    for word in ("Choices", "scheme", "ZeRO-3", "bytes", "all-gather", "nested", "bold",
                 "loss.backward()", "[red]not"):  # fmt: skip
        assert word in shown


def test_a_heading_stands_at_the_left():
    assert text(79).splitlines()[0] == "Choices"


def test_a_link_is_text():
    assert "\x1b" not in text(79)
    assert "a link" in text(79)


def test_columns_of_a_table_stay_aligned():
    rows = [row for row in text(79).splitlines() if "bytes" in row]
    assert len({row.index("16") for row in rows}) == 1


def test_headings_and_bold_are_bold_and_nothing_is_colored():
    styles = {style for line in markdown_lines(TABLE, 79) for style, _ in line}
    assert styles == {"", "bold"}


def test_only_what_needs_it_is_given_to_the_markdown_library():
    assert answer_lines("Plain **prose**.", 79) == [[("", "Plain "), ("bold", "prose"), ("", ".")]]
    assert "ZeRO-3" in "\n".join(map(plain, answer_lines(TABLE, 79)))
