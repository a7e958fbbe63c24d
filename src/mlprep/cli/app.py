"""The Typer app: every command, one file each."""

import typer

from mlprep.cli import bank, config, data, drill, items, mock, plan, stats, today

HELP = """Interview trainer for senior, staff and principal machine-learning engineers.

Run it every day: it asks the questions that count most on your interview date.
"""
EPILOG = """\b
Examples:
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
mock.register(app)
stats.register(app)
plan.register(app)
items.register(app)
app.add_typer(bank.app, name="bank")
app.add_typer(data.app, name="data")
config.register(app)
