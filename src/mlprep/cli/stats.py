"""`mlprep stats`: what is weak, whether it gets better, and whether to believe it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlprep.cli import common
from mlprep.errors import MlprepError, UsageError
from mlprep.terminal import clock

if TYPE_CHECKING:
    from mlprep.core.report import Report
    from mlprep.session.study import Study
    from mlprep.terminal.lines import Line

EPILOG = """\b
Examples:
  mlprep stats                       what is weak, and what it costs
  mlprep stats training              one topic
  mlprep stats --item monitoring/psi-on-big-samples
  mlprep stats --since '4 weeks'     answers of the last four weeks
  mlprep stats --html stats.html --open
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("stats", epilog=EPILOG)(stats)


def stats(
    topic: Annotated[
        str | None,
        typer.Argument(help="Only this topic.", autocompletion=common.complete_topic),
    ] = None,
    item: Annotated[
        str | None,
        typer.Option(help="The life of one question.", autocompletion=common.complete_key),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Count answers from this day on: 2026-09-01, '4 weeks'.")
    ] = None,
    activity: Annotated[
        bool, typer.Option("--activity", help="What was done, and what is due.")
    ] = False,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Whether to believe forecasts, and yourself.")
    ] = False,
    audit: Annotated[
        bool, typer.Option("--audit", help="Tick an old answer of yours again.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    csv: Annotated[Path | None, typer.Option(help="Write tables into this folder.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with charts.")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Show the page of --html.")] = False,
) -> None:
    """Show what is weak, what it costs, and whether it gets better.

    Of each field, or each topic of one: items seen, share recalled, expected recall on the
    interview date and what four weeks changed, share of points said, time over time box.
    """
    if open_page and html is None:
        raise UsageError("--open shows the page of --html FILE; name the file")
    with common.uncollected():
        study = common.open_study(traced=True)
        name = common.known(topic, study.library.topics(), "topic") if topic else ""
        first = _day(since, study.day) if since else None
        if audit:
            _audit(study)
        elif item:
            _item(study, item, as_json=as_json)
        elif as_json or csv or html:
            _export(study, name, first, as_json=as_json, csv=csv, html=html, open_page=open_page)
        else:
            from mlprep.terminal.stats_show import show_stats

            screen = "activity" if activity else "calibration" if calibration else ""
            show_stats(study, topic=name, since=first, screen=screen)


def _day(text: str, today: int) -> int:
    """Return the first day that counts. Raises MlprepError."""
    from datetime import date

    from mlprep.core.dates import read_past
    from mlprep.core.text import one_line

    day = read_past(text, date.fromordinal(today))
    if day is None:
        said = one_line(text, 40)
        raise MlprepError(f"since: '{said}' cannot be read; write 2026-09-01 or '4 weeks'")
    return day.toordinal()


def _show(lines: "list[Line]") -> None:
    from mlprep.terminal.lines import columns, show, within

    show(within(lines, columns()))


def _item(study: "Study", key: str, *, as_json: bool) -> None:
    from mlprep.session.item_life import item_life
    from mlprep.session.stats_document import item_document
    from mlprep.terminal.item_screen import item_lines
    from mlprep.terminal.lines import columns

    life = item_life(study, key)
    if as_json:
        common.print_json(item_document(life))
    else:
        _show(item_lines(life, columns()))


def _export(
    study: "Study",
    topic: str,
    since: int | None,
    *,
    as_json: bool,
    csv: Path | None,
    html: Path | None,
    open_page: bool,
) -> None:
    from mlprep.session.stats import report
    from mlprep.session.stats_document import stats_document, write_tables

    found = report(study, topic=topic, since=since)
    if csv:
        written = write_tables(found, csv)
        if not as_json:
            print(f"{csv}: {len(written)} tables")
    if html:
        _page(study, found, html, open_page=open_page, quiet=as_json)
    if as_json:
        common.print_json(stats_document(found))


def _page(study: "Study", report: "Report", file: Path, *, open_page: bool, quiet: bool) -> None:
    from mlprep.report.page import write_page

    write_page(report, file)
    if not quiet:
        print(f"{file}: {file.stat().st_size / 1e6:.1f} MB, works without a network")
    if open_page:
        import webbrowser

        webbrowser.open(file.resolve().as_uri())


def _audit(study: "Study") -> None:
    """Have an old answer ticked again, and say what that changed."""
    from mlprep.session.auditing import keep_audit, next_audit
    from mlprep.terminal.audit_screen import AuditSitting, PlainAudit, audited_lines
    from mlprep.terminal.lines import columns

    audit = next_audit(study, common.rng())
    if audit is None:
        print("No typed open answer of yours is three days old and not audited yet.")
        return
    interactive = common.is_interactive()
    attempt = AuditSitting(audit).run() if interactive else PlainAudit().run(audit)
    if attempt is None:
        return
    both = keep_audit(study, audit, attempt.marks, clock.now())
    _show(audited_lines(audit, attempt, both, columns()))
