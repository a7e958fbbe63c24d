"""The mechanical half of a reviewer's check-list: warnings of `bank check --strict`."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from mlprep.core import schema
from mlprep.core.bank import BankFile, Entry
from mlprep.core.checks import judged_parts
from mlprep.core.estimate import equation_numbers
from mlprep.core.library import Source
from mlprep.core.mistake import Mistake
from mlprep.core.question import BankHead
from mlprep.core.rubric import Point, earned
from mlprep.core.text import count, one_line

MOST_ANSWER_WORDS = 250
MOST_POINT_WORDS = 20
LEAST_POINTS, MOST_POINTS = 3, 7
SAME_PROMPT = 0.85  # of SequenceMatcher's ratio over words
LEAST_LEVEL_SHARE = 0.25
MANY_QUESTIONS = 40  # from so many on the shares of levels mean something
_VAGUE = re.compile(r"(discuss|consider|mention|understand|explain)(s|es|ed|ing)?\b", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\w.-])(\$\s?\d|\d[\d,.]*\s?(%|[kMGTP]i?B\b|TFLOP|ms\b|times\b)|\d{3,})")


def lint_file(bank: BankFile, known_tags: Iterable[str]) -> list[Mistake]:
    """Return the warnings about one file. known_tags: those that need no second question."""
    tags = Counter(tag for entry in bank.entries for tag in entry.mapping.get("tags", ()))
    known = {tag for tag, number in tags.items() if number > 1} | set(known_tags)
    found: list[Mistake] = []
    for entry in bank.entries:
        texts = list(_question(entry.mapping, known))
        found += [_warning(entry, text) for text in texts]
    found += _lengths(bank)
    return found


def lint_set(
    banks: Sequence[tuple[Source, BankFile]], named: Collection[str] = ()
) -> list[tuple[Source, Mistake]]:
    """Return the warnings that only all banks together show: near-duplicates, shares of levels.

    named: paths of the only files that are asked for.
    """
    found = list(_near_duplicates(banks, named))
    levels = Counter(
        entry.mapping.get("level") or bank.head.get("level") or BankHead("").level
        for _, bank in banks
        for entry in bank.entries
    )
    total = sum(levels.values())
    for level in schema.LEVELS:
        if total >= MANY_QUESTIONS and levels[level] < LEAST_LEVEL_SHARE * total:
            text = f"only {levels[level]} of {total} questions over all banks are for level {level}"
            found.append((banks[0][0], Mistake(1, 1, text, warning=True)))
    return found


def _warning(entry: Entry, text: str) -> Mistake:
    return Mistake(*entry.place, f"question '{entry.mapping['id']}': {text}", warning=True)


def _question(mapping: Mapping[str, Any], known_tags: set[str]) -> Iterator[str]:
    """Yield what a reviewer would say of one question."""
    if not mapping.get("sources") and mapping["kind"] != "estimate" and _has_figure(mapping):
        yield "a figure in its answer, but no 'sources'"
    for part, path in judged_parts(dict(mapping)):
        where = f"phase '{part.get('id', 'change')}': " if path else ""
        prompt = part.get("ask") or part.get("say") or mapping["prompt"]
        for text in (*_rubric(part, prompt), *_answer(part)):
            yield where + text
    if mapping["kind"] == "choice" and not all(o.get("why") for o in mapping["options"]):
        yield "an option without 'why'"
    if mapping["kind"] == "estimate" and "{answer}" not in mapping.get("solution", ""):
        yield "a 'solution' without {answer}"
    for tag in mapping.get("tags", ()):
        if tag not in known_tags:
            yield f"no other question has tag '{tag}'"
    if not mapping.get("tags"):
        yield "no 'tags'"


def _rubric(part: Mapping[str, Any], prompt: str) -> Iterator[str]:
    points = part.get("rubric", ())
    if points and not LEAST_POINTS <= len(points) <= MOST_POINTS:
        yield f"{count(len(points), 'point')}; {LEAST_POINTS} to {MOST_POINTS} can be judged"
    for point in points:
        text = point["point"]
        if len(text.split()) > MOST_POINT_WORDS:
            words = len(text.split())
            yield f"a point of {words} words; at most {MOST_POINT_WORDS}: '{one_line(text, 40)}'"
        if vague := _VAGUE.match(text):
            yield f"a point that starts with '{vague[0]}': say what a listener can tick"
        for cue in point.get("cues", ()):
            if earned(Point("", "", (cue,)), prompt):
                yield f"the cue '{one_line(cue, 40)}' stands in the prompt"


def _answer(part: Mapping[str, Any]) -> Iterator[str]:
    answer = part.get("answer", "")
    words = len(answer.split())
    if words > MOST_ANSWER_WORDS:
        yield f"an answer of {words} words; at most {MOST_ANSWER_WORDS}"
    shown = " ".join([answer, part.get("solution", ""),
                      *(o.get("why", "") for o in part.get("options", ()))])  # fmt: skip
    for equation in part.get("arithmetic", ()):
        for number in equation_numbers(equation):
            if _squeezed(number) not in _squeezed(shown):
                yield f"'{number}' of its arithmetic does not stand in the answer"


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,`*]", "", text).lower()


def _has_figure(mapping: Mapping[str, Any]) -> bool:
    for part, _ in judged_parts(dict(mapping)):
        if part.get("sources") or part.get("arithmetic"):
            continue
        texts = [part.get("answer", ""), *(p["point"] for p in part.get("rubric", ())),
                 *(o.get("why", "") for o in part.get("options", ()))]  # fmt: skip
        if any(_FIGURE.search(text) for text in texts):
            return True
    return False


def _lengths(bank: BankFile) -> Iterator[Mistake]:
    """Yield a warning where the right option is given away by its length in over half a bank."""
    choices = [entry for entry in bank.entries if entry.mapping["kind"] == "choice"]
    long = [entry for entry in choices if _right_is_longest(entry.mapping["options"])]
    if len(choices) >= 4 and len(long) > len(choices) / 2:
        text = "the right option is the longest by 1.5 times here and in"
        yield _warning(long[0], f"{text} {len(long) - 1} more of {len(choices)} choice questions")


def _right_is_longest(options: Sequence[Mapping[str, Any]]) -> bool:
    right = [len(o["text"]) for o in options if o.get("correct")]
    wrong = [len(o["text"]) for o in options if not o.get("correct")]
    return bool(right and wrong) and max(right) >= 1.5 * max(wrong)


def _near_duplicates(
    banks: Sequence[tuple[Source, BankFile]], named: Collection[str]
) -> Iterator[tuple[Source, Mistake]]:
    prompts = [
        (source, entry, entry.mapping["prompt"].lower().split())
        for source, bank in banks
        for entry in bank.entries
    ]
    for index, (source, entry, words) in enumerate(prompts):
        if named and source.path not in named:
            continue
        for other_source, other, other_words in prompts[:index]:
            total = len(words) + len(other_words)
            if 2 * min(len(words), len(other_words)) < SAME_PROMPT * total:
                continue
            if _key(source, entry) == _key(other_source, other):
                continue  # a user's question in the place of the built-in one
            matcher = SequenceMatcher(None, words, other_words, autojunk=False)
            if matcher.quick_ratio() >= SAME_PROMPT and matcher.ratio() >= SAME_PROMPT:
                line, column = other.place
                where = f"{other_source.origin}:{line}:{column}"
                yield source, _warning(entry, f"its prompt is nearly that of {where}")


def _key(source: Source, entry: Entry) -> tuple[str, str]:
    return source.head["bank"], entry.mapping["id"]
