"""The words of the commands that look for free times and for substitutes, without importing anything slow."""

import argparse
from collections.abc import Callable

Add = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Adds a command: its name, what it does, the module that carries it out and the function there."""


def slots(add: Add) -> None:
    """Add `slots` and `substitutes`."""
    free = add("slots", "find the next free times of a session, with trainer and venue", "slots", "list_slots")
    free.add_argument("ref", metavar="REF")
    free.add_argument("--limit", metavar="N", type=int, default=10, help="how many times, 10 if it is not given")
    step_in = add("substitutes", "name the trainers who could take a session, least booked first", "slots", "step_in")
    step_in.add_argument("ref", metavar="REF")
