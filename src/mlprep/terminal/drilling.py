"""A drill on a terminal: what each key does to the question on the screen."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from mlprep.core.days import moment, study_day
from mlprep.core.memory import Rating
from mlprep.core.question import JUDGED_KINDS
from mlprep.errors import MlprepError
from mlprep.session.ask import Ask
from mlprep.session.drill import Drill
from mlprep.session.options import Done
from mlprep.terminal import clock, pages
from mlprep.terminal.drill_keys import help_lines
from mlprep.terminal.earlier import earlier_lines
from mlprep.terminal.lines import Line, columns, show, terminal_size, wrap
from mlprep.terminal.modes import loud_terminal, quiet_terminal, start_fresh_screen
from mlprep.terminal.page import Page
from mlprep.terminal.view import LETTERED_KINDS, ONE_LINE_KINDS, Stage, View, read_value

if TYPE_CHECKING:
    from mlprep.terminal.screen import Screen

CONFIDENCES = {"0": 0, "1": 1, "2": 2, "3": 3}
RECALLS = {"y": Rating.GOOD, "p": Rating.HARD, "n": Rating.AGAIN}


class Sitting:
    """One candidate at one terminal, from the first question to the last."""

    def __init__(self, drill: Drill, *, above: list[Line], vi: bool = False) -> None:
        self._drill = drill
        self._above = above  # on the next screen only
        self._vi = vi
        self._date = drill.study.plan.date
        self._view: View
        self._watch: clock.Stopwatch
        self._screen: Screen
        self._changed = False
        self._then = "next"  # what follows when the page is left

    def run(self) -> Done | None:
        """Ask until there is nothing to ask, or the candidate quits; None where they quit.

        Raises KeyboardInterrupt on ^C; everything is kept.
        """
        with quiet_terminal():
            while True:
                step = self._drill.next(clock.now())
                if isinstance(step, Done):
                    return step
                self._question(step)
                if self._then == "quit":
                    return None
                if self._then == "edit":
                    self._edit(step)

    def _question(self, ask: Ask) -> None:
        self._view = View.of(ask)
        self._view.above, self._above = self._above, []
        if ask.draft and not ask.draft.undone:
            self._view.kept = f"{moment(ask.draft.at):%H:%M}"
        self._watch = clock.Stopwatch(self._view.seconds or 0)
        self._then = "next"
        start_fresh_screen()
        show(self._draw(columns(), terminal_size()[1] - 1).lines(terminal_size()[1] - 1))
        if self._view.stage is Stage.ANSWERING:
            self._watch.run()
        from mlprep.terminal.screen import Screen  # loads while the question is being read

        self._screen = Screen(
            draw=self._draw,
            press=self.press,
            typing=self._is_typing,
            typed=self._typed,
            idle=self._save,
            suspended=self._suspended,
            text=self._view.text,
            cursor=self._view.cursor,
            one_line=self._view.kind in ONE_LINE_KINDS,
            vi=self._vi,
        )
        sys.stdout.write("\x1b[H")
        sys.stdout.flush()
        try:
            self._screen.run()
        finally:
            self._changed = self._changed or self._view.stage is Stage.TICKING
            self._save()

    def _draw(self, most: int, rows: int) -> Page:
        day = study_day(clock.now())
        return pages.page(self._view, most, rows, date=self._date, day=day)

    def _is_typing(self) -> bool:
        view = self._view
        return view.typed and not view.menu and not view.paused and view.overlay is None

    def _typed(self, text: str, cursor: int) -> None:
        self._view.text, self._view.cursor = text, cursor
        self._view.note = ""
        self._changed = True

    def _save(self) -> None:
        """Put what was typed or ticked on disk."""
        view = self._view
        if not self._changed or view.stage is Stage.GRADED:
            return
        self._changed = False
        self._tell_time()
        revealed = view.stage in (Stage.TICKING, Stage.RECALLED)
        attempt = view.attempt()
        if revealed:  # only what was said of a point; the rest is still open
            attempt = attempt._replace(marks=dict(view.marks))
        self._drill.keep(view.ask, attempt, clock.now(), revealed=revealed)

    def _tell_time(self) -> None:
        if self._view.seconds is not None:
            self._view.seconds = self._watch.seconds

    def _suspended(self, away: bool) -> None:
        if self._view.stage is Stage.ANSWERING and not self._view.paused:
            (self._watch.stop if away else self._watch.run)()

    # Keys

    def press(self, key: str) -> bool:
        """Do what a key means now; return whether the page is left."""
        view = self._view
        view.note = ""
        if view.paused:
            return self._paused(key)
        if view.overlay is not None:
            return self._overlay(key)
        if view.menu:
            return self._menu(key)
        if view.stage in (Stage.ANSWERING, Stage.SURE) and key == "c-x":
            view.menu = True
            return False
        stages: dict[Stage, Callable[[str], bool]] = {
            Stage.ANSWERING: self._answering,
            Stage.SURE: self._sure,
            Stage.TICKING: self._ticking,
            Stage.RECALLED: self._recalled,
            Stage.GRADED: self._graded,
        }
        return stages[view.stage](key)

    def _paused(self, key: str) -> bool:
        if key == "q":
            return self._leave("quit")
        if key == "enter":
            self._view.paused = False
            self._watch.run()
        return False

    def _overlay(self, key: str) -> bool:
        view = self._view
        if key == " " and self._turn():
            return False
        if key in ("enter", "escape", "q", " ", "c-x", "?"):
            view.overlay, view.skip, view.more = None, 0, False
        return False

    def _turn(self) -> bool:
        most, rows = columns(), terminal_size()[1]
        day = study_day(clock.now())
        return pages.turn(self._view, most, rows, date=self._date, day=day)

    def _show_over(self, lines: list[Line]) -> bool:
        self._view.overlay, self._view.skip = lines, 0
        return False

    def _menu(self, key: str) -> bool:
        view, drill, now = self._view, self._drill, clock.now()
        view.menu = False
        item = view.ask.item.key
        if key == "e" and view.kind not in LETTERED_KINDS:
            self._screen.edit_answer()
        elif key == "h":
            self._hint()
        elif key == "s":
            self._save_now()
            drill.later(view.ask, now)
            return self._leave("next")
        elif key == "t":
            drill.bury(item, now)
            return self._leave("next")
        elif key == "x":
            drill.suspend(item, now)
            return self._leave("next")
        elif key == "u":
            return self._undo()
        elif key == "p":
            self._watch.stop()
            view.paused = True
        elif key == "c" and view.ask.question.case:
            from mlprep.terminal import parts

            return self._show_over(parts.case_lines(view.ask, columns()))
        elif key == "q":
            return self._leave("quit")
        elif key == "?":
            return self._show_over(help_lines(columns()))
        return False

    def _hint(self) -> None:
        view = self._view
        if view.hints < len(view.ask.question.hints):
            view.hints += 1
            self._changed = True
        else:
            view.note = "No more hints." if view.hints else "This question has no hint."

    def _save_now(self) -> None:
        if self._view.text.strip() or self._view.picks:
            self._changed = True
            self._save()

    def _undo(self) -> bool:
        self._save_now()
        if self._drill.undo(clock.now()) is None:
            self._view.note = "There is nothing to undo."
            return False
        return self._leave("next")

    def _leave(self, then: str) -> bool:
        self._then = then
        if then == "quit":
            self._save_now()
        return True

    def _answering(self, key: str) -> bool:
        view = self._view
        if view.kind in LETTERED_KINDS:
            return self._lettered(key)
        if key in ("tab", "enter"):
            value, said = read_value(view.text, view.ask.question.unit or "")
            if view.kind == "estimate" and view.text.strip() and value is None:
                view.note = said
                return False
            self._watch.stop()
            view.stage = Stage.SURE
            self._changed = True
        return False

    def _lettered(self, key: str) -> bool:
        view = self._view
        if key in CONFIDENCES and (view.complete or key == "0"):
            self._watch.stop()
            view.confidence = CONFIDENCES[key]
            return self._grade()
        if key.lower() in view.letters and len(key) == 1:
            view.pick(key.lower())
            self._changed = True
        elif key == "backspace":
            view.picks = view.picks[:-1]
            self._changed = True
        elif key == " " and not self._turn():
            view.skip = 0
        elif key in CONFIDENCES:
            view.note = ("Put all of them in order first." if view.kind == "order"
                         else "Choose a letter first.")  # fmt: skip
        elif key == "?":
            return self._show_over(help_lines(columns()))
        return False

    def _sure(self, key: str) -> bool:
        view = self._view
        if key in {"tab", "escape"}:
            view.stage = Stage.ANSWERING
            self._watch.run()
        elif key in CONFIDENCES:
            view.confidence = CONFIDENCES[key]
            if view.confidence == 0 or view.kind == "estimate":
                return self._grade()
            view.reveal()
            self._changed = True
            self._save()
            self._screen.drop_waiting_keys()
        elif key == "?":
            return self._show_over(help_lines(columns()))
        return False

    def _ticking(self, key: str) -> bool:
        view = self._view
        if key in ("y", "n"):
            view.mark(key == "y")
            self._changed = True
        elif key in ("up", "down"):
            view.move(-1 if key == "up" else 1)
        elif key == "enter":
            return self._grade()
        else:
            return self._revealed(key)
        return False

    def _recalled(self, key: str) -> bool:
        if key == " " and not self._turn():
            self._view.skip = 0
        if key not in RECALLS:
            return self._revealed(key)
        self._tell_time()
        attempt = self._view.attempt()._replace(said=RECALLS[key])
        self._view.outcome = self._drill.record(self._view.ask, attempt, clock.now())
        self._view.stage = Stage.GRADED
        self._above = [pages.verdict_line(self._view, columns())]
        return self._leave("next")

    def _revealed(self, key: str) -> bool:
        view = self._view
        if key == "u":
            view.stage, view.confidence = Stage.ANSWERING, None
            self._watch.run()
            self._changed = True
        elif key == "e":
            return self._leave("edit")
        elif key == "q":
            self._changed = True
            return self._leave("quit")
        elif key == "?":
            return self._show_over(help_lines(columns()))
        return False

    def _grade(self) -> bool:
        view = self._view
        self._tell_time()
        view.outcome = self._drill.record(view.ask, view.attempt(), clock.now())
        view.stage, view.skip, view.more = Stage.GRADED, 0, False
        self._screen.drop_waiting_keys()
        return False

    def _graded(self, key: str) -> bool:
        view, now = self._view, clock.now()
        assert view.outcome is not None
        if key == "enter" or (key == " " and not self._turn()):
            return self._leave("next")
        if key == "u":
            return self._undo()
        if key in ("g", "k"):
            word = "guessed" if key == "g" else "knew"
            if key == "g" or view.kind not in JUDGED_KINDS:
                view.outcome = self._drill.overrule(view.outcome, word, now)
        elif key == "e":
            return self._leave("edit")
        elif key == "a":
            return self._show_over(earlier_lines(view, columns()))
        elif key in ("t", "x"):
            (self._drill.bury if key == "t" else self._drill.suspend)(view.ask.item.key, now)
            return self._leave("next")
        elif key == "q":
            return self._leave("quit")
        elif key == "?":
            return self._show_over(help_lines(columns()))
        return False

    def _edit(self, ask: Ask) -> None:
        """Open the question in the editor, and go on with what it says then."""
        from mlprep.storage.bank_files import load_library
        from mlprep.terminal.editing import edit_question

        with loud_terminal():
            try:
                said = edit_question(self._drill.library, ask.item.key)
            except MlprepError as error:  # no editor: no reason to end the drill
                said = str(error)
        self._drill.use(load_library(), clock.now())
        self._above = wrap([("dim", f" {said}")], columns(), 1)
