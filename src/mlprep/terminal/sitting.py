"""A drill from start to end, on a terminal or line by line."""

from datetime import datetime
from random import Random

from mlprep.core.library import Library
from mlprep.session.drill import Drill
from mlprep.session.options import Options
from mlprep.storage.store import Store
from mlprep.terminal import clock
from mlprep.terminal.lines import Line, columns, show, within


def sit(
    store: Store,
    library: Library,
    options: Options,
    *,
    weak: bool,
    interactive: bool,
    now: datetime,
    rng: Random,
) -> None:
    """Run a drill and show what it came to. Raises KeyboardInterrupt on ^C; all is kept.

    weak: only the three topics that cost most readiness.
    """
    above: list[Line] = []
    if interactive and not store.count_reviews() and not store.settings():
        from mlprep.terminal.first_run import ask_plan

        above = ask_plan(store, library, now)
    drill = Drill(store, library, options, now, rng)
    if weak:
        drill.only([row.topic for row in drill.study.weakest()])
    for line in library.left_out():
        above.append([("dim", f" {line}")])
    if interactive:
        from mlprep.terminal.drilling import Sitting

        done = Sitting(drill, above=above, vi=store.settings().get("keys") == "vi").run()
    else:
        from mlprep.terminal.plain import PlainDrill

        show(above) if above else None
        done = PlainDrill(drill).run()
        show([[]]) if drill.reviews() else None
    _close(drill, done, now=clock.now())


def _close(drill: Drill, done: object, now: datetime) -> None:
    from mlprep.session.memory_fit import fit_memory
    from mlprep.session.options import Done
    from mlprep.session.study import Study
    from mlprep.session.summary import summarize
    from mlprep.terminal.closing import closing_lines

    words = fit_memory(drill.study)
    if words:  # it is replayed under other parameters from now on
        drill.study = Study(drill.store, drill.library, now)
    summary = summarize(drill, memory=words)
    drill.end(now)
    reason = done if isinstance(done, Done) else None
    show(within(closing_lines(summary, drill.study, reason, columns()), columns()))
