"""The words of the command about notices, without importing anything slow."""

import argparse
from collections.abc import Callable

Add = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Adds a command: its name, what it does, the module that carries it out and the function there."""


def notices(add: Add) -> None:
    """Add `notices`."""
    does = "what you are told: places, moves, cancellations, requests, reminders; the newest first"
    listing = add("notices", does, "notices", "list_notices")
    listing.add_argument("--person", metavar="NO", help="what the account of this person is told; for planners")
