"""Who works on this computer: the name that the journal of a file keeps."""

import getpass
import os


def os_user() -> str:
    """Return the name of the OS user; where the system knows none, as in some containers, its number."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown"
