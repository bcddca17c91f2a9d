"""Where Trainer Desk keeps what is not in a database: its settings, its data and its log, in the platform's folders.

TRAINER_DESK_CONFIG, TRAINER_DESK_DATA and TRAINER_DESK_LOG name other folders.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

NAME = "trainer-desk"


def config_folder() -> Path:
    """Return the folder of the window's settings; it may not exist yet."""
    return _chosen("CONFIG") or _usual(platformdirs.user_config_path)


def data_folder() -> Path:
    """Return the folder that is proposed for new database files; it may not exist yet."""
    return _chosen("DATA") or _usual(platformdirs.user_data_path)


def log_folder() -> Path:
    """Return the folder of the log; it may not exist yet."""
    return _chosen("LOG") or _usual(platformdirs.user_log_path)


def settings_file() -> Path:
    """Return the file in which the window remembers its size, its last database and how the schedule is shown."""
    return config_folder() / "window.ini"


def _chosen(kind: str) -> Path | None:
    folder = os.environ.get(f"TRAINER_DESK_{kind}")
    return Path(folder).expanduser().absolute() if folder else None


def _usual(place: Callable[..., Path]) -> Path:
    """Return the platform's folder; for a user without any home it lies among the temporary files."""
    try:
        return place(NAME, appauthor=False)
    except RuntimeError:
        return Path(tempfile.gettempdir()) / NAME
