"""What a bare `mlprep` offers of mocks."""

from mlprep.core.days import moment
from mlprep.session.mock import KEPT_OPEN_MS
from mlprep.session.mock_state import ENDED, RUNNING, MockState
from mlprep.session.study import Study
from mlprep.terminal.lines import Line
from mlprep.terminal.parts import clock_text
from mlprep.terminal.rows import command


def mock_offer(study: Study, most: int) -> Line:
    """Return the command to run next about mocks: an open one first, the last one's verdict."""
    found = [MockState.from_plain(s) for _, s in study.store.session_states("mock") if "parts" in s]
    last = found[-1] if found else None
    if last is not None and last.stage == RUNNING and study.now_ms - last.beat <= KEPT_OPEN_MS:
        left = sum(part.minutes * 60 - part.spent for part in last.parts)
        said = f"open, {clock_text(max(0, left))} left since {moment(last.beat):%H:%M}"
        return command("mlprep mock --resume", said, min(most, 90))
    if last is not None and last.stage == ENDED:
        return command("mlprep mock --score", "tick the last mock", min(most, 90))
    scored = next((s for s in reversed(found) if s.card), None)
    about = f"last one: {scored.card['verdict']}" if scored and scored.card else "45 min"
    return command("mlprep mock", f"a mock interview, {about}", min(most, 90))
