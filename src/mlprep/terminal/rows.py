"""Rows that many screens have: a label with its value, a command with what it does."""

from mlprep.terminal.lines import Line, sides

LABEL = 13  # columns of the words at the left


def labeled(label: str, value: Line, most: int, right: str = "") -> Line:
    """Return `Points       22 said, 7 missed        4 of the 22 were missed last time`."""
    left: Line = [("", f" {label:<{LABEL}}"), *value]
    return sides(left, [("dim", right)] if right else [], most)


def command(words: str, what: str, most: int) -> Line:
    """Return a command that can be run as it stands, and what it does."""
    return sides([("accent", f" {words}")], [("dim", what)] if what else [], most)


def percent(share: float) -> str:
    """Return a share in whole percents."""
    return f"{100 * share:.0f} %"
