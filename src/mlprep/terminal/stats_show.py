"""Puts the screens of `mlprep stats` on the terminal: each asks for the parts that it draws."""

from mlprep.session import stats
from mlprep.session.study import Study
from mlprep.terminal.lines import Line, columns, show, terminal_size, within


def show_stats(
    study: Study, *, topic: str = "", since: int | None = None, screen: str = ""
) -> None:
    """Show a screen. screen: activity, calibration, or nothing for the first one."""
    lines = _lines(study, topic, since, screen, columns(), terminal_size()[1])
    show(within(lines, columns()))


def _lines(
    study: Study, topic: str, since: int | None, screen: str, most: int, rows: int
) -> list[Line]:
    if screen == "activity":
        from mlprep.terminal.stats_more import activity_lines

        wanted = stats.ACTIVITY_SCREEN
        return activity_lines(stats.report(study, topic=topic, since=since, parts=wanted), most)
    if screen == "calibration":
        from mlprep.terminal.stats_more import calibration_lines

        wanted = stats.CALIBRATION_SCREEN
        found = stats.report(study, topic=topic, since=since, parts=wanted)
        return calibration_lines(found, most, rows)
    from mlprep.terminal.stats_screen import stats_lines

    wanted = stats.TOPIC_SCREEN if topic else stats.FIRST_SCREEN
    found = stats.report(study, topic=topic, since=since, parts=wanted)
    return stats_lines(found, most, minutes=study.plan.minutes, rows=rows)
