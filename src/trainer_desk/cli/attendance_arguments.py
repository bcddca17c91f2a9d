"""The words of the commands about attendance, without importing anything slow."""

import argparse
from collections.abc import Callable

ATTENDANCES = ("attended", "no-show", "registered")
RESULTS = ("passed", "failed")

Add = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Adds a command: its name, what it does, the module that carries it out and the function there."""


def attendance(add: Add) -> None:
    """Add `mark`."""
    mark = add("mark", "mark a person of a session as attended or no-show", "attendance", "mark_person")
    mark.add_argument("ref", metavar="REF")
    mark.add_argument("number", metavar="NO", help="employee number")
    mark.add_argument("attendance", choices=ATTENDANCES, metavar="MARK", help=", ".join(ATTENDANCES))
    mark.add_argument("--remark", metavar="TEXT", help="such as “Left early”; an empty one takes it away")
    mark.add_argument("--result", choices=RESULTS, metavar="RESULT", help="passed or failed, where the course asks")
    mark.add_argument("--score", metavar="N", type=int, help="a whole number, in whatever unit the course scores")
