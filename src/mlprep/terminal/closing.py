"""The last screen of a drill, and the screens of commands that say where one stands."""

from mlprep.core.days import day_text, in_days
from mlprep.core.forecast import Forecast
from mlprep.core.grading import CONFIDENCE_WORDS
from mlprep.core.memory import Rating
from mlprep.core.question import Item
from mlprep.core.text import count
from mlprep.session.options import Done
from mlprep.session.outlook import outlook
from mlprep.session.study import Study
from mlprep.session.summary import Answered, Summary
from mlprep.terminal.lines import Line, cut, sides
from mlprep.terminal.rows import LABEL, command, labeled, percent

MOST_MISSED = 5  # rows; what prints and leaves has at most 22 lines


def closing_lines(summary: Summary, study: Study, done: Done | None, most: int) -> list[Line]:
    """Return what a drill came to. done: None where the candidate quit."""
    most = min(most, 90)
    if not summary.answered:
        return _nothing_answered(study, done, most)
    back = sum(a.came_back for a in summary.answered)
    head = f"{count(len(summary.answered), 'question')} in {summary.minutes:.0f} min"
    head += f", {back} came back" if back else ""
    lines: list[Line] = [sides([("", f" {head}")], [("dim", day_text(study.day))], most), []]
    if summary.said or summary.missed:
        regained = (
            f"{summary.regained} of the {summary.said} were missed last time"
            if summary.regained
            else ""
        )
        value = f"{summary.said} said, {summary.missed} missed"
        lines.append(labeled("Points", [("", value)], most, regained))
    lines += _readiness(summary, study, most)
    if summary.memory:
        lines.append(labeled("Memory", [("", summary.memory)], most))
    lines += _wrong(summary, most)
    lines += [[], labeled("Tomorrow" if summary.tomorrow == study.day + 1
                          else day_text(summary.tomorrow).partition(" ")[0],
                          [("", _planned(summary, study))], most), []]  # fmt: skip
    lines += _next_commands(summary, study, done, most)
    return lines


def _readiness(summary: Summary, study: Study, most: int) -> list[Line]:
    if summary.readiness is None:
        left = 20 - study.answers
        return [labeled("Readiness", [("dim", f"told after {count(left, 'more answer')}")], most)]
    now = percent(summary.readiness)
    before = summary.readiness_before
    moved = before is not None and percent(before) != now
    value: Line = [("", f"{percent(before)[:-2]} to " if moved and before else ""), ("bold", now)]
    value = [span for span in value if span[1]]
    told = summary.outlook.forecast
    if told is None or not study.plan.date or study.plan.date == study.day:
        return [labeled("Readiness", value, most)]
    when = f" on {day_text(study.plan.date).partition(' ')[2]}"
    value += [("", ", and "), ("bold", percent(told.mean)), ("", f"{when} ({span(told)})")]
    return [labeled("Readiness", value, most, f"at {study.plan.minutes:g} min a day")]


def span(told: Forecast) -> str:
    """Return `52 to 60`, whole percents."""
    return f"{100 * told.low:.0f} to {100 * told.high:.0f}"


def _wrong(summary: Summary, most: int) -> list[Line]:
    sure = [a for a in summary.answered if a.sure_and_wrong]
    missed = [a for a in summary.answered if a.first.rating is Rating.AGAIN and a not in sure]
    lines: list[Line] = []
    for title, style, group in (("Sure and wrong", "warn", sure), ("Missed", "", missed)):
        if not group:
            continue
        lines += [[], [(style, f" {title}")]]
        for answered in group[:MOST_MISSED]:
            lines.append(
                sides([("warn", " ✗ "), ("", answered.key)], [("dim", _fate(answered))], most)
            )
        if len(group) > MOST_MISSED:
            lines.append([("dim", f"   and {len(group) - MOST_MISSED} more")])
    return lines


def _fate(answered: Answered) -> str:
    """Return what became of a missed item."""
    if not answered.came_back:
        return "first tomorrow"
    last = answered.last
    sure = "" if last.confidence is None else f", {CONFIDENCE_WORDS[last.confidence]}"
    return f"came back: {last.rating.word}{sure}"


def _planned(summary: Summary, study: Study) -> str:
    if not summary.planned:
        return "nothing is due"
    new = f", {summary.planned_new} of them new" if summary.planned_new else ""
    minutes = f"{study.plan.minutes_on(summary.tomorrow):g} min: "
    return f"{minutes}{count(len(summary.planned), 'question')}{new}"


def _next_commands(summary: Summary, study: Study, done: Done | None, most: int) -> list[Line]:
    lines: list[Line] = []
    if done is None and summary.left and summary.left >= 1:
        rest = f"{summary.left:.0f} of today's {study.plan.minutes:g} min are left"
        lines.append(command("mlprep drill", rest, most))
    elif done is not None and done.reason in ("time", "limit"):
        lines.append(command("mlprep drill --minutes 10", "ten minutes more", most))
    else:
        lines.append(command("mlprep stats", "what is weak", most))
    if summary.last is not None:
        name = summary.last.key.partition("/")[2]
        what = f"takes back the last answer: {name}, {summary.last.last.rating.word}"
        lines.append(command("mlprep undo", what, most))
    if summary.audit:
        lines.append(command("mlprep stats --audit", "an old answer of yours, to tick again", most))
    return lines


