"""The loop for scripts and editors, and what is done to one item."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mlprep.cli import common
from mlprep.errors import MlprepError
from mlprep.terminal import clock

if TYPE_CHECKING:
    from mlprep.core.grading import Attempt
    from mlprep.session.ask import Ask
    from mlprep.session.drill import Drill
    from mlprep.session.options import Options

Key = Annotated[str, typer.Argument(help="bank/question", autocompletion=common.complete_key)]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("next", epilog="Example:  mlprep next | jq -r .prompt")(next_)
    app.command(
        "record",
        epilog="Example:  mlprep record monitoring/psi-on-big-samples --seed 7 --answer b",
    )(record)
    app.command("history")(history)
    app.command("undo")(undo)
    app.command("suspend")(suspend)


def _drill(options: "Options | None" = None) -> "Drill":
    from mlprep.session.drill import Drill
    from mlprep.session.options import Options

    store, library = common.open_store(), common.open_library()
    return Drill(store, library, options or Options(), clock.now(), common.rng())


def next_(
    topic: Annotated[
        str | None, typer.Option(help="Only this topic.", autocompletion=common.complete_topic)
    ] = None,
    extra: Annotated[bool, typer.Option("--extra", help="Past the day's minutes, too.")] = False,
) -> None:
    """Print the next question as JSON, for scripts.

    With the seed of its draw and without its answer; mlprep record takes the attempt.
    """
    from mlprep.session.options import Done, Options
    from mlprep.session.reports import VERSION, ask_document

    drill = _drill(Options(extra=extra))
    if topic:
        drill.only([common.known(topic, drill.library.topics(), "topic")])
    step = drill.next(clock.now())
    if isinstance(step, Done):
        common.print_json({"version": VERSION, "done": step.reason})
        return
    common.print_json(ask_document(step))


def record(
    key: Key,
    seed: Annotated[int | None, typer.Option(help="Of the draw, as mlprep next gave it.")] = None,
    answer: Annotated[
        str, typer.Option(help="What was said; letters for choice and order; - reads it.")
    ] = "",
    points: Annotated[
        str | None, typer.Option(help="Points hit and red flags: 1,3,f1; - for none.")
    ] = None,
    confidence: Annotated[int | None, typer.Option(min=0, max=3, help="0 to 3.")] = None,
    seconds: Annotated[float | None, typer.Option(min=0, help="How long it took.")] = None,
    hints: Annotated[int, typer.Option(min=0, help="How many were shown.")] = 0,
    rating: Annotated[
        int | None, typer.Option(min=1, max=4, help="1 missed, 2 partly, 3 good, 4 easy.")
    ] = None,
) -> None:
    """Grade and keep an attempt, for scripts.

    Prints the outcome as JSON. Open questions take --points, recalls --rating; the rest is
    judged from the answer.
    """
    from mlprep.core.memory import Rating
    from mlprep.session.reports import outcome_document

    drill = _drill()
    found = drill.library.find(key)
    if len(found) > 1:
        raise MlprepError(f"'{key}' has {len(found)} parts; name one, e.g. {found[0].key}")
    ask = drill.ask(found[0].key, seed, clock.now())
    text = sys.stdin.read().strip() if answer == "-" else answer
    attempt = _attempt(ask, text, points, rating)
    attempt = attempt._replace(confidence=confidence, seconds=seconds, hints=hints)
    outcome = drill.record(ask, attempt, clock.now(), rating=Rating(rating) if rating else None)
    common.print_json(outcome_document(outcome))


def _attempt(ask: "Ask", answer: str, points: str | None, rating: int | None) -> "Attempt":
    """Read an attempt as the plain mode does. Raises MlprepError where it cannot be read."""
    from mlprep.core.grading import Attempt
    from mlprep.core.memory import Rating
    from mlprep.core.question import JUDGED_KINDS
    from mlprep.core.text import visible
    from mlprep.session.reading import UnreadableError, read_letters, read_ticks, read_value

    text, kind = visible(answer), ask.question.kind
    try:
        if kind in ("choice", "order") and not (rating and not text):
            letters = read_letters(ask, text)
            return Attempt(answer=letters, picks=ask.picks_of(letters))
        if kind == "estimate" and text:
            return Attempt(answer=text, value=read_value(text, ask.question.unit)[0])
        if kind in JUDGED_KINDS and points is not None:
            hit, flags = read_ticks(ask, points)
            return Attempt(answer=text, marks=hit, flags=flags)
    except UnreadableError as error:
        raise MlprepError(f"{ask.item.key}: {error}") from None
    if kind in JUDGED_KINDS and rating is None:
        raise MlprepError(f"{ask.item.key}: give --points, e.g. 1,3 or -, or --rating")
    if kind == "recall" and rating is None:
        raise MlprepError(f"{ask.item.key}: give --rating 1 missed, 2 partly or 3 got it")
    return Attempt(answer=text, said=Rating(min(3, rating)) if rating else None)


def history(
    key: Key,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Show earlier answers to a question."""
    from mlprep.session.reports import history_document
    from mlprep.terminal.earlier import history_lines
    from mlprep.terminal.lines import columns, show, within

    store, library = common.open_store(), common.open_library()
    items = library.find(key)
    found = {item.key: store.reviews(items=library.names(item.key)) for item in items}
    if as_json:
        common.print_json(history_document(found))
        return
    for name, reviews in found.items():
        if reviews or len(found) == 1:
            show(within(history_lines(name, reviews, columns()), columns()))
    if not any(found.values()):
        show([[("dim", " Not answered yet.")], [("accent", f" mlprep drill --item {key}")]])


def undo() -> None:
    """Take the last answer back.

    The next drill opens where it was. May be repeated to any depth.
    """
    drill = _drill()
    last = drill.store.reviews(last=1, source="drill")
    undone = drill.undo(clock.now())
    if undone is None:
        raise MlprepError("nothing was answered yet, so there is nothing to undo")
    word = (
        f", {last[0].rating.word}" if last and drill.library.current(last[0].item) == undone else ""
    )
    print(f"Taken back: {undone}{word}. mlprep drill opens where it was.")


def suspend(
    key: Key,
    off: Annotated[bool, typer.Option("--off", help="Ask it again.")] = False,
) -> None:
    """Leave a question out, or take it in again.

    It counts neither in drills nor in readiness until --off takes it in again.
    """
    from mlprep.core.days import millis

    store, library = common.open_store(), common.open_library()
    items = library.find(key)
    with store.changing():
        for item in items:
            store.add_hold(item.key, 0 if off else None, millis(clock.now()))
    names = items[0].question if len(items) > 1 else items[0].key
    done = "asked again from now on" if off else f"left out; mlprep suspend --off {names}"
    print(f"{names}: {done}")
