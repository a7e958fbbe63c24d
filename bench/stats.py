"""The first screen of `mlprep stats` against `mlprep --help`, by how much was answered.

python bench/stats.py [--rounds 9] [--sizes 2000,20000,100000]

A learner of three diligent years: 2,000 items of 20 fields, written through the real store. The two
commands are timed in one run, interleaved, with a warm cache of the banks. On a busy machine the
ratio of processor seconds is the one to look at.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from random import Random

import yaml

from mlprep.core.memory import Rating
from mlprep.core.review import Review
from mlprep.storage.store import Store

MLPREP = [sys.executable, "-m", "mlprep"]
ITEMS, FIELDS, TOPICS, DAYS = 2000, 20, 5, 1095
NOW = datetime(2026, 12, 1, 9)
POINTS = 4
KINDS = ("open", "recall", "choice")


def question(number: int) -> dict:
    kind = KINDS[number % len(KINDS)]
    found = {"id": f"q{number}", "kind": kind, "prompt": f"Question {number}?",
             "topic": f"topic-{number // FIELDS % TOPICS}"}  # fmt: skip
    if kind == "choice":
        options = [{"text": "right", "correct": True}, {"text": "wrong"}, {"text": "worse"}]
        return {**found, "options": options}
    if kind == "open":
        rubric = [{"point": f"Point {n}", "id": f"p{n}"} for n in range(POINTS)]
        return {**found, "answer": "It depends.", "rubric": rubric}
    return {**found, "answer": "It depends."}


def write_banks(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for field in range(FIELDS):
        questions = [question(number) for number in range(field, ITEMS, FIELDS)]
        head = {"bank": f"field-{field}", "title": f"Field {field}", "questions": questions}
        (folder / f"field-{field}.yaml").write_text(yaml.safe_dump(head), encoding="utf-8")


def write_reviews(file: Path, many: int) -> None:
    """Append so many reviews, spread over the years, through the store."""
    rng = Random(many)
    store = Store(file, file.parent / "backups")
    today = NOW.date().toordinal()
    last = int(NOW.timestamp() * 1000)
    with store.changing():
        store.start_session("s", "drill", last)
        for number in range(many):
            ago = DAYS - 1 - number * DAYS // many
            item = rng.randrange(ITEMS)
            rating = rng.choices(list(Rating), (15, 20, 55, 10))[0]
            judged = KINDS[item % len(KINDS)] == "open"
            hit = {f"p{n}": rng.random() < 0.7 for n in range(POINTS)} if judged else {}
            store.add_review(
                Review(
                    id=f"{rng.getrandbits(128):032x}",
                    item=f"field-{item % FIELDS}/q{item}",
                    at=last - ago * 86_400_000 + number % 1000,
                    day=today - ago,
                    rating=rating,
                    seed=number,
                    session="s",
                    seconds=rng.uniform(20, 200),
                    confidence=rng.randrange(4),
                    coverage=sum(hit.values()) / POINTS if judged else None,
                    answer="An answer of a hundred characters or so. " * 3 if judged else "",
                    marks=hit,
                )
            )
    store.close()


def seconds(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Return the seconds until a command has ended, and those of the processor."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    spent = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} failed")
    return spent, used.ru_utime + used.ru_stime


def path_of(env: dict[str, str], group: str) -> Path:
    found = subprocess.run(
        [*MLPREP, group, "path"], env=env, capture_output=True, text=True, check=True
    )
    return Path(found.stdout.splitlines()[0].strip())


def measure(many: int, rounds: int) -> tuple[list[float], list[float]]:
    """Return the middle seconds, and those of the processor, of --help and of stats."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "MLPREP_HOME": home, "MLPREP_NOW": NOW.isoformat()}
        write_banks(path_of(env, "bank"))
        write_reviews(path_of(env, "data"), many)
        commands = {"--help": [*MLPREP, "--help"], "stats": [*MLPREP, "stats"]}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for command in commands.values():
            seconds(command, env)
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(seconds(command, env))
        base, spent = (
            [statistics.median(column) for column in zip(*times[name], strict=True)]
            for name in ("--help", "stats")
        )
        return base, spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--sizes", default="2000,20000,100000")
    arguments = parser.parse_args()
    print(f"{'reviews':>9} {'--help ms':>10} {'stats ms':>10} {'ratio':>7} {'of processor':>13}")
    for size in arguments.sizes.split(","):
        base, spent = measure(int(size), arguments.rounds)
        ratios = [b / a for a, b in zip(base, spent, strict=True)]
        print(
            f"{int(size):>9,} {1000 * base[0]:>10.0f} {1000 * spent[0]:>10.0f}"
            f" {ratios[0]:>7.2f} {ratios[1]:>13.2f}"
        )


if __name__ == "__main__":
    main()
