"""`mlprep plan` on a terminal: it asks step by step, and once how an interview went."""

import json


def test_without_a_date_it_asks_step_by_step(start, open_store):
    terminal = start("plan").wait("When is the interview?").type("14 dec").press("Enter")
    terminal.wait("And another one?").type("20 jan").press("Enter")
    terminal.wait("50 days").press("Enter")
    terminal.wait("For which level?").type("staff").press("Enter")
    terminal.wait("Minutes a day?").type("35").press("Enter")
    terminal.wait("Other minutes on?").type("sat=60").press("Enter")
    terminal.wait("Days off?").type("sun").press("Enter")

    assert terminal.end() == 0
    assert "Mon 14 Dec 2026 · staff · 35 min, Sat 60, Sun off" in terminal.scrolled
    assert open_store().settings() == {
        "date": "2026-12-14,2027-01-20", "level": "staff", "minutes": 35, "week": {"sat": 60},
        "off": ["sun"],
    }  # fmt: skip


def test_a_plan_that_is_set_is_shown_at_once(run, start):
    run("plan", "--date", "2026-12-14")
    terminal = start("plan")

    assert terminal.end() == 0
    assert "When is" not in terminal.scrolled
    assert "13 days" in terminal.scrolled


def test_an_empty_line_keeps_what_is_set(run, start, open_store):
    run("plan", "--date", "2026-12-14", "--minutes", "35")
    terminal = start("plan", "--edit")
    for words in ("When is the interview?", "For which level?", "Minutes a day?",
                  "Other minutes on?", "Days off?"):  # fmt: skip
        terminal.wait(words).press("Enter")

    assert terminal.end() == 0
    assert open_store().settings() == {"date": "2026-12-14", "minutes": 35}


def test_how_it_went_is_asked_once(run, start):
    run("plan", "--date", "2026-11-20")
    terminal = start("plan").wait("how did it go?").type("offer at staff").press("Enter")

    assert terminal.end() == 0
    assert "The interview was on Fri 20 Nov 2026" in terminal.scrolled
    assert json.loads(run("plan", "--json").stdout)["outcomes"] == {"2026-11-20": "offer at staff"}
    start("plan").wait("When is the interview?").press("^C")


def test_control_c_changes_nothing(start, open_store):
    terminal = start("plan").wait("When is the interview?").type("14 dec").press("Enter")
    terminal.wait("And another one?").press("^C")

    assert terminal.end() == 130
    assert "Traceback" not in terminal.text
    assert open_store().settings() == {}
