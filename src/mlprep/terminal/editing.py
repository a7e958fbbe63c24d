"""Questions in the user's editor: opened at a line, checked on return."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from mlprep.core.library import Library
from mlprep.core.text import count
from mlprep.errors import MlprepError
from mlprep.storage.bank_checks import check_banks
from mlprep.storage.bank_files import shown
from mlprep.storage.own_banks import own_question

FALLBACKS = ("nano", "vim", "vi", "notepad")
_GOES_TO_LINE = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "ne")


def edit_question(library: Library, key: str) -> str:
    """Open a question, a built-in one as a copy in the user's bank; say how the file reads then."""
    path, line = own_question(library, key)
    return edit_bank(path, line)


def edit_bank(path: Path, line: int = 1) -> str:
    """Open a bank at a line until it reads without a mistake, or the candidate lets it be."""
    while True:
        run_editor(path, line)
        sources = check_banks([path])
        wrong = [m for source in sources for m in source.mistakes if not m.warning]
        if not wrong:
            total = sum(len(source.entries) for source in sources)
            return f"{shown(path)}: {count(total, 'question')}, no mistakes."
        first = wrong[0]
        print(f"{shown(path)}:{first.line}:{first.column}: {first.text}", file=sys.stderr)
        if not sys.stdin.isatty() or not _again():
            return f"{shown(path)}: {count(len(wrong), 'mistake')}; mlprep bank check"
        line = first.line


def _again() -> bool:
    import questionary

    from mlprep.terminal.screen import silent_output

    asked = questionary.confirm("Open it again at that line?", qmark="", output=silent_output())
    return bool(asked.unsafe_ask())


def run_editor(path: Path, line: int) -> None:
    """Open a file at a line and wait. Raises MlprepError where no editor can be started."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        command = next((name for name in FALLBACKS if shutil.which(name)), None)
    if not command:
        raise MlprepError(f"no editor found; set EDITOR, or open {path} yourself")
    words = shlex.split(command, posix=os.name == "posix")
    at_line = [f"+{line}"] if Path(words[0]).stem in _GOES_TO_LINE else []
    try:
        subprocess.run([*words, *at_line, str(path)], check=False)
    except OSError as error:
        raise MlprepError(f"'{command}' cannot be started ({error.strerror}); set EDITOR") from None
