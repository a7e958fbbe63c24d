"""The screens of `mlprep stats`: what they say, how wide and how long they are."""

from itertools import pairwise

import pytest

from mlprep.core.report import Proportion
from mlprep.session.item_life import item_life
from mlprep.session.stats import (
    ACTIVITY_SCREEN,
    CALIBRATION_SCREEN,
    FIRST_SCREEN,
    TOPIC_SCREEN,
    report,
)
from mlprep.session.study import Study
from mlprep.terminal.charts import bar, columns_chart, heat_sign, scale, sparkline
from mlprep.terminal.item_screen import item_lines
from mlprep.terminal.lines import plain, to_ascii, width, within
from mlprep.terminal.stats_more import activity_lines, calibration_lines
from mlprep.terminal.stats_screen import stats_lines
from mlprep.terminal.stats_table import _plus_minus
from tests.session import banks
from tests.session.banks import at
from tests.session.year import Year

FIELDS = [f"field-{n}" for n in range(14)]
SIZES = [39, 79, 199]


def questions(field):
    cue = {"point": f"[bold]{field}[/] names \x1b[31m bandwidth", "id": "p0", "cues": ["bandwidth"]}
    return [
        banks.open_question("open", topic="a/very/deep/topic", rubric=[cue, "memory"]),
        banks.recall("recall", topic="wide"),
        banks.choice("choice"),
    ]


LIBRARY = banks.shelf(**{field: questions(field) for field in FIELDS})


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    found = banks.open_store(tmp_path_factory.mktemp("screens") / "progress.sqlite")
    Year(found, LIBRARY, at(), seed=2).write(days=150)
    found.set("date", "2026-12-14")
    yield found
    found.close()


@pytest.fixture(scope="module")
def study(store):
    return Study(store, LIBRARY, at(), traced=True)


def text(lines, most):
    return [plain(line) for line in within(lines, most)]


def first(study, most, topic="", rows=24):
    parts = TOPIC_SCREEN if topic else FIRST_SCREEN
    return stats_lines(report(study, topic=topic, parts=parts), most, minutes=30, rows=rows)


def screens(study, most):
    yield first(study, most)
    yield first(study, most, "field-3")
    yield first(study, most, "field-3/a/very/deep/topic")
    yield activity_lines(report(study, parts=ACTIVITY_SCREEN), most)
    yield calibration_lines(report(study, parts=CALIBRATION_SCREEN), most)
    yield item_lines(item_life(study, "field-3/open"), most)


@pytest.mark.parametrize("most", SIZES)
def test_no_line_is_too_wide_or_ends_in_blanks(study, most):
    for lines in screens(study, most):
        rows = text(lines, most)
        assert [row for row in rows if width(row) > most] == []
        assert [row for row in rows if row != row.rstrip()] == []
        assert not any(a == b == "" for a, b in pairwise(rows))


def test_the_first_screen_fits_with_its_command_and_the_prompt(study):
    assert len(text(first(study, 79), 79)) <= 22
    assert len(text(first(study, 39), 39)) <= 22
    for lines in list(screens(study, 79))[3:5]:
        assert len(text(lines, 79)) <= 22


def test_what_costs_most_comes_first_with_what_mends_it(study):
    found = report(study, parts=FIRST_SCREEN)
    rows = text(first(study, 79), 79)

    assert rows[0].startswith(" Costs most on 14 Dec")
    for weak, row in zip(found.weakest, rows[1:4], strict=True):
        assert row.split()[0] == weak.topic
        assert row.endswith(f"-{weak.cost:.1f}")
    assert rows[4].startswith(" mlprep drill --weak")


def test_where_there_is_no_room_for_all_fields_the_costliest_stand(study):
    found = report(study, parts=FIRST_SCREEN)
    costs = sorted(found.topics, key=lambda row: -row.cost)
    rows = "\n".join(text(first(study, 79), 79))

    assert f"\n {costs[0].topic} " in rows
    assert f"\n {costs[-1].topic} " not in rows
    assert "others cost" in rows
    assert "others cost" not in "\n".join(text(first(study, 79, rows=60), 79))


def test_a_topic_names_the_points_missed_again_and_again_as_plain_text(study):
    worst = report(study, parts={"missed_points"}).missed_points[0]
    field = worst.topic.partition("/")[0]
    rows = "\n".join(text(first(study, 199, field), 199))

    assert "Missed again and again" in rows
    assert worst.text in rows
    assert "\x1b" not in rows
    assert f"mlprep drill --topic {field}" in rows


@pytest.mark.parametrize("most", SIZES)
def test_without_utf_8_every_sign_has_another(study, most):
    for lines in screens(study, most):
        found = "\n".join(to_ascii(row) for row in text(lines, most))
        assert found.isascii()
        assert "?" not in found.replace("?[31m", "")  # the picture of an escape has none


def test_the_life_of_an_item_shows_then_and_now(study):
    narrow = "\n".join(text(item_lines(item_life(study, "field-3/open"), 79), 79))
    wide = text(item_lines(item_life(study, "field-3/open"), 199), 199)

    assert narrow.index(" Then ") < narrow.index(" Now ")
    assert [row for row in wide if "Then " in row and "Now " in row]


def test_an_empty_file_has_every_screen(tmp_path):
    empty = banks.open_store(tmp_path / "empty.sqlite")
    for lines in screens(Study(empty, LIBRARY, at(), traced=True), 79):
        assert 0 < len(text(lines, 79)) <= 22
    empty.close()


def test_charts():
    assert [plain(bar(0.7, 3))] == ["━━─"]
    assert plain(scale(1.0, 5, 0.25)) == "─│──●"
    assert plain(scale(0.0, 5, 0.0)) == "◆────"
    assert sparkline([0.0, 0.45, 1.0], 0, 1) == "▁▄█"
    assert "".join(heat_sign(value, 10) for value in (0, 0.1, 4, 10)) == "·░▒█"
    assert columns_chart([8, 0.1], 2) == ["█ ", "█▁"]


def test_a_share_with_its_uncertainty():
    assert _plus_minus(Proportion(81, 100, 0.81, 0.72, 0.9)) == "81 ± 9 %"
    assert _plus_minus(Proportion(0, 0)) == "-"
