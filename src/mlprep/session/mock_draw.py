"""Draws the questions of a mock interview: weak ones rather, and not those of the last mocks."""

from collections.abc import Sequence
from random import Random

from mlprep.core.formats import Draw, Format
from mlprep.core.interview import Part
from mlprep.core.question import Item
from mlprep.core.rubric import Level
from mlprep.errors import MlprepError
from mlprep.session.study import Study

RECENT_MOCKS = 3  # whose questions are drawn again only where nothing else is left
EVEN_IF_KNOWN = 0.05  # what a question that is sure to be recalled still weighs in a draw


def draw_parts(
    study: Study, script: Format, level: Level, seed: int, question: str = "", again: bool = False
) -> list[Part]:
    """Return the parts of an interview. Raises MlprepError where a section finds nothing.

    question: of the first section, instead of a draw. again: whatever was seen or learned since.
    """
    rng = Random(seed)
    recent = frozenset() if again else _recent_items(study)
    taken: set[str] = set()
    parts: list[Part] = []
    for section in script.sections:
        if section.draw is None:
            parts.append(Part("", section.title, section.minutes, scored=False))
            continue
        draw = section.draw
        if question and not taken:
            draw = draw._replace(question=question, number=1)
        chosen = _draw(study, draw, level, rng, recent, taken, again)
        if not chosen:
            raise MlprepError(f"format '{script.id}': section '{section.title}' finds no question;"
                              " mlprep bank list shows what there is")  # fmt: skip
        taken |= {item.question for item in chosen}
        whole = sum(item.minutes for item in chosen)
        for item in chosen:
            title = study.library.question(item.key).title or section.title
            minutes = round(item.minutes * section.minutes / whole, 2)
            parts.append(Part(item.key, title, minutes, rng.getrandbits(32), section.scored))
    return parts


def _recent_items(study: Study) -> frozenset[str]:
    states = study.store.session_states("mock")[-RECENT_MOCKS:]
    current = study.library.current
    return frozenset(current(p["item"]) for _, state in states for p in state.get("parts", ()))


def _draw(
    study: Study,
    draw: Draw,
    level: Level,
    rng: Random,
    recent: frozenset[str],
    taken: set[str],
    again: bool,
) -> list[Item]:
    """Return the items of a section: weak ones rather, seen in the last mocks only if need be."""
    if draw.question:
        return [item for item in study.library.find(draw.question) if item.question not in taken]
    groups: dict[str, list[Item]] = {}
    for item in study.library.items.values():
        if draw.lets(item) and item.level <= level and item.question not in taken:
            groups.setdefault(item.question, []).append(item)
    chosen: list[Item] = []
    for _ in range(draw.number):
        if not groups:
            break
        fresh = [key for key, items in groups.items() if items[0].key not in recent]
        keys = fresh or list(groups)
        weights = [groups[key][0].weight if again else _need(study, groups[key]) for key in keys]
        key = rng.choices(keys, weights)[0]
        chosen += groups.pop(key)
    return chosen


def _need(study: Study, items: Sequence[Item]) -> float:
    recalls = [study.learner.expected_recall(item, study.day) for item in items]
    return items[0].weight * (1 + EVEN_IF_KNOWN - sum(recalls) / len(recalls))
