"""Writes answers to the standard streams, whatever those can take: other encodings, full disks, readers who left."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class OutputLost(Exception):
    """Nobody takes the answer; `reader_left` tells a closed pipe from a disk that is full."""

    def __init__(self, reason: str, *, reader_left: bool) -> None:
        super().__init__(reason)
        self.reader_left = reader_left


def prepare_streams() -> None:
    """Have both streams there, and able to write any name: what an encoding lacks becomes a question mark."""
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def taken() -> Iterator[None]:
    """Raise OutputLost when what is written inside cannot be written."""
    try:
        yield
    except OSError as error:
        reader_left = isinstance(error, BrokenPipeError)
        raise OutputLost(error.strerror or str(error), reader_left=reader_left) from error


def say(text: str, *, is_error: bool = False) -> None:
    """Write words to stdout, or to stderr. Raises OutputLost."""
    stream = sys.stderr if is_error else sys.stdout
    with taken():
        print(text, file=stream)
        stream.flush()


def say_json(document: dict[str, Any]) -> None:
    """Write one JSON document to stdout. Raises OutputLost."""
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    say(json.dumps(document, ensure_ascii=plain, indent=2))


def let_go() -> None:
    """Send what is still waiting in stdout nowhere: without this, Python complains once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nowhere() -> io.TextIOWrapper:
    # Lives as long as the program: it takes the place of a stream that was closed before the start.
    return open(os.devnull, "w", encoding="utf-8")
