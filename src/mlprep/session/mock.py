"""The steps of a mock interview, without a terminal. All of its state is on disk at every beat.

What comes after its last word, ticks and scorecard, is in mock_scoring.py.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from uuid import uuid4

from mlprep.core.days import millis, moment
from mlprep.core.formats import Format
from mlprep.core.interview import Part, next_follow_up, questions_in, reply
from mlprep.core.library import Library
from mlprep.core.question import Case, Fact
from mlprep.core.rubric import Level, earned
from mlprep.errors import MlprepError
from mlprep.session.ask import Ask, draw_ask
from mlprep.session.mock_draw import draw_parts
from mlprep.session.mock_state import ABANDONED, ENDED, GIVEN, RUNNING, SCORED, MockState
from mlprep.session.study import Study
from mlprep.storage.store import Store

KEPT_OPEN_MS = 24 * 3600 * 1000  # without an answer for so long, a mock is closed as abandoned
LEAST_FOR_FOLLOW_UP = 0.15  # of a part's time must be left for one


class TakenOverError(MlprepError):
    """Another terminal has gone on with the interview; what it keeps must not be overwritten."""

    def __init__(self) -> None:
        super().__init__("this mock goes on in another terminal;"
                         " mlprep mock --resume brings it back here")  # fmt: skip


class Mock:
    """One interview, from its first prompt to its scorecard."""

    def __init__(self, store: Store, library: Library, state: MockState) -> None:
        self.store = store
        self.library = library
        self.state = state

    @property
    def part(self) -> Part:
        """Return the part that is running."""
        return self.state.parts[self.state.position]

    def find(self, position: int) -> Ask | None:
        """Return the question of a part as it was drawn; None in a break, or where it is gone."""
        part = self.state.parts[position]
        item = self.library.items.get(self.library.current(part.item)) if part.item else None
        if item is None:
            return None
        question = self.library.question(item.key)
        return _told(draw_ask(item, question, seed=part.seed, level=self.state.level))

    def ask(self, position: int | None = None) -> Ask:
        """Return the question of a part as it was drawn. Raises MlprepError where it is gone."""
        at = self.state.position if position is None else position
        ask = self.find(at)
        if ask is None:
            raise MlprepError(f"question '{self.state.parts[at].item}' is in no bank any more;"
                              " mlprep mock --show tells what was said")  # fmt: skip
        return ask

    def asked(self, position: int) -> list[str]:
        """Return what the interviewer asked in a part: the prompt, then each follow-up."""
        ask = self.find(position)
        if ask is None:
            return ["(a question that is in no bank any more)"]
        probes = ask.question.follow_ups
        known = [n for n in self.state.parts[position].follow_ups if n < len(probes)]
        return [ask.question.prompt, *(probes[n].ask for n in known)]

    def case(self, position: int | None = None) -> Case | None:
        """Return the case that a part belongs to, if any."""
        ask = self.find(self.state.position if position is None else position)
        return ask.question.case if ask else None

    def opens_case(self, position: int) -> bool:
        """Return whether a part is the first of its case."""
        before = self.state.parts[position - 1].item if position else ""
        item = self.state.parts[position].item
        return self.case(position) is not None and _question(item) != _question(before)

    def told(self, position: int | None = None) -> list[Fact]:
        """Return the facts that were told in a part's case so far."""
        at = self.state.position if position is None else position
        key = _question(self.state.parts[at].item)
        case = self.case(at)
        told = {n for part in self.state.parts if _question(part.item) == key for n in part.told}
        return [fact for n, fact in enumerate(case.facts if case else ()) if n in told]

    @property
    def left(self) -> float:
        """Return the seconds left of the running part."""
        return self.part.minutes * 60 - self.part.spent

    @property
    def left_in_all(self) -> float:
        """Return the seconds left of the whole interview."""
        return sum(part.minutes * 60 - part.spent for part in self.state.parts)

    def write(self, text: str, seconds: float, now: datetime) -> None:
        """Keep what is typed and how long it took; the facts that it asked for count as told."""
        part = self.part
        told = set(part.told)
        if part.item:
            facts = self.facts()
            found = (reply(facts, question) for question in questions_in(text))
            told |= {index for index in found if index is not None}
        self.change(
            part._replace(
                answers=(*part.answers[:-1], text),
                told=tuple(sorted(told)),
                spent=round(part.spent + seconds, 2),
            ),
            now,
        )

    def facts(self) -> Sequence[Fact]:
        """Return the facts of the case that is running."""
        case = self.case()
        return case.facts if case else ()

    def pause(self, seconds: float, now: datetime) -> None:
        """Record a pause."""
        self.change(self.part._replace(paused=round(self.part.paused + seconds, 2)), now)

    def advance(self, now: datetime) -> str:
        """Go on: `follow-up` was asked, `part` begins, or it is the `end`."""
        part = self.part
        follow_up = self._follow_up() if part.item else None
        if follow_up is not None:
            self.change(
                part._replace(
                    follow_ups=(*part.follow_ups, follow_up), answers=(*part.answers, "")
                ),
                now,
            )
            return "follow-up"
        if self.state.position + 1 < len(self.state.parts):
            self.keep(self.state._replace(position=self.state.position + 1), now)
            return "part"
        self.end(now)
        return "end"

    def _follow_up(self) -> int | None:
        part = self.part
        if part.follow_ups or self.left < LEAST_FOR_FOLLOW_UP * part.minutes * 60:
            return None
        ask = self.find(self.state.position)
        if ask is None:
            return None
        question = ask.question
        missing = [p.key for p in question.rubric if not earned(p, part.text)]
        return next_follow_up(question.follow_ups, part.follow_ups, missing)

    def end(self, now: datetime) -> None:
        """Close the interview; its points can be ticked now or later."""
        self.keep(self.state._replace(stage=ENDED), now)
        self.store.end_session(self.state.session, millis(now))

    # Keeping

    def change(self, part: Part, now: datetime, position: int | None = None) -> None:
        """Put a part, the running one without a position, in the place of what it was."""
        at = self.state.position if position is None else position
        parts = (*self.state.parts[:at], part, *self.state.parts[at + 1 :])
        self.keep(self.state._replace(parts=parts), now)

    def keep(self, state: MockState, now: datetime) -> None:
        """Put a state on disk. Raises TakenOverError where another terminal went on with it."""
        with self.store.changing():
            if self.store.session_state(state.session).get("holder", "") != state.holder:
                raise TakenOverError
            self._put(state, now)

    def claim(self, now: datetime) -> None:
        """Go on from what is on disk, here and nowhere else."""
        with self.store.changing():
            kept = MockState.from_plain(self.store.session_state(self.state.session))
            self._put(kept._replace(holder=str(uuid4())), now)

    def _put(self, state: MockState, now: datetime) -> None:
        self.state = state._replace(beat=millis(now))
        self.store.keep_session_state(self.state.session, self.state.to_plain())


