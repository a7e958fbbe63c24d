"""One self-contained page from a report: data, charts and library in a single file.

Text of banks is inert in it: the template escapes everything, the data stand in a script that is
no code, and the page's own policy lets no script run but those whose digest it names.
"""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from mlprep.core.days import day_text
from mlprep.core.report import Report, TopicFigures
from mlprep.errors import MlprepError
from mlprep.session.stats_document import stats_document

ASSETS = Path(__file__).with_name("assets")
SCRIPTS = ("d3-7.9.2.min.js", "plot-0.6.17.min.js", "report.js")
MOST_ROWS = 25  # of a table
DRAWN = ("day", "target", "topics", "calibration", "confidence", "days", "load", "mocks",
         "history", "stopping", "forecast", "stability", "readiness")  # fmt: skip


def write_page(report: Report, file: Path) -> None:
    """Write the page. Raises MlprepError without the extra, or where the file cannot be written."""
    text = page(report)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MlprepError(f"{file}: {error.strerror or error}; name a file of yours") from None


def page(report: Report) -> str:
    """Return the page as HTML."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup
    except ImportError:
        raise MlprepError(
            "--html needs the extra 'report'; install it with: pip install 'mlprep[report]'"
        ) from None
    environment = Environment(
        loader=FileSystemLoader(ASSETS), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(percent=percent, day=_day, signed=_signed)
    scripts = [_asset(name) for name in SCRIPTS]
    document = stats_document(report)
    return environment.get_template("page.html.j2").render(
        report=report,
        top=_shown(report),
        most=MOST_ROWS,
        style=Markup(_asset("report.css")),
        scripts=[Markup(script) for script in scripts],
        data=Markup(_data(document)),
        policy=_policy(scripts),
    )


def _shown(report: Report) -> list[TopicFigures]:
    """Return the rows of the table: the fields, or the topics right below one."""
    depth = report.topic.count("/") + 1 if report.topic else 0
    rows = [row for row in report.topics if row.topic.count("/") == depth]
    return rows or [row for row in report.topics if row.topic == report.topic]


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _policy(scripts: list[str]) -> str:
    """Return what the page may do: run these scripts, style itself, and nothing else."""
    digests = [b64encode(sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; base-uri 'none'"


def _data(document: dict[str, Any]) -> str:
    """Return what the charts draw as JSON that cannot end its script element."""
    text = json.dumps({key: document[key] for key in DRAWN}, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


# Filters of the template


def percent(share: float | None) -> str:
    """Return `81 %`, or a dash."""
    return "–" if share is None else f"{100 * share:.0f} %"


def _day(day: int | None) -> str:
    return "–" if day is None else day_text(day, year=True)


def _signed(number: float) -> str:
    return f"{number:+.0f}"