def _nothing_answered(study: Study, done: Done | None, most: int) -> list[Line]:
    """Return why there was no question, and what can be done."""
    reason = done.reason if done else "quit"
    if reason == "day off":
        return [
            [("", f" {day_text(study.day)} is a day off.")],
            command("mlprep drill --extra", "drill all the same", most),
        ]
    if reason == "time":
        return [
            [("", f" Today's {study.plan.minutes:g} minutes are done.")],
            command("mlprep drill --minutes 10", "ten minutes more", most),
        ]
    if reason == "no match":
        return [
            [("", " No question in your scope matches these options.")],
            command("mlprep bank list", "what there is", most),
        ]
    if reason == "nothing":
        due = done.next_due if done else None
        when = f"; the next is due {_when(due, study.day)}" if due else ""
        return [
            [("", f" Nothing is due and nothing is new{when}.")],
            command("mlprep drill --extra", "go on all the same", most),
        ]
    return [[("dim", " Nothing was answered; what was typed is kept.")],
            command("mlprep drill", "goes on", most)]  # fmt: skip


def _when(day: int, today: int) -> str:
    days = max(0, day - today)
    return in_days(days) if days < 2 else f"on {day_text(day)}, {in_days(days)}"


def today_lines(
    study: Study, most: int, *, draft: str = "", mock: Line, waiting: Line | None = None
) -> list[Line]:
    """Return the screen of a bare `mlprep`.

    draft: the item whose answer is half typed. mock: the command about mocks, and what it does.
    waiting: the command for a mock that is not finished; it comes first.
    """
    most = min(most, 90)
    plan, day = study.plan, study.day
    left = plan.days_left(day)
    if left is None:
        title = "No interview date"
        if plan.date is not None:
            title = f"The interview was on {day_text(plan.date)}"
    else:
        assert plan.date is not None
        title = f"Interview {day_text(plan.date)}, {in_days(left)}"
    lines: list[Line] = [sides([("", f" {title}")], [("dim", day_text(day))], most), []]
    spent = study.minutes_spent(day)
    planned = study.forecast_session(day, fresh=False)
    new = sum(item.key not in study.learner.memories for item in planned)
    lines.append(_today_row(study, planned, new, spent, most))
    lines += _standing(study, left, most)
    weakest = study.weakest()
    for n, row in enumerate(weakest):
        cells = max(4, min(36, most - LABEL - 8))
        name = f"{cut(row.topic, cells):<{cells}}"
        value: Line = [("", name), ("", f"{percent(row.recall):>6}")]
        label = "Weakest" if n == 0 else ""
        lines += [[]] if n == 0 else []
        lines.append(labeled(label, value, most, f"{row.seen} of {row.items} seen"))
    lines += [[], waiting] if waiting else [[]]
    if draft:
        lines.append(command("mlprep drill", f"a half-typed answer waits: {draft}", most))
    else:
        lines.append(command("mlprep drill", _drill_offer(study, planned, spent), most))
    if left is None:
        what = "sets the day of the interview"
        if plan.date is not None:
            what = "asks how it went, and for the next day"
        lines.append(command("mlprep plan", what, most))
    elif waiting is None:
        lines.append(mock)
    return lines


def _today_row(study: Study, planned: list[Item], new: int, spent: float, most: int) -> Line:
    minutes = study.plan.minutes
    done = f"{spent:.0f} of {minutes:g} min done"
    if study.plan.is_off(study.day):
        return labeled("Today", [("", "a day off")], most, done if spent else "")
    if not planned:
        return labeled("Today", [("", "done")], most, done)
    rest = max(0.0, minutes - spent)
    value = f"{rest:.0f} min: {count(len(planned), 'question')}"
    value += f", {new} of them new" if new else ""
    return labeled("Today", [("", value)], most, done)


def _standing(study: Study, left: int | None, most: int) -> list[Line]:
    now = study.readiness()
    if now is None:
        need = count(20 - study.answers, "more answer")
        return [labeled("Readiness", [("dim", f"told after {need}")], most)]
    value: Line = [("bold", percent(now)), ("", " now")]
    told = outlook(study).forecast
    if not left or told is None:
        return [labeled("Readiness", value, most)]
    value += [("", ", "), ("bold", percent(told.mean)), ("", f" on the day ({span(told)})")]
    return [labeled("Readiness", value, most, f"at {study.plan.minutes:g} min a day")]


def _drill_offer(study: Study, planned: list[Item], spent: float) -> str:
    if not planned:
        return "says when the next is due"
    rest = max(0.0, study.plan.minutes - spent)
    return f"today's {rest:.0f} minutes"
