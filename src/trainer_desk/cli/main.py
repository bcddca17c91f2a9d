"""The command line: reads the words, has one module do the work, prints one answer and returns the exit code."""

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from trainer_desk.cli.answer import DONE, REFUSED, WRONG_USAGE, Answer
from trainer_desk.cli.arguments import WrongUsage, read_arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 refused, 2 wrong usage or no display."""
    words = list(sys.argv[1:] if argv is None else argv)
    wants_json = "--json" in words
    try:
        arguments = read_arguments(words)
        if arguments.verb is None and wants_json:
            raise WrongUsage("--json needs a command", "usage: trainer-desk --json COMMAND\n")
        return _run(arguments)
    except WrongUsage as wrong:
        return _wrong_usage(wrong, wants_json)
    except SystemExit as end:  # --help and --version end here
        return end.code if isinstance(end.code, int) else DONE
    except KeyboardInterrupt:
        print("Stopped. What was not finished was not written.", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever read the answer has gone; without this, Python complains once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(arguments: Any) -> int:
    if arguments.verb is None:
        arguments.module, arguments.verb = "window", "open_window"
    # Each command imports what it needs, so that --help and --version load neither Qt nor SQLAlchemy.
    module = import_module(f"trainer_desk.cli.{arguments.module}")
    if arguments.module == "window":
        return int(getattr(module, arguments.verb)(arguments))
    task = import_module("trainer_desk.cli.task")
    answer: Answer = task.carry_out(getattr(module, arguments.verb), arguments)
    return _say(answer, arguments.json)


def _say(answer: Answer, wants_json: bool) -> int:
    if wants_json:
        _print_json(answer.document)
    elif answer.text:
        print(answer.text, file=sys.stderr if answer.is_error else sys.stdout)
    sys.stdout.flush()
    return answer.code


def _wrong_usage(wrong: WrongUsage, wants_json: bool) -> int:
    message = str(wrong)
    sentence = message[:1].upper() + message[1:].rstrip(".") + "."
    if wants_json:
        _print_json({"error": {"code": "usage", "message": sentence, "findings": []}})
    else:
        print(f"{wrong.usage}{sentence} Run the command with --help to see how it is used.", file=sys.stderr)
    return WRONG_USAGE


def _print_json(document: dict[str, Any]) -> None:
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(document, ensure_ascii=plain, indent=2))
