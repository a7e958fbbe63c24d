"""`mlprep drill`: one session."""

from typing import TYPE_CHECKING, Annotated

import typer

from mlprep.cli import common

if TYPE_CHECKING:
    from mlprep.core.library import Library
    from mlprep.core.rubric import Level

EPILOG = """\b
Examples:
  mlprep drill                               today's questions
  mlprep drill --topic training --minutes 10
  mlprep drill --item monitoring/psi-on-big-samples

Without a terminal, with --plain, ACCESSIBLE=1 or TERM=dumb it asks line by line.
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("drill", epilog=EPILOG)(drill)


def drill(
    minutes: Annotated[float | None, typer.Option(help="So many minutes from now on.")] = None,
    limit: Annotated[int | None, typer.Option(help="At most so many questions.")] = None,
    new: Annotated[int | None, typer.Option(help="At most so many unseen ones today.")] = None,
    topic: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this topic; may be repeated.", autocompletion=common.complete_topic
        ),
    ] = None,
    bank: Annotated[
        list[str] | None,
        typer.Option(help="Only this bank.", autocompletion=common.complete_bank),
    ] = None,
    level: Annotated[list[str] | None, typer.Option(help="senior, staff or principal.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="open, recall, choice, estimate, order, story, design.")
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(help="Only this tag.", autocompletion=common.complete_tag),
    ] = None,
    weak: Annotated[
        bool, typer.Option("--weak", help="The three topics that cost most readiness.")
    ] = False,
    dimension: Annotated[list[str] | None, typer.Option(help="As on a scorecard.")] = None,
    extra: Annotated[bool, typer.Option("--extra", help="Go on without an end, until q.")] = False,
    item: Annotated[
        str | None,
        typer.Option(help="This question, now.", autocompletion=common.complete_key),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, no drawing.")] = False,
) -> None:
    """Practice today's questions."""
    from mlprep.session.options import Options

    library = common.open_library()
    options = Options(
        minutes=common.positive(minutes),
        limit=limit if common.positive(limit) else None,
        new=new,
        extra=extra,
        items=tuple(found.key for found in library.find(item)) if item else (),
        topics=tuple(common.known(t, library.topics(), "topic") for t in topic or ()),
        banks=tuple(common.known(b, library.heads, "bank") for b in bank or ()),
        kinds=_words(kind, "kind"),
        tags=_tags(tag, library),
        dimensions=_words(dimension, "dimension"),
        levels=tuple(_levels(level)),
    )
    common.begin_drill(options, weak=weak, plain=plain)


def _words(values: list[str] | None, what: str) -> tuple[str, ...]:
    if not values:
        return ()
    from mlprep.core.schema import DIMENSIONS, KINDS

    words = list(KINDS) if what == "kind" else list(DIMENSIONS)
    return tuple(common.known(value, words, what) for value in values)


def _tags(values: list[str] | None, library: "Library") -> tuple[str, ...]:
    if not values:
        return ()
    tags = {tag for item in library.items.values() for tag in item.tags}
    return tuple(common.known(value, sorted(tags), "tag") for value in values)


def _levels(values: list[str] | None) -> "list[Level]":
    if not values:
        return []
    from mlprep.core.rubric import Level

    words = [str(level) for level in Level]
    return [Level.of(common.known(value, words, "level")) for value in values]
