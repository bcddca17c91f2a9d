"""The words of the command that saves certificates, without importing anything slow."""

import argparse
from collections.abc import Callable

NARROWING = (("trainer", "CODE"), ("venue", "CODE"), ("course", "CODE"), ("run", "CODE"), ("person", "NO"))


def certificates(
    command: Callable[..., argparse.ArgumentParser], day_range: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Add `export certificates`; `command` makes a command, `day_range` gives it a first and a last day."""
    parser = command("certificates", "certificates that count, as one PDF", "certificates", "export_certificates")
    parser.add_argument("--session", metavar="REF", action="append", default=[], help="may be repeated")
    day_range(parser)
    for name, what in NARROWING:
        parser.add_argument(f"--{name}", metavar=what)
    parser.add_argument("--output", metavar="FILE", help="without it the PDF goes to the standard output")
    # Every export takes these two; a PDF has neither cells nor an encoding.
    parser.add_argument("--separator", help=argparse.SUPPRESS)
    parser.add_argument("--bom", action="store_true", help=argparse.SUPPRESS)
