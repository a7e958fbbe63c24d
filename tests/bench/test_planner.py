"""The proof of the planner runs, and is the same each time."""

import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench" / "planner" / "run.py"


def compared(file):
    """Return the readiness of each policy in the first plan."""
    words = ["--quick", "--part", "compare", "--truth", "fsrs", "--learners", "2"]
    done = subprocess.run(
        [sys.executable, BENCH, *words, "--json", file], capture_output=True, text=True, check=True
    )
    assert "geometric mean of mlprep / peer" in done.stdout
    return json.loads(file.read_text())["compare"][0]["rows"]


def test_the_planner_is_compared_with_its_peers(tmp_path):
    rows = compared(tmp_path / "found.json")

    assert len(rows) == 2
    for row in rows:
        ready = row["readiness"]
        assert len(ready) > 20
        assert all(0 < share < 1 for share in ready.values())
        assert ready["mlprep"] > ready["random"]
