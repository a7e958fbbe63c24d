"""The figures of `mlprep stats` once more, from exported rows by plain Python.

Nothing of the program counts here but the banks and the FSRS library; formulas are the design's.
"""

import math
import statistics
from collections import defaultdict
from datetime import date
from itertools import pairwise

from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview

DECAY = DEFAULT_PARAMETERS[20]
FACTOR = 0.9 ** (-1 / DECAY) - 1
MODEL = FSRS(list(DEFAULT_PARAMETERS))
AGAIN, SURE = 1, 3


def recall(days, stability):
    return (1 + FACTOR * days / stability) ** -DECAY


class Recount:
    """Everything about one export. target: the day of the interview."""

    def __init__(self, export, library, day, target):
        self.export, self.library, self.day, self.target = export, library, day, target
        gone = {row["review"] for row in export["retraction"]}
        self.kept = sorted(
            (row for row in export["review"] if row["id"] not in gone),
            key=lambda row: (row["at"], row["id"]),
        )
        self.marks = defaultdict(dict)
        for row in export["point_mark"]:
            self.marks[row["review"]][row["point"]] = bool(row["hit"])
        self.by_item = defaultdict(list)
        for row in self.kept:
            key = library.current(row["item"])
            if key in library.items:
                self.by_item[key].append(row)

    def below(self, topic):
        return [i for i in self.library.items.values() if f"{i.topic}/".startswith(f"{topic}/")]

    def rows(self, topic):
        return [row for item in self.below(topic) for row in self.by_item[item.key]]

    # Memory

    def memory(self, key, until):
        """Return stability, day and whether it was ever missed, at the end of a day."""
        rows = [row for row in self.by_item[key] if row["day"] <= until]
        if not rows:
            return None
        days = [row["day"] for row in rows]
        gaps = [0, *(b - a for a, b in pairwise(days))]
        item = FSRSItem([FSRSReview(r["rating"], g) for r, g in zip(rows, gaps, strict=True)])
        missed = any(row["rating"] == AGAIN for row in rows)
        return MODEL.memory_state(item).stability, days[-1], missed

    def prior(self, field, until):
        first = [
            (self.library.items[key].field, rows[0]["rating"] > AGAIN)
            for key, rows in self.by_item.items()
            if rows and rows[0]["day"] <= until
        ]
        overall = (6 * 0.35 + sum(right for _, right in first)) / (6 + len(first))
        own = [right for name, right in first if name == field]
        return (6 * overall + sum(own)) / (6 + len(own))

    def expected(self, item, on, until):
        found, prior = self.memory(item.key, until), self.prior(item.field, until)
        if found is None:
            return prior
        stability, day, missed = found
        chance = recall(on - day, stability)
        return chance if missed else max(chance, prior)

    def readiness(self, on, until, topic=""):
        items = self.below(topic) if topic else list(self.library.items.values())
        whole = sum(i.weight * i.minutes for i in items)
        return sum(i.weight * i.minutes * self.expected(i, on, until) for i in items) / whole

    def repeats(self, key):
        """Return each answer on a later day than the one before, with the one before."""
        rows = self.by_item[key]
        return [(a, b) for a, b in pairwise(rows) if b["day"] > a["day"]]

    # Figures

    def topic(self, topic):
        items, rows = self.below(topic), self.rows(topic)
        repeats = [b for item in items for _, b in self.repeats(item.key)]
        covered = [row["coverage"] for row in rows if row["coverage"] is not None]
        paces = [
            row["seconds"] / (60 * item.minutes)
            for item in items
            for row in self.by_item[item.key]
            if row["seconds"] is not None
        ]
        memories = [m for item in items if (m := self.memory(item.key, self.day))]
        whole = sum(i.weight * i.minutes for i in self.library.items.values())
        lost = sum(
            i.weight * i.minutes * (1 - self.expected(i, self.target, self.day)) for i in items
        )
        return {
            "items": len(items),
            "seen": len(memories),
            "answers": len(rows),
            "right": sum(row["rating"] > AGAIN for row in repeats),
            "asked": len(repeats),
            "retrievability": statistics.fmean(recall(self.day - d, s) for s, d, _ in memories),
            "expected": self.readiness(self.target, self.day, topic),
            "before": self.readiness(self.target, self.day - 28, topic),
            "cost": 100 * lost / whole,
            "coverage": statistics.fmean(covered) if covered else None,
            "covered": len(covered),
            "pace": statistics.median(paces),
            "timed": len(paces),
            "sure": sum(row["confidence"] == SURE for row in rows),
            "sure_and_wrong": sum(
                row["confidence"] == SURE and row["rating"] == AGAIN for row in rows
            ),
        }

    def trials(self):
        """Return expected recall and outcome of each first answer, and of each on a later day."""
        found = []
        for key, rows in self.by_item.items():
            if not rows:
                continue
            item, first = self.library.items[key], rows[0]
            found.append((self.prior(item.field, first["day"] - 1), first["rating"] > AGAIN))
            for a, b in self.repeats(key):
                found.append((self.expected(item, b["day"], a["day"]) if self.missed(key, a)
                              else max(recall(b["day"] - a["day"], self.memory(key, a["day"])[0]),
                                       self.prior(item.field, b["day"] - 1)),
                              b["rating"] > AGAIN))  # fmt: skip
        return found

    def missed(self, key, until):
        rows = self.by_item[key]
        return any(row["rating"] == AGAIN for row in rows[: rows.index(until) + 1])

    def log_loss(self, trials):
        return -statistics.fmean(math.log(p if right else 1 - p) for p, right in trials)

    def days(self):
        found = defaultdict(lambda: [0, 0, 0.0])
        for row in self.kept:
            item = self.library.items.get(self.library.current(row["item"]))
            box = item.minutes if item else 1
            counts = found[date.fromordinal(row["day"]).isoformat()]
            counts[0] += 1
            counts[1] += row["rating"] == AGAIN
            counts[2] += box if row["seconds"] is None else row["seconds"] / 60
        return dict(found)

    def confidence(self):
        found = defaultdict(lambda: [0, 0])
        for key, rows in self.by_item.items():
            for row in rows:
                if row["confidence"] is not None:
                    counts = found[self.library.items[key].field, row["confidence"]]
                    counts[0] += 1
                    counts[1] += row["rating"] > AGAIN
        return {key: tuple(counts) for key, counts in found.items()}

    def points(self):
        """Return (missed, said) of each point that was missed at least twice."""
        found = defaultdict(lambda: [0, 0])
        for key, rows in self.by_item.items():
            for row in rows:
                for point, hit in self.marks[row["id"]].items():
                    found[key, point][hit] += 1
        return {key: tuple(counts) for key, counts in found.items() if counts[0] >= 2}
