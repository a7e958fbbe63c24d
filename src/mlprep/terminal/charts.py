"""Charts of characters, readable without color and, by their ASCII signs, without UTF-8."""

from collections.abc import Sequence

from mlprep.terminal.lines import Line, join

BAR_CELLS = 14
HEAT = ("·", "░", "▒", "▓", "█")  # nothing, then four quarters of the most
STEPS = "▁▂▃▄▅▆▇█"


def bar(share: float, cells: int = BAR_CELLS) -> Line:
    """Return a share as a bar."""
    full = round(min(1.0, max(0.0, share)) * cells)
    return [("accent", "━" * full), ("dim", "─" * (cells - full))]


def scale(share: float, cells: int, mark: float | None = None) -> Line:
    """Return a share as a point on a line, and another one as a mark that it should meet."""
    at = round(share * (cells - 1))
    signs = ["─"] * cells
    if mark is not None:
        signs[round(mark * (cells - 1))] = "│"
    signs[at] = "●" if signs[at] != "│" else "◆"
    return join([("accent" if sign in "●◆" else "dim", sign) for sign in signs])


def sparkline(values: Sequence[float], low: float, high: float) -> str:
    """Return values as columns between a low and a high one."""
    spread = high - low or 1
    last = len(STEPS) - 1
    return "".join(STEPS[min(last, max(0, round((v - low) / spread * last)))] for v in values)


def heat_sign(value: float, most: float) -> str:
    """Return the sign of a value: the fuller, the nearer to the most."""
    if value <= 0 or most <= 0:
        return HEAT[0]
    return HEAT[min(len(HEAT) - 1, 1 + int(value / most * (len(HEAT) - 1) * 0.999))]


def columns_chart(values: Sequence[float], rows: int, cells: int = 1) -> list[str]:
    """Return values as columns of so many rows, the highest one full, each some cells wide."""
    most = max(values, default=0) or 1
    lines = []
    for row in range(rows - 1, -1, -1):
        line = ""
        for value in values:
            eighths = round(value / most * rows * 8) - row * 8
            if value > 0 and row == 0:
                eighths = max(1, eighths)
            sign = " " if eighths <= 0 else STEPS[min(8, eighths) - 1]
            line += sign * cells
        lines.append(line)
    return lines
