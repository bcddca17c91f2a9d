"""The command line: reads the words, has one module do the work, prints one answer and returns the exit code."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

from trainer_desk.cli.answer import DONE, REFUSED, WRONG_USAGE, Answer
from trainer_desk.cli.arguments import WrongUsage, read_arguments
from trainer_desk.cli.output import OutputLost, let_go, prepare_streams, say, say_json

STOPPED = "Stopped. What was not finished was not written."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 refused, 2 wrong usage or no display."""
    words = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    try:
        return _say(_answer(words), wants_json="--json" in words)
    except OutputLost as lost:
        let_go()
        if lost.reader_left:
            return DONE
        with suppress(OSError):
            print(f"The answer could not be written ({lost}). Make room, or send it elsewhere.", file=sys.stderr)
        return REFUSED


def _answer(words: Sequence[str]) -> Answer | int:
    """Return the answer of a command; of a window, and of --help and --version, the exit code."""
    wants_json = "--json" in words
    try:
        arguments = read_arguments(words)
        if arguments.verb is None and wants_json:
            raise WrongUsage("--json needs a command", "usage: trainer-desk --json COMMAND\n")
        return _run(arguments)
    except WrongUsage as wrong:
        return _wrong_usage(wrong)
    except SystemExit as end:  # --help and --version end here
        return end.code if isinstance(end.code, int) else DONE
    except KeyboardInterrupt:
        return Answer(_error("stopped", STOPPED), STOPPED, REFUSED, is_error=True)


def _run(arguments: Any) -> Answer | int:
    if arguments.verb is None:
        arguments.module, arguments.verb = "window", "open_window"
    # Each command imports what it needs, so that --help and --version load neither Qt nor SQLAlchemy.
    module = import_module(f"trainer_desk.cli.{arguments.module}")
    if arguments.module == "window":
        ended: Answer | int = getattr(module, arguments.verb)(arguments)
        return ended
    task = import_module("trainer_desk.cli.task")
    answer: Answer = task.carry_out(getattr(module, arguments.verb), arguments)
    return answer


def _say(answer: Answer | int, *, wants_json: bool) -> int:
    if isinstance(answer, int):
        return answer
    if wants_json:
        say_json(answer.document)
    elif answer.text:
        say(answer.text, is_error=answer.is_error)
    return answer.code


def _wrong_usage(wrong: WrongUsage) -> Answer:
    message = str(wrong)
    sentence = message[:1].upper() + message[1:].rstrip(".") + "."
    said = f"{wrong.usage}{sentence} Run the command with --help to see how it is used."
    return Answer(_error("usage", sentence), said, WRONG_USAGE, is_error=True)


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "findings": []}}
