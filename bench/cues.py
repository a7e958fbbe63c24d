"""How well the cues tick points in advance: against typed answers that a listener has marked.

python bench/cues.py [--wrong]   print precision and recall, and with --wrong each disagreement
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from mlprep.core.rubric import Point, earned
from mlprep.storage import folders
from mlprep.storage.bank_files import BankFiles, bank_paths

ANSWERS = Path(__file__).parents[1] / "tests" / "examples" / "typed_answers.yaml"
KINDS = ("excellent", "half", "empty")


class Tick(NamedTuple):
    """One point of one answer: what its cues say, and what the listener heard."""

    key: str
    kind: str  # of the answer
    point: Point
    ticked: bool
    heard: bool


def ticks() -> Iterator[Tick]:
    """Yield every point with cues that was marked, for each of the answers."""
    with tempfile.TemporaryDirectory() as folder:
        cache = BankFiles(Path(folder) / "banks.sqlite")
        library = cache.library(bank_paths(folders.shipped_banks()), ())
        for row in yaml.load(ANSWERS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            for point in library.question(row["key"]).rubric:
                if point.key not in row["points"] or not point.cues:
                    continue  # its text was edited after the marks were made
                for kind in KINDS:
                    answer = row[kind]
                    ticked = bool(earned(point, answer["answer"]))
                    yield Tick(row["key"], kind, point, ticked, point.key in answer["hit"])


class Agreement(NamedTuple):
    """How the ticks agree with the marks."""

    points: int
    precision: float  # share of the ticks that were heard
    recall: float  # share of what was heard that is ticked
    empty: float  # share of the points that fluent but empty answers earn


def agreement(found: list[Tick]) -> Agreement:
    """Return precision and recall over all answers."""
    both = sum(tick.ticked and tick.heard for tick in found)
    empty = [tick for tick in found if tick.kind == "empty"]
    return Agreement(
        len(found),
        both / sum(tick.ticked for tick in found),
        both / sum(tick.heard for tick in found),
        sum(tick.ticked for tick in empty) / len(empty),
    )


if __name__ == "__main__":
    every = list(ticks())
    result = agreement(every)
    print(f"{result.points:,} points of {len({tick.key for tick in every})} questions")
    print(f"precision {result.precision:.3f}   recall {result.recall:.3f}")
    print(f"earned by fluent but empty answers: {result.empty:.1%} of their points")
    if "--wrong" in sys.argv:
        for tick in every:
            if tick.ticked != tick.heard:
                said = "ticked, not heard" if tick.ticked else "heard, not ticked"
                print(f"{said}: {tick.key} ({tick.kind}): {tick.point.text}")
