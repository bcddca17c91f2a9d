"""What the command line says when the program itself is wrong: a sentence; the traceback goes to the log."""

import json
import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

SENTENCE = "Trainer Desk could not finish that. Nothing half done was saved."


def tell_crash(
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    *,
    wants_json: bool,
    log: Path | None,
) -> None:
    """Write the traceback into the log file and tell the user where it is; without a log it goes to stderr."""
    details = "".join(traceback.format_exception(kind, error, trace))
    message = SENTENCE
    if log is None:
        print(details, file=sys.stderr)
    else:
        _append(log, details)
        message += f" What happened is in {log}."
    if wants_json:
        print(json.dumps({"error": {"code": "unexpected", "message": message, "findings": []}}))
    else:
        print(message, file=sys.stderr)


def _append(log: Path, details: str) -> None:
    """Write straight to the file: the log's own thread has ended by now."""
    handler = logging.FileHandler(log, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.emit(logging.LogRecord(__name__, logging.ERROR, __file__, 0, "unexpected:\n%s", (details,), None))
    handler.close()
