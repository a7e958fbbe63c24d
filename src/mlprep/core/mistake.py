"""What is wrong at one place of a bank."""

from typing import NamedTuple


class Mistake(NamedTuple):
    """A mistake, or with `warning` what a reviewer would say. line, column: from 1."""

    line: int
    column: int
    text: str
    warning: bool = False