def _told(ask: Ask) -> Ask:
    """Return a question whose model answer names what is right, also where letters answer it."""
    question = ask.question
    if question.options and question.correct:
        right = [
            f"{ask.letter_of(n)}: {question.options[n].text}" for n in sorted(question.correct)
        ]
    else:
        right = [f"{ask.letter_of(n)}: {step}" for n, step in enumerate(question.steps)]
    rows = "\n".join(f"- {row}" for row in right)
    answer = "\n\n".join(text for text in (rows, question.answer) if text)
    return ask._replace(question=question._replace(answer=answer))


def _question(item: str) -> str:
    """Return the key of a case from that of its phase; another key as it is."""
    return item.rpartition("/")[0] if item.count("/") == 2 else item


# Beginning and going on


def start_mock(
    study: Study,
    script: Format,
    level: Level,
    now: datetime,
    *,
    seed: int,
    again: bool = False,
    question: str = "",
    aloud: bool = False,
    time_scale: float = 1,
    with_friend: bool = False,
) -> Mock:
    """Draw an interview and begin it.

    again: as this seed draws it whatever was seen or learned since. question: of the first
    section, instead of a draw. with_friend: who will give it; it waits for
    the filled form.
    """
    parts = draw_parts(study, script, level, seed, question, again)
    session = str(uuid4())
    state = MockState(
        session, script.id, script.title, level, seed, tuple(parts), aloud=aloud,
        time_scale=time_scale, started=millis(now),
        stage=GIVEN if with_friend else RUNNING,
    )  # fmt: skip
    mock = Mock(study.store, study.library, state)
    with study.store.changing():
        study.store.start_session(session, "mock", millis(now), script.id)
        mock.keep(state, now)
    return mock


def mocks(store: Store, library: Library) -> list[Mock]:
    """Return every mock that was begun, the first one first."""
    return [
        Mock(store, library, MockState.from_plain(state))
        for _, state in store.session_states("mock")
        if state.get("parts")
    ]


def open_mock(store: Store, library: Library, now: datetime) -> Mock | None:
    """Return the latest mock that was broken off, if any; those that are too old are closed."""
    found = None
    for mock in mocks(store, library):
        if mock.state.stage != RUNNING:
            continue
        if millis(now) - mock.state.beat <= KEPT_OPEN_MS:
            found = mock
            continue
        beat = mock.state.beat
        mock.keep(mock.state._replace(stage=ABANDONED), moment(beat))
        store.end_session(mock.state.session, beat)
    return found


def before(mock: Mock, others: Sequence[Mock]) -> Mock | None:
    """Return the scored mock of the same case that came before."""
    earlier = takewhile(lambda other: other.state.session != mock.state.session, others)
    same = [
        other
        for other in earlier
        if other.state.stage == SCORED and other.state.case == mock.state.case
    ]
    return same[-1] if same else None
