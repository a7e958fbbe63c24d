"""Where things lie: progress, the user's banks, the cache, logs."""

import os
from pathlib import Path

APP = "mlprep"


def data_folder() -> Path:
    """Return the folder of progress, banks and backups."""
    home = os.environ.get("MLPREP_HOME")
    if home:
        return Path(home).expanduser()
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be made anew."""
    home = os.environ.get("MLPREP_HOME")
    if home:
        return Path(home).expanduser() / "cache"
    from platformdirs import user_cache_path

    return user_cache_path(APP, appauthor=False)


def progress_file() -> Path:
    """Return the SQLite file that holds all progress."""
    return data_folder() / "progress.sqlite"


def backup_folder() -> Path:
    """Return the folder of copies of the progress file."""
    return data_folder() / "backups"


def own_banks() -> Path:
    """Return the user's bank folder."""
    return data_folder() / "banks"


def shipped_banks() -> Path:
    """Return the folder of the built-in banks: in the package, or in the checkout it runs from."""
    package = Path(__file__).parents[1]
    inside = package / "question_banks"
    return inside if inside.is_dir() else package.parents[1] / "question_banks"


def log_file() -> Path:
    """Return the file that holds the report of the latest bug."""
    return cache_folder() / "last-error.log"
