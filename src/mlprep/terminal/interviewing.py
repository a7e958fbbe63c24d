"""A mock from its first prompt to its scorecard, on a terminal or line by line."""

from mlprep.core.library import Library
from mlprep.session.mock import Mock, before, mocks
from mlprep.session.mock_scoring import Scoring
from mlprep.storage.store import Store
from mlprep.terminal import clock
from mlprep.terminal.lines import columns, show
from mlprep.terminal.mock_card import card_lines

MINUTES_PER_TICKED_PART = 1


def run_mock(
    mock: Mock, store: Store, library: Library, *, resumed: bool, interactive: bool
) -> None:
    """Run an interview to its end, then tick it; each can be left and gone on with later.

    Raises KeyboardInterrupt on ^C; everything is kept.
    """
    mock.claim(clock.now())
    try:
        ended = _interview(mock, store, resumed=resumed, interactive=interactive)
    except KeyboardInterrupt:
        print()
        _say_kept(mock)
        raise
    if not ended:
        _say_kept(mock)
        return
    score_mock(mock, store, library, interactive=interactive, ask=True)


def _interview(mock: Mock, store: Store, *, resumed: bool, interactive: bool) -> bool:
    if interactive:
        from mlprep.terminal.mocking import MockSitting

        vi = store.settings().get("keys") == "vi"
        return MockSitting(mock, resumed=resumed, vi=vi).run()
    from mlprep.terminal.plain_mock import PlainMock

    return PlainMock(mock).interview(resumed=resumed)


def _say_kept(mock: Mock) -> None:
    left = max(0.0, mock.left_in_all) / 60
    show([[("", f" Mock kept, {left:.0f} min left.  "), ("accent", "mlprep mock --resume")]])


def score_mock(
    mock: Mock, store: Store, library: Library, *, interactive: bool, ask: bool = False
) -> None:
    """Tick what is to be ticked and show the scorecard. ask: whether to do it now."""
    scoring = Scoring(mock)
    waiting = sum(scoring.measured(position) is None for position in scoring.waiting())
    if interactive:
        from mlprep.terminal.mock_ticking import Ticking

        if ask and waiting and not _now(waiting * MINUTES_PER_TICKED_PART):
            show([[("", " Mock kept.  "), ("accent", "mlprep mock --score")]])
            return
        mock.claim(clock.now())
        card = Ticking(mock).run()
    else:
        from mlprep.terminal.plain_mock import PlainMock

        mock.claim(clock.now())
        card = PlainMock(mock).tick()
    if card is None:
        show([[("", " The ticks so far are kept.  "), ("accent", "mlprep mock --score")]])
        return
    show_card(mock, store, library)


def show_card(mock: Mock, store: Store, library: Library) -> None:
    """Show the scorecard of a scored mock."""
    every = mocks(store, library)
    number = next(n for n, m in enumerate(every, 1) if m.state.session == mock.state.session)
    previous = before(mock, every)
    state = previous.state if previous else None
    show(card_lines(Scoring(mock).card(), mock, state, number, columns()))


def _now(minutes: int) -> bool:
    """Ask whether to tick now; an empty line says yes."""
    print(f" Mock kept. Enter ticks it now, about {minutes} min   q later: mlprep mock --score")
    try:
        return input(" ").strip().lower() != "q"
    except EOFError:
        return False
