"""The Typer app, and the one boundary at which errors become exit codes."""

import os
import sys
from collections.abc import Sequence

import typer

from mlprep.cli import bank, config, data, drill, items, plan, stats, today
from mlprep.errors import MlprepError

DONE, MISTAKE, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130

HELP = """Interview trainer for senior, staff and principal machine-learning engineers.

Run it every day: it asks the questions that count most on your interview date.
"""
EPILOG = """Examples:

  mlprep                          what is due today, and how ready you are

  mlprep drill                    today's questions

  mlprep drill --topic monitoring --minutes 10

  mlprep plan --date 2026-12-14 --minutes 35 --off sun

  mlprep bank new acme            write questions of your own
"""

app = typer.Typer(
    help=HELP,
    epilog=EPILOG,
    rich_markup_mode=None,  # plain help: rich would triple the start-up
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
today.register(app)
drill.register(app)
stats.register(app)
plan.register(app)
items.register(app)
app.add_typer(bank.app, name="bank")
app.add_typer(data.app, name="data")
config.register(app)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; say on one line what went wrong."""
    try:
        code = app(list(arguments), prog_name="mlprep", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still buffered goes nowhere
        return DONE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except typer.Exit as exit_:
        return exit_.exit_code
    except _usage_error() as error:
        return _say(_usage_message(error), USAGE)
    except MlprepError as error:
        return _say(str(error), error.exit_code)
    except Exception as error:
        return _say(_bug(error), BUG)
    return code if isinstance(code, int) else DONE


def _say(message: str, code: int) -> int:
    from mlprep.core.text import visible

    text = visible(f"mlprep: {message}")
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    return code


def _usage_error() -> type[Exception]:
    """Return the class of Typer's errors about options and arguments."""
    return typer.BadParameter.__mro__[2]  # ClickException, which Typer 0.28 does not export


def _usage_message(error: Exception) -> str:
    text = str(getattr(error, "format_message", lambda: error)())
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "mlprep"
    return f"{text.rstrip('.')}; try: {command} --help"


def _bug(error: Exception) -> str:
    import traceback

    from mlprep import __version__
    from mlprep.storage.folders import log_file

    report = f"mlprep {__version__}, Python {sys.version}\n{' '.join(sys.argv)}\n\n"
    report += "".join(traceback.format_exception(error))
    where = log_file()
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(report, encoding="utf-8", errors="backslashreplace")
    except OSError:
        where = None  # type: ignore[assignment]
    told = f"the report lies in {where}" if where else report
    return f"a bug: {type(error).__name__}: {error}; {told}; nothing that was answered is lost"
