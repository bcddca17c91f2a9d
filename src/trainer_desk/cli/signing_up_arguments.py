"""The words of the command that tells a person's own schedule."""

from argparse import ArgumentParser
from collections.abc import Callable


def signing_up(command: Callable[..., ArgumentParser]) -> None:
    """Add `schedule`; `command` makes a command of a name, what it does, its module and its verb."""
    schedule = command(
        "schedule", "where a person is enrolled, offered a seat or waiting", "signing_up", "show_schedule"
    )
    schedule.add_argument("--person", metavar="NO", help="employee number; without it that of your own login")
