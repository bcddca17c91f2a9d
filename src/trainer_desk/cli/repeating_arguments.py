"""The words of the commands that repeat runs and sessions, without importing anything slow."""

import argparse
from collections.abc import Callable

Add = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Adds a command: its name, what it does, the module that carries it out and the function there."""

CLOSED = ("keep", "skip", "move")


def cloning(add: Add) -> None:
    """Add `runs clone` to the commands of runs."""
    clone = add("clone", "make a run again from another first day on, without its people", "repeating", "clone")
    clone.add_argument("run", metavar="RUN", help="its code")
    clone.add_argument("--start", metavar="DATE", required=True, help="the day of its first session, 2026-12-01")
    clone.add_argument("--code", metavar="RUN", help="the code of the new run; made up if it is not given")
    clone.add_argument("--name", metavar="TEXT", help="its name; that of the old run if it is not given")
    clone.add_argument("--publish", action="store_true", help="schedule what is free; the rest stays a draft")
    closed = "what becomes of days that fall on a holiday: keep (as drafts), skip or move to the next open day"
    clone.add_argument("--closed", choices=CLOSED, default="keep", help=closed)
    _dry_run(clone)


def repeating(add: Add) -> None:
    """Add `repeat`."""
    repeat = add("repeat", "make a session recur by a rule, as drafts", "repeating", "repeat")
    repeat.add_argument("ref", metavar="REF", help="the session, which is the first of the series")
    rule = "such as FREQ=WEEKLY;BYDAY=TU;COUNT=10, with the session itself, or FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270630"
    repeat.add_argument("--rule", metavar="RRULE", required=True, help=rule)
    repeat.add_argument(
        "--except", dest="excepted", metavar="DAYS", default="", help="days to leave out, with commas between them"
    )
    repeat.add_argument("--publish", action="store_true", help="schedule what is free; the rest stays a draft")
    closed = "what becomes of days that fall on a holiday: skip (usual), move to the next open day, or keep"
    repeat.add_argument("--closed", choices=CLOSED, default="skip", help=closed)
    _dry_run(repeat)


def _dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
