"""The commands that open the window; the only ones that need Qt."""

import io
import os
from argparse import Namespace
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

from trainer_desk import app
from trainer_desk.cli.answer import WRONG_USAGE, Answer
from trainer_desk.cli.arguments import DATABASE_VARIABLE


def open_window(arguments: Namespace) -> int | Answer:
    """Open the window on the named database, else on the last one; a first start asks (V7)."""
    return _answered(arguments, lambda: app.run(arguments.database or os.environ.get(DATABASE_VARIABLE)))


def open_demo(arguments: Namespace) -> int | Answer:
    """Open the window on an invented organisation, or save every page as a picture."""
    return _answered(arguments, lambda: app.run_demo(size=arguments.size, screenshots=arguments.screenshots))


def _answered(arguments: Namespace, run: Callable[[], int]) -> int | Answer:
    """Run; with --json what was said on the way becomes the one document: the files written, or the error."""
    if not arguments.json:
        return run()
    said, refused = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(refused):
        code = run()
    if code == 0:
        return Answer({"files": said.getvalue().splitlines()})
    message = " ".join(line.removeprefix("trainer-desk: ") for line in refused.getvalue().splitlines())
    name = "usage" if code == WRONG_USAGE else "bad_value"
    return Answer({"error": {"code": name, "message": message, "findings": []}}, message, code, is_error=True)
