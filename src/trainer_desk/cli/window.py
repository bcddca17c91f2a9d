"""The commands that open the window; the only ones that need Qt."""

import os
from argparse import Namespace

from trainer_desk import app
from trainer_desk.cli.arguments import DATABASE_VARIABLE


def open_window(arguments: Namespace) -> int:
    """Open the window on the named database, else on the last one; a first start asks (V7)."""
    return app.run(arguments.database or os.environ.get(DATABASE_VARIABLE))


def open_demo(arguments: Namespace) -> int:
    """Open the window on an invented organisation, or save every page as a picture."""
    return app.run_demo(size=arguments.size, screenshots=arguments.screenshots)
