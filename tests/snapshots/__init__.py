"""Screens as they should be, kept as text: one file a module, a heading for each screen.

`pytest --snapshot-update` writes them anew; read the difference before it is committed.
"""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
_HEADING = re.compile(r"^==== (.+)\n", re.MULTILINE)


class Snapshots:
    """The screens of one test module, by name."""

    def __init__(self, module: str, *, update: bool) -> None:
        self.update = update
        self._file = FOLDER / f"{module}.txt"
        text = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
        parts = _HEADING.split(text)[1:]
        self._kept = dict(zip(parts[::2], parts[1::2], strict=True))
        self._changed = False

    def __getitem__(self, name: str) -> str:
        return self._kept.get(name, "no such screen; pytest --snapshot-update\n")

    def check(self, name: str, screen: str) -> None:
        """Assert that a screen is as it should be, or keep it as it is."""
        if self.update:
            self._changed = self._changed or self._kept.get(name) != screen
            self._kept[name] = screen
        assert self[name] == screen

    def save(self) -> None:
        """Write the file, where a screen has changed."""
        if self._changed:
            text = "".join(f"==== {name}\n{screen}" for name, screen in self._kept.items())
            self._file.write_text(text, encoding="utf-8")
