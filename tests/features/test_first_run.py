"""The first run: date, level, minutes, then a question on the same screen."""


def test_an_ambiguous_date_is_asked_again_and_the_rest_can_be_skipped(start, snapshots, open_store):
    terminal = start("drill").shows(snapshots, "asks for the date")
    terminal.type("12/11").press("Enter").shows(snapshots, "12/11 may be two days")
    terminal.press("^U").type("2026-12-14").shows(snapshots, "how a date is read")
    terminal.press("Enter").shows(snapshots, "asks for the level")
    terminal.press("Enter").shows(snapshots, "asks for the minutes")
    terminal.press("Enter").shows(snapshots, "its first question below")
    assert open_store().settings() == {"date": "2026-12-14", "minutes": 30}


def test_everything_can_be_skipped(start, snapshots, open_store):
    terminal = start("drill").wait("When is the interview?").press("Enter")
    terminal.wait("For which level?").press("Enter").wait("Minutes a day?").press("Enter")
    terminal.shows(snapshots, "all skipped").press("^C")
    assert terminal.end() == 130
    assert open_store().settings() == {"minutes": 30}


def test_what_cannot_be_read_is_asked_again(start):
    terminal = start("drill").wait("When is the interview?").type("soon").press("Enter")
    terminal.wait("write the day as 14 dec, 2026-12-14 or 4 weeks")
    terminal.press("^U").type("1 dec 2020").press("Enter").wait("2020-12-01 is past")
    terminal.press("^U", "Enter").wait("For which level?").type("boss").press("Enter")
    terminal.wait("write senior, staff or principal").press("^U").type("st").wait("staff")
    terminal.press("Enter").wait("Minutes a day?").type("0").press("Enter").wait("from 1 to 720")


def test_control_c_leaves_without_a_traceback(start):
    terminal = start("drill").wait("When is the interview?").press("^C")
    assert terminal.end() == 130
    assert "Traceback" not in terminal.text


def test_a_set_plan_is_not_asked_for(run, start):
    run("plan", "--date", "2026-12-14")
    start("drill").wait("new · recall")


def test_no_question_is_asked_without_a_terminal(run):
    assert "interview" not in run("drill").stdout
