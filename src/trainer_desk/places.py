"""Where Trainer Desk keeps what is not in a database: its settings, its data and its log, in the platform's folders.

TRAINER_DESK_CONFIG, TRAINER_DESK_DATA and TRAINER_DESK_LOG name other folders.
"""

import os
from pathlib import Path

import platformdirs

NAME = "trainer-desk"


def config_folder() -> Path:
    """Return the folder of the window's settings; it may not exist yet."""
    return _chosen("CONFIG") or platformdirs.user_config_path(NAME, appauthor=False)


def data_folder() -> Path:
    """Return the folder that is proposed for new database files; it may not exist yet."""
    return _chosen("DATA") or platformdirs.user_data_path(NAME, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the log; it may not exist yet."""
    return _chosen("LOG") or platformdirs.user_log_path(NAME, appauthor=False)


def settings_file() -> Path:
    """Return the file in which the window remembers its size, its last database and how the schedule is shown."""
    return config_folder() / "window.ini"


def _chosen(kind: str) -> Path | None:
    folder = os.environ.get(f"TRAINER_DESK_{kind}")
    return Path(folder).expanduser().absolute() if folder else None
