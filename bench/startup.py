"""Start-up against the interpreter and against Typer, in one run, interleaved.

python bench/startup.py [--rounds 15] [--imports]

A pseudo-terminal is not needed for --version and --help; the drill is timed from exec to the
first byte of its first question, on a terminal, with a warm cache of the shipped banks.
"""

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time

MLPREP = [sys.executable, "-m", "mlprep"]
CASES = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import typer": [sys.executable, "-c", "import typer"],
    "mlprep --version": [*MLPREP, "--version"],
    "mlprep --help": [*MLPREP, "--help"],
    "mlprep drill, first question": [*MLPREP, "drill"],
}


def run_quietly(command: list[str], env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def until_first_question(command: list[str], env: dict[str, str]) -> float:
    """Return the seconds until the key line of the first question is on the terminal."""
    start = time.perf_counter()
    child, fd = pty.fork()
    if child == 0:
        os.execve(command[0], command, env)
    seen = b""
    while b"more" not in seen and b"quit" not in seen:
        ready, _, _ = select.select([fd], [], [], 10)
        if not ready:
            raise SystemExit(f"no question after 10 s: {seen!r}")
        seen += os.read(fd, 65536)
    spent = time.perf_counter() - start
    os.kill(child, 9)
    os.waitpid(child, 0)
    os.close(fd)
    return spent


def prepare(env: dict[str, str]) -> None:
    """Set a plan, so that no set-up is asked for, and warm the cache."""
    for words in (["plan", "--date", "4 weeks", "--minutes", "30"], ["bank", "list"]):
        subprocess.run([*MLPREP, *words], env=env, stdout=subprocess.DEVNULL, check=True)


def costliest_imports(env: dict[str, str], most: int = 12) -> list[tuple[int, str]]:
    """Return (own microseconds, module) of what a drill imports, the costliest first."""
    command = [sys.executable, "-X", "importtime", "-m", "mlprep", "drill", "--plain"]
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True
    )
    rows = []
    for line in done.stderr.splitlines():
        own, _, name = line.removeprefix("import time:").split("|")
        if own.strip().isdigit():
            rows.append((int(own), name.strip()))
    return sorted(rows, reverse=True)[:most]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "MLPREP_HOME": home, "TERM": "xterm-256color"}
        prepare(env)
        times: dict[str, list[float]] = {name: [] for name in CASES}
        for _ in range(arguments.rounds):
            for name, command in CASES.items():
                timed = until_first_question if "drill" in name else run_quietly
                times[name].append(timed(command, env))
        middle = {name: statistics.median(found) for name, found in times.items()}
        print(f"{'':30} {'ms':>7} {'x pass':>7} {'x typer':>8}")
        for name, seconds in middle.items():
            to_pass = seconds / middle["python -c pass"]
            to_typer = seconds / middle["import typer"]
            print(f"{name:30} {1000 * seconds:7.1f} {to_pass:7.2f} {to_typer:8.2f}")
        print("\ncostliest imports of a drill (own time)")
        for own, name in costliest_imports(env):
            print(f"{own / 1000:7.1f} ms  {name}")


if __name__ == "__main__":
    main()
