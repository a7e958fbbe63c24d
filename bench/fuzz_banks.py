"""Thousands of damaged banks: none may raise, or read differently with PyYAML's two parsers.

python bench/fuzz_banks.py [--number 10000] [--seed 0]
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.core.hostile import KINDS, SIGNS, Edit, damaged, read

ACTIONS = ("delete", "double", "swap", "insert")


def edits(rng: Random) -> list[Edit]:
    return [
        Edit(rng.choice(ACTIONS), rng.random(), rng.randint(1, 12), rng.randrange(len(SIGNS)))
        for _ in range(rng.randint(1, 4))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = Random(arguments.seed)
    originals = [(path.stem, path.read_bytes()) for path in KINDS]
    counts: Counter[str] = Counter()
    messages: Counter[str] = Counter()
    longest, slowest, failed = "", 0.0, 0
    for number in range(arguments.number):
        kind, raw = originals[number % len(originals)]
        raw = damaged(raw, edits(rng))
        start = time.perf_counter()
        try:
            bank = read(raw)
        except Exception as error:
            failed += 1
            print(f"{number} {kind}: {type(error).__name__}: {str(error)[:300]}\n{raw!r}")
            continue
        slowest = max(slowest, time.perf_counter() - start)
        what = "left out whole" if bank.broken else "a question left out"
        counts[what if bank.broken or bank.left_out else "taken as it is"] += 1
        messages.update(mistake.text.partition(";")[0][:40] for mistake in bank.mistakes)
        longest = max([longest, *(mistake.text for mistake in bank.mistakes)], key=len)
    print(f"{arguments.number} damaged banks, seed {arguments.seed}: {failed} failed")
    for what, number in counts.most_common():
        print(f"{number:8} {what}")
    print(f"{len(messages):8} different messages, the longest of {len(longest)} characters")
    print(f"{1000 * slowest:8.0f} ms for the slowest, both parsers")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
