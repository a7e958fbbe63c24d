"""The program's entry: `mlprep`, or `python -m mlprep`."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:  # before anything is imported
        from mlprep import __version__

        print(f"mlprep {__version__}")
        return
    from mlprep.cli.boundary import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
