"""The words of the command that writes calendars, without importing anything slow."""

import argparse
from collections.abc import Callable


def calendars(
    command: Callable[..., argparse.ArgumentParser],
    selection: Callable[[argparse.ArgumentParser], None],
    no_table: Callable[[argparse.ArgumentParser, str], None],
) -> None:
    """Add `export ics`; `command` makes a command, the others give it sessions and say where the file goes."""
    calendar = command("ics", "sessions for other calendars, as iCalendar", "calendars", "export_ics")
    selection(calendar)
    calendar.add_argument("--drafts", action="store_true", help="also what is not scheduled yet, as tentative")
    calendar.add_argument("--names", action="store_true", help="also who has a seat, below each session")
    calendar.add_argument(
        "--folder", metavar="DIR", help="instead of a selection: one file per trainer, written where something changed"
    )
    no_table(calendar, "calendar")
