"""All banks together: overlays, former ids, what must come first; checked on the whole set."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mlprep.core.mistake import Mistake
from mlprep.core.question import BankHead, Item, Question
from mlprep.core.rubric import Level
from mlprep.core.text import count, did_you_mean, one_line
from mlprep.errors import MlprepError

OWN_WEIGHT = 2  # of a user's bank that names none, so that own questions do not drown


class Source(NamedTuple):
    """One bank file as far as scheduling needs it; plain data, so that it can be cached.

    entries: of each question {id, place, places, items}, where items are its item heads.
    """

    path: str  # absolute
    origin: str  # the path as the user would open it
    own: bool  # from the user's bank folder
    head: dict[str, Any]
    entries: list[dict[str, Any]]
    mistakes: list[Mistake]  # of this file, then across banks
    left_out: int = 0
    broken: bool = False


Body = Callable[[Source, int], Mapping[str, Any]]  # file and position to a question's plain data


class _Home(NamedTuple):
    """Where a question stands."""

    source: Source
    position: int
    items: tuple[str, ...]

    @property
    def entry(self) -> dict[str, Any]:
        return self.source.entries[self.position]

    def at(self) -> str:
        line, column = self.place()
        return f"{self.source.origin}:{line}:{column}"

    def place(self, key: str = "", index: int = 0) -> tuple[int, int]:
        places = self.entry["places"].get(key) or [self.entry["place"]]
        line, column = places[index]
        return line, column

    def say(self, text: str, key: str = "", index: int = 0) -> None:
        self.source.mistakes.append(Mistake(*self.place(key, index), text))


class Library:
    """The items of all banks in bank order, their questions on demand, and former keys."""

    def __init__(self, sources: Sequence[Source], body: Body) -> None:
        self.sources = sources
        self.heads: dict[str, BankHead] = {}
        self.items: dict[str, Item] = {}
        self._body = body
        self._homes: dict[str, _Home] = {}
        self._doubles = Counter[str]()  # by path: questions that another file has already
        self._renamed: dict[str, str] = {}
        for source in sources:
            if not source.broken:
                self._add(source)
        firsts = self._required()
        for key, home in self._homes.items():
            self._build_items(key, home, firsts[key])
        self._rename()

    def _add(self, source: Source) -> None:
        bank = source.head["bank"]
        if bank not in self.heads:
            if "title" not in source.head:
                source.mistakes.append(
                    Mistake(1, 1, f"bank '{bank}' has no 'title' in its first file; add it")
                )
            self.heads[bank] = _head(source, BankHead(bank, bank))
        for position, entry in enumerate(source.entries):
            key = f"{bank}/{entry['id']}"
            home = _Home(source, position, _item_keys(key, entry["items"]))
            other = self._homes.get(key)
            if other is not None and other.source.own == source.own:
                self._doubles[source.path] += 1
                home.say(
                    f"question '{entry['id']}' stands already at {other.at()};"
                    " give one of them another id"
                )
            else:  # an own question stands in the place of the built-in one
                self._homes[key] = home

    def _required(self) -> dict[str, tuple[str, ...]]:
        """Return the questions that each question requires, without unknown ones and cycles."""
        firsts: dict[str, tuple[str, ...]] = {}
        for key, home in self._homes.items():
            known = []
            for index, name in enumerate(home.entry["items"][0].get("requires", ())):
                first = _full(name, key)
                if first in self._homes:
                    known.append(first)
                else:
                    near = did_you_mean(first, self._homes)
                    text = f"'requires' names no question: '{one_line(name, 80)}'{near}"
                    home.say(text, "requires", index)
            firsts[key] = tuple(known)
        for key in _in_cycles(firsts):
            self._homes[key].say(
                "'requires' leads back to this question; remove one of the links", "requires"
            )
            firsts[key] = ()
        return firsts

    def _build_items(self, key: str, home: _Home, firsts: tuple[str, ...]) -> None:
        head = _head(home.source, self.heads[home.source.head["bank"]])
        requires = tuple(item for first in firsts for item in self._homes[first].items)
        for item, light in zip(home.items, home.entry["items"], strict=True):
            self.items[item] = _item(item, key, light, head, requires)
            requires = (item,)  # phase n waits for phase n-1

    def _rename(self) -> None:
        for key, home in self._homes.items():
            for index, name in enumerate(home.entry["items"][0].get("formerly", ())):
                old = _full(name, key)
                if old in self._homes:
                    text = f"names a question that exists: '{old}'; its history is its own"
                elif self._renamed.get(old, key) != key:
                    text = f"names '{old}', which {self._renamed[old]} claims too; remove one"
                else:
                    self._renamed[old] = key
                    continue
                home.say(f"'formerly' {text}", "formerly", index)

    def current(self, key: str) -> str:
        """Return today's key of an item that may have been renamed."""
        if key in self.items or key in self._renamed:
            return self._renamed.get(key, key)
        question, _, phase = key.rpartition("/")
        return f"{self._renamed[question]}/{phase}" if question in self._renamed else key

    def names(self, key: str) -> list[str]:
        """Return an item's key and its former ones: what its reviews may be written with."""
        question = self.items[key].question
        former = [old for old, new in self._renamed.items() if new == question]
        return [key, *(old + key[len(question) :] for old in former)]

    def question(self, item: str) -> Question:
        """Return what is asked for an item. item: an item key that exists."""
        home = self._homes[self.items[item].question]
        head = _head(home.source, self.heads[home.source.head["bank"]])
        return Question.from_mapping(self._body(home.source, home.position), head).part(item)

    def entry(self, item: str) -> tuple[Source, int]:
        """Return the file and the line in which an item's question stands."""
        home = self._homes[self.items[item].question]
        return home.source, home.place()[0]

    def find(self, key: str) -> list[Item]:
        """Return the items that a user names: an item, or all parts of a question.

        Raises MlprepError where there is none, with the nearest key.
        """
        key = self.current(key)
        if key in self.items:
            return [self.items[key]]
        found = [item for item in self.items.values() if item.question == key]
        if not found:
            by_name = [i for i in self.items.values() if i.question.partition("/")[2] == key]
            questions = sorted({item.question for item in by_name})
            if len(questions) == 1:
                return by_name
            if questions:
                raise MlprepError(
                    f"'{key}' stands in several banks; write {' or '.join(questions)}"
                )
            keys = [*self.items, *self._homes, *(item.name for item in self.items.values())]
            near = did_you_mean(key, keys) or "; mlprep bank list shows all"
            raise MlprepError(f"no question '{one_line(key, 80)}'{near}")
        return found

    def topics(self) -> list[str]:
        """Return every topic and every topic above it, in bank order."""
        found: dict[str, None] = {}
        for item in self.items.values():
            parts = item.topic.split("/")
            for end in range(1, len(parts) + 1):
                found["/".join(parts[:end])] = None
        return list(found)

    def left_out(self) -> list[str]:
        """Return a line for each file of which something is left out."""
        lines = []
        for source in self.sources:
            if source.broken:
                lines.append(f"{source.origin}: left out; mlprep bank check")
            elif number := source.left_out + self._doubles[source.path]:
                questions = count(number, "question")
                lines.append(f"{source.origin}: {questions} left out; mlprep bank check")
        return lines


