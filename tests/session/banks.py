"""Small banks for tests, real YAML read as a file is, and the moments of their drills."""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from mlprep.core.bank import parse_bank
from mlprep.core.grading import Attempt
from mlprep.core.library import Library
from mlprep.core.memory import Rating
from mlprep.session.drill import Drill
from mlprep.session.options import Options
from mlprep.storage.bank_files import to_source
from mlprep.storage.store import Store

TODAY = date(2026, 12, 1).toordinal()  # a Tuesday


def at(days: int = 0, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """Return a local moment, so many days after Tue 1 Dec 2026."""
    moment = datetime(2026, 12, 1, hour, minute, second) + timedelta(days=days)
    return moment.astimezone()


def recall(name: str, **keys):
    return {"id": name, "kind": "recall", "prompt": f"What is {name}?", "answer": "a", **keys}


def choice(name: str, **keys):
    options = [{"text": "right", "correct": True}, {"text": "wrong"}, {"text": "worse"}]
    return {"id": name, "kind": "choice", "prompt": f"Which {name}?", "options": options, **keys}


def order(name: str, **keys):
    steps = ["one", "two", "three", "four"]
    return {"id": name, "kind": "order", "prompt": f"Order {name}", "steps": steps, **keys}


def estimate(name: str, **keys):
    return {"id": name, "kind": "estimate", "prompt": "How many bytes do {n} weights take?",
            "given": {"n": [10, 20, 30]}, "compute": "4 * n", "unit": "bytes",
            "hint": "{n} times four", "solution": "4 times {n} is {answer}.", **keys}  # fmt: skip


def rubric(points: int = 4):
    return [{"point": f"point {n}", "id": f"p{n}"} for n in range(points)]


def open_question(name: str, points: int = 4, **keys):
    return {"id": name, "kind": "open", "prompt": f"Why {name}?", "rubric": rubric(points),
            "answer": "because", **keys}  # fmt: skip


def story(name: str, points: int = 2, **keys):
    return {"id": name, "kind": "story", "prompt": f"Tell {name}", "rubric": rubric(points), **keys}


def design(name: str, phases: int = 3, minutes: float = 2, **keys):
    parts = [
        {"id": f"part{n}", "title": f"Part {n}", "minutes": minutes, "ask": "Go on",
         "rubric": rubric(2), "answer": "so"}
        for n in range(1, phases + 1)
    ]  # fmt: skip
    return {"id": name, "kind": "design", "prompt": f"Design {name}", "phases": parts, **keys}


def library(*questions, bank: str = "b", **head) -> Library:
    """Return a library of one bank. Its topic, and so the field of its questions, is its id."""
    return shelf(**{bank: questions}, **head)


def shelf(**banks) -> Library:
    """Return a library of several banks: questions by id of the bank, the rest for every head."""
    heads = {name: value for name, value in banks.items() if isinstance(value, str | int)}
    files = {name: value for name, value in banks.items() if name not in heads}
    parsed = {}
    for name, questions in files.items():
        head = {"bank": name, "title": name, "level": "senior", **heads}
        text = yaml.safe_dump({**head, "questions": list(questions)}, sort_keys=False)
        parsed[name] = parse_bank(text)
        assert parsed[name].mistakes == []
    sources = [to_source(Path(name), file, own=False) for name, file in parsed.items()]
    return Library(sources, lambda source, n: parsed[source.path].entries[n].mapping)


def open_store(file: Path) -> Store:
    """Open a progress file that does not wait for the disk: tests write a lot."""
    store = Store(file, file.parent / "backups")
    store._db.execute("PRAGMA synchronous = OFF")
    return store


def drill(
    store: Store, questions: Library, now: datetime | None = None, seed=1, **options
) -> Drill:
    """Return a drill as a command begins it."""
    return Drill(store, questions, Options(**options), now or at(), Random(seed))


def attempt(ask, rating: Rating = Rating.GOOD, **fields) -> Attempt:
    """Return an attempt that is graded so, whatever the kind, by evidence."""
    return Attempt(**{"seconds": 60.0 * ask.question.minutes, **_evidence(ask, rating), **fields})


def _evidence(ask, rating: Rating) -> dict[str, Any]:
    question, kind = ask.question, ask.question.kind
    if kind == "recall":
        return {"said": min(rating, Rating.GOOD)}
    if kind == "choice":
        right = question.correct if rating > Rating.AGAIN else {1}
        return {"picks": tuple(right), "answer": ask.letter_of(min(right))}
    if kind == "order":
        picks = {Rating.AGAIN: (3, 2, 1, 0), Rating.HARD: (1, 0, 2, 3)}.get(rating, (0, 1, 2, 3))
        return {"picks": picks, "answer": "".join(map(ask.letter_of, picks))}
    if kind == "estimate":
        value = ask.truth * {Rating.AGAIN: 2, Rating.HARD: 1.15}.get(rating, 1)
        return {"value": value, "answer": f"{value:g}"}
    points = ask.points
    said = {Rating.AGAIN: 0, Rating.HARD: (len(points) + 1) // 2}.get(rating, len(points))
    return {"marks": {p.key: n < said for n, p in enumerate(points)}}


def answer(a_drill: Drill, now: datetime | None = None, rating: Rating = Rating.GOOD, **fields):
    """Answer the next question, and return the outcome."""
    now = now or at()
    ask = a_drill.next(now)
    return a_drill.record(ask, attempt(ask, rating, **fields), now)


def keys(a_drill: Drill, many: int, now: datetime | None = None, rating=Rating.GOOD, **fields):
    """Return the keys of the next questions, each answered."""
    return [answer(a_drill, now, rating, **fields).ask.item.key for _ in range(many)]
