"""Ticking an own answer again: on a terminal, or line by line."""

from mlprep.core.audit import Ticked
from mlprep.core.days import day_text
from mlprep.core.grading import Attempt
from mlprep.core.review import Review
from mlprep.session.auditing import Audit
from mlprep.terminal import pages
from mlprep.terminal.line_mode import LineMode
from mlprep.terminal.lines import PROSE, Line, sides, wrap
from mlprep.terminal.page import Page, key_line
from mlprep.terminal.rows import command, percent
from mlprep.terminal.view import View

INTRO = "An own answer of {day}, without its old ticks. What does it say, read as a stranger would?"


class AuditSitting:
    """One answer on a terminal."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._view = View(audit.ask)
        self._view.text = audit.review.answer
        self._view.reveal()
        self._done = False

    def run(self) -> Attempt | None:
        """Return the ticks, None where the candidate left. Raises KeyboardInterrupt on ^C."""
        from mlprep.terminal.modes import quiet_terminal, start_fresh_screen
        from mlprep.terminal.screen import show_keyed

        with quiet_terminal():
            start_fresh_screen()
            show_keyed(self._draw, self._press)
        return self._view.attempt() if self._done else None

    def _draw(self, most: int, rows: int) -> Page:
        page = pages.page(self._view, most, rows, date=None, day=0)
        when = day_text(self._audit.review.day)
        left = f" audit · your answer of {when}, without its old ticks"
        head = sides([("dim", left)], [("dim", self._audit.ask.item.topic)], min(most, PROSE))
        keys = key_line(["y said it", "n missed", "Enter done"], "q not now", most)
        return page._replace(body=[head, *page.body[1:]], keys=keys)

    def _press(self, key: str) -> bool:
        view = self._view
        if key in ("y", "n"):
            view.mark(key == "y")
        elif key in ("up", "down"):
            view.move(-1 if key == "up" else 1)
        elif key == "enter":
            self._done = True
        return key in ("enter", "q")


class PlainAudit(LineMode):
    """One answer by lines."""

    def run(self, audit: Audit) -> Attempt | None:
        """Return the ticks, None where the input ends before."""
        self.say(INTRO.format(day=day_text(audit.review.day)))
        self.say(f"Question: {audit.ask.question.prompt}")
        self.say(f"Your answer: {audit.review.answer}")
        try:
            return self.ticked(audit.ask, Attempt(answer=audit.review.answer))
        except EOFError:
            return None


def audited_lines(audit: Audit, attempt: Attempt, both: Ticked | None, most: int) -> list[Line]:
    """Return what the second look changed."""
    most = min(most, PROSE)
    lines: list[Line] = []
    if both is None:
        return [[("", " Kept. The points of this question are others now.")]]
    moved = round(100 * both.then) - round(100 * both.again)
    verdict = "the same both times"
    if moved:
        verdict = f"{abs(moved)} points too {'kind' if moved > 0 else 'strict'} at first"
    first = f" {percent(both.then)} then, {percent(both.again)} now: "
    lines.append(sides([("", first), ("bold", verdict)], [("dim", audit.ask.item.key)], most))
    for text, sign in _changes(audit.review, attempt, audit):
        lines += wrap([("warn", f" {sign} "), ("", text)], most, 3)
    lines += [[], command("mlprep stats --calibration", "what all audits say", most)]
    return lines


def _changes(review: Review, attempt: Attempt, audit: Audit) -> list[tuple[str, str]]:
    """Return the points that were ticked otherwise, with the sign that they have now."""
    return [
        (point.text, "✓" if attempt.marks[point.key] else "✗")
        for point in audit.ask.question.rubric
        if point.key in attempt.marks
        and point.key in review.marks
        and review.marks[point.key] != attempt.marks[point.key]
    ]