def _head(source: Source, first: BankHead) -> BankHead:
    """Return a file's head, with what it does not say taken from the bank's first file."""
    head = source.head
    return BankHead(
        id=first.id,
        title=head.get("title") or first.title,
        topic=head.get("topic") or first.topic,
        level=head.get("level") or first.level,
        weight=head.get("weight") or (OWN_WEIGHT if source.own else 1),
        dimension=head.get("dimension") or first.dimension,
    )


def _item_keys(key: str, items: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(f"{key}/{item['phase']}" if "phase" in item else key for item in items)


def _item(
    key: str, question: str, light: Mapping[str, Any], head: BankHead, requires: tuple[str, ...]
) -> Item:
    return Item(
        key=key,
        question=question,
        kind=light["kind"],
        topic=head.topic_of(light.get("topic")),
        level=Level.of(light.get("level") or head.level),
        weight=light.get("weight") or head.weight,
        minutes=light["minutes"],
        dimension=light.get("dimension") or head.dimension,
        tags=tuple(light.get("tags", ())),
        requires=requires,
    )


def _full(name: str, key: str) -> str:
    return name if "/" in name else f"{key.partition('/')[0]}/{name}"


def _in_cycles(links: Mapping[str, Sequence[str]]) -> list[str]:
    """Return one key of each cycle: the one whose link closes it."""
    done: set[str] = set()
    closing: list[str] = []
    for start in links:
        path: list[str] = []
        stack = [(start, 0)]
        while stack:
            key, index = stack.pop()
            if index == 0:
                if key in done:
                    continue
                path.append(key)
            if index < len(links[key]):
                stack.append((key, index + 1))
                below = links[key][index]
                if below in path:
                    if key not in closing:
                        closing.append(key)
                elif below not in done:
                    stack.append((below, 0))
            else:
                path.pop()
                done.add(key)
    return closing
