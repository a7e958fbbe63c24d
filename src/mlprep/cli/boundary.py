"""The one place at which errors become messages and exit codes."""

import os
import sys
from collections.abc import Sequence

from mlprep.errors import MlprepError

DONE, USAGE, BUG, INTERRUPTED = 0, 2, 3, 130


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; say on one line what went wrong."""
    _prepare_streams()
    try:
        code = _command(list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        return _unread()
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # Typer makes a mistake of it
            return _unread()
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    except MlprepError as error:
        return _say(str(error), error.exit_code)
    except Exception as error:
        return _file_code(error) or _typer_code(error)
    return code if isinstance(code, int) else DONE


def _unread() -> int:
    """End well where nobody reads on; what is still buffered goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return DONE


def _prepare_streams() -> None:
    """Make closed streams empty ones, and let no character that one cannot take be an error."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        elif hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(errors="replace")


def _command(arguments: list[str]) -> object:
    if arguments == ["drill"]:  # every day's command has nothing to parse; Typer would double
        from mlprep.cli.common import begin_drill  # the wait for its first question

        begin_drill()
        return DONE
    if arguments == ["stats"]:  # nor has this one
        from mlprep.cli.common import first_stats

        first_stats()
        return DONE
    from mlprep.cli.app import app

    return app(arguments, prog_name="mlprep", standalone_mode=False)


def _file_code(error: Exception) -> int:
    """Return the code of a progress file that failed in the middle of a command, or 0."""
    from mlprep.storage.database import explained, is_trouble
    from mlprep.storage.folders import progress_file

    if not is_trouble(error):
        return DONE
    told = explained(progress_file(), error)
    return _say(str(told), told.exit_code)


def _typer_code(error: Exception) -> int:
    """Return the code of what Typer raises to say something, or of a bug."""
    import typer

    usage_error = typer.BadParameter.__mro__[2]  # ClickException, which Typer 0.28 does not export
    if isinstance(error, typer.Abort):
        return INTERRUPTED
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, usage_error):
        return _say(_usage_message(error), USAGE)
    return _say(_bug(error), BUG)


def _say(message: str, code: int) -> int:
    from mlprep.core.text import visible

    text = " ".join(visible(f"mlprep: {message}").split("\n"))
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    return code


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
    told = f"the report lies in {where}"
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(report, encoding="utf-8", errors="backslashreplace")
    except OSError:
        told = "the report stands above"
        sys.stderr.write(report.encode("ascii", "backslashreplace").decode())
    return f"a bug: {type(error).__name__}: {error}; {told}; nothing that was answered is lost"
