"""The words of the command that saves a list, without importing anything slow."""

import argparse
from collections.abc import Callable

LISTS = ("runs", "courses", "available", "demand", "audit")
"""The reports that are lists."""

CHARTS = ("compliance", "expiries", "fill-rate", "enrollments", "venue-use", "trainer-hours", "waitlist")
"""The reports with charts."""

MATRIX = "matrix"
"""People by courses, as of a day."""

NAMES = (*LISTS, *CHARTS, MATRIX)
"""The reports that there are."""

FOR_PLANNERS = frozenset({"demand", "audit", *CHARTS, MATRIX})
"""The reports about everybody: whoever sees only a part would get numbers that are not true."""

STEPS = ("whole", "week", "month", "quarter", "year")
SPLITS = ("total", "course", "department", "site", "venue", "trainer")


def report(
    command: Callable[..., argparse.ArgumentParser],
    day_range: Callable[[argparse.ArgumentParser], None],
    table: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add `export report NAME`; `command` makes a command, the others give it days and where the table goes."""
    parser = command(
        "report",
        "a list or the numbers of a chart as CSV",
        "reports",
        "export_report",
    )
    parser.add_argument("name", metavar="NAME", choices=NAMES, help=", ".join(NAMES))
    day_range(parser)
    parser.add_argument("--course", metavar="CODE", help="of this course alone")
    parser.add_argument("--site", metavar="NAME", help="of this site alone")
    parser.add_argument("--department", metavar="NAME", help="of this department alone")
    parser.add_argument("--step", choices=STEPS, help="how long a period is")
    parser.add_argument("--by", choices=SPLITS, help="what the numbers stand apart by")
    parser.add_argument("--on", metavar="DAY", help="matrix: as of this day, also a past one")
    parser.add_argument("--job-role", metavar="NAME", help="matrix: people with this job role alone")
    parser.add_argument("--lacking", action="store_true", help="matrix: only people who lack something")
    table(parser)
