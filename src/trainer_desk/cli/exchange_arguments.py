"""The words of the commands that take files in and give files out, without importing anything slow."""

import argparse
from collections.abc import Callable

from trainer_desk.cli.calendar_arguments import calendars
from trainer_desk.cli.inspector_arguments import inspector
from trainer_desk.cli.report_arguments import report

KINDS = (
    "people", "courses", "runs", "venues", "trainers", "equipment", "qualifications", "requirements", "records",
    "compliance", "closures", "sessions", "enrollments",
)  # fmt: skip
"""What can be imported."""

NARROWING = (("trainer", "CODE"), ("venue", "CODE"), ("course", "CODE"), ("run", "CODE"), ("person", "NO"))
"""What narrows the sessions of an export."""

Command = Callable[..., argparse.ArgumentParser]
"""Makes a command of a name, of what it does, and of the module and the function that carry it out."""


def importing(command: Command) -> None:
    """Add `import`."""
    load = command("import", "import a file", "exchange", "import_csv")
    load.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    load.add_argument("file", metavar="FILE")
    load.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    load.add_argument("--all-or-nothing", action="store_true", help="change nothing if any row is refused")
    load.add_argument("--whole-staff", action="store_true", help="people: whoever is not in the file has left")
    load.add_argument("--report", metavar="FILE", help="write what was refused or warned of, row by row, as CSV")
    separator(load, None)
    load.add_argument("--resource", metavar="CODE", help="whose absences a calendar (.ics) holds; without it holidays")
    load.add_argument("--sheet", metavar="NAME", help="sheet of a workbook (XLSX); without it the first")
    load.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help="a column under another name; may be repeated",
    )


def exporting(command: Command) -> None:
    """Add everything below `export`."""
    for name, what in (("roster", "people per session"), ("sessions", "sessions, as they are imported")):
        listed = command(name, f"{what}, as CSV or XLSX", "exporting", f"export_{name}")
        selection(listed)
        listed.add_argument("--columns", metavar="NAMES", help="with commas between them")
        table(listed)
    certificates = command("certificates", "certificates that count, as one PDF", "certificates", "export_certificates")
    selection(certificates)
    no_table(certificates, "PDF")
    calendars(command, selection, no_table)
    sheets = command("sign-in", "sign-in sheets, as one PDF", "sign_in", "export_sign_in")
    selection(sheets)
    no_table(sheets, "PDF")
    inspector(command, day_range, no_table)
    report(command, day_range, table)


def selection(parser: argparse.ArgumentParser) -> None:
    """Add what says which sessions an export is about; `cli.selecting` reads it."""
    parser.add_argument("--session", metavar="REF", action="append", default=[], help="may be repeated")
    day_range(parser)
    for name, what in NARROWING:
        parser.add_argument(f"--{name}", metavar=what)


def day_range(parser: argparse.ArgumentParser) -> None:
    """Add a first and a last day."""
    parser.add_argument("--from", dest="first", metavar="DAY", help="first day, 2026-12-01")
    parser.add_argument("--to", dest="last", metavar="DAY", help="last day")


def separator(parser: argparse.ArgumentParser, otherwise: str | None) -> None:
    """Add what stands between the cells of a line."""
    parser.add_argument("--separator", metavar="CHAR", default=otherwise, help="comma, semicolon or tab (, ; tab)")


def table(parser: argparse.ArgumentParser) -> None:
    """Add where a table goes, and how it is written."""
    parser.add_argument(
        "--output", metavar="FILE", help="a workbook if it ends in .xlsx; without it CSV to the standard output"
    )
    separator(parser, ",")
    parser.add_argument("--bom", action="store_true", help="begin with the mark by which Excel knows UTF-8")


def no_table(parser: argparse.ArgumentParser, what: str) -> None:
    """Add where a file goes that has neither cells nor an encoding; every export takes the same options."""
    parser.add_argument("--output", metavar="FILE", help=f"without it the {what} goes to the standard output")
    parser.add_argument("--separator", help=argparse.SUPPRESS)
    parser.add_argument("--bom", action="store_true", help=argparse.SUPPRESS)
