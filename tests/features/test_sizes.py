"""Every size of a terminal, and one that changes while somebody types."""

import pytest

pytestmark = pytest.mark.usefixtures("planned")
TEXT = "pod by pod is a deadlock, so Kueue. " * 8
SIZES = [(80, 24), (40, 24), (20, 10), (120, 30), (200, 50)]


def last_column_is_empty(terminal):
    screen = terminal.screen
    cells = [screen.buffer[row][screen.columns - 1].data for row in range(screen.lines)]
    return set(cells) <= {" "}


def has_cursor_in_box(terminal):
    cursor = terminal.screen.cursor
    return not cursor.hidden and terminal.lines[cursor.y][1:2] == "┃"


@pytest.mark.parametrize("size", SIZES)
def test_a_question_from_start_to_end(start, size):
    columns, rows = size
    terminal = start("drill", "--item", "partial-gangs", columns=columns, rows=rows)
    terminal.wait_for_box("Tab").type(TEXT).wait(lambda: has_cursor_in_box(terminal))
    stages = [("Tab", "1 guess"), ("2", "❯"), ("y", "❯"), ("Enter", "Enter next"),
              ("Space", "Enter next"), ("q", "mlprep undo")]  # fmt: skip
    for key, shown in stages:
        assert last_column_is_empty(terminal)
        terminal.press(key).wait(shown)
    assert terminal.end() == 0
    assert last_column_is_empty(terminal)


def test_the_window_changes_while_somebody_types(start):
    terminal = start("drill", "--item", "partial-gangs").wait_for_box("Tab done").type("start ")
    for number, (columns, rows) in enumerate([(40, 24), (20, 10), (200, 50), (120, 30), (80, 24)]):
        terminal.resize(columns, rows).type(f"{number} ").wait(f"{number}")
        terminal.wait(lambda: has_cursor_in_box(terminal))
        assert last_column_is_empty(terminal)
    terminal.wait("┃ start 0 1 2 3 4").press("Tab").wait("How sure?").press("0").wait("Missed")
    terminal.resize(20, 10).wait("Enter next").resize(80, 24).wait("u undo").press("q")
    assert terminal.end() == 0


@pytest.mark.parametrize(("columns", "beside"), [(119, False), (120, True)])
def test_words_and_points_stand_side_by_side_from_120_columns(start, columns, beside):
    terminal = start("drill", "--item", "partial-gangs", columns=columns).wait_for_box("Tab done")
    terminal.type("a deadlock").press("Tab").wait("How sure?").press("2").wait("❯")
    row = next(row for row in terminal.lines if "┃ a deadlock" in row)
    assert ("Pods are placed" in row) == beside
