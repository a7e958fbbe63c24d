"""What commands share: opening the store and the banks, completion, output as JSON."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

from mlprep.errors import MlprepError, UsageError
from mlprep.terminal import clock

if TYPE_CHECKING:
    from mlprep.core.library import Library
    from mlprep.session.options import Options
    from mlprep.session.study import Study
    from mlprep.storage.store import Store


def open_store() -> "Store":
    """Open the progress file."""
    from mlprep.storage import folders
    from mlprep.storage.store import Store

    return Store(folders.progress_file(), folders.backup_folder())


def open_library() -> "Library":
    """Load the banks. Raises MlprepError where there is none."""
    from mlprep.storage.bank_files import load_library

    library = load_library()
    if not library.items:
        raise MlprepError("no question can be used; mlprep bank check says why")
    return library


def open_study(*, traced: bool = False) -> "Study":
    """Open everything a command needs to tell how the candidate stands. traced: as in Study."""
    from mlprep.session.study import Study

    return Study(open_store(), open_library(), clock.now(), traced=traced)


def begin_drill(
    options: "Options | None" = None, *, weak: bool = False, plain: bool = False
) -> None:
    """Run a drill on the terminal, or line by line. weak: the topics that cost most readiness."""
    from mlprep.session.options import Options
    from mlprep.terminal.sitting import sit

    sit(
        open_store(),
        open_library(),
        options or Options(),
        weak=weak,
        interactive=is_interactive() and not plain,
        now=clock.now(),
        rng=rng(),
    )


def first_stats() -> None:
    """Show the first screen of `mlprep stats`."""
    from mlprep.terminal.stats_show import show_stats

    with uncollected():
        show_stats(open_study(traced=True))


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage within: nothing is freed before the end, so it only costs time."""
    import gc

    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def rng() -> Random:
    """Return the dice; MLPREP_SEED makes them fall the same, for tests."""
    seed = os.environ.get("MLPREP_SEED")
    return Random(seed) if seed else Random()


def is_interactive() -> bool:
    """Return whether a person sits at a terminal that can draw."""
    return (
        sys.stdin.isatty()
        and sys.stdout.isatty()
        and os.environ.get("TERM") != "dumb"
        and not os.environ.get("ACCESSIBLE")
    )


def print_json(document: Any) -> None:
    """Print one JSON document and nothing else."""
    print(json.dumps(document, indent=2, ensure_ascii=not _utf8()))


def _utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def known(value: str, words: Iterable[str], what: str) -> str:
    """Return a word that must be one of several. Raises MlprepError with the nearest one."""
    from mlprep.core.text import did_you_mean, one_line

    words = list(words)
    if value in words:
        return value
    near = did_you_mean(value, words) or f"; one of {', '.join(words[:12])}"
    raise MlprepError(f"no {what} '{one_line(value, 40)}'{near}")


def positive(value: float | None) -> float | None:
    """Return an option that must be above zero. Raises UsageError."""
    if value is not None and not 0 < value < 1e6:
        raise UsageError(f"{value:g}: write a number above 0")
    return value


def _completer(words: Callable[["Library"], Iterable[str]]) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        try:
            found = words(open_library())
        except Exception:
            return []  # completion must never print an error over the line being typed
        return [word for word in found if word.startswith(incomplete)]

    return complete


complete_topic = _completer(lambda library: library.topics())
complete_bank = _completer(lambda library: library.heads)
complete_key = _completer(lambda library: library.items)
complete_tag = _completer(
    lambda library: sorted({tag for item in library.items.values() for tag in item.tags})
)
