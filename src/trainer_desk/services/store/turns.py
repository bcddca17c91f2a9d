"""The queue of those who want to write to one file, so that a turn goes to whoever waits and not to chance (design 7).

It keeps the order alone, the database keeps the lock: whoever cannot get a turn tries without one.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PATIENCE_SECONDS = 1.0
"""How long a turn is waited for: much longer than a write takes, unless its process froze."""


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Hold the turn of those who write to files of a folder, once it comes; Windows knows no such queue.

    It is a lock on the folder itself, which nobody has to tidy up: it ends with the process that has it.
    """
    if sys.platform == "win32":
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        _wait(place)
        yield
    finally:
        os.close(place)  # gives the turn back, and one that comes too late


def _wait(place: int) -> None:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # Such a wait has no end of its own, and a process may have frozen in its turn.
        waiting = threading.Thread(target=fcntl.flock, args=(place, fcntl.LOCK_EX), name="turn", daemon=True)
        waiting.start()
        waiting.join(PATIENCE_SECONDS)
