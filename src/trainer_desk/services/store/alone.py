"""Makes sure that nobody else has a database file open while another one is put in its place (O1)."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trainer_desk.services.errors import DatabaseTrouble

if sys.platform != "win32":
    import fcntl

LOCK_BYTES = (0x40000000, 512)
"""Where SQLite keeps its locks: whoever has a file with a log open keeps one of these bytes until it is closed."""


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Hold the file so that no other process can begin with it; raises DatabaseTrouble `in_use` when one has it open.

    Of this process no connection may be open. On Windows a file that is open cannot be replaced anyway.
    """
    if sys.platform == "win32":
        yield
        return
    start, length = LOCK_BYTES
    place = os.open(path, os.O_RDWR)
    try:
        try:
            fcntl.lockf(place, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except (BlockingIOError, PermissionError) as taken:
            raise DatabaseTrouble(why="in_use", database=str(path)) from taken
        yield
    finally:
        os.close(place)
