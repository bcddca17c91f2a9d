"""Who works on this computer: the name that the journal of a file keeps."""

import getpass
import os
from pathlib import Path


def os_user() -> str:
    """Return the name of the OS user; where the system knows none, as in some containers, its number."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown"


def owner_of(path: Path) -> str | None:
    """Return the name of the OS user who owns a file, its number where the system knows none; None on Windows."""
    try:
        return path.owner()
    except KeyError:
        return f"user {path.stat().st_uid}"
    except (NotImplementedError, OSError):
        return None
