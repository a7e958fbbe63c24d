"""The shipped banks as a whole: counts, levels, coverage, and that every check is clean."""

import runpy
from collections import Counter
from pathlib import Path

import pytest
import yaml

from mlprep.core.library import Library
from mlprep.storage import folders
from mlprep.storage.bank_checks import check_banks
from mlprep.storage.bank_files import BankFiles, bank_paths
from mlprep.terminal.banks import bank_rows

ROOT = Path(__file__).parents[1]
LEAST = {
    "distributed-training": 60,
    "monitoring": 50,
    "serving": 50,
    "llm": 45,
    "mlops-platform": 50,
    "foundations": 45,
    "experimentation": 35,
    "engineering": 35,
    "leadership": 35,
    "faq": 30,
}
LEAST_OF_KIND = {"estimate": 90, "choice": 90, "order": 25, "recall": 100}
SERVED = (
    "ml-system-design/rec-system-100m",
    "distributed-training/train-70b-1000-gpus",
    "monitoring/shift-before-metrics",
    "faq/proudest-system",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    cache = tmp_path_factory.mktemp("cache") / "banks.sqlite"
    return BankFiles(cache).library(bank_paths(folders.shipped_banks()), ())


@pytest.fixture(scope="module")
def rows(library: Library) -> list[dict]:
    return bank_rows(library, "", "")


@pytest.mark.parametrize("pure", [False, True], ids=["C parser", "pure parser"])
def test_no_bank_has_a_mistake_or_a_reviewers_warning(pure: bool) -> None:
    wrong = [
        f"{source.origin}:{mistake.line}: {mistake.text}"
        for source in check_banks(bank_paths(folders.shipped_banks()), strict=True, pure=pure)
        for mistake in source.mistakes
    ]
    assert wrong == []


@pytest.mark.parametrize("bank", LEAST)
def test_each_bank_has_its_questions(bank: str, rows: list[dict]) -> None:
    assert sum(row["bank"] == bank for row in rows) >= LEAST[bank]


def test_system_design_has_cases_and_open_questions(rows: list[dict]) -> None:
    kinds = Counter(row["kind"] for row in rows if row["bank"] == "ml-system-design")
    assert kinds["design"] >= 14
    assert kinds["open"] >= 20


@pytest.mark.parametrize("kind", LEAST_OF_KIND)
def test_each_kind_is_used_enough(kind: str, rows: list[dict]) -> None:
    assert sum(row["kind"] == kind for row in rows) >= LEAST_OF_KIND[kind]


@pytest.mark.parametrize("level", ["senior", "staff", "principal"])
def test_each_level_is_at_least_a_quarter(level: str, rows: list[dict]) -> None:
    assert sum(row["level"] == level for row in rows) >= len(rows) / 4


@pytest.mark.parametrize("key", SERVED)
def test_the_questions_that_every_loop_asks_are_there(key: str, rows: list[dict]) -> None:
    assert key in {row["key"] for row in rows}


def test_every_tag_of_the_map_reaches_its_least_count(rows: list[dict]) -> None:
    tags = Counter(tag for row in rows for tag in row["tags"])
    text = (ROOT / "src/mlprep/storage/coverage.yaml").read_text(encoding="utf-8")
    short = {
        wanted["tag"]: tags[wanted["tag"]]
        for wanted in yaml.safe_load(text)
        if tags[wanted["tag"]] < wanted["min"]
    }
    assert short == {}


def test_at_least_half_of_all_points_carry_cues(library: Library) -> None:
    points = [p for key in library.items for p in library.question(key).rubric]
    assert sum(bool(point.cues) for point in points) >= len(points) / 2


def test_a_case_of_design_has_facts_and_a_change_of_requirements(library: Library) -> None:
    cases = {item.question for item in library.items.values() if item.kind == "design"}
    assert all(f"{case}/change" in library.items for case in cases)
    first = [next(k for k, i in library.items.items() if i.question == case) for case in cases]
    assert all(len(library.question(key).case.facts) >= 3 for key in first)


def test_the_coverage_page_is_current() -> None:
    table = runpy.run_path(str(ROOT / "bench" / "coverage.py"))["table"]()
    page = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert page == table, "run: python bench/coverage.py --write"
