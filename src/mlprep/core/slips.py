"""What people who write YAML by hand trip over, in their words, with the mend."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from mlprep.core.mistake import Mistake
from mlprep.core.text import one_line

QUOTE = "put quotes around the whole text"
ALIAS = f"text that starts with '*' is an alias to YAML, which is not taken; {QUOTE}"
ANCHOR = f"text that starts with '&' is an anchor to YAML, which is not taken; {QUOTE}"
TAG = f"text that starts with '!' is a tag to YAML, which is not taken; {QUOTE}"
SIGNS = (ALIAS, ANCHOR, TAG)
MERGE = "merge keys are not taken; write the keys out"
NO_WORD = "a key must be a word; put quotes around text that starts with { or ["
SECOND = "a second document starts here; remove the '---'"

_NO_TOKEN = {
    "@": f"text cannot start with '@'; {QUOTE}",
    "`": f"text cannot start with a backtick; {QUOTE}",
    "%": f"text cannot start with '%'; {QUOTE}",
    "\t": "a tab; write spaces",
}
_IN_FLOW = (
    "close it, and put quotes around each text in it that holds a comma, ': ', ' #', '?'"
    " or a bracket"
)
_UNFIT = f"this line does not fit those above; mend its indentation, or {QUOTE}"
_UNCLOSED = "the quotes that open here are never closed"


class _Problem(NamedTuple):
    """sign: in PyYAML's words. at_start: the place is where the thing began."""

    sign: str
    mend: str
    at_start: bool = False


_PROBLEMS = (
    _Problem("while scanning an alias", ALIAS, at_start=True),
    _Problem("while scanning an anchor", ANCHOR, at_start=True),
    _Problem("while scanning a tag", TAG, at_start=True),
    _Problem("while parsing a tag", TAG, at_start=True),
    _Problem("undefined tag handle", TAG),
    _Problem("while scanning a directive", _NO_TOKEN["%"], at_start=True),
    _Problem("unknown escape", "an unknown escape; double the backslash or use single quotes"),
    _Problem("hexadecimal", "an unfinished escape; double the backslash or use single quotes"),
    _Problem("unexpected end of stream", _UNCLOSED, at_start=True),
    _Problem("unexpected document separator", _UNCLOSED, at_start=True),
    _Problem("could not find expected ':'",
             "a key without ': ' after it, or text to indent deeper than its key", at_start=True),
    _Problem("while scanning a block scalar",
             f"after '|' or '>' the text starts on the next line; {QUOTE}", at_start=True),
    _Problem("mapping values are not allowed", f"': ' inside unquoted text; {QUOTE}"),
    _Problem("sequence entries are not allowed", f"text cannot start with '- '; {QUOTE}"),
    _Problem("mapping keys are not allowed", f"text cannot start with '? '; {QUOTE}"),
    _Problem("while parsing a flow", f"this {{ }} or [ ] cannot be read; {_IN_FLOW}"),
    _Problem("expected the node content", f"text cannot start with this sign; {QUOTE}"),
    _Problem("expected <block end>", _UNFIT),
    _Problem("expected '<document start>'", "text after the end of the document; remove the '...'"),
)  # fmt: skip


def explained(error: Any, lines: Sequence[str]) -> Mistake:
    """Say in a candidate's words what an error of PyYAML means. lines: of the text."""
    problem, context = str(error.problem), str(error.context or "")
    mark, start = error.problem_mark, error.context_mark or error.problem_mark
    before = lines[mark.line][: mark.column].rstrip() if mark.line < len(lines) else ""
    if "cannot start any token" in problem:
        said = _NO_TOKEN.get(lines[mark.line][mark.column : mark.column + 1])
    elif context.startswith("while parsing a flow") and mark.line > start.line:
        sign = lines[start.line][start.column : start.column + 1]
        said = f"the {sign} that opens here breaks off at line {mark.line + 1}; {_IN_FLOW}"
        mark = start
    elif "mapping values" in problem and re.fullmatch(r"\s*(- )?[a-z_]+", before):
        said = _UNFIT
    elif "<block end>" in problem and before.endswith(("]", "}")):
        said = f"text goes on after the closing bracket; {QUOTE}"
    elif "<block end>" in problem and before.endswith(("'", '"')):
        said = "text goes on after the closing quote; put the other kind around the whole text"
    else:
        whole = f"{context}; {problem}"
        slip = next((p for p in _PROBLEMS if p.sign in whole), None)
        said = slip.mend if slip else None
        mark = start if slip and slip.at_start else mark
    return Mistake(mark.line + 1, mark.column + 1, said or f"{one_line(problem)}; {QUOTE}")
