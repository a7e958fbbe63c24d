"""Reading the shipped banks against PyYAML's own loaders, in one run, interleaved.

python bench/parse.py [--rounds 15] [--pure]

--pure: PyYAML's Python parser too, which is what there is without libyaml.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import yaml

from mlprep.core.bank import parse_bank
from mlprep.core.nodes import compose
from mlprep.storage.bank_files import bank_paths
from mlprep.storage.folders import shipped_banks

AGAINST = "yaml.load, CSafeLoader"


def events(text: str) -> None:
    for _ in yaml.parse(text, Loader=yaml.CBaseLoader):
        pass


CASES: dict[str, Callable[[str], object]] = {
    AGAINST: lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
    "events alone": events,
    "tree with places": compose,
    "parse_bank": parse_bank,
    "parse_bank, thorough": lambda text: parse_bank(text, thorough=True),
}
PURE: dict[str, Callable[[str], object]] = {
    "yaml.load, SafeLoader": lambda text: yaml.load(text, Loader=yaml.SafeLoader),
    "parse_bank, pure": lambda text: parse_bank(text, pure=True),
}


def seconds(read: Callable[[str], object], texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        read(text)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--pure", action="store_true")
    arguments = parser.parse_args()
    cases = CASES | PURE if arguments.pure else CASES
    texts = [path.read_text(encoding="utf-8") for path in bank_paths(shipped_banks())]
    for read in cases.values():  # what is imported on the first call is not measured
        seconds(read, texts)
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(arguments.rounds):
        for name, read in cases.items():
            times[name].append(seconds(read, texts))
    middle = {name: statistics.median(found) for name, found in times.items()}
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} files, {size / 1e6:.2f} MB\n{'':26} {'ms':>7} {'x CSafeLoader':>14}")
    for name, median in middle.items():
        print(f"{name:26} {1000 * median:7.1f} {median / middle[AGAINST]:14.2f}")


if __name__ == "__main__":
    main()
