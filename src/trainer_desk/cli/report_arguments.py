"""The words of the command that saves a list, without importing anything slow."""

import argparse
from collections.abc import Callable

NAMES = ("runs", "courses", "available", "audit")
"""The reports that there are."""


def report(
    command: Callable[..., argparse.ArgumentParser],
    day_range: Callable[[argparse.ArgumentParser], None],
    table: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add `export report NAME`; `command` makes a command, the others give it days and where the table goes."""
    parser = command(
        "report",
        "a list as CSV: runs, courses with places, sessions with places, all changes",
        "reports",
        "export_report",
    )
    parser.add_argument("name", metavar="NAME", choices=NAMES, help=", ".join(NAMES))
    day_range(parser)
    parser.add_argument("--course", metavar="CODE", help="of this course alone")
    table(parser)
