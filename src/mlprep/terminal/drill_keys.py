"""The keys of a drill, stage by stage, as its last lines name them."""

from mlprep.core.question import MEASURED_KINDS
from mlprep.terminal.lines import Line, width, wrap
from mlprep.terminal.page import key_line
from mlprep.terminal.view import LETTERED_KINDS, ONE_LINE_KINDS, Stage, View

SURE_KEYS = ("1 guess", "2 fairly", "3 sure", "0 no idea")


def answering_keys(view: View, most: int) -> list[Line]:
    """Return the key line while an answer is given."""
    if view.menu:
        case = ["c case"] if view.ask.question.case else []
        editor = [] if view.kind in LETTERED_KINDS else ["e editor"]
        return key_line([*editor, "h hint", "s later", "t tomorrow", "x set aside", "u undo",
                         "p pause", *case, "q quit", "?"], "", most)  # fmt: skip
    if view.kind in LETTERED_KINDS:
        letters = f"{view.letters[:1]}-{view.letters[-1:]}"
        what = f" {letters} choose" if view.kind == "choice" else f" {letters} in order"
        if view.complete:
            return key_line(["How sure? ", *SURE_KEYS], "^X more", most)
        return key_line([f"{what}, then how sure:", *SURE_KEYS], "^X more", most)
    if view.stage is Stage.SURE:
        return key_line(["How sure? ", *SURE_KEYS], "Tab back to the text", most)
    if view.kind in ONE_LINE_KINDS:
        return key_line([" Enter done, typed or said aloud"], "^X hint, later, quit", most)
    return key_line([" Tab done, typed or said aloud"], "^X hint, editor, later, quit", most)


def graded_keys(view: View, enter: str, most: int) -> list[Line]:
    """Return the key line after the grade; on a narrow one the rarer keys are left to `?`."""
    if view.overlay is not None:
        return key_line([enter], "", most)
    rare = [] if view.kind == "recall" else ["g I guessed"]
    rare += ["k I knew it"] if view.kind in MEASURED_KINDS else []
    keys = [enter, " u undo"]
    for key in (*rare, "e edit"):
        if width("  ".join([*keys, f" {key}"])) + len("  ? keys") <= most:
            keys.append(f" {key}")
    return key_line(keys, "? keys", most)


def help_lines(most: int) -> list[Line]:
    """Return all keys."""
    rows = (
        ("typing", "Every character is text. Tab, or ^D at the end: done. Enter: new line;"
                   " done where the answer is one line."),
        ("choice, order", "a to g picks; Backspace takes the last back; a digit says how sure."),
        ("how sure", "1 guess, 2 fairly, 3 sure: reveals. 0 no idea: reveals, all missed."
                     " Tab: back to the text."),
        ("^X while answering", "e editor, h hint (at most partly then), s later in this drill,"
                               " t tomorrow, x set aside, u undo, p pause,"
                               " c the whole case, q quit."),
        ("ticking", "y said it, n missed. Up, Down. Enter grades; what is not ticked is missed."
                    " u back to the text, e edit the question, q quit."),
        ("recall", "y got it, p partly, n missed."),
        ("graded", "Enter next. Space more. u undo, g I guessed, k I knew it, e edit the question,"
                   " a earlier answers, t tomorrow, x set aside, q quit."),
        ("anywhere", "^C leaves, all is kept. ^Z suspends and stops the clock. ^L draws anew."),
    )  # fmt: skip
    lines: list[Line] = [[("bold", " Keys")], []]
    for name, text in rows:
        lines += wrap([("accent", f" {name}: "), ("", text)], min(most, 90), 3)
    return lines
