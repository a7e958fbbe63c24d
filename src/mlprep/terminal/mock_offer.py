"""What a bare `mlprep` offers of mocks."""

from mlprep.core.days import moment
from mlprep.session.mock import KEPT_OPEN_MS
from mlprep.session.mock_state import ENDED, RUNNING, MockState
from mlprep.session.study import Study
from mlprep.terminal.lines import Line
from mlprep.terminal.parts import clock_text
from mlprep.terminal.rows import command

MOST_COLUMNS = 90


def mock_waiting(study: Study, most: int) -> Line | None:
    """Return the command for a mock that is open, or to be ticked; None where none is."""
    for state in reversed(_states(study)):
        if state.stage == RUNNING and study.now_ms - state.beat <= KEPT_OPEN_MS:
            left = sum(part.minutes * 60 - part.spent for part in state.parts)
            said = f"open, {clock_text(max(0, left))} left since {moment(state.beat):%H:%M}"
            return command("mlprep mock --resume", said, min(most, MOST_COLUMNS))
        if state.stage == ENDED:
            return command("mlprep mock --score", "tick the last mock", min(most, MOST_COLUMNS))
    return None


def mock_offer(study: Study, most: int) -> Line:
    """Return the command for a new mock, with the verdict on the last one."""
    card = next((state.card for state in reversed(_states(study)) if state.card), None)
    about = f"last one: {card['verdict']}" if card else "45 min"
    return command("mlprep mock", f"a mock interview, {about}", min(most, MOST_COLUMNS))


def _states(study: Study) -> list[MockState]:
    states = study.store.session_states("mock")
    return [MockState.from_plain(state) for _, state in states if state.get("parts")]
