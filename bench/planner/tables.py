"""Ratios of readiness to the best peer, with confidence intervals over learners."""

from math import exp, log, sqrt
from statistics import fmean, median, stdev
from typing import Any

OWN = "mlprep"
TOLD = "told worth"


def peer_names(rows: list[dict[str, Any]], *, told: bool) -> list[str]:
    names = [name for name in rows[0]["readiness"] if not name.startswith(OWN)]
    return [name for name in names if name.startswith(TOLD) == told]


def means(rows: list[dict[str, Any]]) -> dict[str, float]:
    return {name: fmean(r["readiness"][name] for r in rows) for name in rows[0]["readiness"]}


def ratio(rows: list[dict[str, Any]], one: str, other: str) -> tuple[float, float]:
    """Return the ratio of mean readiness of two policies, and half its 95 % interval (paired)."""
    own, peer = ([r["readiness"][name] for r in rows] for name in (one, other))
    middle = fmean(own) / fmean(peer)
    left = [a - middle * b for a, b in zip(own, peer, strict=True)]
    return middle, 1.96 * stdev(left) / sqrt(len(left)) / fmean(peer)


def geometric(values: list[float]) -> float:
    return exp(fmean(map(log, values)))


def show_comparison(cells: list[dict[str, Any]]) -> None:
    for truth in dict.fromkeys(cell["truth"] for cell in cells):
        group = [cell for cell in cells if cell["truth"] == truth]
        print(f"\nreadiness under {truth}, {len(group[0]['rows'])} learners a plan")
        print(
            f"{'days min items':>16}{'mlprep':>8}{'best peer':>11}  {'ratio':<15}{'told':>6}  peer"
        )
        for cell in group:
            _show_cell(cell)
        _show_means(group)
        _show_feel(group)


def _show_cell(cell: dict[str, Any]) -> None:
    rows, got = cell["rows"], means(cell["rows"])
    best = max(peer_names(rows, told=False), key=got.__getitem__)
    told = max(peer_names(rows, told=True), key=got.__getitem__)
    middle, half = ratio(rows, OWN, best)
    days, minutes, items = cell["cell"]
    print(f"{days:5}{minutes:5}{items:6}{got[OWN]:8.3f}{got[best]:11.3f}  "
          f"{middle:.3f} ± {half:.3f}  {got[OWN] / got[told]:6.3f}  {best}")  # fmt: skip


def _show_means(group: list[dict[str, Any]]) -> None:
    """Show the geometric mean over plans of the ratio to each policy, and its interval."""
    rows = group[0]["rows"]
    table = []
    for name in [n for n in rows[0]["readiness"] if n != OWN]:
        found = [ratio(cell["rows"], OWN, name) for cell in group]
        spread = sqrt(sum((h / m) ** 2 for m, h in found)) / len(found)
        table.append((geometric([m for m, _ in found]), spread, min(m for m, _ in found), name))
    best = []
    for told in (False, True):
        ratios = []
        for cell in group:
            got = means(cell["rows"])
            ratios.append(got[OWN] / max(got[n] for n in peer_names(cell["rows"], told=told)))
        best.append((geometric(ratios), min(ratios)))
    print("geometric mean of mlprep / peer over the plans, 95 % interval, least")
    print(f"  {best[0][0]:.3f}           {best[0][1]:.3f}  the best peer of each plan, not told")
    print(f"  {best[1][0]:.3f}           {best[1][1]:.3f}  the best peer of each plan, told worth")
    for middle, half, least, name in sorted(table):
        print(f"  {middle:.3f} ± {middle * half:.3f}   {least:.3f}  {name}")


def _show_feel(group: list[dict[str, Any]]) -> None:
    back = [days for cell in group for row in cell["rows"] for days in row["back"]]
    waiting = [w for cell in group for row in cell["rows"] for w in row["waiting"] if w >= 3]
    everything = sorted(back + [float("inf")] * len(waiting))
    weeks = [row["week"] for cell in group for row in cell["rows"] if row["week"]]
    long = [(w.get("open", 0) + w.get("design", 0)) / sum(w.values()) for w in weeks]
    print(f"missed items come back after {median(back):.0f} study days in the median;"
          f" {median(everything):.0f} with those that waited 3 days or more and never came"
          f" ({len(waiting)} of {len(everything)})")  # fmt: skip
    print(f"first week: {100 * fmean(long):.0f} % of the minutes for open and design items,"
          f" least {100 * min(long):.0f} %")  # fmt: skip
