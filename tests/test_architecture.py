"""The layers of the design: a module imports from its own row and the rows below it only."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts): path
    for path in sorted((SOURCE / "mlprep").rglob("*.py"))
}
ROWS = {"errors": 0, "core": 1, "storage": 2, "session": 3, "terminal": 4, "report": 4, "cli": 5}
BESIDE = {("terminal", "report"), ("report", "terminal")}  # stand side by side
IMPURE = {"sqlite3", "rich", "prompt_toolkit", "questionary", "typer", "platformdirs", "os", "io",
          "pathlib", "shutil", "tempfile", "subprocess", "socket", "threading", "time", "uuid",
          "platform", "secrets", "getpass", "logging"}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}
DICE = {"random", "randint", "choice", "choices", "shuffle", "sample", "uniform", "seed"}


@cache
def tree_of(module):
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module):
    """Return the full names that a module imports anywhere, inside functions too."""
    found = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in MODULES or f"{whole}.__init__" in MODULES
                          else str(node.module))  # fmt: skip
    return found


def row(module):
    """Return the layer that a module stands in; None for the package itself and its entry."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROWS else None


def of_layer(layer):
    return [module for module in MODULES if row(module) == layer]


def test_every_module_stands_in_a_layer():
    outside = {module for module in MODULES if row(module) is None}

    assert outside == {"mlprep.__init__", "mlprep.__main__"}


@pytest.mark.parametrize("module", [module for module in MODULES if row(module)])
def test_a_module_imports_from_its_own_row_and_those_below(module):
    mine = row(module)
    for name in imports(module):
        if name.partition(".")[0] != "mlprep" or name == "mlprep":  # which holds the version
            continue
        theirs = row(name)
        assert theirs is not None, f"{module} imports {name}"
        assert ROWS[theirs] <= ROWS[mine], f"{module} imports {name}"
        assert (mine, theirs) not in BESIDE, f"{module} imports {name}"


def test_errors_import_nothing():
    assert imports("mlprep.errors") == set()


@pytest.mark.parametrize("module", of_layer("core"))
def test_the_core_imports_nothing_that_touches_the_world(module):
    roots = {name.partition(".")[0] for name in imports(module)}

    assert roots & IMPURE == set()
    assert roots - set(sys.stdlib_module_names) <= {
        "mlprep",
        "yaml",
        "simpleeval",
        "fsrs_rs_python",
    }


@pytest.mark.parametrize("module", [*of_layer("core"), *of_layer("session")])
def test_neither_core_nor_sessions_read_a_clock(module):
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            whose = ast.unparse(node.func.value)
            reads = node.func.attr in CLOCKS and whose in {"datetime", "date", "time", "dt"}
            assert not reads, f"{module}:{node.lineno} {ast.unparse(node)}"
    assert "time" not in imports(module)


@pytest.mark.parametrize("module", [*of_layer("core"), *of_layer("session"), *of_layer("storage")])
def test_chance_is_always_an_argument(module):
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert not (called.startswith("random.") and called[7:] in DICE), (
                f"{module}:{node.lineno}"
            )
            unseeded = called in {"Random", "random.Random"} and not node.args
            assert not unseeded, f"{module}:{node.lineno}"


@pytest.mark.parametrize("module", [*of_layer("core"), *of_layer("session"), *of_layer("storage")])
def test_only_the_terminal_prints_and_asks(module):
    called = {
        ast.unparse(node.func) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)
    }

    assert called & {"print", "input", "sys.stdout.write", "sys.exit", "exit"} == set()


def test_one_module_reads_the_clock_of_the_wall():
    readers = {
        module
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"datetime.now", "date.today"}
    }

    assert readers == {"mlprep.terminal.clock"}


def test_only_storage_speaks_sql():
    speakers = {module for module in MODULES if "sqlite3" in imports(module)}

    assert {row(module) for module in speakers} == {"storage"}
