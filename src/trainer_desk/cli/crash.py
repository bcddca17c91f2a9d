"""What the command line says when the program itself is wrong: a sentence; the traceback goes to the log."""

import json
import logging
import os
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from trainer_desk.logbook import FORM

SENTENCE = "Trainer Desk could not finish that. Nothing half done was saved."


def tell_crash(
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    *,
    wants_json: bool,
    log: Path | None,
) -> None:
    """Write the traceback into the log file, without one into a temporary file, and tell the user where it is."""
    details = "".join(traceback.format_exception(kind, error, trace))
    message = SENTENCE
    with suppress(OSError):
        where = log or _temporary()
        _append(where, details)
        message += f" What happened is in {where}."
    if wants_json:
        print(json.dumps({"error": {"code": "unexpected", "message": message, "findings": []}}))
    else:
        print(message, file=sys.stderr)


def _temporary() -> Path:
    handle, name = tempfile.mkstemp(prefix="trainer-desk-", suffix=".log")
    os.close(handle)
    return Path(name)


def _append(log: Path, details: str) -> None:
    """Write straight to the file: the log's own thread has ended by now."""
    record = logging.LogRecord(__name__, logging.ERROR, __file__, 0, "unexpected:\n%s", (details,), None)
    with log.open("a", encoding="utf-8", errors="replace") as stream:
        stream.write(logging.Formatter(FORM).format(record) + "\n")
